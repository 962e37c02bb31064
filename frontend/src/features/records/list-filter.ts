import type { Condition, Filter, Operator, TimeRange } from '#contracts/query.ts'
import { choiceWord } from '../../lib/choice-words.ts'
import { openingWords } from './opening-list.ts'
import type { RecordField } from './record-fields.ts'

/** Has the form of a filter; the server tells what is wrong inside. */
function isFilter(value: unknown, depth = 0): value is Filter {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > 8) return false
  const node = value as Record<string, unknown>
  for (const list of [node.and, node.or])
    if (list !== undefined) return Array.isArray(list) && list.length > 0 && list.every((part) => isFilter(part, depth + 1))
  if ('not' in node) return isFilter(node.not, depth + 1)
  return typeof node.relation === 'string' || (typeof node.field === 'string' && typeof node.op === 'string')
}

/** The filter an address carries: JSON, or what the router made of it; undefined when it is none. */
export function filterOfAddress(value: unknown): Filter | undefined {
  if (typeof value !== 'string') return isFilter(value) ? value : undefined
  try {
    const json: unknown = JSON.parse(value)
    return isFilter(json) ? json : undefined
  } catch {
    return undefined
  }
}

/** The parts that must all hold. */
export function partsOf(filter: Filter | undefined): Filter[] {
  if (filter === undefined) return []
  return 'and' in filter ? filter.and : [filter]
}

export function filterOfParts(parts: readonly Filter[]): Filter | undefined {
  return parts.length < 2 ? parts[0] : { and: [...parts] }
}

export interface OperatorChoice {
  op: Operator
  words: string
}

const presence: OperatorChoice[] = [
  { op: 'isNotEmpty', words: 'is filled in' },
  { op: 'isEmpty', words: 'is empty' },
]
const texts: OperatorChoice[] = [
  { op: 'contains', words: 'contains' },
  { op: 'eq', words: 'is' },
  { op: 'ne', words: 'is not' },
  { op: 'notContains', words: 'does not contain' },
  { op: 'startsWith', words: 'begins with' },
  { op: 'endsWith', words: 'ends with' },
]
const numbers: OperatorChoice[] = [
  { op: 'gte', words: 'is at least' },
  { op: 'lte', words: 'is at most' },
  { op: 'gt', words: 'is more than' },
  { op: 'lt', words: 'is less than' },
  { op: 'eq', words: 'is' },
  { op: 'ne', words: 'is not' },
]
const times: OperatorChoice[] = [
  { op: 'during', words: 'is in' },
  { op: 'lt', words: 'is before' },
  { op: 'gt', words: 'is after' },
  { op: 'eq', words: 'is on' },
]
const lists: OperatorChoice[] = [
  { op: 'eq', words: 'include' },
  { op: 'ne', words: 'do not include' },
  { op: 'contains', words: 'contain' },
]
const choices: OperatorChoice[] = [
  { op: 'eq', words: 'is' },
  { op: 'ne', words: 'is not' },
]

/** How a field can be compared, the usual way first. */
export function operatorsOf({ type, choices: closed }: Pick<RecordField, 'type' | 'choices'>): OperatorChoice[] {
  if (type === 'integer' || type === 'number' || type === 'money') return [...numbers, ...presence]
  if (type === 'date' || type === 'datetime') return [...times, ...presence]
  if (type === 'tags' || type === 'list' || type === 'multiChoice') return [...lists, ...presence]
  if (type === 'boolean' || closed !== undefined) return [...choices, ...presence]
  return [...texts, ...presence]
}

/** Spans of time to choose from, by key. */
export const spans: Record<string, { words: string; range: TimeRange }> = {
  today: { words: 'today', range: { period: 'day', offset: 0 } },
  yesterday: { words: 'yesterday', range: { period: 'day', offset: -1 } },
  thisWeek: { words: 'this week', range: { period: 'week', offset: 0 } },
  lastWeek: { words: 'last week', range: { period: 'week', offset: -1 } },
  thisMonth: { words: 'this month', range: { period: 'month', offset: 0 } },
  lastMonth: { words: 'last month', range: { period: 'month', offset: -1 } },
  nextMonth: { words: 'next month', range: { period: 'month', offset: 1 } },
  thisQuarter: { words: 'this quarter', range: { period: 'quarter', offset: 0 } },
  lastQuarter: { words: 'last quarter', range: { period: 'quarter', offset: -1 } },
  thisYear: { words: 'this year', range: { period: 'year', offset: 0 } },
  lastYear: { words: 'last year', range: { period: 'year', offset: -1 } },
  last7Days: { words: 'the last 7 days', range: { last: 7, unit: 'day' } },
  last30Days: { words: 'the last 30 days', range: { last: 30, unit: 'day' } },
  last90Days: { words: 'the last 90 days', range: { last: 90, unit: 'day' } },
  next30Days: { words: 'the next 30 days', range: { next: 30, unit: 'day' } },
}

export const needsValue = (op: Operator): boolean => op !== 'isEmpty' && op !== 'isNotEmpty'

/** A condition from what was chosen and typed; undefined while something is missing. */
export function conditionFrom(field: RecordField, op: Operator, text: string): Condition | undefined {
  if (!needsValue(op)) return { field: field.key, op }
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (op === 'during') {
    const span = spans[trimmed]
    return span && { field: field.key, op, value: span.range }
  }
  // Numbers are sent as they were typed, so that no digit is lost.
  const value = field.type === 'boolean' ? trimmed === 'true' : trimmed.replace(field.type === 'money' ? /[\s,']/g : /^$/, '')
  return { field: field.key, op, value }
}

function valueWords(field: RecordField, value: Condition['value']): string {
  if (value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(String).join(' or ')
  if (typeof value !== 'object') return field.type === 'choice' ? choiceWord(field.key, String(value)) : String(value)
  const known = Object.values(spans).find(
    ({ range }) => JSON.stringify(range) === JSON.stringify({ ...range, ...value }) && Object.keys(value).every((key) => key in range),
  )
  if (known !== undefined) return known.words
  if ('from' in value || 'to' in value) return [value.from && `from ${value.from}`, value.to && `to ${value.to}`].filter(Boolean).join(' ')
  return 'a span of time'
}

/** A part of a filter in few words; what the form cannot make is only said to be there. */
export function partWords(part: Filter, fields: readonly RecordField[]): string {
  const opening = openingWords(part)
  if (opening !== undefined) return opening
  if (!('field' in part)) return 'relation' in part ? `Condition on ${part.relation.replaceAll(/[._]/g, ' ')}` : 'Combined conditions'
  const field = fields.find(({ key }) => key === part.field)
  const linked = fields.find(({ key, reference }) => reference !== undefined && part.field === `${key}.id`)
  if (linked !== undefined && part.op === 'eq') return `Of one ${linked.label.toLowerCase()}`
  if (field === undefined) return `Condition on ${part.field.replaceAll(/[._]/g, ' ')}`
  const op = part.op === 'in' ? 'eq' : part.op === 'notIn' ? 'ne' : part.op
  const words = operatorsOf(field).find((choice) => choice.op === op)?.words ?? [...texts, ...numbers, ...times].find((choice) => choice.op === op)?.words ?? op
  return [field.label, words, valueWords(field, part.value)].filter((word) => word !== '').join(' ')
}
