/**
 * @file Groups of words that may stand for one another in the generator's sentences, same inflection each. A statement or a
 * question is varied by swapping some, which is how the starter model learns that differently worded questions mean one thing.
 */

const groups = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) =>
      line
        .trim()
        .split(/\s+/)
        .map((word) => word.replaceAll('_', ' ')),
    )

/** Swapped freely inside generated text. */
export const INTERCHANGEABLE: readonly (readonly string[])[] = groups(`
  shows displays exhibits presents
  reaches attains achieves
  contains includes holds
  measured determined recorded
  known recognised
  used employed
  invented devised created
  prevents stops hinders
  prevent stop hinder
  prevented stopped hindered
  allows enables
  allowed enabled permitted
  increases raises enhances
  increase raise enhance
  reduces lowers decreases
  reduce lower decrease
  consists_of is_composed_of is_made_up_of
  consist_of are_composed_of are_made_up_of
  tests experiments trials
  specimens samples
  researchers scientists investigators
  large big
  small little
  mainly mostly chiefly primarily largely
  usually normally generally typically
  resists withstands endures
  resist withstand endure
  damages harms attacks
  begins starts
  begin start
  ends finishes
  shields protects guards
  carries transports conveys
  carry transport convey
  connects joins links
  joined connected linked
  surrounds encloses envelops
  built constructed assembled
  covered coated
  needs requires demands
  main principal chief primary
  studied investigated examined
  very extremely highly
`)

/** Near-synonyms and opposites asked about as plain word knowledge: "another word for", "the opposite of". */
export const SYNONYMS: readonly (readonly string[])[] = groups(`
  hard firm solid
  tough robust durable
  strong powerful mighty
  weak feeble frail
  stiff rigid inflexible
  flexible pliable supple
  brittle fragile breakable
  elastic stretchy springy
  dense compact heavy
  light lightweight weightless
  thick wide broad
  thin slender narrow slim
  tiny minute microscopic
  huge enormous gigantic vast
  fast quick rapid swift
  slow gradual sluggish
  hot heated burning
  cold chilly cool
  wet damp moist
  dry arid parched
  smooth even level
  rough coarse uneven
  bright shining brilliant
  dark dim gloomy
  clear transparent see-through
  sticky adhesive tacky
  slippery slick
  sharp pointed keen
  porous spongy permeable
  toxic poisonous harmful
  safe harmless secure
  cheap inexpensive affordable
  costly expensive dear
  rare scarce uncommon
  common frequent ordinary
  old ancient aged
  new recent modern novel
  pure clean unmixed
  fracture breakage rupture
  crack split fissure
  hardness firmness
  strength power
  toughness robustness
  stiffness rigidity
  density compactness
  thickness depth
  length extent
  width breadth
  speed velocity pace
  temperature heat warmth
  melt liquefy fuse
  freeze solidify
  dissolve disperse
  break fracture snap
  bend flex curve
  stretch extend elongate
  shrink contract
  grow expand enlarge
  stick adhere cling
  join connect unite
  separate divide split
  absorb soak_up take_in
  release free emit
  block obstruct stop
  prevent avert avoid
  allow permit enable
  cause produce bring_about
  create make form
  invent devise originate
  discover find detect
  build construct erect
  make manufacture produce
  use employ apply
  help assist aid
  protect shield defend
  damage harm injure
  measure gauge quantify
  show display reveal
  explain clarify account_for
  resemble look_like
  contain hold include
  surround enclose encircle
  support hold_up bear
  carry transport bear
  component constituent part ingredient
  substance material matter
  structure architecture arrangement
  layer sheet stratum
  fibre thread filament
  shell casing husk
  surface exterior outside
  core centre middle
  edge border rim
  hole pore opening
  place location site
  habitat home environment
  maker producer manufacturer
  inventor creator originator
  purpose aim goal function
  reason cause ground
  result outcome consequence
  method procedure technique
  share fraction proportion percentage
  number count quantity
  value figure amount
  colour hue shade
  shape form
  origin source beginning
  property characteristic trait feature
  strategy plan approach
  principle rule law
  defect flaw fault
  device instrument apparatus
`)

export const OPPOSITES: readonly (readonly string[])[] = groups(`
  hard soft
  strong weak
  tough brittle
  stiff flexible
  thick thin
  long short
  heavy light
  hot cold
  fast slow
  wet dry
  rough smooth
  large small
  high low
  deep shallow
  wide narrow
  bright dark
  cheap expensive
  rare common
  old new
  natural artificial
  pure impure
  stable unstable
  solid liquid
  inner outer
  upper lower
  first last
  early late
  increase decrease
  expand shrink
  join separate
  attract repel
  absorb release
  accept reject
  build destroy
  melt freeze
  open close
  push pull
  rise fall
  prevent allow
  cause prevent
  strengthen weaken
  harden soften
  maximum minimum
  tension compression
  order disorder
  presence absence
  inside outside
  before after
  above below
  front back
`)
