import type { Language } from '#backend/modules/planner/language/languages.ts'
import type { ReadingOf } from '#backend/modules/planner/language/reading.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { numeric, temporal } from './parse-fields.ts'
import type { ParseState } from './parse-state.ts'
import { type Attachment, fieldOn, type Phrase, slotOf } from './phrase.ts'

/** What is looked for in a text: a plural finds the singular too. */
export function searched(text: string): string {
  return text.length > 4 && /[^s]s$/i.test(text) ? text.slice(0, -1) : text
}

const gerund = /^(\p{L}{4,})ing$/u

/** "Tasks about chasing payments": titles tell what is to be done, "Chase payment from ...", and so the verb is looked for without its ending. */
function deedWords(text: string, language: Language): string[] | undefined {
  const [deed = '', ...rest] = text.split(' ')
  const stem = language === 'en' && rest.length > 0 ? gerund.exec(deed.toLowerCase())?.[1] : undefined
  // "Planning" comes from "plan", "calling" from "call".
  return stem === undefined ? undefined : [stem.replace(/([bdgkmnprt])\1$/, '$1'), ...rest.map(searched)]
}

/** What is told whole: nobody called Ann is asked for Joanna. */
export const partsOfNames = /(?:^|\.)(?:first|last)_name$/

export function isPhone(text: string): boolean {
  return /^[+(\d][\d\s().-]{6,}$/.test(text)
}

const contentFields: Partial<Record<EntityName, readonly string[]>> = {
  notes: ['body', 'title'],
  emails: ['subject', 'body'],
  tasks: ['title'],
  events: ['title'],
  opportunities: ['name'],
  products: ['name', 'description'],
  organisations: ['name'],
  contacts: ['name'],
  leads: ['name'],
  orders: ['order_id'],
  quotes: ['name', 'quote_number'],
  quote_lines: ['description'],
  order_lines: ['description'],
}

export function textTest(
  state: ParseState,
  phrase: Phrase,
  text: string,
  options: ReadingOf<'field'>['options'] | undefined,
  negated: boolean,
  contains: boolean,
  edge?: 'startsWith' | 'endsWith',
): Attachment | undefined {
  const fields = entities[phrase.entity].fields
  if (isPhone(text)) {
    const phones = ['phone', 'mobile'].filter((name) => fields[name] !== undefined).map((field): Filter => ({ field, op: 'eq', value: text }))
    return phones.length === 0 ? undefined : { constraint: { slot: 'phone', filter: phones.length === 1 ? (phones[0] as Filter) : { or: phones } }, cost: 0 }
  }
  if (text.includes('@') && options === undefined) {
    if (phrase.entity === 'emails')
      return {
        constraint: {
          slot: 'address',
          filter: {
            or: [
              { field: 'from', op: 'eq', value: text },
              { field: 'to', op: 'contains', value: text },
            ],
          },
        },
        cost: 0,
      }
    if (phrase.entity === 'events') return { constraint: { slot: 'attendees', filter: { field: 'attendees', op: 'contains', value: text } }, cost: 0 }
    if (fields.email === undefined) return undefined
    return { constraint: { slot: 'email', filter: { field: 'email', op: negated ? 'ne' : 'eq', value: text } }, cost: 0 }
  }
  if (options !== undefined) {
    const found = fieldOn(phrase, options, state.world)
    if (found === undefined || numeric.has(found.type) || temporal.has(found.type)) return undefined
    const whole = found.type === 'email' || found.type === 'phone' || found.path.endsWith('_id') || partsOfNames.test(found.path)
    const exact = whole && !contains
    return {
      constraint: {
        slot: slotOf(found.path),
        filter: { field: found.path, op: edge ?? (exact ? (negated ? 'ne' : 'eq') : negated ? 'notContains' : 'contains'), value: text },
      },
      cost: found.cost,
    }
  }
  const names = contentFields[phrase.entity]
  // What an order holds is in its lines, and no word of its number.
  if (names === undefined || (phrase.entity === 'orders' && !/\d/.test(text))) return undefined
  const deed = phrase.entity === 'tasks' && !negated ? deedWords(text, state.world.language) : undefined
  if (deed !== undefined)
    return { constraint: { slot: 'text', filter: { and: deed.map((value): Filter => ({ field: 'title', op: 'contains', value })) } }, cost: 0.5 }
  const value = searched(text)
  const filters = names.map((field): Filter => ({ field, op: negated ? 'notContains' : 'contains', value }))
  return {
    constraint: { slot: 'text', filter: filters.length === 1 ? (filters[0] as Filter) : negated ? { and: filters } : { or: filters } },
    cost: phrase.entity === 'notes' || phrase.entity === 'emails' ? 0 : 0.5,
  }
}
