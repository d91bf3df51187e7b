/** @file The units that the matcher knows: symbols, SI prefixes, names. Reading whole expressions is units.ts's work. */

export type Dimension = readonly [m: number, kg: number, s: number, A: number, K: number, mol: number, cd: number]
export interface Atom {
  factor: number
  dimension: Dimension
  offset?: number
  label?: string
  prefixable?: boolean
}

export const NONE: Dimension = [0, 0, 0, 0, 0, 0, 0]
const si = (factor: number, dimension: Dimension, prefixable = true): Atom => ({ factor, dimension, prefixable })
const ratio = (factor: number, label: string): Atom => ({ factor, dimension: NONE, label })

const LENGTH: Dimension = [1, 0, 0, 0, 0, 0, 0]
const MASS: Dimension = [0, 1, 0, 0, 0, 0, 0]
const TIME: Dimension = [0, 0, 1, 0, 0, 0, 0]
export const KELVIN: Dimension = [0, 0, 0, 0, 1, 0, 0]
const PRESSURE: Dimension = [-1, 1, -2, 0, 0, 0, 0]
const ENERGY: Dimension = [2, 1, -2, 0, 0, 0, 0]
const CHARGE: Dimension = [0, 0, 1, 1, 0, 0, 0]
const VOLUME: Dimension = [3, 0, 0, 0, 0, 0, 0]

const SYMBOLS: Readonly<Record<string, Atom>> = {
  m: si(1, LENGTH),
  g: si(1e-3, MASS),
  s: si(1, TIME),
  A: si(1, [0, 0, 0, 1, 0, 0, 0]),
  K: si(1, KELVIN),
  mol: si(1, [0, 0, 0, 0, 0, 1, 0]),
  cd: si(1, [0, 0, 0, 0, 0, 0, 1]),
  Pa: si(1, PRESSURE),
  J: si(1, ENERGY),
  N: si(1, [1, 1, -2, 0, 0, 0, 0]),
  W: si(1, [2, 1, -3, 0, 0, 0, 0]),
  V: si(1, [2, 1, -3, -1, 0, 0, 0]),
  C: si(1, CHARGE),
  F: si(1, [-2, -1, 4, 2, 0, 0, 0]),
  Ω: si(1, [2, 1, -3, -2, 0, 0, 0]),
  S: si(1, [-2, -1, 3, 2, 0, 0, 0]),
  T: si(1, [0, 1, -2, -1, 0, 0, 0]),
  Hz: si(1, [0, 0, -1, 0, 0, 0, 0]),
  eV: si(1.602176634e-19, ENERGY),
  Da: si(1.6605390666e-27, MASS),
  L: si(1e-3, VOLUME),
  l: si(1e-3, VOLUME),
  bar: si(1e5, PRESSURE),
  cal: si(4.184, ENERGY),
  Wh: si(3600, ENERGY),
  Ah: si(3600, CHARGE),
  t: si(1000, MASS, false),
  atm: si(101325, PRESSURE, false),
  psi: si(6894.757, PRESSURE, false),
  Torr: si(133.3224, PRESSURE, false),
  rpm: si(1 / 60, [0, 0, -1, 0, 0, 0, 0], false),
  min: si(60, TIME, false),
  h: si(3600, TIME, false),
  d: si(86400, TIME, false),
  angstrom: si(1e-10, LENGTH, false),
  ft: si(0.3048, LENGTH, false),
  lb: si(0.45359237, MASS, false),
  '°C': { factor: 1, offset: 273.15, dimension: KELVIN },
  '°F': { factor: 5 / 9, offset: 459.67 * (5 / 9), dimension: KELVIN },
  '°K': si(1, KELVIN, false),
  '°': ratio(1, 'angle'),
  '%': ratio(0.01, 'percent'),
  'wt%': ratio(0.01, 'percent by weight'),
  'vol%': ratio(0.01, 'percent by volume'),
  'at%': ratio(0.01, 'percent of atoms'),
  'mol%': ratio(0.01, 'percent of moles'),
  '‰': ratio(1e-3, 'percent'),
  ppm: ratio(1e-6, 'percent'),
  ppb: ratio(1e-9, 'percent'),
  times: ratio(1, 'times'),
  fold: ratio(1, 'times'),
  x: ratio(1, 'times'),
  '×': ratio(1, 'times'),
  HV: ratio(1, 'Vickers'),
  HB: ratio(1, 'Brinell'),
  HRC: ratio(1, 'Rockwell C'),
  mohs: ratio(1, 'Mohs'),
}

