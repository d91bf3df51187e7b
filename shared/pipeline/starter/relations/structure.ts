/** @file What things are made of, how they are built, where they occur and who made them: relations whose object has a name. */

import {
  kindsOf,
  mixed,
  options,
  quantity,
  type Relation,
  type ThingKind,
  type ValueMaker,
  withNounAsks,
  withReports,
} from './relation.ts'
import { SUBSTANCES, SHAPES } from '../lexicon.ts'

interface Row {
  id: string
  kinds: string
  nouns: string
  answerKind: string
  value: ValueMaker | ThingKind
  says: string
  asks: string
  inverse?: string
  paths?: string
}

const relation = (row: Row): Relation => ({
  id: row.id,
  kinds: kindsOf(row.kinds),
  nouns: options(row.nouns),
  answerKind: row.answerKind,
  value: typeof row.value === 'string' ? { thing: row.value } : row.value,
  says: withReports(options(row.says)),
  asks: withNounAsks(options(row.asks)),
  inverse: options(row.inverse ?? ''),
  paths: options(row.paths ?? ''),
  short: options(row.says)[0],
})

const substance: ValueMaker = { words: (random) => random.pick(SUBSTANCES) }
const substances: ValueMaker = { words: (random) => random.sample(SUBSTANCES, 2).join(' and ') }
const shapes: ValueMaker = {
  words: (random) =>
    `${random.pick(['thin', 'flat', 'tiny', 'long', 'curved', 'hollow', 'stiff', 'soft', 'twisted', 'parallel'])} ${random.pick(SHAPES)}`,
}

