import type { EntityName } from '#contracts/entities.ts'
import { currencySymbol, type FormatWords, inThousands, plainFormat } from './formatter.ts'
import type { NounPhrases, Subject } from './phrase-book.ts'

/** Masculine, feminine, neuter, or a word that is only plural. */
export type Gender = 'm' | 'f' | 'n' | 'p'

interface Noun {
  one: string
  many: string
  /** After "von", "zu" and "nach". */
  dative: string
  gender: Exclude<Gender, 'p'>
}

const same = (word: string, gender: Noun['gender'], dative = word): Noun => ({ one: word, many: word, dative, gender })
const noun = (one: string, many: string, gender: Noun['gender'], dative = many): Noun => ({ one, many, dative, gender })

const nouns: Readonly<Record<EntityName, Noun>> = {
  organisations: noun('Firma', 'Firmen', 'f'),
  contacts: noun('Kontakt', 'Kontakte', 'm', 'Kontakten'),
  leads: noun('Lead', 'Leads', 'm'),
  opportunities: noun('Deal', 'Deals', 'm'),
  pipelines: noun('Pipeline', 'Pipelines', 'f'),
  stages: noun('Phase', 'Phasen', 'f'),
  products: noun('Produkt', 'Produkte', 'n', 'Produkten'),
  orders: noun('Bestellung', 'Bestellungen', 'f'),
  order_lines: noun('Bestellposition', 'Bestellpositionen', 'f'),
  quotes: noun('Angebot', 'Angebote', 'n'),
  quote_lines: noun('Angebotsposition', 'Angebotspositionen', 'f'),
  tasks: noun('Aufgabe', 'Aufgaben', 'f'),
  events: noun('Termin', 'Termine', 'm', 'Terminen'),
  notes: noun('Notiz', 'Notizen', 'f'),
  emails: noun('E-Mail', 'E-Mails', 'f'),
  users: same('Benutzer', 'm', 'Benutzern'),
  tags: noun('Tag', 'Tags', 'm'),
}

/** Stems of the states of deals: "offen" of "offene Deals". */
const states: Readonly<Record<string, string>> = { open: 'offen', won: 'gewonnen', lost: 'verloren', abandoned: 'aufgegeben', suspended: 'ruhend' }

/** What the registry's closed choices are called. */
const values: Readonly<Partial<Record<EntityName, Readonly<Record<string, Readonly<Record<string, string>>>>>>> = {
  opportunities: { state: states },
  emails: { direction: { inbound: 'eingehend', outbound: 'ausgehend' } },
  users: { role: { owner: 'Inhaber', admin: 'Admin', manager: 'Manager', rep: 'Vertrieb', viewer: 'Leser' } },
}
const relatedTypes: Readonly<Record<string, EntityName>> = {
  organisation: 'organisations',
  contact: 'contacts',
  lead: 'leads',
  opportunity: 'opportunities',
  product: 'products',
  order: 'orders',
}
const weekdays: Readonly<Record<string, string>> = {
  Monday: 'Montag',
  Tuesday: 'Dienstag',
  Wednesday: 'Mittwoch',
  Thursday: 'Donnerstag',
  Friday: 'Freitag',
  Saturday: 'Samstag',
  Sunday: 'Sonntag',
}
const visibleTo: Readonly<Record<string, string>> = { everyone: 'alle', team: 'Team', owner: 'nur Besitzer' }

export const germanFormat: FormatWords = {
  language: 'de',
  locale: 'de-DE',
  date: 'dd.MM.yyyy',
  dateTime: 'dd.MM.yyyy, HH:mm',
  none: 'keine Angabe',
  yes: 'ja',
  no: 'nein',
  percent: (figure) => `${figure} %`,
  days: (figure, days) => `${figure} ${days === 1 ? 'Tag' : 'Tage'}`,
  money({ sign, whole, hundredths, currency }) {
    const text = `${sign}${inThousands(whole, '.')},${hundredths}`
    return currency === null ? text : `${text} ${currencySymbol(currency) ?? currency}`
  },
}

