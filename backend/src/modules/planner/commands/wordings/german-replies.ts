/** What is told of an instruction, sentence by sentence, as a German instruction is answered. */
type Reply = readonly [RegExp, (groups: readonly string[]) => string]

const nouns: Readonly<Record<string, readonly [one: string, article: string, many: string]>> = {
  contact: ['Kontakt', 'Der', 'Kontakte'],
  lead: ['Lead', 'Der', 'Leads'],
  organisation: ['Firma', 'Die', 'Firmen'],
  opportunity: ['Deal', 'Der', 'Deals'],
  task: ['Aufgabe', 'Die', 'Aufgaben'],
  event: ['Termin', 'Der', 'Termine'],
  note: ['Notiz', 'Die', 'Notizen'],
  product: ['Produkt', 'Das', 'Produkte'],
  'e-mail': ['E-Mail', 'Die', 'E-Mails'],
}
const plurals: Readonly<Record<string, string>> = { opportunities: 'opportunity' }
const nounOf = (word: string) => nouns[word] ?? nouns[plurals[word] ?? word.replace(/s$/, '')]

const record = '(?:[Tt]he ([a-z-]+) “(.+?)”|(\\d+) ([a-z-]+))'

/** "Die Aufgabe „X“ würde …" or "3 Aufgaben würden …". */
function subject([kind = '', name = '', count = '', many = '']: readonly string[], verb: string): string {
  if (count !== '') return `${count} ${nounOf(many)?.[2] ?? many} ${verb}n`
  const noun = nounOf(kind)
  return `${noun?.[1] ?? ''} ${noun?.[0] ?? kind} „${name}“ ${verb}`
}

/** The same behind a preposition: "Kontakt „X“". */
function object([kind = '', name = '', count = '', many = '']: readonly string[]): string {
  return count === '' ? `${nounOf(kind)?.[0] ?? kind} „${name}“` : `${count} ${nounOf(many)?.[2] ?? many}`
}

const spans: Readonly<Record<string, string>> = {
  minute: 'Minute',
  minutes: 'Minuten',
  hour: 'Stunde',
  hours: 'Stunden',
  day: 'Tag',
  days: 'Tage',
  week: 'Woche',
  weeks: 'Wochen',
  month: 'Monat',
  months: 'Monate',
  year: 'Jahr',
  years: 'Jahre',
}
const said = (text: string) => text.replaceAll('“', '„').replaceAll('”', '“')
const reply = (pattern: string, words: Reply[1]): Reply => [new RegExp(`^${pattern}$`, 's'), words]

