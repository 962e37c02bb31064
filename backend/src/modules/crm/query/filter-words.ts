import { isUuid } from '#backend/kernel/ids.ts'
import { type CustomFieldDefinition, type EntityName, entities } from '#contracts/entities.ts'
import type { Condition, Filter, Scalar } from '#contracts/query.ts'
import { isRange, isRelative } from './condition-values.ts'
import { fieldType, listTypes, numberTypes, resolveFieldPath, timeTypes } from './field-paths.ts'
import { lowerFirst } from './labels.ts'
import type { Comparison } from './operators.ts'
import { rangeWords, relativeWords } from './range-words.ts'

type CustomFields = readonly CustomFieldDefinition[]

export function listWords(items: readonly string[], conjunction: 'and' | 'or'): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`
}

/** A field inside a sentence: "organisation state". */
export function fieldWords(entity: EntityName, path: string, customFields: CustomFields): string {
  const info = resolveFieldPath(entity, path, customFields)
  return info === undefined ? path.replace(/^custom\./, '').replaceAll(/[._]/g, ' ') : lowerFirst(info.label)
}

const comparisonWords: Record<Comparison, string> = { eq: 'exactly', ne: 'other than', gt: 'more than', gte: 'at least', lt: 'less than', lte: 'at most' }

/** "more than 50,000". */
export function comparedNumber(op: Comparison, value: Scalar): string {
  return `${comparisonWords[op]} ${numberWords(value)}`
}

function numberWords(value: Scalar): string {
  const number = typeof value === 'number' ? value : Number(value)
  return Number.isFinite(number) && String(value).trim() !== '' ? number.toLocaleString('en-GB', { maximumFractionDigits: 6 }) : String(value)
}

function valueWords(value: Scalar, isNumber: boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (isUuid(value)) return `record ${value}`
  return isNumber ? numberWords(value) : String(value).trim()
}

function valuesWords(condition: Condition, isNumber: boolean): string {
  const { value } = condition
  if (isRange(value)) return rangeWords(value)
  if (isRelative(value)) return relativeWords(value.daysAgo)
  return listWords(
    (Array.isArray(value) ? value : [value]).flatMap((one) => (one === undefined ? [] : [valueWords(one, isNumber)])),
    'or',
  )
}

/** Ranges that need no "in" before them: "today", "last month", "since 2026-01-01". */
function duringWords(range: string): string {
  if (range.startsWith('the time ')) return range.slice('the time '.length)
  return /^(today|yesterday|tomorrow|this|last|next)\b/.test(range) ? range : `in ${range}`
}

function conditionWords(entity: EntityName, condition: Condition, customFields: CustomFields): string {
  const field = fieldWords(entity, condition.field, customFields)
  const type = fieldType(entity, condition.field, customFields)
  const isTime = type !== undefined && timeTypes.has(type)
  const isList = type !== undefined && listTypes.has(type)
  // "Created after", "due before", but "date of birth is before".
  const is = type === 'datetime' ? '' : 'is '
  const values = valuesWords(condition, type !== undefined && numberTypes.has(type))
  switch (condition.op) {
    case 'eq':
    case 'in':
      return isList ? `${field} include ${values}` : `${field} is ${values}`
    case 'ne':
    case 'notIn':
      return isList ? `${field} do not include ${values}` : `${field} is not ${values}`
    case 'gt':
      return isTime ? `${field} ${is}after ${values}` : `${field} is more than ${values}`
    case 'gte':
      return isTime ? `${field} ${is}on or after ${values}` : `${field} is at least ${values}`
    case 'lt':
      return isTime ? `${field} ${is}before ${values}` : `${field} is less than ${values}`
    case 'lte':
      return isTime ? `${field} ${is}on or before ${values}` : `${field} is at most ${values}`
    case 'between':
      return `${field} ${is}between ${values.replace(/ or ([^ ]+)$/, ' and $1')}`
    case 'contains':
      return `${field} contains "${values}"`
    case 'notContains':
      return `${field} does not contain "${values}"`
    case 'startsWith':
      return `${field} begins with "${values}"`
    case 'endsWith':
      return `${field} ends with "${values}"`
    case 'isEmpty':
      return `${field} is empty`
    case 'isNotEmpty':
      return `${field} is filled in`
    case 'during':
      return `${field} ${is}${duringWords(values)}`
  }
}

const figureWords = { sum: 'a total', avg: 'an average', min: 'a lowest', max: 'a highest' } as const
const momentWords = { latest: 'last', earliest: 'first' } as const

function relationWords(entity: EntityName, filter: Extract<Filter, { relation: string }>, customFields: CustomFields): string {
  const path = filter.relation.split('.')
  const name = path.pop() as string
  const owner = path.reduce<EntityName | undefined>((at, reference) => (at === undefined ? undefined : entities[at].fields[reference]?.entity), entity)
  const target = owner === undefined ? undefined : entities[owner].relations[name]?.entity
  const whose = path.length > 0 && owner !== undefined ? `their ${entities[owner].singular} has` : 'they have'
  const noun = target === undefined ? filter.relation : entities[target].labelPlural.toLowerCase()
  const where = filter.where === undefined || target === undefined ? '' : ` where ${filterWords(target, filter.where, customFields, true)}`
  const parts: string[] = []
  if (filter.count !== undefined)
    parts.push(filter.count.op === 'eq' && filter.count.value === 0 ? `no ${noun}` : `${comparedNumber(filter.count.op, filter.count.value)} ${noun}`)
  for (const [fn, words] of Object.entries(figureWords) as ['sum', string][]) {
    const test = filter[fn]
    if (test !== undefined && target !== undefined)
      parts.push(`${noun} with ${words} ${fieldWords(target, test.field, customFields)} of ${comparedNumber(test.op, test.value)}`)
  }
  for (const [fn, words] of Object.entries(momentWords) as ['latest', string][]) {
    const test = filter[fn]
    if (test !== undefined && target !== undefined) parts.push(`${noun} whose ${words} ${conditionWords(target, { ...test }, customFields)}`)
  }
  if (parts.length === 0) parts.push(`at least one ${target === undefined ? filter.relation : lowerFirst(entities[target].label)}`)
  return `${whose} ${listWords(parts, 'and')}${where}`
}

/** A filter inside a sentence, after "where". */
export function filterWords(entity: EntityName, filter: Filter, customFields: CustomFields, nested = false): string {
  if ('and' in filter || 'or' in filter) {
    const [parts, conjunction] = 'and' in filter ? [filter.and, 'and' as const] : [filter.or, 'or' as const]
    if (parts.length === 1) return filterWords(entity, parts[0] as Filter, customFields, nested)
    const words = parts.map((part) => filterWords(entity, part, customFields, true)).join(` ${conjunction} `)
    return nested ? `(${words})` : words
  }
  if ('not' in filter) return `not ${filterWords(entity, filter.not, customFields, true)}`
  if ('relation' in filter) return relationWords(entity, filter, customFields)
  return conditionWords(entity, filter, customFields)
}
