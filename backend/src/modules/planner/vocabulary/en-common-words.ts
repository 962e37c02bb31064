/** Everyday English words. Spelt correctly, they are never taken for a mistyped keyword, name or value. */
export const englishCommonWords: ReadonlySet<string> = new Set(
  `
  compete competes competing competed competitive rival rivals lawsuit
  owe owes owed owing dispute disputes disputed bonus bonuses commission commissions salaries vacation vacations satisfied satisfaction happiness loyal loyalty annoyed
  local regional national international domestic global
  able abroad absolutely accept according account across act action actually add advance advice afternoon afraid again agree agreed ahead aim alive almost alone along
  although always amazing among angry another anybody anymore anywhere apart appear apply area argue around arrange art aside asked assume attack attempt attention aware away awful
  baby back bad bag ball bank bar base basic battle beat beautiful became because become bed began behave behind below beside besides beyond bill bird birth black blame blood blow blue
  board boat body bone book born borrow boss bottle bottles bottom bought box boxes boy brain branch break breath bright bring brings brought brown build built burn burst bus but
  cake calm came camera camp capable car card care careful carried carry case cases cat catch cause cell certain chain chair chance character charge charged cheap child children choice
  choose chose church circle claim class clean clear clearly climb clock close cloth cloud coat coffee cold colour color comfort common complain complained complaint complaints concern
  condition confirm confused connect consider contain content control cook corner correct could count couple courage course court cover crazy cream crowd cry cup cut daily damage dance danger
  dark daughter dead deal dear death debt decide decided decision deep degree deliver delivered delivery demand depend describe desire destroy detail develop die difference difficult dinner
  direct dirty disappear discount discover discuss disease dislike distance divide doctor dog door doubt down dozen dream dress drink drive drop dry during dust duty each ear early earth
  ease easily east easy eat edge effect effort egg eight either else elsewhere empty end enemy enjoy enough entire equal escape especially even evening event ever everybody everyone everywhere
  evil exact example excellent except excite exciting excuse expect explain express extra eye face fact fail fair fairly fall false family famous far farm fashion fast fat father fault favorite favourite fear feed
  feel fell felt few fight fill final finally fine finger fire firm fish fit five fix flat floor flow flower fly fold follow food foot force forest forget forgive forgot former forward found
  four free freedom fresh friday front fruit full fun funny further game garden gave general gentle girl glad glass goal god gold gone good grass great green grey ground grow grown grew guess
  guest guide gun habit hair half hall hand handle hang happen happy hard hardly harm hat hate head health hear heard heart heat heavy held hell her here hide high higher highest hill history hit
  hold hole holiday home honest hope horse hospital hot hotel hour house however huge human hundred hungry hunt hurry hurt husband ice idea ignore ill image imagine improve inch indeed
  inside instead interest introduce invite iron island itself job join joke joy judge jump keen keep kept key kick kill kind king kiss kitchen knee knew knife knock know knowledge known lack lady
  lake land language large late later laugh law lay lazy lead leaf learn least leave left leg lend length less lesson letter level library lie life lift light likely limit line lip listen little
  live lock lonely longer loose lose lot loud lovely lower luck lucky lunch machine mad magic main manner many map mark market marriage marry mass master match matter maybe meal mean means meant measure
  meat medicine meet memory mention merely message metal method middle might mile milk mind mine minute mirror miss mistake mix model modern moment money monkey mood moon moral mostly mother
  mountain mouse mouth move movie music must narrow nation nature near nearby nearly neat necessary neck need needle neighbour neither nervous nest never news nice night nobody noise none noon
  normal north nose note nothing notice nowhere obey object obvious obviously occasion ocean offer office often oil old once onion only onto open opinion orange ordinary other others otherwise ought ourselves
  outside oven own owner pack page pain paint pair pale paper parent park part particular partner party pass past path patient pattern pause peace pen pencil people perfect perform perhaps period
  permit person photo phrase pick picked picture piece pieces pig pile pin pink pity place plain plan plane plant plate play please pleased pleasure plenty pocket point police polite pool poor popular
  position possess possible post pot pound pour power practice praise pray prefer preferred prefers prepare preparation presence present president press pretty prevent prison private prize probable probably problem problems produce
  profit promise proof proper properly protect proud prove provide public pull punish pure purpose push quality quarrel queen question quick quickly quiet quite race radio rain raise ran rare rarely rate rather reach
  react read ready real realise realize really reason reasons receive recent recently recognise recognize red reduce refuse regard regret regular regularly relate relation relative release remain remained remains remaining remember remind remove rent repair
  repeat replace reply report request require respect rest restaurant result return rice rich rid ride right ring rise river road rock roll roof room root rope rough round row royal rude ruin rule run
  rush sad safe sail salary salt same sand sang sat satisfy save saw scale scene school science sea search season seat second secret see seed seem seen seldom sell send sense sent sentence separate serious
  seriously serve service seven several shade shake shall shame shape share sharp she shelf shine ship shirt shock shoe shoot shop shore short should shoulder shout show shut sick side sight sign signal silence silver
  simple simply since sing single sink sister sit situation six size skill skin skirt sky sleep slept slip slow slowly small smart smell smile smoke smooth snake snow social society soft soil sold soldier
  solution solve somebody somehow somewhere son song soon sore sorry sort soul sound soup south space speak special speech speed spell spend spent spite split spoil spoke spoon sport spot spread spring
  square stage stair stamp stand star start state station stay steal steam steel steep step stick still stomach stone stood stop store storm story straight strange stranger stream street strength stretch
  strike strong struggle student study stuff stupid subject succeed success successful such sudden suddenly suffer sugar suggest suit summer sun supper supply support suppose sure surely surface surprise
  swear sweet swim system table tail take taken talk tall taste taught tax tea teach teacher team tear teeth telephone television tell temper ten term terrible test than thank that their them themselves
  then theory there therefore these they thick thief thin thing think third thirst thirsty this those though thought thousand threat three threw throat through throughout throw thumb thus ticket tie tight till
  tiny tip tired title together told tomorrow tone tongue tonight too took tool tooth topic total touch toward towards tower town toy track trade train travel treat tree trick trip trouble trousers true
  truly trust truth try turn twice type ugly uncle under understand unite unless unlikely until upon upper upset urge use used useful useless usual usually valley various vegetable verse very vessel
  victim victory view village visit voice vote wage wait waited waiting wake walk wall want war warm warn was wash waste watch water wave way weak wealth wear weather week weigh weight welcome well went were west wet
  wheel whenever whereas wherever whether while whisper white whole wide wife wild wind window wine wing winter wire wise wish with within without woman women won wonder wonderful wood wool word wore work world worry
  worse worst would wound write wrong wrote yard year yellow yes yesterday yet young yours yourself zero
  approve approved approves approving deny denied decline declines reject rejects rejected shipped invoiced billed refunded trained promoted demoted hired fired retired forwarded replied bounced clicked viewed downloaded installed deployed repaired serviced inspected audited certified renewed expired rescheduled archived merged published
  negotiated discussed presented pitched upgraded downgraded migrated onboarded referred introduced escalated resolved rescued revived reopened scored rated ranked measured weighed improved worsened dropped jumped applied implied supplied replaced revised reviewed received retained regained attained explained
  `
    .trim()
    .split(/\s+/),
)
