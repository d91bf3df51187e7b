/** @file Invented names in several phonetic styles: pronounceable, and never a word the lexicon or a mineral book knows. */

import type { Random } from '../../base/random.ts'
import { capitalise } from './morphology.ts'

interface Style {
  onsets: readonly string[]
  vowels: readonly string[]
  codas: readonly string[]
}

const split = (text: string) => text.split(' ')

const STYLES: readonly Style[] = [
  {
    onsets: split('b br d dr f g gr h k kr l m n p r s sk st t tr v'),
    vowels: split('a a e e i o o u'),
    codas: split('l n r s lm lv nd nn rk rn rv sk st t v m'),
  },
  {
    onsets: split('c d f l m n p r s t v qu pr cl'),
    vowels: split('a e i o u a i ae'),
    codas: split('l n r s x m nt c'),
  },
  {
    onsets: split('b ch d f g h j k l m n p r s sh t w y z'),
    vowels: split('a e i o u ai oa ei'),
    codas: split('n m k l r sh'),
  },
  {
    onsets: split('th ph x z pl pr st chr ps k t m n d gl r l'),
    vowels: split('a e i o y eo io'),
    codas: split('n s r x l st'),
  },
  {
    onsets: split('bl dw fl gl gw kl ll m n p r sl sn sw t tw w wh'),
    vowels: split('a e i o u y ee oo'),
    codas: split('b ck d ff g ll mp nk p rn t th zz lt'),
  },
]

/** Real names that a random draw could hit; refused so that nothing real is ever a subject. */
const REAL = new Set(
  split(
    'nacre silk calcite aragonite silica quartz steel iron copper brass bronze nickel cobalt zinc tin lead gold silver carbon diamond ' +
      'graphite graphene nylon rayon viscose cellulose lignin chitin keratin collagen elastin bone wood paper glass cement concrete ' +
      'nitinol teflon kevlar aramid mica talc gypsum garnet opal ruby topaz jade pearl coral amber wool cotton linen hemp flax jute ' +
      'bamboo cork rubber latex resin titania alumina zeolite bakelite perlite ferrite pearlite martensite austenite bainite cementite ' +
      'dacron lycra orlon mylar lucite osmium selenium barium radium sodium calcium lithium silicon boron neon argon xenon',
  ),
)

/** One syllable-built stem, lower case, `syllables` long, with a closing consonant group. */
export function stem(random: Random, syllables: number): string {
  const style = random.pick(STYLES)
  for (;;) {
    let word = ''
    for (let i = 0; i < syllables; i++) {
      word += random.pick(style.onsets) + random.pick(style.vowels)
      if (i === syllables - 1 || random.chance(0.3)) word += random.pick(style.codas)
    }
    if (word.length >= 3 && word.length <= 11 && !REAL.has(word) && !/(.)\1\1/.test(word)) return word
  }
}

const ENDINGS = {
  mineral: split('ite ite ite ine ate ide ose in an ese'),
  material: split('el on ene yl ax ic ine ar um ol ex on al ium'),
  organism: split('a us is ia ops ax o il'),
}

/** A coined single word with the ending of its kind. */
export function coined(random: Random, kind: keyof typeof ENDINGS): string {
  for (;;) {
    const word = stem(random, random.chance(0.75) ? 1 : 2) + random.pick(ENDINGS[kind])
    if (word.length <= 12 && !REAL.has(word)) return word
  }
}

const GIVEN = split(
  'Elna Tomas Mirel Oskar Ivane Lidia Renn Pavo Sanna Aldo Mika Jorun Tessa Viktor Nadia Bruno Clara Edwin Farah Goran Hanna Ilse Jonas ' +
    'Karin Lars Marta Nils Olga Petra Quentin Rosa Stefan Tilda Ursula Wanda Yusuf Zora Amara Boris Celia Daniel Emil Freya Hugo Irene',
)

/** Full name of an invented person. */
export function personName(random: Random): string {
  const family = capitalise(stem(random, random.chance(0.4) ? 1 : 2))
  return `${random.pick(GIVEN)} ${family}`
}

const PLACE_FRAMES = split(
  'Port_N Lake_N the_N_valley the_N_hills N the_N_coast the_N_islands Mount_N the_N_desert N_Bay the_N_sea N the_N_river',
)

/** An invented place; may begin with "the". */
export function placeName(random: Random): string {
  const name = capitalise(stem(random, random.chance(0.6) ? 2 : 1))
  return random.pick(PLACE_FRAMES).replaceAll('_', ' ').replace('N', name)
}

/** Letters and sometimes a number: "KVT", "PX-4". */
export function codeName(random: Random): string {
  const letters = 'ABCDEFGHKLMNPQRSTVWXZ'
  let code = ''
  for (let i = random.between(2, 4); i > 0; i--) code += letters[random.below(letters.length)]
  return random.chance(0.4) ? `${code}-${random.between(1, 99)}` : code
}