const replies: readonly Reply[] = [
  reply(`${record} would be deleted`, (of) => `${subject(of, 'würde')} gelöscht`),
  reply(`${record} would go to (.+)`, (of) => `${subject(of, 'würde')} an ${of[4]} gehen`),
  reply(`${record} would move to (.+)`, (of) => `${subject(of, 'würde')} auf „${of[4]}“ gesetzt`),
  reply(`${record} would have the (.+?) (\\S.*)`, (of) => `${subject(of, 'würde')} geändert: ${fieldNames[of[4] ?? ''] ?? of[4]} ${of[5]}`),
  reply(`${record} would be renamed “(.+)”`, (of) => `${subject(of, 'würde')} in „${of[4]}“ umbenannt`),
  reply(
    `${record} would be (\\S+) (\\w+) (later|earlier)`,
    (of) => `${subject(of, 'würde')} um ${of[4]} ${spans[of[5] ?? ''] ?? of[5]} ${of[6] === 'later' ? 'nach hinten' : 'nach vorn'} verschoben`,
  ),
  reply(`${record} would last (.+)`, (of) => `${subject(of, 'würde')} ${of[4]?.replace(/^for /, '').replace(/(\w+)$/, (unit) => spans[unit] ?? unit)} dauern`),
  reply(`${record} would (get|lose) the tag “(.+)”`, (of) => `${subject(of, 'würde')} das Tag „${of[5]}“ ${of[4] === 'get' ? 'bekommen' : 'verlieren'}`),
  reply(`${record} would (no longer )?belong to (.+)`, (of) => `${subject(of, 'würde')} ${of[4] === '' ? '' : 'nicht mehr '}zu ${of[5]} gehören`),
  reply(`${record} would become (?:a contact|contacts)`, (of) => `${subject(of, 'würde')} zum Kontakt`),
  reply(`${record} (?:is|are) as you want already, so nothing would change`, (of) => `${subject(of, 'wäre')} schon so, deshalb ändert sich nichts`),
  reply(
    'A new event “(.+?)”(?: with (.+))? would be added on \\w+, (.+?)( \\(30 minutes, as no length was said\\))?',
    ([title, who = '', when, length = '']) =>
      `Ein neuer Termin „${title}“${who === '' ? '' : ` mit ${who.replaceAll(' and ', ' und ')}`} käme dazu: ${dateOf(when ?? '')}${length === '' ? '' : ' (30 Minuten, weil keine Länge genannt war)'}`,
  ),
  reply(
    'A new ([a-z-]+) “(.+?)” would be added(?: \\((.+)\\))?(?:, for (.+))?',
    ([kind = '', name, values = '', owner = '']) =>
      `${nounOf(kind)?.[1] === 'Die' ? 'Eine neue' : nounOf(kind)?.[1] === 'Das' ? 'Ein neues' : 'Ein neuer'} ${nounOf(kind)?.[0] ?? kind} „${name}“ würde angelegt${owner === '' ? '' : `, für ${owner}`}${values === '' ? '' : ` (${listOf(values)})`}`,
  ),
  reply(`A note “(.+)” would be added to ${record}`, ([body, ...of]) => `Eine Notiz „${body}“ käme zu: ${object(of)}`),
  reply(
    'An e-mail “(.+?)”( \\(its own words, as no subject was said\\))? would go to (.+?), saying “(.+)”',
    ([title, own = '', to, body]) =>
      `Eine E-Mail „${title}“${own === '' ? '' : ' (nach ihrem Anfang benannt, weil kein Betreff genannt war)'} ginge an ${to?.replaceAll(' and ', ' und ')}, mit dem Text „${body}“`,
  ),
  reply(
    'A reply to the e-mail “(.+?)” from (\\S+) would say “(.+)”',
    ([title, from, body]) => `Die Antwort auf die E-Mail „${title}“ von ${from} wäre „${body}“`,
  ),
  reply(
    'The e-mail “(.+?)” from (\\S+) would be forwarded to (.+)',
    ([title, from, to]) => `Die E-Mail „${title}“ von ${from} würde an ${to?.replaceAll(' and ', ' und ')} weitergeleitet`,
  ),
  reply(
    'No ([a-z-]+) fits that, so nothing would change',
    ([kind = '']) => `Dazu passt ${nounOf(kind)?.[1] === 'Die' ? 'keine' : 'kein'} ${nounOf(kind)?.[0] ?? kind}, deshalb ändert sich nichts`,
  ),
  reply(
    'Which of them do you mean by “(.+)”\\? Nothing would change until you say\\.',
    ([what]) => `Was ist mit „${what}“ gemeint? Bis dahin ändert sich nichts.`,
  ),
  reply('There is more than one “(.+)”\\. Whom do you mean\\?', ([who]) => `Mehr als eine Person heißt „${who}“. Wer ist gemeint?`),
  reply(
    'I could not tell which records “(.+)” are, so nothing would change\\..*',
    ([what]) => `Welche Datensätze „${what}“ sind, war nicht zu erkennen, deshalb ändert sich nichts. Nennen Sie sie so, wie sie hier heißen.`,
  ),
  reply('What is the e-mail to say\\?.*', () => 'Was soll in der E-Mail stehen? Setzen Sie den Text in Anführungszeichen. Bis dahin wird nichts gesendet.'),
  reply('What is the reply to say\\?.*', () => 'Was soll in der Antwort stehen? Setzen Sie den Text in Anführungszeichen. Bis dahin wird nichts gesendet.'),
  reply('To whom is the e-mail to go\\?.*', () => 'An wen soll die E-Mail gehen? Bis dahin wird nichts gesendet.'),
  reply('When is it to be\\?.*', () => 'Wann soll das sein? Bis dahin ändert sich nichts.'),
  reply('At what time on (.+) is it to begin\\?.*', ([when]) => `Um wie viel Uhr am ${dateOf(when ?? '')} soll es beginnen? Bis dahin ändert sich nichts.`),
  reply(
    '(.+) is over, so no meeting can be at that time\\..*',
    ([when]) => `${dateOf(when ?? '')} ist vorbei, dann kann kein Termin sein. Nennen Sie einen Tag, der noch kommt.`,
  ),
  reply(
    '(.+) has no e-mail address here, so nothing would change\\..*',
    ([who]) => `${who} hat hier keine E-Mail-Adresse, deshalb ändert sich nichts. Nennen Sie die Adresse selbst.`,
  ),
  reply(
    '(.+) is not one of the people of this workspace, so nothing would change\\..*',
    ([who]) => `${who} gehört nicht zu diesem Arbeitsbereich, deshalb ändert sich nichts.`,
  ),
  reply('(.+) is converted already, so nothing would change\\.', ([who]) => `${who} ist schon umgewandelt, deshalb ändert sich nichts.`),
  reply(
    'No record here has the (.+?) “(.+?)”, so nothing would change\\. In use are (.+)\\. Which of them do you mean\\?',
    ([field = '', value, used = '']) =>
      `Kein Datensatz hier hat bei ${fieldNames[field] ?? field} „${value}“, deshalb ändert sich nichts. In Gebrauch sind ${said(used)}. Was ist gemeint?`,
  ),
  reply(
    'That would delete all (\\d+) ([a-z-]+) there are, so nothing would change\\..*',
    ([count, many = '']) => `Das würde alle ${count} ${nounOf(many)?.[2] ?? many} löschen, die es gibt, deshalb ändert sich nichts. Welche sind gemeint?`,
  ),
  reply(
    'That would be (\\d+) changes, and at most (\\d+) are proposed at a time\\..*',
    ([count, most]) => `Das wären ${count} Änderungen, und höchstens ${most} werden auf einmal vorgeschlagen. Grenzen Sie es ein.`,
  ),
  reply('Nothing is to be done\\.', () => 'Es ist nichts zu tun.'),
]

