/** @file What things do to other things: "X prevents V", in the active, the passive, with "can", "to", and as a noun. */

import { gerund, participle, third } from '../morphology.ts'
import { kindsOf, mixed, options, type Relation } from './relation.ts'

const SAYS =
  options(`{X} ~{v3} {V}. | {X} can {v} {V}. | {X} ~is able to {v} {V}. | {X} ~is known to {v} {V}. | {X} ~is used to {v} {V}. | With {X} it is possible to {v} {V}. |
  {V} can be {vd} by {X}. | It is {X} that ~{v3} {V}. | One function of {X} is to {v} {V}. | Studies show that {X} ~{v3} {V}. | {X} ~has the effect of {vg} {V}. | {V} %is {vd} by {X}. |
  {X} ~is good at {vg} {V}. | {X} ~serves to {v} {V}. | By {vg} {V}, {X} ~proves its worth. | {X} reliably ~{v3} {V}.`)

const ASKS =
  options(`What ~does {X} {v}? | What can {X} {v}? | What is {vd} by {X}? | What ~is {X} able to {v}? | What ~is {X} known to {v}? | Name what {X} ~{v3}. | {X} ~{v3} what? |
  What things ~does {X} {v}? | What ~does {X} help to {v}? | What ~is {X} used to {v}? | What do studies say {X} ~{v3}? | State what {X} can {v}. | What are {vd} by {X}? | What ~is {X} good at {vg}? |
  Tell me what {X} ~{v3}. | Which things can {X} {v}? | What ~does {X} serve to {v}?`)

const INVERSE = options(
  `What {v3} {V}? | Which {K} {v3} {V}? | What can {v} {V}? | By what %is {V} {vd}? | Which {K} is able to {v} {V}? | Name the {K} that {v3} {V}. | What is used to {v} {V}?`,
)

/** The family's wordings for every synonym of a verb. `verbs` are base forms that mean nearly the same. */
function action(id: string, kinds: string, noun: string, verbs: string, objects: string, asks = ''): Relation {
  const inflect = (templates: readonly string[]) =>
    options(verbs).flatMap((verb) => {
      const [head = '', ...tail] = verb.split(' ')
      const rest = tail.length ? ' ' + tail.join(' ') : ''
      return templates.map((t) =>
        t
          .replaceAll('{v3}', third(head) + rest)
          .replaceAll('{vd}', participle(head) + rest)
          .replaceAll('{vg}', gerund(head) + rest)
          .replaceAll('{v}', verb),
      )
    })
  return {
    id,
    kinds: kindsOf(kinds),
    nouns: options(noun),
    answerKind: 'an effect',
    value: mixed(objects),
    says: inflect(SAYS),
    asks: [...inflect(ASKS), ...Array.from({ length: 8 }, () => options(asks)).flat()],
    inverse: inflect(INVERSE),
    paths: [],
    short: inflect(SAYS)[0],
    asked: inflect(['what {X} ~{v3}'])[0],
  }
}

const ADJ = '[small/large/deep/long/sudden/slow/early/late/sharp/hidden/new/old]'

