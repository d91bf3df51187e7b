/** @file Numbers with their units and dates in a run of words, each found as one span. Refuses page, figure and reference numbers. */

const NUMBER_WORDS =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen half third quarter tenth hundredth hundreds thousands millions billions'.split(
    ' ',
  )
const NUMBER_WORD = new RegExp(`^(?:${NUMBER_WORDS.join('|')})(?:-(?:${NUMBER_WORDS.join('|')}))*$`, 'i')
const DIGITS = /^[~≈<>≤≥±−+-]?[$€£]?\d[\d,.]*(?:\s?[×x]\s?10(?:\^?[−-]?\d+|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+))?$/
const RANGE = /^[~≈]?\d[\d,.]*[–−-]\d[\d,.]*$/
const GLUED =
  /^[~≈<>≤≥±−+-]?\d[\d,.]*(?:[–-]\d[\d,.]*)?(%|°C|°F|K|nm|µm|μm|mm|cm|km|m|kg|g|mg|µg|GPa|MPa|kPa|Pa|eV|keV|V|kV|W|kW|MW|Hz|kHz|MHz|GHz|THz|h|s|ms|J|kJ|N|kN|mol|wt%|vol%|at%|Å|°)$/

const SYMBOL_PART =
  '(?:[kMGTPmµμnpfcdh]?(?:m|g|s|A|K|mol|cd|Hz|N|Pa|J|W|C|V|F|Ω|S|Wb|T|H|lm|lx|Bq|Gy|Sv|eV|L|l|bar|M|Da|Wh|Ah|cal|rpm|ppm|ppb|VA|atm|Torr|tex|den|rad|Å)|°C|°F|°|%|Å|wt%|vol%|at%|min|h|d|yr|ha|t|psi|ksi|oz|lb|in|ft|dB|pH|HV|HB|HRC|rpm)'
const POWER = '(?:\\^?[−-]?\\d|[²³⁻¹⁴⁶]+)?'
const SYMBOL_UNIT = new RegExp(`^${SYMBOL_PART}${POWER}(?:(?:[·⋅*./]|/\\()${SYMBOL_PART}${POWER}\\)?)*$`)
const WORD_UNIT =
  /^(?:per ?cent|percent|percentage|degrees?|nano-?met(?:re|er)s?|micro-?met(?:re|er)s?|microns?|milli-?met(?:re|er)s?|centi-?met(?:re|er)s?|kilo-?met(?:re|er)s?|met(?:re|er)s?|inch(?:es)?|feet|foot|yards?|miles?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries|century|milliseconds?|microseconds?|nanoseconds?|picoseconds?|kelvins?|celsius|grams?|grammes?|kilograms?|kilogrammes?|milligrams?|tonnes?|tons?|pounds?|ounces?|lit(?:re|er)s?|millilit(?:re|er)s?|gigapascals?|megapascals?|kilopascals?|pascals?|newtons?|kilonewtons?|joules?|kilojoules?|volts?|millivolts?|kilovolts?|amperes?|amps?|watts?|kilowatts?|megawatts?|gigawatts?|hertz|megahertz|gigahertz|electronvolts?|angstr[oö]ms?|ohms?|teslas?|moles?|bars?|atmospheres?|times|fold|dollars?|euros?|francs?|marks|cents?|parts|orders|generations?|atomic|wt|vol|mol|weight|square|cubic|rpm|cycles|revolutions|lumens?|lux|candelas?|decibels?|calories|pixels|bits|turns|barrels|gallons|hectares|acres|knots|carats?)$/i
const TWO_WORD_UNIT =
  /^(?:per cent|atomic per|degrees celsius|degrees fahrenheit|degrees centigrade|square (?:kilo|centi|milli|micro|nano)?met(?:re|er)s?|cubic (?:kilo|centi|milli|micro|nano)?met(?:re|er)s?|orders of|parts per|wt %|vol %|at %|weight per|mol %|mass %)$/i