const fieldNames: Readonly<Record<string, string>> = {
  phone: 'Telefon',
  mobile: 'Mobilnummer',
  'e-mail': 'E-Mail',
  'job title': 'Position',
  value: 'Wert',
  stage: 'Phase',
  status: 'Status',
  state: 'Status',
  priority: 'Priorität',
  'forecast close': 'voraussichtlicher Abschluss',
  due: 'fällig',
  'due at': 'fällig',
  rating: 'Bewertung',
  city: 'Stadt',
  industry: 'Branche',
  probability: 'Wahrscheinlichkeit',
  source: 'Quelle',
  email: 'E-Mail',
  organisation: 'Firma',
  title: 'Position',
  name: 'Name',
  owner: 'Besitzer',
  starts: 'Beginn',
  currency: 'Währung',
}

function listOf(values: string): string {
  return values
    .split(/, (?=[a-z ]+: )/)
    .filter((part) => !/^related (?:type|id): /.test(part))
    .map((part) => dateOf(part.replace(/^([a-z ]+): /, (_, field: string) => `${fieldNames[field] ?? field}: `)))
    .join(', ')
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const monate = ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember']

function dateOf(text: string): string {
  return text.replace(/(\d{1,2}) ([A-Z][a-z]+)/, (_, day: string, month: string) => `${day}. ${monate[months.indexOf(month)] ?? month}`)
}

/** A sentence about an instruction in German; as it is where there is no German one. */
export function repliedInGerman(sentence: string): string {
  for (const [pattern, words] of replies) {
    const match = pattern.exec(sentence)
    if (match !== null) return words([...match].slice(1).map((group) => group ?? ''))
  }
  return sentence
}