export function germanNumber(value: number): string {
  return plainFormat(germanFormat.locale).format(value)
}

/** "A", "A und B", "A, B und C". */
export function germanList(items: readonly string[], conjunction: 'und' | 'oder' = 'und'): string {
  if (items.length <= 1) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`
}

/** "A, B und 3 weitere", "A und ein weiterer Eintrag"; `one` is that last item, where only one is left. */
export function listWithMore(items: readonly string[], more: number, one = 'ein weiterer Eintrag'): string {
  if (more <= 0) return germanList(items)
  return germanList([...items, more === 1 ? one : `${germanNumber(more)} weitere`])
}

/** A noun with an adjective, as it stands inside a sentence: "erwarteter Abschluss". */
export function insideSentence(noun: string): string {
  return /^\p{Lu}\p{Ll}+(?:e|er|es) \p{Lu}/u.test(noun) ? noun.charAt(0).toLowerCase() + noun.slice(1) : noun
}

/** A sentence with its full stop, also where it ends with "Corp.". */
export function ended(sentence: string): string {
  return sentence.endsWith('.') ? sentence : `${sentence}.`
}

export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function germanEntity(entity: EntityName, count: number): string {
  return count === 1 ? nouns[entity].one : nouns[entity].many
}

export function genderOf(entity: EntityName): Noun['gender'] {
  return nouns[entity].gender
}

export type Case = 'nominative' | 'dative'

/** Endings of an adjective without an article before it. */
const endings: Readonly<Record<Case, Readonly<Record<Gender, string>>>> = {
  nominative: { m: 'er', f: 'e', n: 'es', p: 'e' },
  dative: { m: 'em', f: 'er', n: 'em', p: 'en' },
}

/** "Offener Deal", "letzte Woche", "verlorene Deals". */
export function inflected(stem: string, gender: Gender, grammaticalCase: Case = 'nominative'): string {
  return `${stem}${endings[grammaticalCase][gender]}`
}

function adjective(state: string | undefined): string | undefined {
  return state === undefined ? undefined : states[state]
}

/** "1 offener Deal", "23 offene Deals", without the number. */
export function germanSubject({ entity, state }: Subject, count: number): string {
  const stem = adjective(state)
  const word = germanEntity(entity, count)
  return stem === undefined ? word : `${inflected(stem, count === 1 ? genderOf(entity) : 'p')} ${word}`
}

/** "(von 107) offenen Deals". */
export function dativeSubject({ entity, state }: Subject): string {
  const stem = adjective(state)
  return stem === undefined ? nouns[entity].dative : `${stem}en ${nouns[entity].dative}`
}

/** "Keine Kontakte", "kein Kontakt", "keine Aufgabe". */
export function germanNone(entity: EntityName, one: boolean): string {
  return one ? `${genderOf(entity) === 'f' ? 'keine' : 'kein'} ${nouns[entity].one}` : `keine ${nouns[entity].many}`
}

/** An attribute of records in a state: "gewonnene" of "gewonnene Deals"; a state that is no word of ours in quotes. */
export function stateOfMany(state: string): string {
  const stem = states[state]
  return stem === undefined ? `„${state}“` : `${stem}e`
}

function registryValue(entity: EntityName, path: string, value: string): string {
  const field = path.split('.').at(-1) ?? path
  if (field === 'related_type') return relatedTypes[value] === undefined ? value : nouns[relatedTypes[value]].one
  if (field === 'weekday') return weekdays[value] ?? value
  if (field === 'visibility') return visibleTo[value] ?? value
  return path === field ? (values[entity]?.[field]?.[value] ?? value) : value
}

export const germanNouns: NounPhrases = {
  entity: germanEntity,
  heading: (entity) => nouns[entity].many,
  subject: germanSubject,
  value: registryValue,
}
