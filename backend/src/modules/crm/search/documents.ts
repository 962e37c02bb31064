import { type EntityName, entities } from '#contracts/entities.ts'
import { phoneWords } from './phone-numbers.ts'
import { freshWords, maxWordLength, searchWords } from './tokenizer.ts'

/** What search keeps of a record; `terms` begins with the `labelWords` words of the label. */
export interface SearchDocument {
  label: string
  detail: string
  terms: string[]
  labelWords: number
}

const maxTerms = 80
const maxLabelTerms = 40
const maxLabelLength = 200
const maxDetailLength = 200
const proseWords = 30

type Values = Record<string, unknown>

/** Anything but single blanks between words. */
const untidy = /^\s|\s$|\s\s|[^\S ]/

function text(values: Values, field: string): string {
  const value = values[field]
  if (typeof value !== 'string') return ''
  return untidy.test(value) ? value.replace(/\s+/g, ' ').trim() : value
}

function list(values: Values, field: string): string[] {
  const value = values[field]
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}

function firstOf(...candidates: string[]): string {
  return candidates.find((candidate) => candidate !== '') ?? ''
}

function shortened(value: string, length: number): string {
  if (value.length <= length) return value
  const letters = [...value]
  return letters.length <= length
    ? value
    : `${letters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`
}

function personName(values: Values): string {
  return firstOf(text(values, 'name'), `${text(values, 'first_name')} ${text(values, 'last_name')}`.trim())
}

function labelOf(entity: EntityName, values: Values): string {
  const singular = entities[entity].label
  switch (entity) {
    case 'contacts':
    case 'leads':
      return firstOf(personName(values), text(values, 'email'), text(values, 'phone'), `${singular} without a name`)
    case 'notes':
      return firstOf(text(values, 'title'), shortened(text(values, 'body'), 60), singular)
    case 'emails':
      return firstOf(text(values, 'subject'), `E-mail from ${text(values, 'from')}`)
    case 'products':
      return firstOf(text(values, 'name'), text(values, 'sku'), singular)
    default:
      return firstOf(text(values, entities[entity].labelField), text(values, 'name'), text(values, 'title'), singular)
  }
}

/** Fields shown after the label, the most telling first. */
const detailFields: Partial<Record<EntityName, readonly string[]>> = {
  organisations: ['industry', 'domain', 'city', 'country'],
  contacts: ['title', 'organisation', 'city', 'email'],
  leads: ['title', 'organisation', 'city', 'email'],
  opportunities: ['organisation', 'state'],
  products: ['sku', 'category', 'brand'],
  orders: ['customer', 'organisation'],
  quotes: ['quote_number', 'organisation', 'status'],
  tasks: ['status', 'priority'],
  events: ['attendees'],
  notes: ['body'],
  emails: ['from', 'to'],
}

/** Fields whose words find the record, after those of its label. */
const wordFields: Partial<Record<EntityName, readonly string[]>> = {
  organisations: ['domain', 'city', 'external_id'],
  contacts: ['organisation', 'city', 'external_id'],
  leads: ['organisation', 'city', 'external_id'],
  opportunities: ['organisation', 'contact', 'external_id'],
  products: ['sku', 'brand', 'category', 'external_id'],
  orders: ['customer', 'organisation', 'external_id'],
  quotes: ['quote_number', 'organisation', 'contact', 'external_id'],
  tasks: ['external_id'],
  events: ['attendees', 'external_id'],
  notes: ['external_id'],
  emails: ['external_id'],
}
const emailFields: Partial<Record<EntityName, readonly string[]>> = {
  contacts: ['email'],
  leads: ['email'],
  opportunities: ['contact_email'],
  orders: ['customer'],
  quotes: ['contact_email'],
  emails: ['from', 'to'],
}
const phoneFields: Partial<Record<EntityName, readonly string[]>> = { organisations: ['phone'], contacts: ['phone', 'mobile'], leads: ['phone'] }
/** Hardly any two records have the same. */
const numbers = new Set(['external_id', 'quote_number', 'sku'])
const proseFields: Partial<Record<EntityName, readonly string[]>> = { products: ['description'], notes: ['body'], emails: ['body'] }

/** An address whose words are those of its two parts, one after the other. */
const plainAddress = /^[a-z0-9._+%]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/
const initials = /[a-z]\.[a-z]\./
const localSigns = /[._+%]+/

/** The words that find an address: itself and its parts. */
export function emailWords(address: string): string[] {
  const plain = address.toLowerCase()
  if (plain.length > 254 || !plainAddress.test(plain) || initials.test(plain)) return freshWords(address)
  const at = plain.indexOf('@')
  const local = plain.slice(0, at)
  const domain = plain.slice(at + 1)
  const words = [plain]
  for (const word of local.split(localSigns)) if (word !== '') words.push(word.slice(0, maxWordLength))
  // A company's people share its domain.
  for (const word of searchWords(domain)) words.push(word)
  return words
}

/** Fields of which search keeps words beside the label's. */
export function documentFields(entity: EntityName): string[] {
  const kept = [detailFields, wordFields, emailFields, phoneFields, proseFields].flatMap((fields) => fields[entity] ?? [])
  // A person without a name is called by these.
  return [...kept, ...(entity === 'contacts' || entity === 'leads' ? ['email', 'phone'] : [])]
}

/**
 * What search keeps of a record.
 * @param values the record by field name; references by name where known
 * @param names names of referenced records that `values` lacks
 */
export function documentFor(entity: EntityName, values: Values, names: { organisation?: string | null | undefined } = {}): SearchDocument {
  const record: Values = names.organisation ? { ...values, organisation: names.organisation } : values
  const label = shortened(labelOf(entity, record), maxLabelLength)
  const terms = freshWords(label)
  if (terms.length > maxLabelTerms) terms.length = maxLabelTerms
  const labelWords = terms.length
  eachValue(record, emailFields[entity], (address) => {
    if (address.includes('@')) addTerms(terms, emailWords(address))
  })
  eachValue(record, phoneFields[entity], (phone) => addTerms(terms, phoneWords(phone, text(record, 'country'))))
  eachValue(record, wordFields[entity], (value, field) => addTerms(terms, numbers.has(field) ? freshWords(value) : searchWords(value)))
  eachValue(record, proseFields[entity], (value) => addTerms(terms, searchWords(value.slice(0, 1000)).slice(0, proseWords)))
  return { label, detail: detailOf(entity, record, label), terms, labelWords }
}

function detailOf(entity: EntityName, record: Values, label: string): string {
  let detail = ''
  let parts = 0
  for (const field of detailFields[entity] ?? []) {
    const value = Array.isArray(record[field]) ? list(record, field).join(', ') : text(record, field)
    if (value === '' || value === label) continue
    detail = parts === 0 ? value : `${detail} · ${value}`
    parts += 1
    if (parts === 3) break
  }
  return shortened(detail, maxDetailLength)
}

function eachValue(record: Values, fields: readonly string[] | undefined, use: (value: string, field: string) => void): void {
  if (fields === undefined) return
  for (const field of fields) {
    const value = record[field]
    if (Array.isArray(value)) {
      for (const item of list(record, field)) if (item !== '') use(item, field)
    } else if (typeof value === 'string') {
      const tidy = text(record, field)
      if (tidy !== '') use(tidy, field)
    }
  }
}

/** A record has some twenty terms: looking through them costs less than a set. */
function addTerms(terms: string[], words: readonly string[]): void {
  for (const word of words) if (terms.length < maxTerms && !terms.includes(word)) terms.push(word)
}
