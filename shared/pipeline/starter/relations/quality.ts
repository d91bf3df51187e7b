/** @file Properties told in words: colour, shape, comparisons, names. */

import { quality } from './property-family.ts'
import { mixed, oneOf, type Relation } from './relation.ts'

export const QUALITIES: readonly Relation[] = [
  quality(
    'colour',
    'material mineral organism',
    'colour | natural colour | hue',
    'a colour',
    mixed(
      '[red/blue/green/yellow/white/black/grey/brown/orange/purple/pink/violet/silver] | [pale/dark/deep/bright/dull/milky] [red/blue/green/yellow/grey/brown/violet] | [amber/crimson/ivory/turquoise/golden/silvery/jet black/colourless]',
    ),
    '{X} ~is {V}. | {X} ~looks {V}. | To the eye {X} ~appears {V}.',
    'What colour ~is {X}? | Which colour ~does {X} have? | What ~does {X} look like in colour?',
  ),
  quality(
    'comparison',
    'material',
    'toughness compared with ordinary glass | advantage over its parts | gain over the plain mineral',
    'a ratio',
    mixed(
      '[2/3/4/5/8/10/20/40/50/100/200/300/500/800/1,000/2,000] times [tougher/stronger/harder/stiffer/lighter/more durable/more elastic]',
    ),
    '{X} ~is {V} than its main component. | {X} ~is {V} than the pure starting material.',
    'How much tougher ~is {X} than its main component? | By what factor ~does {X} beat its main component? | How ~does {X} compare with its main component? | How many times better ~is {X} than its main component?',
  ),
  quality(
    'shape',
    'mineral organism material',
    'shape | form of the units | geometry',
    'a shape',
    mixed(
      '[thin/flat/long/short/tiny/curved/hollow/round/hexagonal/twisted] [plates/needles/tubes/sheets/ribbons/rods/discs/flakes/spirals/cubes/fibres/tablets/columns/spheres/scales/threads]',
    ),
    '{X} ~forms {V}. | {X} ~comes as {V}. | {X} ~appears in the form of {V}.',
    'What shape ~does {X} take? | In what form ~does {X} occur? | What ~does {X} form? | What are the units of {X} shaped like?',
  ),
  quality(
    'symbol',
    'mineral material',
    'common name | trade name | nickname',
    'a name',
    mixed(
      '[blue/white/black/green/silver/winter/river/ghost/royal/sea] [stone/glass/wool/leather/butter/ivory/skin/cloth/crystal/feather/amber]',
    ),
    '{X} ~is nicknamed {V}. | Traders call {X} {V}. | {X} ~is sold as {V}.',
    'What ~is {X} nicknamed? | What do traders call {X}? | Under what name ~is {X} sold? | What ~is {X} also called?',
  ),
  quality(
    'state',
    'process',
    'first step | opening step',
    'a step',
    mixed(
      '[heating/drying/cooling/mixing/grinding/washing/spinning/pressing/melting/freezing] the [powder/paste/fibre/liquid/sheet/melt/gel/clay/seed/slurry]',
    ),
    '{X} ~begins with {V}. | {X} ~starts by {V}.',
    'How ~does {X} begin? | What is done first in {X}? | With what ~does {X} start?',
  ),
  quality(
    'rank',
    'device process',
    'main advantage | chief benefit',
    'an advantage',
    oneOf(
      'low cost | high speed | small size | low weight | long life | little noise | clean exhaust | easy repair | low energy use | high accuracy | simple design | safe handling',
    ),
    '{X} ~is valued for {V}. | {X} ~offers {V}.',
    'Why ~is {X} valued? | What ~does {X} offer? | What is good about {X}?',
  ),
]
