/**
 * @file Tables as sentences. A property in a row of a table is invisible to a model that learns from prose, so each cell
 * becomes a sentence that stands alone: "The work of fracture of nacre is 1.2 kJ/m2."
 */

const PROPERTY = /^(?:property|properties|quantity|parameter|characteristic|feature|attribute|measure|metric)$/i
const VALUE = /^(?:values?|magnitude|amount|measurement|result)$/i
const UNIT = /^(?:units?)$/i
const REMARK = /^(?:notes?|comments?|remarks?|descriptions?|abstracts?|summary|observations?|text)$/i
const NOTHING = /^(?:[-–—./?]*|n\/?a|none|null|nan)$/i

/**
 * The sentences of each row of a table with a header row. Three shapes are known:
 * - long: columns property, value and perhaps unit after the subject → "The {property} of {subject} is {value} {unit}."
 * - transposed: a first header such as "Property", subjects as the other headers → "The {row} of {header} is {cell}."
 * - wide: the first column is the subject, headers name properties → "The {header} of {subject} is {cell}."
 * @returns one array per row, in order; a row without usable cells gives an empty one
 */
export function tableSentences(header: readonly string[], rows: readonly (readonly string[])[]): string[][] {
  const names = header.map(columnName)
  const at = (pattern: RegExp) => names.findIndex((name) => pattern.test(name))
  const property = at(PROPERTY)
  const value = at(VALUE)
  if (property >= 0 && value >= 0) return rows.map((row) => longRow(names, row, property, value, at(UNIT)))
  if (property === 0 && names.length > 1) {
    return rows.map((row) => names.slice(1).flatMap((subject, k) => sentence(tidy(row[0]), subject, tidy(row[k + 1]))))
  }
  return rows.map((row) => wideRow(names, row))
}

function longRow(
  names: readonly string[],
  row: readonly string[],
  property: number,
  value: number,
  unit: number,
): string[] {
  const used = new Set([property, value, unit])
  const subjectAt = names.findIndex((_, k) => !used.has(k))
  const subject = tidy(row[subjectAt])
  if (subjectAt < 0 || subject === '') return []
  const amount = [tidy(row[value]), unit >= 0 ? tidy(row[unit]) : ''].filter((part) => part !== '').join(' ')
  const sentences = NOTHING.test(tidy(row[value])) ? [] : sentence(tidy(row[property]), subject, amount)
  // What else stands in the row belongs to the measurement: condition, method, note.
  for (const [k, name] of names.entries()) {
    if (used.has(k) || k === subjectAt) continue
    const cell = tidy(row[k])
    if (NOTHING.test(cell)) continue
    if (REMARK.test(name) || isProse(cell)) sentences.push(remark(subject, cell))
    else sentences.push(...sentence(name, `the ${lowered(tidy(row[property]))} of ${subject}`, cell))
  }
  return sentences
}

function wideRow(names: readonly string[], row: readonly string[]): string[] {
  const subject = tidy(row[0])
  if (NOTHING.test(subject)) return []
  if (names.length === 1) return [asSentence(subject)]
  return names.slice(1).flatMap((name, k) => {
    const cell = tidy(row[k + 1])
    if (NOTHING.test(cell)) return []
    return REMARK.test(name) || isProse(cell) ? [remark(subject, cell)] : sentence(name, subject, cell)
  })
}

/** "The density of nacre is 2.7 g/cm3." from property "Density (g/cm3)" and value "2.7". Nothing when a part is missing. */
function sentence(property: string, subject: string, value: string): string[] {
  if (NOTHING.test(property) || NOTHING.test(subject) || NOTHING.test(value)) return []
  const withUnit = /^(.*\S)\s*[([]([^()[\]]{1,24})[)\]]$/.exec(property)
  const isNumber = /^[~≈<>≤≥±+\-−]?\s?\d/.test(value)
  const name = withUnit && isNumber ? (withUnit[1] as string) : property
  const unit = withUnit && isNumber ? ` ${withUnit[2]}` : ''
  return [`The ${lowered(name)} of ${subject} is ${value.replace(/[.\s]{1,8}$/, '')}${unit}.`]
}

/** A cell that says something by itself. */
function isProse(cell: string): boolean {
  return cell.length > 40 && cell.split(' ').length >= 7
}

/** Prose stands as it is; a fragment is tied to its subject. */
function remark(subject: string, cell: string): string {
  return asSentence(isProse(cell) && /^[\p{Lu}\d"“(]/u.test(cell) ? cell : `Note on ${subject}: ${cell}`)
}

function asSentence(text: string): string {
  return /[.!?]["”')\]]*$/.test(text) ? text : `${text}.`
}

function tidy(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim()
}

/** A column name as words: "work_of_fracture" becomes "work of fracture". */
function columnName(text: string): string {
  const plain = tidy(text)
  return /^[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+$/.test(plain) ? plain.replace(/_/g, ' ') : plain
}

/** Words of property names that keep their capital: people's names. */
const NAMES = new Set(
  (
    'Mohs Young Poisson Vickers Knoop Brinell Rockwell Shore Curie Néel Neel Debye Weibull Bragg Fermi Raman Seebeck Hall ' +
    'Charpy Izod Paris Hooke Burgers Bravais Miller Celsius Kelvin Fahrenheit Reynolds Hamaker Flory Bond Abbe Verdet'
  ).split(' '),
)

/** Capitalised words in lower case, but for names ("Mohs hardness"), abbreviations, formulas and symbols ("FWHM", "Tg"). */
function lowered(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}-])\p{Lu}\p{Ll}{2,}(?:['’]s)?(?![\p{L}\p{N}-])/gu, (word) =>
    NAMES.has(word.replace(/['’]s$/, '')) || /['’]s$/.test(word) ? word : word.toLowerCase(),
  )
}
