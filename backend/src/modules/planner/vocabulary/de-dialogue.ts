import { fold } from '#contracts/fold.ts'
import { forms, wordTable } from './inflect.ts'
import type { DialogueVocabulary } from './vocabulary.ts'

/** Phrases folded, with every form of their adjectives. */
const lists = {
  polite:
    'hi|hallo|hey|moin|servus|guten tag|guten morgen|guten abend|bitte|danke|danke schön|vielen dank|ok|okay|gut|super|prima|toll|also|so|jetzt|nun|dann|mal|doch|kannst du|können sie|könntest du|könnten sie|würdest du|würden sie|ich möchte|ich will|ich würde gern|ich würde gerne|und jetzt|bitte mal|noch|na|hm|äh|ah|ach|moment|warte|alles klar|klasse|perfekt|sehr gut|schön|ja',
  undo: 'rückgängig|rückgängig machen|mach das rückgängig|mache das rückgängig|mach es rückgängig|zurück|geh zurück|gehe zurück|einen schritt zurück|ein schritt zurück|schritt zurück|die antwort davor|die antwort vorher|vorherige antwort|die vorherige antwort|vorige antwort|vorherige frage|die vorherige frage|zurück zur vorherigen frage|zurück zur letzten frage|zurück zur vorigen frage|nimm das zurück|nimm zurück|wieder zurück|noch einmal zurück|widerrufen',
  undoFilter:
    'filter rückgängig|den filter rückgängig|filter entfernen|entferne den filter|nimm den filter weg|nimm den filter raus|letzten filter entfernen|entferne den letzten filter|ohne den filter|ohne diesen filter|ohne den letzten filter|ohne filter davor|filter weg|den filter weg|lass den filter weg|vergiss den filter|streiche den filter|ohne die bedingung|entferne die letzte bedingung|ohne diese bedingung',
  first:
    'zurück zur ersten frage|zur ersten frage|zurück zum anfang|zurück zur ersten|zurück zum start|zur ersten frage zurück|geh zurück zur ersten frage|gehe zurück zur ersten frage|die erste frage nochmal|die erste frage noch einmal|nochmal die erste frage|zurück zur ursprünglichen frage|zurück zur ausgangsfrage|ganz zurück|von vorne|die ursprüngliche liste',
  nth: 'zurück zur @ frage|geh zurück zur @ frage|zurück zu frage #|frage # nochmal|die @ frage nochmal|die @ frage noch einmal|frage # noch einmal|wiederhole frage #',
  nextPage:
    'nächste seite|die nächste seite|weiter|mehr|mehr davon|weitere|zeig mehr|zeige mehr|zeig mir mehr|mehr anzeigen|mehr bitte|die nächsten|nächsten|den rest|der rest|die restlichen|zeig den rest|zeig weitere|zeige weitere|weitere anzeigen|noch mehr|und weiter|weiterblättern|blättere weiter|fortfahren|mach weiter|gibt es noch mehr|gibt es weitere|die übrigen|und die nächsten|und die anderen|vorwärts',
  previousPage:
    'vorherige seite|die vorherige seite|vorige seite|seite davor|die seite davor|eine seite zurück|zurückblättern|blättere zurück|die vorherigen|vorherigen|die vorigen',
  firstPage: 'erste seite|die erste seite|seite eins|zurück zur ersten seite|zum anfang der liste|zur ersten seite',
  nextCount:
    'nächste #|die nächsten #|zeig die nächsten #|zeig mir die nächsten #|zeige die nächsten #|# weitere|weitere #|zeig weitere #|zeig # weitere|noch #|# mehr|und die nächsten #|zeig noch #|gib mir noch #|und # weitere',
  previousCount: 'die vorherigen #|vorherige #|die vorigen #|die # davor|die letzten # davor|# davor',
  page: 'seite #|zeig seite #|zeige seite #|gehe zu seite #|geh zu seite #|die @ seite|@ seite|zur @ seite|seite nummer #',
  everything:
    'alles|ohne filter|ohne alle filter|alle filter entfernen|entferne alle filter|filter zurücksetzen|setze die filter zurück|alle filter weg|keine filter|kein filter|ohne einschränkung|ohne einschränkungen|ungefiltert|ohne bedingungen|ohne jede bedingung|alle bedingungen weg|ohne alle einschränkungen|lösche die filter|vergiss alle filter|nimm alle filter weg',
  all: 'alle|alle davon|zeig alle|zeige alle|zeig mir alle|zeige mir alle|zeig sie alle|zeig mir alle davon|die ganze liste|die komplette liste|die vollständige liste|alle anzeigen|alle ergebnisse|nicht nur die ersten|nicht nur die top|ohne limit|ohne begrenzung|liste alle auf|alle auflisten|die gesamte liste',
  anywhere:
    'überall|egal wo|an allen orten|in allen orten|in allen städten|in allen ländern|in allen regionen|alle orte|alle städte|alle länder|weltweit|global|in jeder stadt|in jedem land|unabhängig vom ort|nicht nur dort|und überall|von überall|aus allen ländern|aus allen städten|für alle länder|in der ganzen welt|auf der ganzen welt|unabhängig vom land|unabhängig von der stadt|egal in welchem land|egal in welcher stadt|und weltweit',
  anyTime:
    'jederzeit|egal wann|zu jeder zeit|für alle zeiten|alle zeiten|aller zeiten|über alle zeiten|unabhängig vom datum|unabhängig vom zeitraum|unabhängig von der zeit|seit beginn|von anfang an|für die gesamte zeit|die ganze zeit|in allen jahren|alle jahre|für alle jahre|ohne zeitraum|ohne datum|ohne zeitliche einschränkung|ohne zeit|nicht nur dieses jahr|nicht nur diesen monat|für den gesamten zeitraum|gesamter zeitraum|insgesamt über alle jahre|jemals|über den gesamten zeitraum',
  anyone:
    'von allen|für alle|aller|von jedem|von allen kollegen|aller kollegen|alle besitzer|von allen besitzern|für alle besitzer|egal von wem|egal wem sie gehören|egal wer|unabhängig vom besitzer|unabhängig vom verantwortlichen|das ganze team|vom ganzen team|für das ganze team|des ganzen teams|nicht nur meine|nicht nur seine|nicht nur ihre|aller verkäufer|aller mitarbeiter|von allen verkäufern|egal wem',
  anyState:
    'egal welcher status|egal ob offen oder nicht|ob offen oder nicht|in jedem status|jeder status|alle status|unabhängig vom status|unabhängig von der phase|in jeder phase|alle phasen|jede phase|offen oder geschlossen|nicht nur offene|nicht nur die offenen|egal in welcher phase|egal in welchem status|gewonnen oder verloren|egal ob gewonnen oder verloren',
  drop: 'ohne|vergiss|vergiss das mit|ignoriere|ignorier|lass weg|lasse weg|lass|streiche|streich|entferne|entfern|nimm raus|nimm heraus|nimm|unabhängig von|unabhängig vom|unabhängig von der|egal welche|egal welcher|egal welches|nicht nur|weg mit|hebe auf|nicht beschränkt auf|filtere nicht nach|nicht mehr nach',
  dropEnd: 'filter|bedingung|bedingungen|einschränkung|einschränkungen|weg|raus|heraus|beschränkung|teil|kriterium|fallen|außer acht',
  dates: 'datum|daten|zeit|zeitraum|zeiträume|zeitfilter|tag|monat|jahr|woche|quartal|zeitangabe|wann',
  places: 'ort|orte|stadt|städte|land|länder|region|regionen|standort|standorte|wo|gegend|ortsangabe',
  people: 'besitzer|besitzern|verantwortliche|verantwortlichen|verantwortlicher|zuständige|zuständigen|betreuer|verkäufer|person|owner|wer|mitarbeiter|kollege',
  states: 'status|zustand|phase|phasen|stufe|stand|ergebnis',
  limits: 'limit|begrenzung|top|anzahl|maximum|rangliste',
  groups: 'gruppierung|gruppen|aufteilung|aufschlüsselung|gruppe',
  exclude:
    'außer|ausser|ohne|ausgenommen|abgesehen von|schließe aus|schließ aus|lass weg|entferne|blende aus|nimm raus|nimm heraus|bis auf|alle außer|alle ausser|nicht die|filtere raus|streiche',
  excluded: 'die|den|das|diejenigen|alle|jene|die mit|die von|die in|die aus',
  include:
    'einschließlich|inklusive|auch|auch die|auch den|nimm auch|dazu|dazu noch|zusätzlich|ebenfalls|und auch|plus|sowie|füge hinzu|zuzüglich|mit dazu|noch dazu|außerdem',
  list: 'welche|welche sind das|welche sind es|welcher|welches|welche denn|wer|wer sind die|wer sind sie|wer ist das|wer genau|zeig sie|zeige sie|zeig sie mir|zeige sie mir|zeig mir die|zeig mir welche|zeig her|zeig|liste sie auf|liste auf|liste die auf|nenn sie|nenne sie|nenn sie mir|nenne sie mir|die namen|deren namen|ihre namen|namen|die liste|als liste|welche genau|und welche|und wer|was sind das|was sind das für welche|die einzelnen|im einzelnen|die details|details|mit details|sag mir welche|gib sie mir|gib mir die liste|lass sehen|zeigen|wie heißen sie|wie heißen die|wer alles|und wer ist das|zeig mir die liste|aufgelistet',
  amends: 'mach daraus|mach|sagen wir|oder besser|besser|oder eher|lieber|und mit|und bei|was ist mit|nimm',
  correct:
    'nein|ne|nee|nö|nein nein|ich meinte|ich meine|nein ich meinte|nein ich meine|ich meinte eigentlich|eigentlich meinte ich|sorry|sorry ich meinte|entschuldigung|entschuldigung ich meinte|ups|falsch|das ist falsch|das stimmt nicht|stimmt nicht|so war das nicht gemeint|das war nicht gemeint|das habe ich nicht gemeint|das meinte ich nicht|nicht das|nicht diese|nicht diesen|nicht dieser|ich wollte|ich fragte nach|ich habe nach gefragt|korrektur|vielmehr|ich sagte|ich habe gesagt|halt|stopp|quatsch|moment|gemeint war|gemeint ist|gemeint waren|ich sprach von|es geht um|eigentlich|ach nein|doch nicht|mach daraus|doch lieber|lieber',
  correctEnd: 'meine ich|meinte ich|mein ich',
  other:
    'der andere|die andere|den anderen|die anderen|das andere|dem anderen|ein anderer|eine andere|einen anderen|ein anderes|nicht der|nicht die|nicht den|nicht dieser|nicht diese|jemand anderes|jemand anders|die andere person',
  instead: 'stattdessen|lieber|statt dessen',
  butInstead: 'sondern|sondern die|sondern den|ich meinte|stattdessen|aber',
  insteadOf: 'statt|anstatt|anstelle von|an stelle von|nicht|und nicht|statt in|anstelle',
  before: 'nicht|nicht in|nicht die|nicht den|nicht der',
  numbered: 'nummer|nr|option|auswahl|eintrag|zeile|datensatz|position|#|ergebnis',
  article: 'der|die|das|den|dem|dieser|diese|dieses|diesen|ihr|sein|ihre|seine',
  one: 'eintrag|davon|von ihnen|von diesen|auf der liste|in der liste|der liste|aus der liste|in der tabelle|von denen|von oben|der genannten|von den genannten',
  listed: 'eintrag|zeile|datensatz|ergebnis|position|option|auswahl',
  freshStarts: 'was|wo|wann|wie viel|wieviel|wie lange|wie groß|wie hoch|zeig mir was|was ist|sag mir was|woher',
  afterOne: 'schließt|wert|fällig|in|bei|hat|haben|ist|war|aus|gehört|gehören|beginnt|arbeitet|wohnt|kostet|offen|gewonnen|und|am|auf|im|liegt|sitzt',
  details:
    'zeig|zeige|zeig mir|zeige mir|öffne|erzähl mir von|erzähl mir mehr über|erzähl mir etwas über|erzähle mir etwas über|erzähle mir mehr über|mehr über|mehr zu|mehr details zu|details|details zu|details von|details zum|details zur|infos zu|infos über|info zu|informationen zu|informationen über|beschreibe|was ist mit|und was ist mit|wer ist|was ist|gib mir|nimm|wähle|ich will|ich möchte|ich meine|ich meinte|gehe zu|was wissen wir über|was weißt du über|was wissen wir zu|alles über|alles zu|schau dir an|such|suche|finde|zeig mir details zu|zeige mir details zu|genaueres zu|genaueres über|öffne mir',
  choosing:
    'der|die|das|den|dem|ich meine|ich meinte|es ist|das ist|nimm|wähle|ich nehme|nummer|nr|option|von|aus|in|im|bei|mit|namens|bitte|ja|ein|eine|einen|und|für|arbeitet|sitzt|aus der|gemeint|eintrag|ist|heißt|welche|welcher',
  persons: 'er|ihn|ihm|sein|seine|seinen|seiner|seinem|seines',
  several: 'sie|diese|diesen|dieser|jene|jenen|ihnen|ihre|ihren|ihrer|ihrem|denen|davon|darunter|diejenigen',
  partitive: 'davon|von ihnen|von diesen|von denen|darunter|unter ihnen|von den genannten|von den obigen|hiervon|daraus',
  why: 'warum|wieso|weshalb|und warum|und wieso|und weshalb|warum das|warum denn|aus welchem grund|aus welchen gründen|die gründe|was waren die gründe|was sind die gründe|warum haben wir sie verloren|warum haben wir die verloren|wieso haben wir sie verloren',
  reasons: 'grund|gründe|grunde|ursache|reason',
  thanks: 'danke|danke schön|dankeschön|vielen dank|besten dank|danke dir|danke ihnen|merci',
  greetings:
    'wie geht es dir|wie geht es ihnen|wie gehts|wie geht es|guten tag|schönen guten tag|ich habe eine frage|ich hätte eine frage|ich habe ein paar fragen|ich hätte da eine frage|eine frage|ein paar fragen|zwei fragen|noch eine frage|eine weitere frage|noch etwas|noch was|fragen|kurze frage|ich muss etwas wissen',
  having: 'mit|haben|hat|hatten|mit einer|mit einem|besitzen',
  timeOrder: 'neueste zuerst|älteste zuerst|neuste zuerst|früheste zuerst|jüngste zuerst',
  reverse:
    'umgekehrt|andersherum|anders herum|andersrum|in umgekehrter reihenfolge|umgekehrte reihenfolge|dreh die reihenfolge um|drehe die reihenfolge um|dreh das um|reihenfolge umkehren|kehre die reihenfolge um|dreh um|genau andersherum',
  both: 'beide|beide zusammen|in beiden|in beiden zusammen|von beiden|zusammen|und zusammen|wie viele von beiden|wie viele in beiden|wie viele in beiden zusammen|wie viele zusammen|wie viele sind es zusammen',
  together: 'zusammen|beide zusammen|zusammengenommen',
  compareThem:
    'wer ist besser|was ist besser|welcher ist besser|wer liegt vorn|unterschied|der unterschied|was ist der unterschied|vergleiche sie|vergleiche die beiden|vergleiche beide|vergleich sie|vergleich die beiden|vergleichen sie die beiden|nebeneinander|stell sie nebeneinander',
  oneEarlier: 'und davor|und der davor|und die davor|und das davor|und im zeitraum davor|und vorher',
  oneLater: 'und danach|und der danach|und die danach|und das danach',
  shares:
    'in prozent|als prozent|prozentual|als anteil|als anteile|als prozentsatz|als prozentwerte|in prozenten|als anteil am gesamten|relativ|prozentwerte|mit prozenten|mit prozentangaben|als quote|anteilig|in anteilen|wie viel prozent sind das|wie viel prozent ist das|in prozent vom ganzen',
  imperatives:
    'zeig|zeige|zeigen sie|liste|gib|geben sie|nenn|nenne|nennen sie|sag|sage|sagen sie|finde|finden sie|such|suche|suchen sie|vergleiche|vergleich|zähle|zähl|sortiere|sortier|gruppiere|berechne|zeichne',
  questionStarts:
    'wie viele|wieviele|wie viel|wieviel|wie hoch|wie lange|wie groß|was|welche|welcher|welches|welchen|wer|wem|wessen|wen|wo|wann|zeig|zeige|zeigen sie|liste|gib|nenn|nenne|sag|finde|such|ist|sind|haben|hat|gibt es|die summe|die anzahl|der durchschnitt|unsere|zähle|vergleiche|wie',
  figureStarts: 'die summe|die anzahl|der durchschnitt|anzahl|summe|durchschnitt|die|der|das',
  sentenceStarts:
    'wie viele|wieviele|wie viel|wieviel|wie hoch|wie lange|wie groß|wie|was|was ist|was sind|was war|welche|welcher|welches|welchen|wer|wem|wessen|wen|wo|wann|zeig|zeige|zeigen sie|liste|gib mir|geben sie mir|nenn|nenne|nennen sie|sag mir|finde|such|suche|ist|sind|hat|haben|haben wir|gibt es|die summe|die anzahl|der durchschnitt|unsere|top|anzahl|summe|durchschnitt|außerdem|zuletzt|zweitens|drittens|schließlich|vergleiche|zähle|dann|und wie|und wer|und was|und welche',
  owned: 'mein|meine|meiner|meinen|meines|unser|unsere|unserer|unseren|seine|seiner|seinen|ihre|ihrer|ihren',
  sequence: 'zuerst|erstens|als erstes|zunächst|zweitens|als zweites|drittens|als nächstes|schließlich|zuletzt|zum schluss',
  joiners: 'und|und auch|sowie|außerdem|und dann|dann|und außerdem|und schließlich|und sag mir|und zeig mir|und zusätzlich',
  distributed: 'zeig mir|zeige mir|zeig|zeige|liste|gib mir|finde|wie viele|wieviele|anzahl|anzahl der|die anzahl der|zähle|nenne mir|nenn mir',
} as const satisfies Partial<DialogueVocabulary>

