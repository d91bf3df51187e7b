/**
 * @file English words by topic. Only words: they carry no fact. Sentences about one thing draw from that thing's topic,
 * so that words which belong together are seen together.
 */

const words = (text: string) =>
  text
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll('_', ' '))

export interface Topic {
  /** Countable nouns, singular. */
  nouns: readonly string[]
  /** Transitive verbs, base form, regular or listed in morphology.ts. */
  verbs: readonly string[]
  adjectives: readonly string[]
  people: readonly string[]
}

const topic = (nouns: string, verbs: string, adjectives: string, people: string): Topic => ({
  nouns: words(nouns),
  verbs: words(verbs),
  adjectives: words(adjectives),
  people: words(people),
})

export const TOPICS: readonly Topic[] = [
  topic(
    `alloy ingot furnace mould casting billet forge hammer anvil rod bar plate sheet weld joint seam bolt nut rivet blade edge grain boundary
     dislocation precipitate phase lattice crystal vacancy inclusion slag ore melt crucible die press roller mill slab pipe tube flange gear
     shaft bearing spring wire cable nail screw chain anchor rail wheel axle turbine beam strip foil powder particle surface crack notch`,
    `forge roll cast weld harden temper quench anneal melt pour machine polish grind press draw hammer bend twist stretch fatigue stress strain
     load deform fracture strengthen toughen alloy coat plate pickle etch join clamp fasten drill mill turn`,
    `hard soft ductile brittle tough rigid stiff hot molten solid dense heavy sharp blunt coarse fine crystalline metallic shiny dull rusty
     forged rolled annealed quenched tempered welded fatigued elastic plastic strong weak uniform ductile austere refractory`,
    'smiths welders founders metallurgists machinists toolmakers engineers',
  ),
  topic(
    `shell plate tablet layer interface brick wall sponge spine tooth scale claw horn beak feather hair fibre thread web nest cocoon skin bone
     tendon muscle leaf stem root seed bark husk cell membrane protein gland larva egg wing leg eye fin tail mussel beetle spider worm snail crab
     fish bird moth wasp animal plant tree flower grass spore fungus colony species tissue organ vein nerve blood_vessel antenna jaw`,
    `grow secrete spin weave bite chew crush attack defend protect shelter feed hatch moult swim climb attach anchor absorb digest heal repair
     renew repel attract hunt catch trap carry hide nourish fertilise pollinate inhabit colonise`,
    `living soft wet slippery sticky fibrous porous curved hollow spiral young mature wild native marine tropical aquatic nocturnal tiny giant
     venomous harmless flexible organic natural biological hierarchical layered mineralised toothed striped spotted hairy smooth`,
    'biologists zoologists botanists divers naturalists ecologists farmers',
  ),
  topic(
    `polymer chain monomer molecule bond link network resin rubber foam gel film coating adhesive glue paint fibre yarn bottle bag tyre hose
     seal gasket tape sheet pellet mould extruder solvent catalyst reactor additive filler pigment plasticiser ester amide ring side_group
     crosslink blend copolymer dispersion emulsion droplet bubble package toy cup glove boot cushion mattress insulation`,
    `polymerise crosslink cure swell dissolve soften extrude inject foam stretch stick bond seal wrap mix blend stir pump pour spray dry
     heat cool peel tear recycle degrade decompose synthesise dilute thicken stabilise plasticise vulcanise`,
    `elastic stretchy sticky flexible transparent opaque amorphous linear branched crosslinked swollen soluble insoluble viscous thick thin
     synthetic cheap waterproof soft tacky rubbery glassy foamed moulded degradable durable coloured clear`,
    'chemists manufacturers technicians designers recyclers packers',
  ),
  topic(
    `reaction acid base salt ion atom molecule electron proton bond solution solvent precipitate vapour gas liquid residue catalyst enzyme
     reagent flask beaker burner filter column crystal powder oxide carbonate chloride sulphate nitrate phosphate hydroxide sulphide
     pressure mixture compound element isotope yield step route product intermediate impurity trace test_tube balance pipette laboratory`,
    `react oxidise reduce dissolve precipitate filter distil heat stir titrate weigh neutralise evaporate condense sublime purify separate
     extract adsorb absorb release catalyse decompose combine bond ionise crystallise wash dry measure`,
    `acidic basic neutral reactive inert stable unstable volatile soluble aqueous organic inorganic pure impure dilute concentrated toxic
     corrosive flammable colourless odorous saturated ionic covalent anhydrous hydrated catalytic`,
    'chemists students analysts researchers pharmacists',
  ),
  topic(
    `device circuit sensor battery cell electrode anode cathode electrolyte separator wire coil magnet motor generator transformer switch
     relay resistor capacitor transistor diode chip wafer antenna signal pulse current voltage charge field screen display lamp bulb filament
     laser lens mirror fibre camera detector amplifier computer memory processor keyboard printer radio telephone satellite panel plug socket`,
    `conduct insulate charge discharge amplify switch detect transmit receive store emit reflect focus scan measure record process print
     display encode decode connect solder wire power drive control regulate filter shield magnetise polarise dope etch deposit`,
    `electric electrical electronic magnetic optical digital analogue wireless portable sensitive fast slow bright dim efficient
     conductive insulating semiconducting charged grounded integrated miniature rechargeable compact precise reliable noisy quiet`,
    'electricians physicists engineers programmers operators inventors technicians',
  ),
  topic(
    `bridge tower wall roof floor foundation beam column arch vault dome brick block tile stone slab mortar cement aggregate sand gravel
     clay kiln window door frame stair chimney drain pipe pavement road tunnel dam canal harbour pier house church palace temple factory
     crane scaffold ladder shovel crack joint load span storey façade insulation timber plank board pole fence gate`,
    `build construct erect lay pour set cure reinforce support carry load span crack settle shake demolish repair restore plaster paint
     insulate pave dig drain cover shelter design plan inspect bolt brace anchor hoist`,
    `tall wide narrow heavy massive solid hollow reinforced concrete wooden stone ancient modern damp dry porous cracked fireproof
     stable structural vertical horizontal curved flat sloping temporary permanent prefabricated load-bearing`,
    'builders masons architects surveyors carpenters planners',
  ),
  topic(
    `textile fabric cloth yarn thread needle loom weave knit seam dye pattern carpet curtain rope net sail tent garment coat shirt glove
     sock shoe helmet vest bandage towel blanket ribbon lace felt bobbin spindle spinneret strand bundle twist stitch sewing_machine
     collar button pocket sleeve belt bag canvas parachute harness sling`,
    `spin weave knit sew dye wash iron cut fold twist braid stitch bleach stretch wear tear shrink mend wrap tie comb card spool
     soak dry print decorate trim`,
    `woven knitted soft warm light breathable waterproof stretchy colourful plain striped silky rough smooth durable washable
     fashionable protective heavy loose tight twisted absorbent elastic flame-resistant`,
    'weavers spinners tailors dyers designers merchants sailors',
  ),
  topic(
    `patient disease wound infection fever drug tablet dose vaccine implant stent prosthesis suture bandage scalpel needle syringe catheter
     heart lung kidney liver brain artery vein nerve joint hip knee skull tooth gum cell tissue gene hormone antibody virus bacterium
     clinic hospital ward surgery therapy diagnosis symptom test scan trial doctor nurse`,
    `treat heal cure infect inject implant operate diagnose examine test monitor prescribe relieve irritate inflame sterilise disinfect
     protect replace support stimulate block inhibit release deliver absorb tolerate reject bleed breathe`,
    `medical surgical clinical sterile toxic harmless biocompatible painful chronic acute healthy sick infected injured antibacterial
     soluble injectable bioactive resorbable elderly young human effective safe risky rare common`,
    'doctors surgeons nurses patients dentists physicians researchers',
  ),
  topic(
    `engine car truck train aircraft ship boat rocket bicycle wing rotor propeller hull deck mast sail cabin seat brake clutch piston
     cylinder valve pump fuel tank nozzle exhaust tyre wheel suspension axle bearing gearbox road rail airport harbour journey cargo
     passenger pilot speed drag lift thrust collision crash seat_belt airbag bumper windscreen door body frame`,
    `drive steer brake accelerate slow fly sail float sink launch land carry tow transport load unload fuel burn lubricate cool
     propel overtake crash protect repair service inspect assemble test`,
    `fast slow heavy light aerodynamic streamlined safe noisy fuel-efficient electric powered armoured floating flying mechanical
     hydraulic pneumatic automatic manual mobile stationary supersonic`,
    'drivers pilots mechanics sailors passengers designers engineers astronauts',
  ),
  topic(
    `sun wind rain snow ice storm cloud river lake ocean coast beach desert forest mountain valley volcano glacier island cave soil rock
     sediment mineral crystal vein deposit mine quarry fossil layer fault earthquake wave tide current climate season summer winter
     drought flood pollution emission waste habitat landscape planet moon star comet meteorite`,
    `erode weather bury melt freeze thaw flood dry warm cool pollute protect explore mine dig collect map observe predict deposit
     transport shape crush fold lift expose preserve cover`,
    `cold warm wet dry windy stormy frozen deep shallow remote rocky sandy volcanic coastal polar tropical ancient recent seasonal
     polluted clean fertile barren salty fresh steep distant`,
    'geologists miners explorers travellers astronomers climbers geographers',
  ),
  topic(
    `food bread cheese meat fruit vegetable grain flour sugar oil butter milk egg salt spice sauce soup oven pan pot knife spoon plate
     bowl cup bottle can jar packet freezer kitchen recipe dish taste smell texture crust dough paste syrup juice drink coffee
     tea wine beer harvest farm field crop barn market shop meal diet vitamin`,
    `cook bake boil fry roast freeze smoke salt dry ferment mix knead stir pour cut slice peel chop grind wash taste serve eat drink
     store preserve pack sell buy harvest plant grow water`,
    `sweet sour salty bitter fresh stale ripe raw cooked frozen dried crisp soft creamy juicy tasty nutritious edible sticky hot cold
     spicy greasy crunchy local organic`,
    'cooks bakers farmers brewers customers families shopkeepers',
  ),
  topic(
    `theory model experiment measurement result method sample specimen instrument microscope spectrum image curve graph table equation
     parameter variable constant unit scale error uncertainty average distribution correlation trend hypothesis assumption prediction
     simulation calculation algorithm database paper journal review report figure author university institute laboratory grant project
     question answer argument conclusion discovery observation survey study`,
    `measure test observe calculate simulate predict explain describe compare confirm reject publish report analyse examine investigate
     estimate derive model plot record repeat review discuss propose suggest demonstrate verify classify define`,
    `experimental theoretical numerical statistical empirical accurate precise approximate exact reliable consistent significant
     preliminary systematic random linear nonlinear constant variable average maximum minimum typical unusual novel classical`,
    'scientists researchers authors students professors reviewers experts scholars',
  ),
  topic(
    `company factory worker machine tool product price cost market customer order contract patent licence law standard rule office
     manager owner engineer team meeting plan budget supply demand store warehouse delivery invoice profit loss bank loan tax
     industry trade export import exhibition brand label package quality defect inspection line batch shift`,
    `make sell buy order deliver produce manufacture assemble inspect pack ship market patent license fund finance manage plan hire
     train pay save improve replace adopt standardise certify test export import`,
    `cheap expensive profitable commercial industrial public private national foreign large small successful early late annual
     daily automated skilled standard customised defective reliable competitive global local`,
    'managers buyers traders investors workers owners customers inspectors',
  ),
  topic(
    `king queen soldier farmer merchant artist painter musician song poem book letter story museum coin sword shield armour helmet jewel
     ring necklace statue vase pot lamp candle clock bell drum flute violin string tomb castle village town city street school war
     battle century tradition festival ceremony craft workshop apprentice guild legend language alphabet map`,
    `carve paint draw decorate engrave gild play sing write read tell copy collect trade wear carry guard conquer rule found
     destroy restore admire treasure bury discover name imitate`,
    `ancient medieval royal sacred famous unknown beautiful precious golden decorative traditional old rare handmade ornate elegant
     lost forgotten legendary simple rich poor noble artistic musical`,
    'historians collectors artists craftsmen curators archaeologists musicians',
  ),
  topic(
    `membrane filter pore channel droplet film surface particle nanoparticle tube sheet sphere cluster layer stack coating template
     substrate interface gradient network scaffold lattice cell strut node hinge fold pattern groove ridge pillar fibril helix ribbon
     crystal domain defect boundary phase matrix reinforcement composite laminate core skin honeycomb truss foam aerogel`,
    `filter assemble align stack fold pattern deposit grow coat infiltrate freeze print sinter etch template reinforce bridge deflect
     arrest absorb dissipate distribute transfer slide rotate buckle bend bind interlock nucleate orient`,
    `porous layered nanoscale microscopic hierarchical staggered aligned random periodic hexagonal cubic cellular helical twisted graded
     composite anisotropic lightweight damage-tolerant self-assembled interlocking bioinspired architected thin ordered disordered`,
    'researchers engineers designers scientists theorists modellers',
  ),
]

