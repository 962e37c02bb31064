import { type EntityName, entities } from '#contracts/entities.ts'
import { phoneWords } from './phone-numbers.ts'
import { searchWords } from './tokenizer.ts'

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
  emails: ['from', 'to'],
}
const phoneFields: Partial<Record<EntityName, readonly string[]>> = { organisations: ['phone'], contacts: ['phone', 'mobile'], leads: ['phone'] }
const proseFields: Partial<Record<EntityName, readonly string[]>> = { products: ['description'], notes: ['body'], emails: ['body'] }

function emailWords(address: string): string[] {
  const words = searchWords(address)
  const [local, domain] = address.toLowerCase().split('@')
  return [...words, ...(local === undefined ? [] : [local]), ...(domain === undefined ? [] : [domain])]
}

/** Sku and external ids are also found written whole: "SKU-001" as well as "sku" and "001". */
function codeWords(entity: EntityName, values: Values): string[] {
  const codes = [text(values, 'external_id'), text(values, 'sku'), entity === 'orders' ? text(values, 'order_id') : '']
  return codes.filter((code) => code !== '' && /^\S{1,64}$/.test(code)).map((code) => code.toLowerCase())
}

/**
 * What search keeps of a record.
 * @param values the record by field name; references by name where known
 * @param names names of referenced records that `values` lacks
 */
export function documentFor(entity: EntityName, values: Values, names: { organisation?: string | null | undefined } = {}): SearchDocument {
  const record: Values = names.organisation ? { ...values, organisation: names.organisation } : values
  const label = shortened(labelOf(entity, record), maxLabelLength)
  const labelTerms = searchWords(label).slice(0, maxLabelTerms)
  const terms = new Set(labelTerms)
  const add = (words: readonly string[]) => {
    for (const word of words) if (terms.size < maxTerms) terms.add(word)
  }
  const valuesOf = (fields: readonly string[] | undefined): string[] => {
    const found: string[] = []
    for (const field of fields ?? []) {
      const value = record[field]
      if (typeof value === 'string') found.push(text(record, field))
      else if (Array.isArray(value)) found.push(...list(record, field))
    }
    return found.filter((value) => value !== '')
  }

  for (const address of valuesOf(emailFields[entity])) if (address.includes('@')) add(emailWords(address))
  for (const phone of valuesOf(phoneFields[entity])) add(phoneWords(phone, text(record, 'country')))
  add(codeWords(entity, record))
  for (const value of valuesOf(wordFields[entity])) add(searchWords(value))
  for (const value of valuesOf(proseFields[entity])) add(searchWords(value.slice(0, 1000)).slice(0, proseWords))

  const detail = (detailFields[entity] ?? [])
    .map((field) => firstOf(text(record, field), list(record, field).join(', ')))
    .filter((value) => value !== '' && value !== label)
  return { label, detail: shortened(detail.slice(0, 3).join(' · '), maxDetailLength), terms: [...terms], labelWords: labelTerms.length }
}