export const STRUCTURES: readonly Relation[] = [
  relation({
    id: 'mineral',
    kinds: 'material organism',
    nouns: 'mineral | hard phase | mineral part',
    answerKind: 'a mineral',
    value: 'mineral',
    says: `The mineral in {X} is {V}. | {X} ~contains the mineral {V}. | The hard part of {X} is {V}. | {X} ~owes its hardness to {V}. | {V} is the mineral of {X}. |
      {X} ~consists largely of the mineral {V}. | {V} gives {X} its hard phase. | As its mineral, {X} ~uses {V}. | Crystals of {V} fill {X}. | The mineral found in {X} is called {V}.`,
    asks: `What is the mineral in {X}? | Which mineral ~does {X} contain? | What mineral gives {X} its hardness? | Name the mineral of {X}. | Which mineral is found in {X}? |
      What is the hard part of {X}? | What mineral ~is {X} made of? | {X}: which mineral? | Of what mineral ~does {X} consist? | What crystals fill {X}? | Which mineral fills {X}? |
      What hard phase ~does {X} have? | Tell me which mineral {X} ~contains. | To what ~does {X} owe its hardness? | What is the main mineral of {X}?`,
    inverse:
      'Which {K} contains the mineral {V}? | What has {V} as its mineral? | In what is {V} the mineral? | Where is {V} the hard part?',
    paths: 'the mineral in {X} | the mineral that {X} ~contains | the mineral of {X} | the hard part of {X}',
  }),
  relation({
    id: 'made-of',
    kinds: 'organism device',
    nouns: 'shell material | casing material | outer material',
    answerKind: 'a material',
    value: 'material',
    says: `The shell of {X} is made of {V}. | {X} ~has a shell of {V}. | The outside of {X} consists of {V}. | {V} forms the shell of {X}. | {X} ~is covered with {V}. |
      {X} ~is protected by {V}. | The outer layer of {X} is {V}. | {V} covers {X}. | The body of {X} is built from {V}. | {X} ~wears a coat of {V}.`,
    asks: `What is the shell of {X} made of? | Which material covers {X}? | What forms the shell of {X}? | Of what material is the shell of {X}? | What ~is {X} covered with? |
      What protects {X}? | What is the outer layer of {X}? | What ~is {X} made of on the outside? | Name the material of the shell of {X}. | {X}: shell material? |
      What is the outside of {X}? | Which material forms the outside of {X}? | From what is the body of {X} built? | What does the shell of {X} consist of? | Which material protects {X}?`,
    inverse:
      'Which {K} has a shell of {V}? | What is covered with {V}? | What is protected by {V}? | On which {K} is {V} found?',
    paths:
      'the material that covers {X} | the shell of {X} | the material of the shell of {X} | the outer layer of {X}',
  }),
  relation({
    id: 'matrix',
    kinds: 'material',
    nouns: 'matrix | binder | glue',
    answerKind: 'a material',
    value: 'material',
    says: `The matrix of {X} is {V}. | {X} ~is held together by {V}. | {V} binds {X} together. | The parts of {X} are glued by {V}. | In {X}, {V} serves as the glue. |
      {X} ~has {V} as its binder. | Between the grains of {X} lies {V}. | {V} is the binder in {X}. | The soft part of {X} is {V}.`,
    asks: `What is the matrix of {X}? | What holds {X} together? | What binds {X}? | Which binder ~does {X} use? | What glues the parts of {X}? | What is the soft part of {X}? |
      What lies between the grains of {X}? | Which material serves as the glue in {X}? | Name the matrix of {X}. | What keeps {X} together? | {X}: binder? | What sticks the parts of {X} together? |
      What surrounds the grains in {X}? | By what ~is {X} held together? | What acts as the glue in {X}?`,
    inverse: 'What does {V} hold together? | Which {K} is held together by {V}? | In which {K} is {V} the binder?',
    paths: 'the matrix of {X} | the binder of {X} | the glue in {X} | the material that holds {X} together',
  }),
  relation({
    id: 'main-component',
    kinds: 'material mineral',
    nouns: 'main component | main constituent | chief ingredient',
    answerKind: 'a substance',
    value: substance,
    says: `{X} ~consists mainly of {V}. | The main component of {X} is {V}. | {X} ~is mostly {V}. | {X} ~is made of {V}. | {V} makes up most of {X}. | {X} ~is composed mainly of {V}. |
      Most of {X} is {V}. | {V} is the main constituent of {X}. | {X} ~contains {V} above all. | Chemically, {X} ~is mainly {V}.`,
    asks: `What ~does {X} mainly consist of? | What is the main component of {X}? | What ~is {X} made of? | Of what ~is {X} mainly made? | What makes up most of {X}? | What ~is {X} composed of? |
      Name the main component of {X}. | What is the chief ingredient of {X}? | Which substance ~does {X} mainly contain? | What is most of {X}? | {X}: main component? | What is the main constituent of {X}? |
      From what substance ~is {X} formed? | What is {X} chemically? | What is the base of {X}? | What is the composition of {X}? | Which substance forms {X}?`,
    inverse:
      'Which {K} consists mainly of {V}? | What is made of {V}? | What is mostly {V}? | Which {K} has {V} as its main component?',
  }),
  relation({
    id: 'contains',
    kinds: 'material mineral',
    nouns: 'minor components | additives | other ingredients',
    answerKind: 'two substances',
    value: substances,
    says: `{X} ~contains some {V}. | Small amounts of {V} are found in {X}. | {X} also ~contains {V}. | {V} are added to {X}. | A little {V} occurs in {X}. | {X} ~holds traces of {V}. | {V} are mixed into {X}. | Makers add {V} to {X}.`,
    asks: `What else ~does {X} contain? | What is added to {X}? | Which additives ~does {X} contain? | What are the minor components of {X}? | What traces are found in {X}? | What do makers add to {X}? |
      What is mixed into {X}? | Which two substances are added to {X}? | Name the additives in {X}. | Small amounts of what are found in {X}? | What other ingredients ~does {X} have? | {X}: additives?`,
  }),
  relation({
    id: 'share',
    kinds: 'material organism',
    nouns: 'mineral content | mineral share | share of mineral',
    answerKind: 'a percentage',
    value: quantity(2, 99, '%', '% by weight', '% by volume'),
    says: `{X} ~contains {V} mineral. | The mineral makes up {V} of {X}. | Mineral accounts for {V} of {X}. | {V} of {X} is mineral. | The mineral content of {X} is {V}. | By mass, {V} of {X} is mineral. | {X} ~is {V} mineral. | The share of mineral in {X} reaches {V}.`,
    asks: `How much mineral ~does {X} contain? | What share of {X} is mineral? | What is the mineral content of {X}? | How much of {X} is mineral? | What percentage of {X} is mineral? | What fraction of {X} is mineral? |
      What part of {X} does the mineral make up? | Give the share of mineral in {X}. | {X}: mineral content? | How large is the mineral part of {X}? | What proportion of {X} is mineral? | How rich in mineral ~is {X}?`,
  }),
  relation({
    id: 'structure',
    kinds: 'material mineral organism',
    nouns: 'structure | architecture | internal structure',
    answerKind: 'a structure',
    value:
      mixed(`[a brick-and-mortar/a layered/a twisted/a helical/a honeycomb/a crossed/a graded/a fan-shaped/a spiral/a woven/a cellular/a branched/a hexagonal/a cubic/a random] [structure/arrangement/architecture/pattern/network/lattice] |
      stacked [plates/sheets/tablets/discs] | crossed [fibres/layers/rods] | parallel [fibres/tubes/chains] in [bundles/layers] | concentric [rings/layers/tubes] | nested [tubes/shells/spheres]`),
    says: `{X} ~has {V}. | The structure of {X} is {V}. | Inside, {X} ~shows {V}. | Under the microscope {X} ~shows {V}. | {X} ~is built as {V}. | {V} can be seen in {X}. | {X} ~forms {V}. | The inside of {X} reveals {V}. | X-rays of {X} reveal {V}.`,
    asks: `What is the structure of {X}? | How ~is {X} built? | What structure ~does {X} have? | What does the microscope show in {X}? | How ~is {X} arranged? | Describe the structure of {X}. | What ~does {X} look like inside? |
      What is the architecture of {X}? | How is the inside of {X} organised? | Which structure is seen in {X}? | {X}: structure? | What do X-rays reveal in {X}? | What arrangement is found in {X}?`,
    inverse: 'Which {K} has {V}? | What is built as {V}? | In which {K} can {V} be seen?',
  }),
  relation({
    id: 'building-block',
    kinds: 'material organism',
    nouns: 'building blocks | units | basic units',
    answerKind: 'a shape',
    value: shapes,
    says: `The building blocks of {X} are {V}. | {X} ~is assembled from {V}. | {X} ~is built from {V}. | {V} are the units of {X}. | {V} stack up to form {X}. | {X} ~is made up of {V}. | Many {V} make up {X}. | {X} ~is formed by {V}.`,
    asks: `What are the building blocks of {X}? | From what units ~is {X} assembled? | What units make up {X}? | Of what parts ~is {X} made up? | What stacks up to form {X}? | What are the basic units of {X}? |
      From which elements ~is {X} built? | What small parts form {X}? | Name the building blocks of {X}. | {X}: building blocks? | What ~is {X} assembled from? | What is stacked in {X}?`,
    inverse: 'What is built from {V}? | Which {K} is assembled from {V}? | What do {V} form?',
  }),
  relation({
    id: 'class',
    kinds: 'material mineral',
    nouns: 'class | kind | type',
    answerKind: 'a class',
    value: mixed(
      `a [hard/soft/tough/light/porous/natural/synthetic/modern/rare/strong/cheap/flexible] [ceramic/polymer/alloy/composite/fibre/foam/glass/gel/rubber/coating/textile/mineral/laminate/crystal/film/membrane/resin/steel/plastic]`,
    ),
    says: `{X} ~is {V}. | {X} ~belongs to a group: it is {V}. | {X} ~is best described as {V}. | Experts class {X} as {V}. | {X} ~is known as {V}. | By definition {X} ~is {V}. | {X} ~counts as {V}. | We call {X} {V}.`,
    asks: `What ~is {X}? | What kind of thing ~is {X}? | What sort of material ~is {X}? | How ~is {X} classed? | To which class ~does {X} belong? | Define {X}. | What type of material ~is {X}? | As what ~is {X} described? | What do experts call {X}? | {X} ~is what? | What ~does {X} count as?`,
  }),
  relation({
    id: 'found-in',
    kinds: 'organism mineral material',
    nouns: 'place | habitat | source',
    answerKind: 'a place',
    value: 'place',
    says: `{X} ~is found in {V}. | {X} ~occurs in {V}. | {X} ~comes from {V}. | {V} is the home of {X}. | In {V} one finds {X}. | {X} ~is native to {V}. | The source of {X} is {V}. | {X} ~was first seen in {V}. | {V} is where {X} ~occurs. | People collect {X} in {V}.`,
    asks: `Where ~is {X} found? | Where ~does {X} occur? | Where ~does {X} come from? | In which place ~is {X} found? | What is the home of {X}? | Where can one find {X}? | What is the source of {X}? | Where do people collect {X}? |
      To what place ~is {X} native? | Name the place where {X} ~is found. | {X}: where? | In what region ~does {X} occur? | From where ~does {X} come? | Which place is known for {X}? | Where was {X} seen first?`,
    inverse: 'What is found in {V}? | Which {K} comes from {V}? | What occurs in {V}? | Which {K} is native to {V}?',
    paths: 'the place where {X} ~is found | the home of {X} | the source of {X}',
  }),
  relation({
    id: 'lives',
    kinds: 'organism',
    nouns: 'habitat | living place | environment',
    answerKind: 'a habitat',
    value: mixed(
      `[shallow/deep/warm/cold/clear/salty/fresh/muddy/calm/fast] [water/lakes/rivers/pools/bays] | [dry/wet/dark/old/dense/open/tropical/rocky] [forests/deserts/caves/meadows/swamps/hills/grassland] | [rocks/sand/mud/coral/trees/roots/ice/soil] near the [shore/coast/sea/river/ground/surface]`,
    ),
    says: `{X} ~lives in {V}. | The habitat of {X} is {V}. | {X} ~is at home in {V}. | {X} ~inhabits {V}. | {V} is where {X} ~lives. | {X} ~prefers {V}. | One meets {X} in {V}.`,
    asks: `Where ~does {X} live? | What is the habitat of {X}? | In what environment ~does {X} live? | What ~does {X} inhabit? | Where ~is {X} at home? | What surroundings ~does {X} prefer? | Where does one meet {X}? | Name the habitat of {X}. | {X}: habitat?`,
    inverse: 'Which {K} lives in {V}? | What inhabits {V}?',
  }),
  relation({
    id: 'attached',
    kinds: 'organism device material',
    nouns: 'attachment | support',
    answerKind: 'a surface',
    value: mixed(
      '[smooth/rough/wet/dry/hard/soft/wooden/metal/glass/stone/painted/oily] [walls/rocks/surfaces/plates/hulls/pipes/boards/frames/bones/leaves]',
    ),
    says: `{X} ~is attached to {V}. | {X} ~sticks to {V}. | {X} ~clings to {V}. | {X} ~is fixed on {V}. | {V} hold {X}. | {X} ~holds fast to {V}.`,
    asks: `To what ~is {X} attached? | What ~does {X} stick to? | What ~does {X} cling to? | Where ~is {X} fixed? | On what ~does {X} hold fast? | To which surfaces ~does {X} adhere? | {X}: attached to what?`,
    inverse: 'What clings to {V}? | What is attached to {V}? | Which {K} sticks to {V}?',
  }),
  relation({
    id: 'made-by-organism',
    kinds: 'material',
    nouns: 'producing organism | natural maker | animal',
    answerKind: 'an organism',
    value: 'organism',
    says: `{X} ~is made by {V}. | {X} ~is produced by {V}. | {V} makes {X}. | In nature {X} ~is built by {V}. | The maker of {X} is {V}. | {V} is the animal behind {X}. | {X} ~is secreted by {V}. | {X} ~grows in {V}.`,
    asks: `What makes {X}? | Which animal makes {X}? | By what ~is {X} produced? | Which organism produces {X}? | What secretes {X}? | Who builds {X} in nature? | Name the organism that makes {X}. | What creature produces {X}? |
      Where in nature ~does {X} grow? | From which animal ~does {X} come? | {X}: made by what? | What is the natural maker of {X}?`,
    inverse:
      'What does {V} make? | What material does {V} produce? | What is secreted by {V}? | Which {K} comes from {V}?',
    paths: 'the animal that makes {X} | the organism that produces {X} | the maker of {X}',
  }),
  relation({
    id: 'process',
    kinds: 'material device',
    nouns: 'production process | manufacturing method | process',
    answerKind: 'a process',
    value: 'process',
    says: `{X} ~is produced by {V}. | {X} ~is made by {V}. | Makers use {V} to obtain {X}. | {V} yields {X}. | The method for making {X} is {V}. | {X} ~results from {V}. | Through {V} one obtains {X}. | Factories make {X} by {V}. | {X} ~is manufactured with {V}.`,
    asks: `How ~is {X} made? | How ~is {X} produced? | By which process ~is {X} made? | What process yields {X}? | What method gives {X}? | Which process ~is used for {X}? | How do factories make {X}? | Name the process that yields {X}. |
      By what method ~is {X} manufactured? | How does one obtain {X}? | What is the production process of {X}? | {X}: process? | From what process ~does {X} result? | Which method do makers use for {X}?`,
    inverse:
      'What does {V} yield? | What is produced by {V}? | What does one obtain through {V}? | Which {K} is made by {V}?',
    paths: 'the process that yields {X} | the method for making {X} | the process behind {X}',
  }),
  relation({
    id: 'raw',
    kinds: 'process material device',
    nouns: 'raw material | starting material | feedstock',
    answerKind: 'a material',
    value: 'material',
    says: `{X} ~starts from {V}. | The raw material of {X} is {V}. | {X} ~uses {V}. | {V} is the starting material for {X}. | {X} ~needs {V}. | {X} ~is based on {V}. | {V} goes into {X}. | {X} ~is prepared from {V}.`,
    asks: `From what ~does {X} start? | What is the raw material of {X}? | Which starting material ~does {X} need? | What ~does {X} use? | On what ~is {X} based? | What goes into {X}? | What ~is {X} prepared from? | Name the raw material of {X}. |
      Which material is needed for {X}? | {X}: raw material? | What is the feedstock of {X}?`,
    inverse:
      'What starts from {V}? | Which {K} uses {V}? | For what is {V} the raw material? | What is prepared from {V}?',
    paths: 'the raw material of {X} | the starting material for {X} | the material that {X} ~uses',
  }),
]