const QUALIFIER_PHRASES = [
  'as much as',
  'as many as',
  'as little as',
  'as few as',
  'as high as',
  'as low as',
  'no more than',
  'no less than',
  'not more than',
  'well over',
  'well under',
  'just over',
  'just under',
  'slightly over',
  'slightly more than',
  'slightly less than',
  'a little over',
  'a little under',
  'a little more than',
  'a little less than',
  'somewhat more than',
  'rather more than',
  'much more than',
  'more than',
  'less than',
  'fewer than',
  'greater than',
  'larger than',
  'smaller than',
  'lower than',
  'higher than',
  'up to',
  'at least',
  'at most',
  'close to',
  'only about',
  'only around',
  'only some',
  'as thin as',
  'of the order of',
  'in excess of',
  'up to about',
  'up to around',
  'up to roughly',
  'anything up to',
  'about',
  'around',
  'roughly',
  'approximately',
  'nearly',
  'almost',
  'over',
  'only',
  'merely',
  'some',
  'circa',
  'ca.',
  'ca',
  'c.',
  'approx.',
  'approx',
  'exactly',
  'barely',
  'scarcely',
  'typically',
  'perhaps',
  'just',
  'a mere',
  'a full',
  'fully',
  'an average of',
  'a total of',
  'a few',
  'several',
  'another',
].map((p) => p.split(' '))

export interface QuantitySpan {
  /** Number of words in the span. */
  length: number
  kind: 'quantity' | 'number' | 'date'
  /** Words at the front that only soften the number ("about"). */
  qualifier: number
}

const MONTH =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?$/
const YEAR = /^(?:1[0-9]{3}|20[0-9]{2})$/
const ERA = /^(?:BC|AD|BCE|CE)$/

const strip = (w: string | undefined) => (w ?? '').replace(/[,;]$/, '')

/** Whether a word alone is a number, in digits or letters. */
export function isNumberWord(word: string): boolean {
  return DIGITS.test(word) || RANGE.test(word) || NUMBER_WORD.test(word)
}

function dateAt(words: readonly string[], i: number): number {
  const w = (k: number) => words[i + k] ?? ''
  if (/^(?:1[0-9]{3}|20[0-9]{2})s$/.test(w(0)) || /^(?:1[0-9]{3}|20[0-9]{2})[–-](?:\d{4}|\d{2})$/.test(w(0))) return 1
  if (ERA.test(w(0)) && /^\d{1,4}$/.test(w(1))) return 2
  if (/^[\d,]+$/.test(w(0)) && ERA.test(w(1))) return 2
  if (/^\d{1,2}(?:st|nd|rd|th)?$/.test(w(0)) && MONTH.test(w(1))) return YEAR.test(w(2)) ? 3 : 2
  if (MONTH.test(w(0)) && w(0) !== 'May' && w(0) !== 'March' && YEAR.test(w(1))) return 2
  if (MONTH.test(w(0)) && YEAR.test(w(1))) return 2
  if (MONTH.test(w(0)) && /^\d{1,2}$/.test(w(1)) && w(2) === ',' && YEAR.test(w(3))) return 4
  if (/^(?:early|late|mid)$/i.test(w(0)) && /^(?:1[0-9]{3}|20[0-9]{2})s?$/.test(w(1))) return 2
  if (
    YEAR.test(w(0)) &&
    !(SYMBOL_UNIT.test(w(1)) && !/^[a-z]{1,2}$/.test(w(1))) &&
    !WORD_UNIT.test(w(1)) &&
    !/^(?:and|to|or|–)$/.test(w(1))
  )
    return 1
  if (YEAR.test(w(0)) && /^(?:and|or|to)$/.test(w(1))) return YEAR.test(w(2)) ? 3 : DIGITS.test(w(2)) ? 0 : 1
  const ordinal =
    /^(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first|\d{1,2}(?:st|nd|rd|th))$/i
  if (ordinal.test(w(0)) && /^century$/i.test(w(1))) return ERA.test(w(2)) ? 3 : 2
  return 0
}