/** German words by which a message leans on the conversation before it. `#` stands for a number, `@` for an ordinal. */
export const germanDialogue: DialogueVocabulary = {
  ...(Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, forms(list)])) as Record<keyof typeof lists, string>),
  aside: {
    requests:
      'ich möchte wissen|ich würde gern wissen|ich würde gerne wissen|ich wüsste gern|ich wüsste gerne|ich möchte sehen|ich würde gern sehen|ich würde gerne sehen|ich muss wissen|ich will wissen|kannst du mir sagen|können sie mir sagen|kannst du mir zeigen|können sie mir zeigen|zeig mir|zeige mir|sag mir|gib mir',
    reasons:
      'weil ich|denn ich|da ich|damit ich|damit wir|weil mein chef|weil meine chefin|weil mir niemand|wenn das geht|wenn das möglich ist|falls möglich|wenn möglich|wenn du zeit hast|wenn sie zeit haben',
  },
  statement: {
    opens:
      'ich treffe|ich besuche|ich habe einen termin mit|ich habe einen termin bei|ich telefoniere mit|ich spreche mit|ich fahre zu|wir treffen|wir besuchen|wir haben einen termin mit|wir haben einen termin bei|bin gleich bei|bin unterwegs zu',
    they: 'sie|denen',
    there: 'dort|da',
    their: 'deren',
    at: 'bei #',
    of: 'von #',
  },
  agenda: {
    mine: 'was steht|was steht bei mir|was liegt|was liegt bei mir|was habe ich|habe ich etwas|habe ich was|steht etwas|steht was',
    of: 'was hat|was macht',
    does: 'vor|zu tun',
    ends: 'an|vor|im kalender|zu tun|geplant',
    tasks: 'meine Aufgaben fällig #',
    events: 'meine Termine #',
    theirTasks: 'Aufgaben von @ fällig #',
    theirEvents: 'Termine von @ #',
  },
  ours: 'unser|unsere|unserer|unseren|unserem|wir|uns|insgesamt|alle|allen|aller',
  present: 'gibt es|gibt es da|gibts',
  pronoun: 'es',
  ordinals: wordTable({
    'erst~': 1,
    'zweit~': 2,
    'dritt~': 3,
    'viert~': 4,
    'fünft~': 5,
    'sechst~': 6,
    'siebt~': 7,
    'acht~': 8,
    'neunt~': 9,
    'zehnt~': 10,
    'letzt~': -1,
    'vorletzt~': -2,
    'oberst~': 1,
    'unterst~': -1,
  }),
  rewrites: Object.fromEntries(
    Object.entries({
      'wem gehören die': 'wem gehören sie',
      'wem gehören diese': 'wem gehören sie',
      'wem sind die zugeordnet': 'wem gehören sie',
      'seine nummer': 'seine telefonnummer',
      'ihre nummer': 'ihre telefonnummer',
      'ihre nummern': 'ihre telefonnummern',
      'deren nummern': 'ihre telefonnummern',
      'deren nummer': 'ihre telefonnummer',
      'deren telefonnummern': 'ihre telefonnummern',
      'deren telefonnummer': 'ihre telefonnummer',
      'seine mail': 'seine e-mail-adresse',
      'ihre mail': 'ihre e-mail-adresse',
      'ihre mails': 'ihre e-mail-adressen',
      'ihre e mail': 'ihre e-mail-adresse',
      'ihre emails': 'ihre e-mail-adressen',
      'ihre e mails': 'ihre e-mail-adressen',
      'deren e mails': 'ihre e-mail-adressen',
      'deren e mail adressen': 'ihre e-mail-adressen',
      'monat davor': 'monat zuvor',
      'woche davor': 'woche zuvor',
      'jahr davor': 'jahr zuvor',
      'quartal davor': 'quartal zuvor',
      'tag davor': 'tag zuvor',
    }).map(([said, meant]) => [fold(said), meant]),
  ),
}