const PREFIXES: Readonly<Record<string, number>> = {
  f: 1e-15,
  p: 1e-12,
  n: 1e-9,
  u: 1e-6,
  μ: 1e-6,
  m: 1e-3,
  c: 1e-2,
  d: 0.1,
  h: 100,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
}

const LONG_PREFIXES: Readonly<Record<string, string>> = {
  femto: 'f',
  pico: 'p',
  nano: 'n',
  micro: 'μ',
  milli: 'm',
  centi: 'c',
  deci: 'd',
  hecto: 'h',
  kilo: 'k',
  mega: 'M',
  giga: 'G',
  tera: 'T',
}

/** Names and lower-case slips, singular, as symbols. */
const NAMES: Readonly<Record<string, string>> = {
  metre: 'm',
  meter: 'm',
  gram: 'g',
  gramme: 'g',
  second: 's',
  sec: 's',
  ampere: 'A',
  amp: 'A',
  kelvin: 'K',
  mole: 'mol',
  pascal: 'Pa',
  joule: 'J',
  newton: 'N',
  watt: 'W',
  volt: 'V',
  coulomb: 'C',
  farad: 'F',
  ohm: 'Ω',
  siemens: 'S',
  tesla: 'T',
  hertz: 'Hz',
  electronvolt: 'eV',
  dalton: 'Da',
  litre: 'L',
  liter: 'L',
  calorie: 'cal',
  tonne: 't',
  atmosphere: 'atm',
  minute: 'min',
  hour: 'h',
  hr: 'h',
  day: 'd',
  foot: 'ft',
  feet: 'ft',
  pound: 'lb',
  time: 'times',
  degree: '°',
  deg: '°',
  micron: 'μm',
  inch: 'inch',
  inche: 'inch',
  year: 'year',
  yr: 'year',
  week: 'week',
  month: 'month',
  mile: 'mile',
  mpa: 'MPa',
  gpa: 'GPa',
  kpa: 'kPa',
  pa: 'Pa',
  ghz: 'GHz',
  mhz: 'MHz',
  khz: 'kHz',
  hz: 'Hz',
  ev: 'eV',
  kj: 'kJ',
  kn: 'kN',
  kw: 'kW',
}
const EXTRA: Readonly<Record<string, Atom>> = {
  inch: si(0.0254, LENGTH, false),
  mile: si(1609.344, LENGTH, false),
  week: si(604800, TIME, false),
  month: si(2629746, TIME, false),
  year: si(31556952, TIME, false),
}

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/** The atom a run of letters names, or undefined. */
export function atomOf(word: string): Atom | undefined {
  const direct = own(SYMBOLS, word) ?? own(EXTRA, word)
  if (direct) return direct
  const factor = own(PREFIXES, word.slice(0, 1))
  const base = own(SYMBOLS, word.slice(1))
  if (factor !== undefined && base?.prefixable) return { ...base, factor: base.factor * factor }
  const lower = word.toLowerCase()
  const bare = lower.length > 3 && lower.endsWith('s') && lower !== 'siemens' ? lower.slice(0, -1) : lower
  const name = own(NAMES, lower) ?? own(NAMES, bare) ?? (own(SYMBOLS, bare) && bare.length > 2 ? bare : undefined)
  if (name !== undefined) return name === word ? undefined : atomOf(name)
  for (const [long, short] of Object.entries(LONG_PREFIXES)) {
    if (!bare.startsWith(long) || bare.length <= long.length + 2) continue
    const named = own(NAMES, bare.slice(long.length)) ?? bare.slice(long.length)
    if (own(SYMBOLS, named)?.prefixable) return atomOf(short + named)
  }
  return undefined
}
