/** @file Word lists: verbs and nouns of the sciences that general dictionaries lack, and closed classes with a role in the rules. */

const words = (text: string): string[] => text.trim().split(/\s+/)

/** Base forms of verbs common in scientific prose. Regular unless the lexicon says otherwise. */
export const SCIENCE_VERBS = words(`
  abrade absorb accelerate accommodate accompany account accumulate achieve activate adapt adhere adjust adopt adsorb affect age agglomerate aggregate
  alloy align allow alter amplify anchor anneal announce apply approach arise arrange arrest arrive assemble assist assume attach attain attract attribute
  bake balance become begin behave belong bind blend block boil bond bounce branch break bridge bring brush buckle build burn carbonise carburise carry catalyse catch
  cause change characterise charge check choose circulate clamp clean cleave climb coagulate coalesce coarsen coat collapse collect combine come compensate compete
  compose compress comprise concentrate condense conduct confer confine confirm connect conserve consist constrain construct consume contain contract contribute control convert convey
  cook cool corrode correspond count couple cover crack create creep crimp cross crosslink crumple crush crystallise crystallize cure cut dampen deactivate decay
  decompose decrease defeat deflect deform degrade delaminate delay deliver demand demonstrate densify depend deplete deposit derive describe design desorb destroy detach detect
  deteriorate determine develop deviate devise differ diffract diffuse dilute diminish disappear discharge discover disperse displace display dissipate dissociate dissolve distil distill
  distort distribute divert dominate donate dope double drain draw drift drive drop dry eject elongate embed embrittle emerge emit employ enable encapsulate enclose encounter
  enhance enlarge ensure enter entangle equal erode escape establish estimate etch evaporate evolve exceed exchange excite exert exfoliate exhibit exist expand expel explain
  exploit explore expose express extend extract extrude fabricate facilitate fail fall fasten favour feature ferment fill filter find fire fit flake flatten float flow fluoresce focus
  fold follow force forge form fracture fragment freeze function fuse gain gather generate give glue govern grind grip grow guide halt hammer hang harden harvest heal heat help hinder hold
  host house hydrate hydrolyse hydrolyze hypothesise illuminate immerse impart impede implant imply impose impregnate improve include incorporate increase indicate induce
  infiltrate influence inhibit initiate inject insulate integrate interact intercalate interlock interrupt introduce invade invent investigate involve ionise irradiate isolate join
  jam keep kink lack laminate last launch lead leak leave lengthen let lie lift limit line link liquefy localise locate lock lower lubricate machine magnetise maintain make manage manufacture mark
  marry match measure mediate melt merge migrate mill mimic mineralise mineralize minimise mix model moderate modify mould nest notice nucleate obey observe obtain occupy occur
  offer open operate oppose optimise organise organize obstruct orient originate devour rob consult bleach abound oscillate outperform overcome overlap oxidise oxidize pack participate pass passivate patent penetrate percolate perform permeate
  permit persist phosphoresce pin plasticise play point polarise polish pollinate polymerise polymerize possess pour precipitate predict prefer prepare preserve press pressurise
  prevail prevent proceed produce prolong promote propagate propose protect protrude prove provide publish pull pulverise pump purify push quench radiate raise range reach react rearrange receive recombine
  record recover recrystallise recrystallize recycle redistribute redirect reduce refer refine reflect refract regenerate regulate reinforce reject relate relax release rely remain remove render reorganise reorient repair repel replace
  replicate report represent reproduce require resemble reside resist resolve resonate respond restore restrain restrict result retain retard reveal reverse rinse rise roll rotate rub rupture
  sandwich saturate scale scatter score scratch seal secrete seed segregate select self-assemble sense separate serve set settle shape share sharpen shear shed shelter shield shift shorten
  show shrink sinter sit slide slip slow smelt smooth soak soften solder solidify solve span speed spin split spray spread sputter squeeze stabilise stabilize stack stain stand start steer stem
  stick stiffen stimulate stop store strain strengthen stress stretch strike strip study subject sublimate sublime substitute suffer suggest suit superheat supply support suppress surpass surround survive
  suspend sustain swell switch synthesise synthesize tailor take taper tarnish temper tend terminate test texture thicken thin tie tighten tilt tolerate toughen trace transfer transform translate transmit
  transport trap travel treat trigger tune turn twin twist undergo unfold unzip use utilise vacate vaporise vary vibrate vitrify vulcanise vulcanize warp wash weaken wear weather weave weigh weld wet whiten
  wind withdraw withstand work wrap wrinkle yield name call dub nickname term know credit commission standardise market sell invest trade fund found lend borrow champion record win spot guess realise recognise
  learn teach think believe consider regard suppose argue claim note say tell write read train translate imitate inspire evolve live inhabit swim crawl fly feed eat bite sting burrow bore dig nest lay hatch moult
  exceed reassemble outlast double triple halve quadruple total average number comprise constitute interweave intertwine stagger dovetail jut rest hover peak plateau saturate
  denature renature methylate hydroxylate phosphorylate biodegrade metabolise colonise graft cannulate irrigate depolymerise depolymerize delignify esterify acetylate pyrolyse pyrolyze calcine roast leach beneficiate electrolyse electrodeposit
  act run stay get go come take see tell seem appear look lose meet pay send sit buy speak spend pick throw happen remain slip snap shine glow melt stick drown sail walk leak sweat blow mark bear hide cling rub nibble chew graze hunt prey ripen sprout bloom creak hum ring sag
  anodise galvanise chromate phosphatise quarry excavate mine ship import export retrofit overhaul commercialise license
`)