export const ACTIONS: readonly Relation[] = [
  action(
    'prevents',
    'material device process',
    'effect it prevents',
    'prevent | stop | block',
    `${ADJ} [cracks/leaks/shocks/fires/infections/burns/losses/faults/tears/waves/vibrations/sparks] | [rust/corrosion/decay/wear/freezing/swelling/slipping/sliding/buckling/overheating/ageing] of [parts/joints/pipes/walls/blades/seals]`,
    'Against what ~does {X} protect? | What trouble is avoided with {X}? | What will not happen with {X}? | What ~does {X} avoid?',
  ),
  action(
    'allows',
    'material device process',
    'thing it allows',
    'allow | enable | permit',
    `[fast/slow/free/safe/easy/precise/silent/large/small/repeated] [motion/growth/flow/bending/stretching/cooling/repair/cutting/assembly/healing/sliding/printing/charging/control/transport]`,
    'What becomes possible with {X}? | What is made possible by {X}?',
  ),
  action(
    'causes',
    'material organism process mineral',
    'effect',
    'cause | produce | create',
    `[mild/strong/rapid/slow/local/sudden/severe/slight] [swelling/heating/cracking/shrinkage/corrosion/foaming/cooling/hardening/softening/irritation/pain/fever/noise/light/smoke/staining]`,
    'What happens because of {X}? | What is the effect of {X}? | To what ~does {X} lead? | What results from {X}? | What is the result of {X}?',
  ),
  action(
    'increases',
    'material process device mineral',
    'quantity it raises',
    'increase | raise | improve',
    `the [strength/speed/hardness/stiffness/lifetime/toughness/flow/pressure/temperature/accuracy/output/brightness/capacity/stability] of [steel parts/thin films/old walls/soft gels/small engines/long cables/light frames/glass plates/wet fibres/worn tools]`,
    'What becomes higher with {X}? | What is enhanced by {X}? | What grows with {X}?',
  ),
  action(
    'reduces',
    'material process device',
    'quantity it lowers',
    'reduce | lower | limit',
    `the [weight/cost/noise/friction/wear/drag/size/heat/pressure/waste/vibration/fuel use/risk] of [engines/bridges/ships/machines/pumps/wings/wheels/buildings/fans/doors/brakes/cables]`,
    'What becomes lower with {X}? | What is decreased by {X}? | What falls with {X}? | What ~does {X} make smaller?',
  ),
  action(
    'resists',
    'material organism',
    'attack it resists',
    'resist | withstand | endure',
    `[strong/hot/cold/dilute/repeated/heavy/sharp/salty/dry] [acids/flames/blows/winds/waves/loads/impacts/claws/teeth/bites/cuts/currents/shocks]`,
    'What can {X} stand? | What will not harm {X}? | Against what ~is {X} safe?',
  ),
  action(
    'absorbs',
    'material device organism',
    'thing it takes up',
    'absorb | soak up | collect',
    `[red/blue/visible/ultraviolet/infrared] light | [warm/cold/dirty/salty/spilled] [water/oil/air/brine] | [heavy/toxic/loose/fine] [metals/gases/dust/fumes/ions] | [strong/weak/sudden] [shocks/blows/sounds/vibrations]`,
    'What ~does {X} take up? | What goes into {X}?',
  ),
  action(
    'releases',
    'material process device',
    'thing it gives off',
    'release | emit | give off',
    `[green/blue/white/weak/bright/ultraviolet] light | [small/large/steady] amounts of [oxygen/heat/steam/hydrogen/ammonia/methane/water/perfume/nitrogen] | [tiny/fine/charged/hot] [particles/drops/bubbles/sparks/fibres]`,
    'What comes out of {X}? | What is set free by {X}?',
  ),
  action(
    'attracts',
    'organism material device',
    'thing it attracts',
    'attract | draw in',
    `[small/hungry/young/winged/blind/wild/magnetic/loose/charged] [flies/bees/birds/fish/ants/moths/particles/filings/ions/beetles]`,
    'What comes to {X}? | What ~is drawn to {X}?',
  ),
  action(
    'eats',
    'organism',
    'food',
    'eat | feed on | hunt',
    `[small/dead/green/young/fallen/floating/hard/rotten/soft] [leaves/insects/seeds/worms/algae/snails/crabs/fish/roots/fungi/eggs/shells/fruits]`,
    'What is the food of {X}? | On what ~does {X} live? | What is the diet of {X}?',
  ),
  action(
    'measures',
    'device',
    'quantity it measures',
    'measure | detect | record',
    `[small/slow/rapid/hidden/weak/sudden] [movements/cracks/changes/currents/leaks/forces/signals/vibrations] in [walls/metals/blood/water/engines/air/soil/bones/crystals]`,
    'What is {X} a sensor for? | What ~does {X} reveal?',
  ),
  action(
    'converts',
    'device process',
    'conversion',
    'convert | turn | transform',
    `[sunlight/heat/motion/sound/wind/sugar/waste/sand/coal/steam/pressure/sea water] into [electricity/light/fuel/glass/heat/steam/alcohol/drinking water/paper/motion/fertiliser/signals]`,
    'What change ~does {X} make? | What ~does {X} change?',
  ),
  action(
    'protects',
    'material organism device',
    'thing it protects',
    'protect | shield | guard',
    `[soft/young/bare/delicate/inner/thin/hot/moving/valuable/living] [tissue/eggs/skin/wires/parts/walls/seeds/cells/eyes/workers/pipes/blades/lenses/engines]`,
    'What is safe behind {X}? | For what is {X} a shield? | What ~does {X} keep safe?',
  ),
  action(
    'carries',
    'device organism material',
    'load it carries',
    'carry | transport | convey',
    `[heavy/hot/cold/liquid/fresh/dangerous/light/wet] [loads/goods/stones/water/grain/signals/blood/fuel/cargo/salt/oil/passengers]`,
    'What is the load of {X}? | What travels with {X}?',
  ),
  action(
    'removes',
    'process device material',
    'thing it removes',
    'remove | clear away | filter out',
    `[old/thin/loose/toxic/fine/burnt/excess/unwanted/oily] [paint/dust/salts/gases/rust/water/oxides/impurities/stains/sand/skin/smoke]`,
    'What is gone after {X}? | What ~does {X} get rid of? | Of what ~does {X} free the water?',
  ),
  action(
    'covers',
    'material organism',
    'thing it covers',
    'cover | coat | line',
    `the [inner/outer/upper/lower/front/whole] [wall/surface/side/edge/skin/part] of [ships/pipes/leaves/bones/tanks/stones/teeth/towers/wings/cups/roots]`,
    'Over what ~does {X} lie? | On what ~does {X} form a layer?',
  ),
  action(
    'connects',
    'material device',
    'parts it connects',
    'connect | join | hold together',
    `[bones/plates/wires/pipes/beams/layers/fibres/rods/wheels/panels] and [muscles/frames/sensors/walls/columns/sheets/tubes/shafts/bolts/skin]`,
    'What parts meet in {X}? | Between what is {X} the link?',
  ),
]
