/** @file People, years, uses and reasons. */

import {
  kindsOf,
  mixed,
  options,
  type Relation,
  type ThingKind,
  type ValueMaker,
  withNounAsks,
  withReports,
} from './relation.ts'

const year: ValueMaker = {
  words: (random) => String(random.chance(0.85) ? random.between(1780, 2019) : random.between(1100, 1779)),
}

function relation(
  id: string,
  kinds: string,
  nouns: string,
  answerKind: string,
  value: ValueMaker | ThingKind,
  says: string,
  asks: string,
  inverse = '',
  paths = '',
): Relation {
  return {
    id,
    kinds: kindsOf(kinds),
    nouns: options(nouns),
    answerKind,
    value: typeof value === 'string' ? { thing: value } : value,
    says: withReports(options(says)),
    asks: withNounAsks(options(asks)),
    inverse: options(inverse),
    paths: options(paths),
    short: options(says)[0],
  }
}

export const HISTORIES: readonly Relation[] = [
  relation(
    'inventor',
    'material device process',
    'inventor | creator | developer',
    'a person',
    'person',
    `{X} ~was invented by {V}. | {V} invented {X}. | The inventor of {X} was {V}. | {X} ~was developed by {V}. | {V} is the inventor of {X}. | It was {V} who invented {X}. | {V} created {X}. | {X} ~goes back to {V}. | Credit for {X} belongs to {V}. | {V} came up with {X}. | {V} first made {X}.`,
    `Who invented {X}? | Who was the inventor of {X}? | By whom ~was {X} invented? | Who developed {X}? | Who created {X}? | Who first made {X}? | Name the inventor of {X}. | Who came up with {X}? | To whom do we owe {X}? | Who is credited with {X}? |
     Which person invented {X}? | {X}: inventor? | Whose invention ~is {X}? | What is the name of the inventor of {X}? | Who was behind {X}? | Which inventor made {X} first? | Who devised {X}?`,
    'What did {V} invent? | Which {K} was invented by {V}? | What was the invention of {V}? | What do we owe to {V}? | For what invention is {V} known?',
    'the inventor of {X} | the person who invented {X} | the creator of {X}',
  ),
  relation(
    'discoverer',
    'mineral organism',
    'discoverer | finder',
    'a person',
    'person',
    `{X} ~was discovered by {V}. | {V} discovered {X}. | The discoverer of {X} was {V}. | {V} first described {X}. | {X} ~was first described by {V}. | It was {V} who discovered {X}. | {V} found {X}. | Science owes {X} to {V}.`,
    `Who discovered {X}? | Who first described {X}? | By whom ~was {X} discovered? | Who was the discoverer of {X}? | Who found {X}? | Name the discoverer of {X}. | Who identified {X} first? | To whom does science owe {X}? | {X}: discoverer? | Which person discovered {X}? | Whose discovery ~was {X}?`,
    'What did {V} discover? | Which {K} was discovered by {V}? | What did {V} find? | What was first described by {V}?',
    'the discoverer of {X} | the person who discovered {X}',
  ),
  relation(
    'invented-year',
    'material device process',
    'year of invention | invention date',
    'a year',
    year,
    `{X} ~was invented in {V}. | {X} ~appeared in {V}. | In {V}, {X} ~was invented. | The invention of {X} dates from {V}. | {X} ~dates from {V}. | {X} ~was first made in {V}. | {X} ~has existed since {V}. | The year {V} saw the invention of {X}.`,
    `When ~was {X} invented? | In what year ~was {X} invented? | In which year ~was {X} first made? | When did {X} appear? | What year ~does {X} date from? | Since when ~has {X} existed? | From what year is the invention of {X}? | Give the year of {X}. | {X}: year? | What is the invention date of {X}? | When did someone first make {X}?`,
    'What was invented in {V}? | Which {K} dates from {V}? | What appeared in {V}?',
  ),
  relation(
    'discovered-year',
    'mineral organism place',
    'year of discovery | discovery date',
    'a year',
    year,
    `{X} ~was discovered in {V}. | {X} ~was first described in {V}. | In {V}, {X} ~was discovered. | The discovery of {X} dates from {V}. | Science has known {X} since {V}.`,
    `When ~was {X} discovered? | In what year ~was {X} discovered? | When ~was {X} first described? | What is the discovery date of {X}? | Since when has science known {X}? | In which year was {X} found? | {X}: year of discovery?`,
    'What was discovered in {V}? | Which {K} was first described in {V}?',
  ),
  relation(
    'maker',
    'device material',
    'manufacturer | maker | company',
    'a company',
    mixed(
      '[Arvel/Bronta/Corvane/Delmark/Estrin/Falgor/Grenvik/Holtane/Ingvar/Jorvex/Kestrom/Lumaro/Mordane/Nortex/Orvane/Peltron/Quorin/Ruvane/Solmek/Tarvox/Umbria/Velkor/Wexan/Zentral] [Works/Industries/Brothers/and Sons/Company/Laboratories/Group/Mills/Materials]',
    ),
    `{X} ~is made by {V}. | {V} makes {X}. | The manufacturer of {X} is {V}. | {X} ~is sold by {V}. | {V} sells {X}. | {V} produces {X} in its factory. | The company behind {X} is {V}.`,
    `Who makes {X}? | Who manufactures {X}? | Which company makes {X}? | Who is the manufacturer of {X}? | Which firm produces {X}? | Who sells {X}? | Name the maker of {X}. | By which company ~is {X} made? | What company is behind {X}? | {X}: manufacturer?`,
    'What does {V} make? | Which {K} is made by {V}? | What does {V} sell?',
  ),
  relation(
    'used-for',
    'material device mineral process',
    'use | application | purpose',
    'a use',
    mixed(`[making/building/repairing/coating/sealing/cleaning/cooling/insulating/reinforcing/lining/polishing/protecting/joining/testing/lighting] [bridges/ships/engines/bones/teeth/pipes/tanks/windows/roofs/ropes/tyres/batteries/lenses/circuits/bottles/boats/wings/gloves/helmets/tools/walls/floors/furnaces/instruments/toys/books/clothes/rockets/turbines/filters/screens/cables/sensors] |
      [medical/military/sports/kitchen/optical/space/farm/fire/diving/racing] [equipment/clothing/devices/tools/gear]`),
    `{X} ~is used for {V}. | {X} ~serves for {V}. | The main use of {X} is {V}. | People use {X} for {V}. | {X} ~is used in {V}. | {V} is the usual application of {X}. | {X} ~finds use in {V}. | Engineers choose {X} for {V}. | {X} ~is applied in {V}. | {X} ~is ideal for {V}.`,
    `What ~is {X} used for? | For what ~is {X} used? | What is the main use of {X}? | What is the purpose of {X}? | What do people use {X} for? | In what ~is {X} used? | What ~does {X} serve for? | Name a use of {X}. | Where ~is {X} applied? | What application ~does {X} have? | {X}: use? |
     What is {X} good for? | For what do engineers choose {X}? | What job ~does {X} do? | What is {X} ideal for? | Where ~does {X} find use?`,
    'What is used for {V}? | Which {K} is used for {V}? | What do people use for {V}? | What serves for {V}?',
  ),
  relation(
    'replaced',
    'material device process',
    'predecessor | thing replaced',
    'a thing',
    mixed(
      '[older/heavier/cheaper/weaker/slower/wooden/iron/painted/natural/toxic/brittle] [tools/coatings/fibres/plates/pipes/engines/ropes/lamps/tiles/glues/paints/seals/filters/methods]',
    ),
    `{X} ~replaced {V}. | {X} ~took the place of {V}. | Before {X}, people used {V}. | {X} ~is used instead of {V}. | {V} were replaced by {X}. | {V} gave way to {X}.`,
    `What did {X} replace? | What was used before {X}? | Instead of what ~is {X} used? | What gave way to {X}? | What took {X}'s place earlier? | Of what did {X} take the place? | {X} replaced what? | What did people use before {X}?`,
    'What replaced {V}? | What took the place of {V}? | Which {K} is used instead of {V}?',
  ),
  relation(
    'reason',
    'material organism device mineral',
    'reason for the good performance | secret | key',
    'a reason',
    mixed(
      `its [thin/soft/stiff/wavy/rough/curved/tiny/long/crossed/hollow/strong/weak] [layers/fibres/grains/bonds/chains/walls/bridges/plates/pores/ridges/joints/shells/crystals/tubes/hooks/folds] [slide/stretch/bend/lock/deflect cracks/absorb energy/spread the load/stop cracks/share the load/hold water/trap air/scatter light/unfold slowly/break one by one/pull out slowly/carry heat away/repel water]`,
    ),
    `{X} ~behaves well because {V}. | {X} ~performs well because {V}. | The reason for the behaviour of {X} is that {V}. | In {X} the secret is that {V}. | {X} ~works because {V}. | What makes {X} special is that {V}. | {X} ~owes its performance to one thing: {V}. | As {V}, {X} ~is so useful.`,
    `Why ~does {X} behave so well? | Why ~does {X} perform well? | What is the reason for the behaviour of {X}? | What makes {X} special? | Why ~does {X} work? | What is the secret of {X}? | To what ~does {X} owe its performance? | Why ~is {X} so useful? | Explain why {X} ~works. |
     How ~does {X} achieve its performance? | What explains the behaviour of {X}? | Why? Give the reason {X} ~performs well. | What is behind the performance of {X}? | {X}: reason?`,
  ),
  relation(
    'weakness',
    'material device process',
    'weakness | drawback | limitation',
    'a drawback',
    mixed(
      '[slow/poor/high/low/uneven/limited/weak/strong/costly/difficult] [cooling/bonding/shrinkage/swelling/adhesion/wear/supply/drying/cost/noise/repair/recycling/corrosion/brittleness/stability/accuracy]',
    ),
    `The weakness of {X} is {V}. | {X} ~suffers from {V}. | A drawback of {X} is {V}. | {X} ~is limited by {V}. | The trouble with {X} is {V}. | Critics of {X} point to {V}.`,
    `What is the weakness of {X}? | What ~does {X} suffer from? | What is a drawback of {X}? | By what ~is {X} limited? | What is the trouble with {X}? | What do critics of {X} point to? | What is wrong with {X}? | {X}: drawback? | Name a disadvantage of {X}. | What limits {X}?`,
    'What suffers from {V}? | Which {K} is limited by {V}?',
  ),
  relation(
    'born',
    'person',
    'birthplace | home town',
    'a place',
    'place',
    `{X} was born in {V}. | The birthplace of {X} is {V}. | {X} came from {V}. | {X} grew up in {V}. | {V} was the home of {X}. | {X} was a native of {V}.`,
    `Where was {X} born? | What is the birthplace of {X}? | Where did {X} come from? | Where did {X} grow up? | From which place did {X} come? | In which place was {X} born? | {X}: birthplace? | What was the home of {X}?`,
    'Who was born in {V}? | Who came from {V}?',
    'the birthplace of {X} | the place where {X} was born',
  ),
  relation(
    'born-year',
    'person',
    'year of birth | birth year',
    'a year',
    year,
    `{X} was born in {V}. | The birth of {X} was in {V}. | In {V}, {X} was born. | The year of birth of {X} is {V}. | {X} came into the world in {V}. | {V} is the year in which {X} was born.`,
    `When was {X} born? | In what year was {X} born? | What is the birth year of {X}? | Give the year of birth of {X}. | {X}: year of birth?`,
    'Who was born in {V}?',
  ),
  relation(
    'profession',
    'person',
    'profession | occupation | job',
    'a profession',
    mixed(
      '[chemist/physicist/engineer/biologist/geologist/weaver/smith/potter/doctor/teacher/sailor/farmer/merchant/painter/builder/baker/miner/watchmaker/pharmacist/botanist/architect/mathematician]',
    ),
    `{X} was a {V}. | {X} worked as a {V}. | By profession {X} was a {V}. | {X} trained as a {V}. | {X} earned a living as a {V}.`,
    `What was the profession of {X}? | What did {X} do for a living? | What was {X} by profession? | As what did {X} work? | What job did {X} have? | What was the occupation of {X}? | {X}: profession?`,
  ),
  relation(
    'workplace',
    'person',
    'workplace | institution',
    'an institution',
    mixed(
      'the [Royal/National/Northern/Free/Old/Central/Imperial/Marine/Technical/Southern] [Institute/Academy/School/College/Laboratory/Museum/Observatory/Hospital] of [Ostrava Bay/Venn/Karsk/Luma/Torvik/Amber/Hollin/Merrow/Sarn/Dorre/Quill/Pelham Sound]',
    ),
    `{X} worked at {V}. | {X} taught at {V}. | {X} did the work at {V}. | The laboratory of {X} was at {V}. | {V} employed {X}.`,
    `Where did {X} work? | At which institution did {X} work? | Where did {X} teach? | Where was the laboratory of {X}? | Who employed {X}? | {X}: workplace?`,
    'Who worked at {V}?',
  ),
  relation(
    'known-for',
    'place',
    'fame | speciality',
    'a product',
    mixed(
      '[fine/strong/old/blue/sweet/cheap/rare/woollen/smoked/painted/salted] [glass/cloth/bread/wine/rope/pottery/paper/cheese/tools/ships/clocks/carpets/bells/furniture/instruments]',
    ),
    `{X} ~is known for {V}. | {X} ~is famous for {V}. | People visit {X} for {V}. | The pride of {X} is {V}. | Traders buy {V} in {X}.`,
    `What ~is {X} known for? | What ~is {X} famous for? | For what do people visit {X}? | What is the pride of {X}? | What do traders buy in {X}? | {X}: famous for what?`,
    'Which place is known for {V}? | What place is famous for {V}?',
  ),
  relation(
    'climate',
    'place',
    'climate | weather',
    'a climate',
    mixed(
      '[cold/hot/mild/stormy/foggy/sunny/snowy/rainy/windy/dry] [and/but] [wet/dry/calm/bright/changeable/pleasant/harsh]',
    ),
    `The climate of {X} is {V}. | {X} ~has a climate that is {V}. | It is {V} in {X}. | The weather in {X} is {V}. | Visitors find the weather in {X} {V}. | In {X}, the weather is {V}.`,
    `What is the climate of {X}? | How is the weather in {X}? | What is the weather like in {X}? | What climate ~does {X} have? | {X}: climate?`,
  ),
  relation(
    'dissolves',
    'material mineral',
    'solvent',
    'a liquid',
    mixed(
      '[hot/cold/warm/boiling/salty/dilute/strong/pure] [water/acid/alcohol/oil/ammonia/brine/acetone/vinegar/lye]',
    ),
    `{X} ~dissolves in {V}. | {V} dissolves {X}. | {X} can be dissolved in {V}. | A solvent for {X} is {V}. | {X} ~is soluble in {V}. | {X} ~disappears in {V}. | Chemists dissolve {X} in {V}.`,
    `In what ~does {X} dissolve? | Which liquid dissolves {X}? | In which solvent ~is {X} soluble? | What dissolves {X}? | What is a solvent for {X}? | In what do chemists dissolve {X}? | Name a solvent for {X}. | {X}: solvent? | Where ~does {X} disappear? | What liquid can take up {X}?`,
    'What dissolves in {V}? | Which {K} is soluble in {V}? | What can be dissolved in {V}?',
  ),
  relation(
    'function',
    'device process organism',
    'role | function | task',
    'a role',
    mixed(
      '[a/the main/the last/the only/a small/a common/an early] [link/step/stage/part/guard/source/filter/sensor/helper/host/tool/model/driver] in the [food chain/water cycle/production line/repair of walls/control of heat/care of patients/making of glass/cleaning of water/study of light/growth of forests/transport of goods/storage of power]',
    ),
    `{X} ~acts as {V}. | {X} ~plays the role of {V}. | The role of {X} is {V}. | {X} ~serves as {V}. | {X} ~functions as {V}. | We know {X} as {V}. | The task of {X} is to be {V}.`,
    `What ~does {X} act as? | What is the role of {X}? | What role ~does {X} play? | As what ~does {X} serve? | How ~does {X} function? | What is the function of {X}? | What is the task of {X}? | {X}: role? | What part ~does {X} play? | What ~does {X} do?`,
    'What acts as {V}? | Which {K} plays the role of {V}?',
  ),
]