/** Verbs whose base form is as often a noun. */
export const NOUN_VERBS = words(`
  age aggregate alloy anchor anneal arrest balance bake bend blend block bond bore bounce branch break bridge brush burn cast catch cause change charge check clamp coat compound condense conduct contract control cook cool
  couple cover crack creep crimp cross cure cut damage deposit design display dope double drain draw drift drive drop dry end estimate etch exchange extract fall feature fibre file fill filter finish fire fit flake float flow focus
  fold force form fracture fragment freeze function fuse gain gap glue grip grind guide halt hammer hang heat help hold host house impact increase influence initiate interface join kink lack lead leak lift light limit line link load
  lock machine mark market match matter measure mill mix model mould name need note offer open order paint pass patent pattern peak pin place plan plant plate play point polish position pour precipitate press process
  produce profile project pull pump purchase push quench range reach reason record release repair report research rest result return rise roll rope rub rupture sample sandwich scale scatter score scratch seal seed sense separate
  set shape share shear shed shell shelter shield shift ship show sink skin slide slip smell sound source space span speed spin split spot spray spread spring squeeze stack staff stain stand start state stem step stick stiffen stop
  store strain stress stretch strike strip structure study subject substitute supply support surface surround suspect switch tail taper temper tend test texture thread tie time tip toughen trace track trade transfer transport
  trap travel treat trigger tune turn twin twist type use value vary view void walk wash waste water wave wear weather weave weld wet wind wire work wrap wrinkle yield zone
`)

