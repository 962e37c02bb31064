import { fieldLabel } from '#backend/modules/planner/phrases/de-paths.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { dateOf } from './german-moments.ts'

/** A sentence that is told of an instruction, and the same in German. */
export type Reply = readonly [RegExp, (groups: readonly string[]) => string]

const nouns: Readonly<Record<string, readonly [one: string, article: string, many: string]>> = {
  contact: ['Kontakt', 'Der', 'Kontakte'],
  lead: ['Lead', 'Der', 'Leads'],
  organisation: ['Firma', 'Die', 'Firmen'],
  opportunity: ['Deal', 'Der', 'Deals'],
  task: ['Aufgabe', 'Die', 'Aufgaben'],
  event: ['Termin', 'Der', 'Termine'],
  note: ['Notiz', 'Die', 'Notizen'],
  product: ['Produkt', 'Das', 'Produkte'],
  order: ['Bestellung', 'Die', 'Bestellungen'],
  'e-mail': ['E-Mail', 'Die', 'E-Mails'],
}
/** The same by other words. */
const others: Readonly<Record<string, string>> = {
  opportunities: 'opportunity',
  deal: 'opportunity',
  company: 'organisation',
  companies: 'organisation',
  meeting: 'event',
  email: 'e-mail',
}
export function nounOf(word: string) {
  const one = word.replace(/s$/, '')
  return nouns[others[word] ?? others[one] ?? (nouns[word] === undefined ? one : word)]
}

/** "The task “X”" or "3 tasks", in four groups. */
export const record = '(?:[Tt]he ([a-z-]+) “(.+?)”|(\\d+) ([a-z-]+))'

/** "Die Aufgabe „X“" or "3 Aufgaben". */
function named([kind = '', name = '', count = '', many = '']: readonly string[]): string {
  if (count !== '') return `${count} ${nounOf(many)?.[2] ?? many}`
  const noun = nounOf(kind)
  return `${noun?.[1] ?? ''} ${noun?.[0] ?? kind} „${name}“`
}

const severally: Readonly<Record<string, string>> = { hat: 'haben', gehört: 'gehören' }

/** "Die Aufgabe „X“ würde …" or "3 Aufgaben würden …". */
export function subject(of: readonly string[], verb: string): string {
  return `${named(of)} ${(of[2] ?? '') === '' ? verb : (severally[verb] ?? `${verb}n`)}`
}

/** The same behind a colon: "Kontakt „X“". */
export function object([kind = '', name = '', count = '', many = '']: readonly string[]): string {
  return count === '' ? `${nounOf(kind)?.[0] ?? kind} „${name}“` : `${count} ${nounOf(many)?.[2] ?? many}`
}

export const spans: Readonly<Record<string, string>> = {
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

/** Marks of quotation as German has them. */
export const inGermanMarks = (text: string) => text.replaceAll('“', '„').replaceAll('”', '“')
export const namesIn = (text: string) => text.replaceAll(' and ', ' und ')
export const reply = (pattern: string, words: Reply[1]): Reply => [new RegExp(`^${pattern}$`, 's'), words]

/** By heading and by name, in small letters, as instructions tell them. */
const fieldNames = new Map<string, string>()
for (const entity of Object.keys(entities) as EntityName[])
  for (const [path, { label }] of Object.entries(entities[entity].fields))
    for (const key of [label.toLowerCase(), path.replaceAll('_', ' ')]) if (!fieldNames.has(key)) fieldNames.set(key, fieldLabel(entity, path, label))
for (const [key, name] of Object.entries({
  state: 'Status',
  city: 'Stadt',
  value: 'Wert',
  starts: 'Beginn',
  due: 'fällig',
  'due at': 'fällig',
  'job title': 'Position',
}))
  fieldNames.set(key, name)

export const fieldNamed = (name: string): string => fieldNames.get(name) ?? name

/** Any of them as a part of a pattern, the longest first. */
export const anyField = [...fieldNames.keys()]
  .sort((a, b) => b.length - a.length)
  .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  .join('|')

/** "due: 3 March, stage: Offer" in German. */
export function listOf(values: string): string {
  return values
    .split(/, (?=[a-z ]+: )/)
    .filter((part) => !/^related (?:type|id): /.test(part))
    .map((part) => dateOf(part.replace(/^([a-z ]+): /, (_, field: string) => `${fieldNamed(field)}: `)))
    .join(', ')
}

const words: readonly (readonly [RegExp, string])[] = [
  [/\ball(?= )/g, 'alle'],
  [/\bmy(?= )/g, 'meine'],
  [/\bopen(?= )/g, 'offene'],
  [/\boverdue(?= )/g, 'überfällige'],
  [/\bnew(?= )/g, 'neue'],
  [/\bwon(?= )/g, 'gewonnene'],
  [/\blost(?= )/g, 'verlorene'],
  [/\bfirst(?= )/g, 'erste'],
  [/\blast(?= )/g, 'letzte'],
  [/\bnext(?= )/g, 'nächste'],
  [/\bof(?= )/g, 'von'],
  [/\bwith(?= )/g, 'mit'],
  [/\bwithout an owner\b/g, 'ohne Besitzer'],
  [/^the (?=\p{Ll})/u, ''],
]
const anyNoun = [...Object.keys(nouns), ...Object.keys(others)].flatMap((noun) => (noun.endsWith('s') ? [noun] : [`${noun}s`, noun])).join('|')

/** Records that a German instruction named, as they are read, in its own words again. */
export function asSaid(text: string): string {
  const plain = words.reduce((said, [pattern, german]) => said.replace(pattern, german), text)
  return plain.replace(new RegExp(`(?<![\\p{L}\\p{N}-])(?:${anyNoun})(?![\\p{L}\\p{N}-])`, 'gu'), (word) => {
    const [one, , many] = nounOf(word) ?? []
    return (/s$/.test(word) ? many : one) ?? word
  })
}

/** What is chosen from: "Bo Berg (contact, bo@acme.example)". */
export function optionInGerman(label: string): string {
  return label.replace(/ \(([a-z-]+)(?=[,)])/, (whole, kind: string) => (nounOf(kind) === undefined ? whole : ` (${nounOf(kind)?.[0]}`))
}
