import { germanCases } from './de-nouns.ts'
import { germanCurrencies, germanMultipliers, germanNumberWords } from './de-numbers.ts'
import { germanRewrites } from './de-rewrites.ts'
import { germanTimeWords } from './de-time-words.ts'
import { forms, formsOfAll, wordTable } from './inflect.ts'
import type { Vocabulary } from './vocabulary.ts'

/** German words for time, numbers and money. */
export const germanTime = {
  months: [
    'januar|jan|jänner|januars',
    'februar|feb|feber',
    'märz|mär|mrz',
    'april|apr',
    'mai',
    'juni|jun',
    'juli|jul',
    'august|aug',
    'september|sep|sept',
    'oktober|okt',
    'november|nov',
    'dezember|dez',
  ].map(forms),
  weekdays: ['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag|sonnabend', 'sonntag'],
  units: {
    ...wordTable({ 'stunde|stunden|std': 'hour' as const }),
    ...wordTable({ 'tag|tage|tagen|tages|tags': 'day' as const }),
    ...wordTable({ 'woche|wochen': 'week' as const }),
    ...wordTable({ 'monat|monate|monaten|monats|monates': 'month' as const }),
    ...wordTable({ 'quartal|quartale|quartalen|quartals|vierteljahr|vierteljahre': 'quarter' as const }),
    ...wordTable({ 'jahr|jahre|jahren|jahres': 'year' as const }),
  },
  unitPlurals: ['stunden', 'tage', 'tagen', 'wochen', 'monate', 'monaten', 'quartale', 'quartalen', 'vierteljahre', 'jahre', 'jahren'],
  manyUnits: {
    jahrzehnt: { count: 10, unit: 'year' as const },
    jahrzehnte: { count: 10, unit: 'year' as const },
    jahrzehnten: { count: 10, unit: 'year' as const },
  },
  time: germanTimeWords,
  holidays: wordTable({
    'weihnachten|erster weihnachtstag|weihnachtstag': { month: 12, day: 25 },
    heiligabend: { month: 12, day: 24 },
    'zweiter weihnachtstag': { month: 12, day: 26 },
    'neujahr|neujahrstag': { month: 1, day: 1 },
    silvester: { month: 12, day: 31 },
    valentinstag: { month: 2, day: 14 },
    'tag der arbeit|maifeiertag': { month: 5, day: 1 },
    'tag der deutschen einheit': { month: 10, day: 3 },
    nikolaus: { month: 12, day: 6 },
    halloween: { month: 10, day: 31 },
    'heilige drei könige': { month: 1, day: 6 },
    reformationstag: { month: 10, day: 31 },
    allerheiligen: { month: 11, day: 1 },
  }),
  numberWords: germanNumberWords,
  amounts: formsOfAll({
    half: 'eine halbe|einer halben|halbe|halben|halb',
    quarter: 'eine viertel|viertel|einer viertel',
    andAHalf: 'einhalb|und eine halbe',
    couple: 'ein paar',
    one: 'ein|eine|einer|einem|einen',
    percent: 'prozent|prozentpunkte|v h',
    figures: 'stellig~|stellen',
  }),
  percentile: forms('perzentil|prozentrang|percentile'),
  singularHave: forms('hat|besitzt|verfügt über|aufweist'),
  ranks: wordTable({ 'zweit~': 2, 'dritt~': 3, 'viert~': 4, 'fünft~': 5 }),
  postfixComparators: forms(
    'oder mehr|und mehr|oder höher|oder größer|oder besser|und höher|und größer|aufwärts|und aufwärts|oder darüber|und darüber|plus|+|oder weniger|und weniger|oder kleiner|oder darunter|und darunter|oder niedriger|maximal|max|minimum|maximum|mindestens|höchstens|oder drüber',
  ),
  multipliers: germanMultipliers,
  currencies: germanCurrencies,
  decimalComma: true,
  contractions: {
    whole: {},
    tails: { s: 'es', n: 'ein', ne: 'eine', nen: 'einen' },
    beforeS: 'gibt|geht|wie|was|wer|wo|hat|ist|war|gab|wenn|ob|habt|laut|lauft',
    s: 'es',
  },
  orthography: {
    digraphs: [
      ['ae', 'a'],
      ['oe', 'o'],
      ['ue', 'u'],
      ['ss', 's'],
    ],
    capitalNouns: true,
    genitive: 's',
    abbreviations:
      'mio|tsd|mrd|nr|ca|bzw|inkl|exkl|max|min|mind|ggf|dr|hr|fr|str|tel|bzgl|usw|evtl|jan|feb|mrz|apr|aug|sep|sept|okt|nov|dez|prof|std|ggü|zzgl|stk',
    negating: 'un',
    joints: ['', 's', 'n', 'en', 'es', 'e'],
  },
  clauses: {
    relatives: forms(
      'der|die|das|den|dem|denen|deren|dessen|welch~|wo|was|bei denen|mit denen|zu denen|in denen|für die|an die|von denen|bei dem|bei der|dass|ob|wenn|wer|wie viele|wie viel',
    ),
    auxiliaries: forms(
      'habe|hast|hat|haben|habt|hatte|hatten|ist|sind|war|waren|wird|werden|wurde|wurden|worden|sein|kann|können|soll|sollen|muss|müssen|will|wollen',
    ),
    particles: forms('ab|an|auf|aus|ein|zu|vor|bei|mit|hin|her|los|weg|um|nach|fest'),
    neither: 'weder',
    nor: 'noch',
    ofLetters: 'from',
    requests: forms('kannst|könntest|können|könnten|würdest|würden|bitte|ich|du|wir|kann'),
    requested: forms(
      'löschen|entfernen|erstellen|anlegen|hinzufügen|ändern|bearbeiten|aktualisieren|setzen|umbenennen|zuweisen|verschieben|senden|schicken|verschicken|markieren|archivieren|exportieren|importieren|ersetzen|eintragen|absagen|stornieren|übertragen|umwandeln|anrufen|zusammenführen|verknüpfen|buchen|planen|vereinbaren|einladen|schreiben',
    ),
  },
  rewrites: { ...germanCases, ...germanRewrites },
} as const satisfies Partial<Vocabulary>