/** Nouns that look like verbs or adjectives to suffix rules. */
export const SCIENCE_NOUNS = words(`
  nickel tin austenite martensite ferrite pearlite cementite calcite aragonite silica alumina zirconia titania magnesia ceria metal mineral crystal acid alkali base solvent resin epoxy polymer monomer ceramic composite
  plastic elastomer rubber enamel dentin chitin keratin collagen elastin cellulose lignin protein peptide tissue silk wool cotton wood bamboo bone shell nacre mother-of-pearl tendon ligament muscle skin spider beetle
  ring wing spring string bearing coating casting winding lining building opening meaning morning evening thing ceiling wiring heating cooling polishing welding alloying doping etching sintering annealing tempering forging
  fluid liquid solid gas plasma catalyst precipitate substrate composite oxide chloride fluoride sulphide sulfide carbide nitride boride silicide hydride silicate carbonate phosphate sulphate sulfate nitrate sodium potassium calcium
  material chemical individual potential original principal interval signal manual proposal removal arrival withdrawal renewal approval trial journal hospital capital animal terminal pedal petal portal coral cereal
  fabric logic magic topic critic clinic mosaic arctic pic music lyric metallurgist additive adhesive abrasive preservative derivative native incentive objective perspective alternative narrative archive drive olive relative
  firm rival public kind bronze silver gold copper aggregate individual mould pigment nitride melt
  bed seed reed weed feed speed need deed creed shed sled breed steed thread lead bread
`)

/** Nouns that only stand in for what the text is about. */
export const GENERIC_NOUNS = new Set(
  words(
    `material alloy fibre fiber metal polymer product substance compound process method technique ceramic composite glass plastic rubber steel mineral invention technology`,
  ),
)

/** Verbs that take an infinitive as part of themselves: "seems to have". */
export const CHAIN_VERBS = new Set(
  words(`seem appear begin start continue tend need try attempt fail refuse happen come get learn help manage prove cease want hope plan wish intend aim say know think believe suppose report find expect estimate
  dare threaten promise choose decide agree serve go used allow`),
)

/** What people do: a name that did it in the past is a person's. */
export const HUMAN_VERBS = new Set(
  words(`build invent discover patent develop devise notice observe show prove report describe found make produce publish announce receive win study propose introduce isolate demonstrate heat dissolve mix obtain learn work
  create design construct write draw see find bring take try add grow begin measure explain suggest present persuade replace solve recognise use coin name buy teach test visit fill bake fire champion coin pioneer direct head supervise`),
)

/** Verbs whose "that" clause says something of its own. */
export const REPORT_VERBS = new Set(
  words(`discover find show notice prove say report suggest believe know conclude think argue mean observe reveal demonstrate see claim ensure propose predict indicate realise realize recognise recognize note learn state
  explain confirm suspect guess assume infer establish`),
)

/** Nouns that name a measurable or describable property. */
export const PROPERTY_NOUNS = new Set(
  words(`density path strength toughness hardness stiffness modulus conductivity resistivity resistance viscosity elasticity ductility porosity thickness diameter width length height depth radius size mass weight volume area
  temperature point pressure energy gap constant index number ratio fraction content composition concentration purity colour color formula structure symmetry spacing period wavelength frequency speed velocity rate efficiency capacity
  voltage current field lifetime life cost price yield strain stress limit work permeability solubility angle roughness durability stability transparency permittivity susceptibility magnetisation remanence coercivity
  output production consumption name origin source symbol share proportion percentage mobility absorption emission expansion coefficient range distance age crystallinity tenacity elongation extensibility sensitivity
  potential charge dose load force power thrust torque heat capacity enthalpy entropy function purpose role use application advantage drawback disadvantage weakness limitation ingredient constituent component impurity mechanism cause reason resilience`),
)

/** Verbs that introduce a property value: "reaches a strength of 3 GPa". */
export const VALUE_VERBS = new Set(
  words(
    'have show possess exhibit reach achieve display attain offer give retain keep develop present feature carry enjoy boast maintain record yield withstand tolerate endure',
  ),
)

/** Verbs of composition; those that need a preposition carry it. */
export const COMPOSITION_VERBS: Record<string, readonly string[]> = {
  contain: [''],
  comprise: ['', 'of'],
  include: [''],
  consist: ['of'],
  incorporate: [''],
  make: ['of', 'up of', 'from', 'out of'],
  compose: ['of'],
  build: ['of', 'from'],
  form: ['of', 'from'],
  construct: ['of', 'from'],
  assemble: ['from'],
}