/** Words of no topic, mixed into sentences of every topic. */
export const GENERAL: Topic = topic(
  `ability access account action activity addition advance advantage age agent aim amount angle answer application approach area aspect
   atmosphere attempt attention background base basis behaviour benefit block body border bottom box branch break calculation capacity
   case category cause centre century challenge chance change chapter character charge choice circle claim class collection colour
   combination comment comparison competition component concept concentration concern condition connection consequence content context
   contrast contribution control copy corner correlation cost couple course creation cross-section cycle damage danger data day decade
   decision decrease degree delay demand density description detail development deviation diameter difference dimension direction
   disadvantage distance division doubt edge effect effort element emphasis end energy entry environment equation estimate event evidence
   example exception exchange expansion experience explanation extension extent fact factor failure family fashion feature field figure
   finding flow focus force form formation formula fraction fragment frame frequency friction function future gain game gap goal group
   growth guide height history home hour idea image impact importance improvement increase index industry influence information input
   instance instruction intensity interaction interest interval introduction invention investigation issue item job key kind knowledge
   lack language law leader length lesson level limit limitation line link list location loss majority manner margin mark mass
   material matter meaning means mechanism member memory middle minute model moment month motion movement name nature need negative
   note number object observation obstacle occasion opening operation opinion option order origin output overview pair part path pattern
   peak percentage performance period perspective phase phenomenon piece place plane point position possibility power practice presence
   principle priority problem procedure product production programme progress proof property proportion proposal purpose quality
   quantity range rate ratio reader reason record reduction reference region relation remark replacement requirement research resource
   response responsibility rest result return reverse rise risk role root rotation row sample scheme scope secret section sector
   selection sense sequence service set shadow shape share shift sign significance similarity site situation size society solution
   source space speaker speed stability stage standard state statement station status stop strategy strength structure student subject
   substance success suggestion summary supply support surface symbol system target task technique technology temperature tendency term
   text thickness thought time title tool top total track tradition transfer transition treatment trend trial type understanding use
   user value variation variety version view voice volume warning way week weight width word work world year zone`,
  `accept accompany achieve add address adjust affect allow alter announce answer apply approach arrange assess associate assume attempt
   avoid balance block borrow call cause change check choose claim clarify collect combine compare complete conclude consider contain
   control convert correct cover create damage decide decrease define delay demonstrate describe design determine develop discover discuss
   divide double enable encounter encourage enhance ensure establish estimate examine exceed exclude expand expect explain explore express
   extend find follow force form gain generate govern guide handle help highlight hold identify ignore illustrate imagine imitate
   implement improve include increase indicate influence inspire introduce invent investigate involve isolate join justify keep label lack
   lead limit list locate maintain manage match mention modify monitor move name need notice obtain offer omit open outperform
   perform place prefer preserve prevent produce promote prove publish question raise reach recall receive recognise recommend reduce
   refine regard reject remember remove repeat replace represent require resemble resist retain reveal reverse select separate share show
   simplify solve specify stabilise start stop strengthen study suggest support surpass surround test transform trigger triple understand
   use validate vary verify weaken widen`,
  `able absent abundant acceptable active actual additional adequate alternative apparent appropriate available average basic big brief
   broad busy calm capable careful central certain challenging characteristic chemical circular close combined comparable complete complex
   conventional correct crucial curious current daily dangerous decisive detailed different difficult direct distinct dominant double
   effective elementary empty entire equal essential established exceptional excellent extensive external extra extreme familiar famous
   favourable final fine finite flat following formal former free frequent full fundamental further general gentle good great growing
   helpful high ideal identical important impossible impressive inner insufficient intense interesting internal known lasting late
   leading likely limited little local logical long low main major many medium minor missing moderate modest multiple mutual narrow
   natural necessary negative new next notable numerous obvious odd open opposite optimal ordinary original outer overall parallel
   partial particular past perfect permanent physical popular positive possible potential powerful practical present previous primary
   principal probable prominent promising proper puzzling quick real recent regular related relative relevant remaining remarkable
   required respective right robust round same satisfactory second secondary separate serious severe short similar single special
   specific spherical spontaneous standard static steady straight strange striking strong subsequent substantial successful sufficient
   suitable superior surprising technical third total traditional true ultimate unable unexpected unique unlike unlikely unusual upper
   useful usual valuable varied various versatile vital weak well-known whole wide widespread wrong`,
  'people experts observers teachers critics beginners writers thinkers visitors users teams groups',
)

