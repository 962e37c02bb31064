import { forms, formsOfAll } from './inflect.ts'
import type { Vocabulary } from './vocabulary.ts'

/** German words that carry the shape of a question. */
export const germanFunctionWords = {
  comparators: formsOfAll({
    gt: 'über|mehr als|größer als|höher als|teurer als|wertvoller als|älter als|länger als|oberhalb von|von über|von mehr als|mit mehr als|mit über|für über|für mehr als|>|jenseits von|übersteigt|übersteigen|überschreitet|überschreiten|größer|mehr wie|höher wie|größer wie|besser als|wert über',
    gte: 'mindestens|ab|von mindestens|mit mindestens|nicht weniger als|nicht unter|wenigstens|minimum|oder mehr|und mehr|oder höher|oder größer|oder besser|und höher|und größer|aufwärts|und aufwärts|oder darüber|und darüber|plus|+|>=|≥|größer gleich|minimal|mind|ab mindestens|oder drüber',
    lt: 'unter|weniger als|kleiner als|niedriger als|günstiger als|billiger als|jünger als|kürzer als|unterhalb von|von unter|von weniger als|mit weniger als|mit unter|für unter|für weniger als|<|geringer als|weniger wie|kleiner wie|schlechter als',
    lte: 'höchstens|maximal|bis zu|nicht mehr als|nicht über|von höchstens|mit höchstens|oder weniger|und weniger|oder kleiner|oder darunter|und darunter|oder niedriger|max|maximum|bis|<=|≤|kleiner gleich|nicht größer als|nicht höher als|allerhöchstens',
    eq: 'nur|genau|exakt|gleich|=|von genau|mit genau|in höhe von genau|lediglich',
    about: 'etwa|ungefähr|rund|circa|ca|zirka|um die|so um|in etwa|annähernd|knapp|gut|in der größenordnung von|um',
    between: 'zwischen|von zwischen|im bereich|irgendwo zwischen|im bereich von',
  }),
  aggregates: formsOfAll({
    sum: 'summe|gesamtsumme|insgesamt|gesamt|gesamte|gesamten|gesamter|gesamtes|in summe|zusammen|summiert|zusammengerechnet|zusammengenommen|total|summe von|summe der|summe aller|die summe|alles zusammen|aufsummieren|addiert|summiere|gesamtbetrag von|addiere',
    avg: 'durchschnitt|durchschnittlich~|im durchschnitt|im schnitt|schnitt|mittelwert|im mittel|mittler~|durchschnitt der|durchschnitt von|mittelwert der|typisch~|im mittelwert',
    min: 'kleinster wert von|niedrigster wert von|minimaler wert|kleinster wert der|minimalwert',
    max: 'größter wert von|höchster wert von|maximaler wert|höchster wert der|maximalwert',
    median: 'median|median von|median der|medianwert|mediane',
    countDistinct:
      'wie viele verschiedene|wie viele unterschiedliche|wieviele verschiedene|wieviele unterschiedliche|anzahl verschiedener|anzahl unterschiedlicher|anzahl der verschiedenen|anzahl der unterschiedlichen|verschieden~|unterschiedlich~|eindeutig~|aus wie vielen verschiedenen|aus wie vielen unterschiedlichen|in wie vielen verschiedenen|in wie vielen',
  }),
  superlatives: formsOfAll({
    'measure desc':
      'größt~|wertvollst~|wichtigst~|bedeutendst~|lukrativst~|dickst~|am größten|am wertvollsten|am wichtigsten|best~|am meisten wert|groß~|am profitabelsten|profitabelst~|größter wert|umsatzstärkst~|am umsatzstärksten|stärkst~|am besten|am stärksten',
    'measure asc':
      'kleinst~|am kleinsten|unwichtigst~|schlechtest~|schwächst~|am schlechtesten|am schwächsten|umsatzschwächst~|geringster wert|am wenigsten wert|klein~',
    'time desc':
      'neuest~|neust~|jüngst~|aktuellst~|zuletzt|zuletzt angelegt~|zuletzt erstellt~|zuletzt hinzugefügt~|am neuesten|am spätesten|frischest~|spätest~',
    'time asc': 'ältest~|frühest~|am ältesten|am frühesten|zuerst angelegt~|allererst~|zuerst|am längsten zurückliegend~|langjährigst~',
    'price desc': 'teuerst~|am teuersten|hochpreisigst~|kostspieligst~|teuer~|teur~',
    'price asc': 'billigst~|günstigst~|preiswertest~|am billigsten|am günstigsten|preisgünstigst~|billig~|günstig~|am preiswertesten',
    'count desc':
      'am meisten|die meisten|meist~|am häufigsten|häufigst~|die höchste anzahl|höchste anzahl|größte anzahl|die größte anzahl|die meiste|die größte zahl|die höchste zahl|viel~|am öftesten|mehr als alle anderen|besonders viele|der meisten|den meisten',
    'count asc':
      'am wenigsten|die wenigsten|wenigst~|seltenst~|am seltensten|die niedrigste anzahl|die geringste anzahl|die kleinste anzahl|geringste anzahl|den wenigsten',
    'any desc': 'höchst~|am höchsten|bestbewertet~|bestbewertetst~|maximal~|am besten bewertet~|spitzen',
    'any asc': 'niedrigst~|geringst~|tiefst~|am niedrigsten|am geringsten|schlechtest bewertet~|minimal~',
    'long desc': 'längst~|am längsten',
    'long asc': 'kürzest~|am kürzesten',
    'sold desc':
      'meistverkauft~|bestverkauft~|am besten verkauft~|am besten verkaufend~|am meisten verkauft~|am häufigsten verkauft~|am häufigsten bestellt~|am häufigsten gekauft~|am meisten gekauft~|am meisten bestellt~|meistbestellt~|meistgekauft~|bestseller|topseller|verkaufsschlager|beliebtest~|am beliebtesten|verkauft sich am besten|verkaufen sich am besten|laufen am besten|läuft am besten|am öftesten verkauft~|am öftesten bestellt~|renner|umsatzbringer|sich am besten|verkaufsstärkst~',
    'sold asc':
      'am schlechtesten verkauft~|am wenigsten verkauft~|am wenigsten bestellt~|am wenigsten gekauft~|ladenhüter|schlechtest verkauft~|verkauft sich am schlechtesten|verkaufen sich am schlechtesten|laufen am schlechtesten|unbeliebtest~|am seltensten verkauft~|am seltensten bestellt~|sich am schlechtesten',
    'close asc':
      'als nächstes abgeschlossen~|als nächstes schließend~|als erstes abgeschlossen~|als nächstes abgeschlossen werden|als nächstes schließen|am ehesten abgeschlossen werden|schließen als nächstes',
    'next asc': 'nächst~|als nächstes|nächstfolgend~',
    'due asc':
      'am längsten überfällig~|als nächstes fällig~|am dringendsten|dringendst~|als nächstes fällig|am stärksten überfällig~|am meisten überfällig~|überfälligst~|als erstes fällig~',
  }),
  buckets: formsOfAll({
    day: 'pro tag|je tag|täglich~|nach tag|nach tagen|tageweise|tag für tag|jeden tag|an jedem tag|auf tagesbasis|nach datum|am tag|tagesweise',
    week: 'pro woche|je woche|wöchentlich~|nach woche|nach wochen|wochenweise|woche für woche|jede woche|nach kalenderwoche|nach kalenderwochen|pro kalenderwoche|in der woche',
    month:
      'pro monat|je monat|monatlich~|nach monat|nach monaten|monatsweise|monat für monat|jeden monat|im monatsverlauf|im zeitverlauf|über die zeit|über die monate|im zeitablauf|entwicklung|zeitliche entwicklung|zeitlicher verlauf|trend|im verlauf|entwicklung über die zeit|auf monatsbasis|nach kalendermonat|in jedem monat|verlauf|im monat|entwickelt|im laufe der zeit',
    quarter:
      'pro quartal|je quartal|quartalsweise|nach quartal|nach quartalen|jedes quartal|vierteljährlich~|quartal für quartal|auf quartalsbasis|in jedem quartal',
    year: 'pro jahr|je jahr|jährlich~|nach jahr|nach jahren|jahresweise|jahr für jahr|jedes jahr|auf jahresbasis|in jedem jahr|im jahr',
  }),
  asks: formsOfAll({
    who: 'wie heißt der|wie heißt die|wie heißt unser|wie heißt unsere|wer|wem|wen|wessen|wer alles|wer von uns|welche person|jemand|jemanden|jemandem|irgendjemand|irgendwer|welcher mitarbeiter|welcher kollege von uns|von wem',
    what: 'was|was für|was für ein|was für eine|was für einen|was alles|welche art von',
    which:
      'welch~|welches der|welcher der|welche der|welche von|welcher von|welcher unserer|welches unserer|welche unserer|welchen unserer|nenne die|nenn die|was sind|namen der|die namen der',
    where: 'wo|woher|wohin|an welchem ort|in welchem ort',
    when: 'wann|seit wann|zu welchem zeitpunkt|um wie viel uhr|an welchem tag|zu welcher zeit|bis wann|wann genau',
    howMuch:
      'wie viel|wieviel|wie hoch|wie groß|wie teuer|wie viel geld|wieviel geld|wie viel euro|was für ein betrag|welcher betrag|wie viel dollar|wie wertvoll',
    howLong: 'wie lange|wie lang|wie viele tage|wieviele tage|wie alt|wie schnell',
  }),
  shapes: formsOfAll({
    bar: 'balkendiagramm|als balkendiagramm|säulendiagramm|als säulendiagramm|in einem balkendiagramm|balken|als balken',
    line: 'liniendiagramm|als liniendiagramm|in einem liniendiagramm|als kurve|kurvendiagramm|linienchart|als linie',
    pie: 'kreisdiagramm|als kreisdiagramm|tortendiagramm|als tortendiagramm|kuchendiagramm|als kuchendiagramm|als torte|in einem kreisdiagramm|in einem tortendiagramm',
    table: 'als tabelle|tabelle|in einer tabelle|tabellarisch|in tabellenform|als liste|in listenform|in einer liste|listenansicht|tabellenform',
    chart:
      'als diagramm|diagramm|als grafik|als graph|als chart|grafik|graph|chart|grafisch|graphisch|in einem diagramm|in einer grafik|visualisier~|visualisieren|plotte|plot|zeichne|diagramme|schaubild|als schaubild|histogramm|grafische darstellung|darstellung als diagramm',
  }),
  words: formsOfAll({
    count:
      'wie viele|wieviele|wie viele der|wie viele von|wie viele von den|wie viele sind|anzahl|anzahl der|anzahl an|anzahl von|die anzahl|die anzahl der|zahl der|die zahl der|zahl an|wie oft|wie häufig|zähle|zähl|zählen|gesamtzahl|gesamtzahl der|gesamtanzahl|gesamtanzahl der|wie viele gibt es|menge an|zähle die|zahl|wie zahlreich|wie viel stück|wie viele stück|wieviel stück|wie viele mal|wie viele male',
    share:
      'prozentual~ verteilung|prozentual~ aufteilung|prozentual~|anteil|anteil der|anteil an|anteil von|der anteil|anteile|prozentsatz|prozentsatz der|wie viel prozent|wieviel prozent|welcher anteil|welchen anteil|welcher prozentsatz|prozentualer anteil|prozentualen anteil|prozentuale anteil|prozent der|prozent von|prozentualer|quote der|quote',
    top: 'top|führend~|erst~|spitze',
    group:
      'jeder von uns|jede von uns|jeweils von uns|nach|pro|je|für jed~|jed~|in jed~|bei jed~|aufgeteilt nach|aufgeschlüsselt nach|gruppiert nach|gruppiere nach|gruppiere sie nach|gruppieren nach|verteilung nach|verteilung auf|verteilung über|verteilung|aufteilung nach|aufteilung|unterteilt nach|getrennt nach|aufschlüsselung nach|aufschlüsselung|verteilt auf|gegliedert nach|sortiert in|je nach|und zwar nach|aufgegliedert nach|nach jeweiligem|nach einzelnen|pro einzelnem|verteilt auf die|verteilen sich auf die|verteilen sich auf|auf die einzelnen|nach verschiedenen|schlüssle auf nach|teile auf nach',
    negation:
      'nichts mehr|nie mehr|nie wieder|kein~ mehr|nicht|kein~|ohne|ohne ein~|nie|niemals|noch nie|noch nicht|noch kein~|nichts|noch nichts|nicht mehr|niemand|niemanden|niemandem|weder|noch niemand|außer|ausser|ausgenommen|abgesehen von|keinerlei|außerhalb von|bis auf|gar nicht|gar nichts|gar kein~|überhaupt nicht|überhaupt kein~|überhaupt nichts|überhaupt nie|mit fehlend~|fehlend~|haben kein~|hat kein~|habe kein~|hatten kein~|haben noch kein~|haben nicht|haben noch nicht|haben noch nie|haben nie|hat nicht|hat noch nie|hat nie|es kein~ gibt|nirgends|nirgendwo|nicht ein einziges mal|kein einziges mal|kein einzig~',
    empty:
      'leer|leere|leeres|leeren|leerem|fehlt|fehlen|unbekannt|nicht bekannt|nicht gesetzt|nicht eingetragen|nicht hinterlegt|nicht ausgefüllt|nicht angegeben|nicht gepflegt|nicht vorhanden|nicht erfasst|ist leer|leer ist|leer sind|nicht eingetragen ist|nicht hinterlegt ist|nicht gepflegt ist|nicht bekannt ist|fehlt noch',
    me: 'mein~|meine eigenen|mir|mich|ich|mir zugewiesen~|mir zugeordnet~|mir gehörend~|für mich|von mir|mir gehören|gehören mir|mir gehört|bei mir',
    sort: 'sortieren|ordnen|sortiert nach|sortiere nach|sortier nach|sortiere sie nach|sortieren nach|geordnet nach|ordne nach|sortierung nach|rangliste nach|gereiht nach|absteigend nach|aufsteigend nach|in der reihenfolge von|sortiert|sortiere|sortier|rangfolge nach|gerankt nach|ranking nach|ordne sie nach|bitte sortiert nach',
    named:
      'namens|mit namen|mit dem namen|heißt|heißen|genannt~|betitelt~|mit dem titel|unter dem namen|die heißen|der heißt|die heißt|bezeichnet als|mit der bezeichnung',
    contains:
      'enthält|enthalten|enthaltend~|beginnt mit|beginnen mit|fängt an mit|fangen an mit|anfängt|anfangen|beginnen|beginnt|endet auf|enden auf|endet mit|enden mit|mit dem wort|mit den worten|mit dem text|wo steht|in denen steht|erwähnt|erwähnen|die den text enthalten|im namen|zum thema|vorkommt|das wort enthalten',
    status:
      'pipeline status|pipelinestatus|status der pipeline|status unserer pipeline|status meiner pipeline|pipeline übersicht|pipelineübersicht|übersicht über die pipeline|übersicht der pipeline|überblick über die pipeline|überblick über unsere pipeline|pipeline überblick|zustand der pipeline|zustand unserer pipeline|wie sieht die pipeline aus|wie sieht unsere pipeline aus|wie sieht meine pipeline aus|wie steht die pipeline|wie steht unsere pipeline|wie steht es um die pipeline|wie steht es um unsere pipeline|wie läuft die pipeline|wie läuft unsere pipeline|stand der pipeline|stand unserer pipeline|pipeline analyse|pipelineanalyse|pipeline bericht|pipelinebericht|pipeline report|pipelinereport|was ist in der pipeline|was ist in unserer pipeline|was haben wir in der pipeline|wie ist die pipeline|wie ist unsere pipeline|pipeline zusammenfassung|zusammenfassung der pipeline|analysiere die pipeline|analyse der pipeline|was steckt in der pipeline|wie geht es der pipeline|wie geht es unserer pipeline',
    versus:
      'verglichen mit|im vergleich zu|im vergleich zum|im vergleich zur|im vergleich mit|gegenüber|gegenüber dem|gegenüber der|gegen|versus|vs|vergleich|vergleiche|im vergleich|vergleich von|vergleich zwischen|gegenübergestellt|vergleich mit',
    have: 'mit|hat|haben|habe|hast|hatte|hatten|besitzt|besitzen|deren|dessen|bei denen|bei dem|bei der|zu denen|für die es|verfügt über|verfügen über|aufweisen|aufweist|in denen|mit denen|denen|samt|inklusive|inkl|bei welchen|mit deren',
    filler:
      'sowohl|bitte|sich|aber|aufgeteilt|aufgeschlüsselt|aufgegliedert|gegliedert|gruppiert|voraussichtlich|vermutlich|wahrscheinlich wohl|danke|danke schön|dankeschön|vielen dank|hallo|hi|hey|guten morgen|guten tag|guten abend|servus|moin|moin moin|grüß gott|herr|frau|herrn|dr|prof|ein|eine|einen|einem|einer|eines|der|die|das|den|dem|zeig|zeige|zeig mir|zeige mir|zeigen|zeigen sie|zeigen sie mir|zeigt|gib|gib mir|gebe mir|geben sie mir|geben sie|geben|nenn|nenne|nenn mir|nenne mir|nennen sie|nennen sie mir|nennen|sag|sage|sag mir|sage mir|sagen|sagen sie mir|sagen sie|liste|liste auf|liste mir|liste mir auf|listen sie|listen sie auf|listen|auflisten|such|suche|such mir|suche mir|suchen|suchen sie|finde|finde mir|finden|finden sie|hol|hole|hol mir|ruf auf|rufe auf|ausgeben|gib aus|anzeigen|zeig an|zeige an|hin|dar|kannst du|kannst du mir|können sie|können sie mir|könntest du|könntest du mir|könnten sie|könnten sie mir|würdest du|würdest du mir|würden sie|würden sie mir|kann ich|könnte ich|darf ich|ich möchte|ich möchte wissen|ich möchte gerne wissen|ich will|ich will wissen|ich würde gern|ich würde gerne|ich würde gern wissen|ich würde gerne wissen|würde gern wissen|ich brauche|ich bräuchte|ich hätte gern|ich hätte gerne|ich suche|ich benötige|mich interessiert|mich würde interessieren|ich frage mich|weißt du|wissen sie|weiß jemand|wir brauchen|wir möchten|möchte|will|wollen|gern|gerne|mal|doch|denn|eigentlich|ja|halt|eben|schnell|kurz|einfach|so|also|nun|jetzt|gerade|zurzeit|zur zeit|derzeit|momentan|aktuell~|im moment|im augenblick|gegenwärtig|bisher|bislang|ist|sind|war|waren|wird|werden|wurde|wurden|worden|sein|seien|wäre|wären|bin|bist|gewesen|sollen|sollte|sollten|soll|muss|müssen|müsste|kann|können|könnte|könnten|darf|dürfen|würde|würden|wir|uns|unser~|unsere|unserer|unserem|unseren|du|dir|dich|ihr|euch|euer|eure|eurer|ihnen|man|es|sie|gibt|gibt es|es gibt|gibt es da|haben wir|wir haben|hast du|haben sie|habt ihr|haben wir denn|haben wir gerade|haben wir aktuell|wir aktuell haben|wir haben aktuell|vorhanden|existieren|existiert|all~|alle unsere|alle unserer|aller|sämtlich~|einig~|ein paar|irgendwelch~|bestimmt~|einzeln~|jeweilig~|jeweils|da|dazu|hier|dort drin|im system|in der datenbank|im crm|im bestand|bei uns|uns bekannt~|hinterlegt~|gespeichert~|erfasst sind|datensätze|datensatz|einträge|eintrag|daten|informationen|information|infos|info|details|detail|angaben|übersicht|übersicht über|übersicht der|überblick|überblick über|zusammenfassung|bericht|bericht über|auswertung|liste der|liste von|liste aller|liste mit|eine liste|die liste|namen|dinge|sachen|zeug|etwas|irgendetwas|irgendwas|eins|einer davon|welche es gibt|auch|noch|schon|bereits|immer noch|immer|überhaupt|insbesondere|ganz|sehr|ziemlich|wirklich|tatsächlich|genau genommen|ungefähr gesagt|bloß|wohl|vielleicht|eventuell|ggf|möglichst|soweit|sofern|falls|wenn möglich|wenn es geht|wie|wie heißen|wie heißt|wie lautet|wie lauten|lautet|lauten|was ist|was war|was waren|wer sind|wer ist|wer war|das sind|hätte|hätten|denk|glaube|glaubst du|meinst du|bringt|bringen|brachte|brachten|gebracht|eingebracht|macht|machen|machte|machten|gemacht|erzielt|erzielen|erwirtschaftet|entfallen|entfällt|entfallen auf|beträgt|betragen|betrug|liegt bei|ergibt|ergeben|berechne|berechnen|berechne mir|rechne|ermittle|ermitteln|bestimme|erstelle mir eine liste|erstelle eine liste|mach mir eine liste|antworte|frage|eine frage|kurze frage|hilf mir|übrigens|jahr für jahr gesehen|sowie auch|zudem|und zwar|nämlich|dabei|davon insgesamt|dass|ob|weil|damit|nur die|welche davon|solch~|diejenigen|derjenigen|die wir|das wir|den wir|die bei uns|zugehörig~|dazugehörig~|entsprechend~|bekannt~|von uns|mit uns|an uns|bei uns sind|mal eben|kollege|chef|leute|freund|super|toll|klasse|prima|ok|okay|gut|na|äh|ähm|hm|tja|sagen wir|raus|rein|her|los|gehe|schau|schau mal|schaue|guck|guck mal|sieh|sehen|sehe|ansehen|anschauen|interessiert mich|wissen|erfahren|kennen|erzählen|berichten|berichte|verraten|verrate|mitteilen|heraussuchen|raussuchen|brauchen|brauche|braucht|bekomme|laufen|läuft|lief|liefen|erzähl|erzähl mir|erzähle mir|erzählen sie mir|über die wir verfügen|jemals|je mals|zusammen mit|insgesamt gesehen|folgend~|öffne|mach|mache|selbst|eigen~|drauf|drin|steht|stehen|stand|standen|gelistet~|aufgeführt~|geführt~|gehabt|gibt es eigentlich|gibts|dauert|dauern|dauert es|momentan so|heutzutage|unterwegs|sitzen gerade|fallen|fällt|gekommen sind|zustande gekommen~|zustande|welche es sind|ist das|ist es|sind das|sind es|der reihe nach|gleich mal|eben mal|schön~|vom kollegen|waren es|war es|lieber|werte|werter|sehr geehrte|liebe|liegt|liegen|gehen|geht|aufgelistet~|zusätzlich|wieder|inzwischen|mittlerweile|dieser tage|unseres|unsere aktuellen|unsere eigenen',
  }),
  bottom: forms('letzt~|schlusslichter|schlusslicht|flop|final~'),
  placesInTime: { first: forms('erst~'), last: forms('letzt~|final~') },
  ascending: forms(
    'aufsteigend~|älteste zuerst|kleinste zuerst|niedrigste zuerst|alphabetisch~|von klein nach groß|von a bis z|billigste zuerst|günstigste zuerst|früheste zuerst|in aufsteigender reihenfolge|a bis z',
  ),
  descending: forms(
    'absteigend~|neueste zuerst|neuste zuerst|größte zuerst|höchste zuerst|von groß nach klein|z bis a|teuerste zuerst|in absteigender reihenfolge|die größten zuerst|die neuesten zuerst|jüngste zuerst|beste zuerst',
  ),
  prepositions: formsOfAll({
    of: 'von|vom|des|von der|von den|von dem|von unseren|von unserer|von unserem|unter den',
    for: 'für|für die|für den|für das|fürs',
    from: 'aus|aus der|aus dem|aus den|stammend aus|kommend aus',
    in: 'in|im|ins|in der|in den|in dem|in die|in unserer|in unseren|im land|in der stadt|in der branche|im bereich|aus der branche|im bundesland|in der region|im raum|innerhalb',
    at: 'bei|beim|bei der firma|bei der|bei den|bei dem|bei unseren',
    on: 'auf|auf der|auf dem|auf den|am|an der|an den|an dem',
    to: 'an|zur|bis zum|bis zur|nach',
    about: 'über|zu|zum|zu den|zu der|zum thema|bezüglich|betreffend|wegen|rund um|um',
    by: 'durch|seitens|vonseiten|seiten',
    with: 'hinsichtlich|in bezug',
    via: 'per|via|mittels',
    than: 'als',
    during: 'während',
    among: 'unter',
    behind: 'hinter',
    around: 'um',
    near: 'nahe|in der nähe von',
    regarding: 'hinsichtlich',
  }),
  and: forms('und|&|sowie|und auch|und außerdem|und dann|sowie auch|als auch|wie auch|und zusätzlich|plus auch|,|/|und die|und den'),
  or: forms('oder|entweder|oder aber|bzw|beziehungsweise|respektive|oder auch'),
  anaphors: forms(
    'es|sie|er|ihn|ihm|ihr|ihre|ihren|ihrem|ihrer|ihres|sein~|dies~|davon|darunter|von ihnen|von denen|von diesen|unter ihnen|diejenigen|dort|dieser liste|dieser person|dieser firma|dieses unternehmens|dieser deals|diese deals|dieser kontakte|diese kontakte|die genannten|die obigen|obig~|dieser aufgaben|diese aufgaben|jene|jener|jenen|dieselben|von davon|ihnen|denjenigen|letztere|letzteren|die eben genannten|die gezeigten|diese leute|dieser leute|diese firmen|dieser firmen|daraus',
  ),
  followUps: formsOfAll({
    and: 'und|und dann|auch|außerdem|und auch',
    about:
      'was ist mit|was ist denn mit|und was ist mit|wie ist es mit|und wie ist es mit|wie sieht es mit|und wie sieht es mit|wie sieht es aus mit|wie steht es mit|und wie steht es mit|dasselbe für|das gleiche für|das selbe für|jetzt für|und für|jetzt das gleiche für|und wie sieht es in|wie sieht es in|und bei|mach das auch für|und jetzt für|und wie war es|und wie war das|und im|und in',
    only: 'nur|nur die|nur noch|nur noch die|bloß|lediglich|nur diejenigen|nur jene|filtere|filter|filtere nach|filtere auf|beschränke auf|beschränk auf|beschränke dich auf|einschränken auf|eingrenzen auf|grenze ein auf|davon nur|davon nur die|ausschließlich|allein|begrenze auf|behalte nur|zeig nur|zeige nur|zeig nur die|nur den|nur das|aber nur|aber nur die|nur mit|zeig mir nur|zeig mir nur die|bitte nur|bitte nur die',
    instead: 'stattdessen|lieber|statt dessen|anstatt|anstelle|statt|ändere auf|wechsle zu|mach daraus',
    more: 'mehr|weitere|mehr davon|zeig mehr|zeige mehr|zeig mir mehr|weiter|nächste seite|die restlichen|den rest|der rest|noch mehr|weiter so|die nächsten|alle zeigen|zeig alle|die übrigen|mehr anzeigen|noch welche',
    no: 'nein|ne|nee|nö|ich meinte|ich meine|nein ich meinte|nicht|falsch',
    same: 'dasselbe|das gleiche|das selbe|nochmal|noch einmal|wiederhole|nochmals|erneut',
  }),
  writeObjects: forms('den|die|das|dem|der|alle|jeden|jede|diese|diesen|dieses|ihn|sie|es|ihm|ihr|einen|eine|ein|meine|meinen|unsere'),
  writes: forms(
    'lösche|lösch|löschen|entferne|entfern|erstelle|erstell|anlegen|lege|leg|füge|füg|hinzufügen|ändere|änder|ändern|bearbeite|bearbeiten|aktualisiere|aktualisier|aktualisieren|setze|setz|setzen|benenne|umbenennen|weise|weis|zuweisen|übertrage|übertragen|verschiebe|verschieb|verschieben|sende|send|senden|schicke|schick|schicken|schreibe|schreib|schreiben|antworte|plane|plan|planen|buche|buch|buchen|storniere|stornieren|sage ab|absagen|markiere|markier|markieren|schließe|schließ|konvertiere|konvertier|konvertieren|wandle|wandel|umwandeln|importiere|importieren|exportiere|exportieren|archiviere|archivieren|genehmige|lade|hochladen|herunterladen|erinnere|erinner|rufe|ruf|anrufen|tagge|verknüpfe|verknüpfen|protokolliere|protokollieren|erhöhe|erhöhen|senke|senken|verringere|qualifiziere|dupliziere|ersetze|ersetzen|korrigiere|korrigieren|trage|trag|eintragen|vereinbare|vereinbaren|benachrichtige|synchronisiere|leere|überschreibe|vernichte|verlege|verlegen',
  ),
  makes: forms('mach|mache|machen|ernenne|ernennen'),
  beyond: {
    'the time deals spend in a stage': forms(
      'zeit in der phase|zeit in jeder phase|verweildauer|verweildauer in der phase|verweildauer pro phase|dauer in der phase|tage in der phase|zeit pro phase|durchschnittsalter|durchschnittliches alter|reaktionszeit|antwortzeit|zeit bis zum ersten kontakt|zeit bis zur konvertierung',
    ),
    weather: forms('wetter|temperatur|regen|sonnig|schnee|schneit|regnet'),
    'general knowledge': forms(
      'wie spät ist es|gedicht|witz|lied|rezept|geschichte erzählen|hauptstadt von|hauptstadt|präsident|präsident von|bundeskanzler|kanzler|film|fußball|weltmeisterschaft|sinn des lebens|übersetze|aufsatz|börse|aktienkurs|aktienkurse|bitcoin|krypto|horoskop|nachrichten von heute|passwort|passwörter|python|javascript|systemprompt|system prompt|deine anweisungen|vorherige anweisungen|vorherigen anweisungen|bisherigen anweisungen|entfernung nach|einwohner von|einwohnerzahl|liedtext|roman|lotto|lottozahlen|wechselkurs|wechselkurse|planet|mond|hausaufgaben|reim|mathematik',
    ),
    forecast: forms('vorhersage|vorhersagen|sage voraus|glaskugel|vorhersehen'),
    churn: forms(
      'abwanderung|abwanderungsrisiko|abwandern|churn|churn rate|kündigungsrisiko|kundenwert über die lebensdauer|abwanderungsgefährdet~|abspringen|abspringt|kundengesundheit',
    ),
    recommendations: forms(
      'soll ich|sollte ich|sollen wir|sollten wir|empfiehl|empfehle|empfehlen|schlag vor|vorschlag|vorschläge|rat|ratschlag|ratschläge|tipp|tipps|strategie|strategien|warum|wieso|weshalb|cross selling|upselling|wie kann ich verbessern|wie können wir|wie kann man|meinung|am besten tun|anzurufen lohnt|lohnt sich|lohnt es sich|lohnen sich|lohnt',
    ),
    capabilities: forms(
      'was kannst du|was können sie|was kann ich fragen|was kann ich dich fragen|was weißt du|wie funktionierst du|hilfe|wer bist du|was bist du|welche fragen kann ich stellen|was kann ich hier fragen|was kannst du alles|womit kannst du helfen|wobei kannst du helfen|was machst du',
    ),
    quality: forms(
      'gut aussehend~|schönst~|hübschest~|zufrieden~|zufriedenst~|zufriedenheit|glücklichst~|wütend~|verärgert~|unzufrieden~|stimmung|freundlichst~|nettest~|sympathischst~|klügst~|denkst du|was hältst du|vertrauenswürdig~|ehrlich~',
    ),
  },
  extra: [],
} as const satisfies Partial<Vocabulary>
