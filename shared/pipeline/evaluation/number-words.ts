/** @file English number words as digits: `twenty-five` → 25, `three thousand` → 3000, `2.5 million` → 2500000. */

const SMALL: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  dozen: 12,
}
const TENS: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
}
const SCALES: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
}

const WORD = [...Object.keys(SMALL), ...Object.keys(TENS), ...Object.keys(SCALES)].join('|')
const RUN = new RegExp(
  `\\b(?:an? (?=(?:hundred|thousand|million|billion|trillion|dozen)\\b))?(?:${WORD})(?:[ -](?:and )?(?:${WORD}))*\\b`,
  'gi',
)
const FOLD = new RegExp(`\\b(${WORD})-?fold\\b`, 'gi')

/** Replaces every number written in words by its digits. */
export function foldNumberWords(text: string): string {
  return text
    .replace(
      /(\d+(?:\.\d+)?)[ -](hundred|thousand|million|billion|trillion)\b/gi,
      (_, digits: string, scale: string) => {
        return plain(Number(digits) * (SCALES[scale.toLowerCase()] ?? 1))
      },
    )
    .replace(FOLD, '$1 fold')
    .replace(/\btwice\b/gi, '2 times')
    .replace(/\bthrice\b/gi, '3 times')
    .replace(RUN, (run) => readRun(run.toLowerCase()))
}

/** One run of number words may hold several numbers (`five six`): each is written out. */
function readRun(run: string): string {
  const numbers: number[] = []
  let total = 0
  let current: number | undefined
  let joined = false
  const flush = () => {
    if (current !== undefined || total > 0) numbers.push(total + (current ?? 0))
    total = 0
    current = undefined
  }
  for (const word of run.split(/[ -]/)) {
    if (word === 'a' || word === 'an') continue
    if (word === 'and') {
      joined = true
      continue
    }
    const scale = SCALES[word]
    const tens = TENS[word]
    const small = SMALL[word]
    // "hundred and five" continues a number; "five and six" are two
    if (
      joined &&
      !(current !== undefined && current >= 100 && current % 100 === 0) &&
      !(total > 0 && current === undefined)
    )
      flush()
    joined = false
    if (scale === 100) {
      if (current !== undefined && current >= 100) flush()
      current = (current ?? 1) * 100
    } else if (scale !== undefined) {
      total += (current ?? 1) * scale
      current = undefined
    } else if (tens !== undefined) {
      if (current !== undefined && current % 100 !== 0) flush()
      current = (current ?? 0) + tens
    } else if (small !== undefined) {
      const room =
        current === undefined ||
        current % 100 === 0 ||
        (small > 0 && small < 10 && current % 10 === 0 && current % 100 >= 20)
      if (!room || current === 0) flush()
      current = (current ?? 0) + small
    }
  }
  flush()
  return numbers.map(plain).join(' ')
}

function plain(value: number): string {
  return Number.isInteger(value) && value < 1e21 ? String(value) : String(Number(value.toPrecision(12)))
}