/** General words, for sentences on any topic. */
export const ADVERBS =
  words(`slowly quickly carefully usually often rarely sometimes always mostly partly fully easily hardly strongly
  weakly evenly tightly loosely directly gradually suddenly recently originally typically especially particularly roughly nearly almost
  exactly slightly greatly considerably remarkably surprisingly clearly probably perhaps commonly widely locally safely cheaply cleanly
  deeply gently rapidly repeatedly reliably separately simply smoothly thoroughly together twice well`)

export const CONNECTIVES =
  words(`However Moreover In_addition By_contrast As_a_result For_this_reason Furthermore In_fact In_practice
  At_the_same_time Nevertheless Interestingly Historically On_the_other_hand For_example In_general Today Later Meanwhile Indeed
  Therefore Consequently Similarly Likewise Overall More_recently According_to_recent_work As_expected In_particular`)

export const COLOURS =
  words(`red blue green yellow white black grey brown orange purple pink violet silver golden pale_blue dark_green
  deep_red reddish_brown milky_white amber turquoise ivory crimson olive cream jet_black light_grey yellowish bluish colourless`)

export const SHAPES =
  words(`plates needles spheres tubes sheets ribbons rods discs flakes spirals cubes hexagons polygons wedges cones
  rings fans bundles columns blocks threads pillars bricks tablets fibrils platelets layers honeycombs helices scales`)