function unitAt(words: readonly string[], i: number): number {
  const one = words[i] ?? ''
  const two = `${one} ${words[i + 1] ?? ''}`
  if (/^atomic per cent$/i.test(`${two} ${words[i + 2] ?? ''}`)) return 3
  if (/^orders of magnitude$/i.test(`${two} ${words[i + 2] ?? ''}`)) return 3
  if (/^parts per (?:million|billion|trillion|thousand)$/i.test(`${two} ${words[i + 2] ?? ''}`)) return 3
  let length = 0
  if (TWO_WORD_UNIT.test(two) && !/^(orders of|parts per)/i.test(two)) length = 2
  else if (/^(?:square|cubic|atomic|orders|parts|weight|marks|bars|fold)$/i.test(one))
    length = /^fold$/i.test(one) ? 1 : 0
  else if (WORD_UNIT.test(one)) length = 1
  else if (SYMBOL_UNIT.test(one) && !/^(?:a|in|d|as|at|t|am|mad|had|add)$/.test(one)) length = 1
  if (!length) return 0
  // "metres per second", "g per cubic centimetre", "MPa m", "J m-2"
  if (words[i + length] === 'per' && unitAt(words, i + length + 1)) length += 1 + unitAt(words, i + length + 1)
  else
    while (
      SYMBOL_UNIT.test(one) &&
      SYMBOL_UNIT.test(words[i + length] ?? '') &&
      /[−⁻-]\d?|[⁻·]|√/.test(words[i + length] ?? '')
    )
      length += 1
  return length
}

function numberAt(words: readonly string[], i: number): number {
  const w = (k: number) => words[i + k] ?? ''
  let length = 0
  while (length < 5 && isNumberWord(w(length)) && (length === 0 || NUMBER_WORD.test(w(length)))) length += 1
  if (!length) return 0
  if (/^(?:×|x)$/.test(w(length)) && /^10/.test(w(length + 1))) length += 2
  if (/^(?:and)$/.test(w(length)) && /^(?:a)$/.test(w(length + 1)) && w(length + 2) === 'half') length += 3
  return length
}

/** The number, quantity or date that begins at word `i`, if any. */
export function quantityAt(words: readonly string[], i: number): QuantitySpan | undefined {
  let qualifier = 0
  for (;;) {
    const phrase = QUALIFIER_PHRASES.find((p) =>
      p.every((w, k) => (words[i + qualifier + k] ?? '').toLowerCase() === w),
    )
    if (!phrase) break
    qualifier += phrase.length
  }
  const at = i + qualifier
  const date = dateAt(words, at)
  if (date)
    return qualifier && /^(?:over|only|some|just)$/i.test(words[i] ?? '')
      ? undefined
      : { length: qualifier + date, kind: 'date', qualifier }
  if (GLUED.test(words[at] ?? '')) return { length: qualifier + 1, kind: 'quantity', qualifier }
  let end = at
  const article =
    /^(?:a|an|one)$/i.test(words[at] ?? '') &&
    /^(?:half|third|quarter|tenth|fifth|hundredth|thousandth|million|billion|hundred|thousand|dozen)$/i.test(
      words[at + 1] ?? '',
    )
      ? 1
      : 0
  const between = /^(?:between|from)$/i.test(words[at] ?? '') ? 1 : 0
  const first = numberAt(words, at + article + between)
  if (!first) return undefined
  end = at + article + between + first
  let unit = unitAt(words, end)
  let afterUnit = end + unit
  const joiner = words[afterUnit] ?? ''
  if (/^(?:to|and|or|–|-|±)$/.test(joiner)) {
    // "between 5 and 10 GPa", "14 to 20 nm"; "and"/"or" only when the second number closes the same unit
    const qualified = /^(?:about|around|roughly|nearly|over|perhaps)$/.test(words[afterUnit + 1] ?? '') ? 1 : 0
    const second = numberAt(words, afterUnit + 1 + qualified)
    const secondUnit = second ? unitAt(words, afterUnit + 1 + qualified + second) : 0
    const joins =
      joiner !== 'and' && joiner !== 'or'
        ? second > 0
        : between
          ? second > 0
          : second > 0 && secondUnit > 0 && unit === 0
    const noun = secondUnit === 0 && unit === 0
    if (joins && !(noun && joiner === 'or' && !second)) {
      end = afterUnit + 1 + qualified + second
      unit = secondUnit
      afterUnit = end + unit
      if (
        unit === 0 &&
        words.slice(at, end).some((w) => WORD_UNIT.test(strip(w)) || (SYMBOL_UNIT.test(w) && /[%°A-Z]/.test(w)))
      )
        unit = -1
    } else if (between) return undefined
  } else if (between) return undefined
  return { length: afterUnit - i, kind: unit === 0 ? 'number' : 'quantity', qualifier }
}