export const SUBSTANCES =
  words(`water oil salt sugar sand clay lime chalk ash soot tar wax resin starch protein fat acid alcohol ammonia
  oxygen nitrogen hydrogen sulphur phosphorus carbon silicon boron iron copper zinc tin nickel chromium cobalt manganese titanium
  aluminium magnesium calcium sodium potassium lithium tungsten molybdenum vanadium silver gold lead mercury fluorine chlorine iodine
  silica alumina magnesia lime_powder glass_fibre short_fibres cellulose lignin pectin collagen keratin rubber latex charcoal graphite_powder
  peroxide soap vinegar alkali brine steam methane ethanol acetone benzene toluene glycerol urea`)

/** Words of grammar and bare stems of science words, for the tokenizer: they matter in every text. */
export const FUNCTION_WORDS =
  words(`a an the this that these those it its they their them he she his her him we our us you your I my me one
  who whom whose which what when where why how is are was were be been being has have had do does did can could may might must shall
  should will would not no nor neither either both and or but if then than as at by for from in into of off on onto out over per through
  throughout to toward under until up upon with within without about above across after against along among around before behind below
  beneath beside between beyond during except inside near outside since though although because while whereas unless whether so such
  very too much many more most less least few fewer some any each every all other another same own also only just even still already yet
  again ever never here there now soon later ago once twice thus hence instead rather quite almost enough else said made known called
  came went took gave became began kept left lay led held found stood grew broke wrote chose drew fell rose ran won lost met told
  two three four five six seven eight nine ten hundred thousand million billion first second third fourth half quarter dozen
  atom atomic molecular mechanical thermal chemical physical biological structural microscopic nanometre micrometre millimetre centimetre
  kilogram gram litre tonne megapascal gigapascal kelvin celsius percent mineral ceramic polymer protein composite fracture toughness
  hardness strength stiffness modulus density viscosity porosity conductivity elasticity plasticity ductility brittleness corrosion
  oxidation reduction diffusion crystallisation polymerisation sintering annealing carbonate silicate phosphate hydroxide chloride nitride
  carbide oxide fluoride sulphide university professor engineer chemist physicist patent commercial industrial natural synthetic`)
