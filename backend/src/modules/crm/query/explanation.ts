import { type CustomFieldDefinition, entities } from '#contracts/entities.ts'
import type { Measure, TypedQuery } from '#contracts/query.ts'
import { fieldType, resolveFieldPath, textTypes, timeTypes } from './field-paths.ts'
import { comparedNumber, fieldWords, filterWords, listWords } from './filter-words.ts'
import { lowerFirst, measureKey, measureLabel, upperFirst } from './labels.ts'

type CustomFields = readonly CustomFieldDefinition[]

function measureWords(query: TypedQuery, measure: Measure, customFields: CustomFields): string {
  const info = measure.field === undefined ? undefined : resolveFieldPath(query.entity, measure.field, customFields)
  const words = measure.fn === 'count' && measure.field === undefined ? 'number' : lowerFirst(measureLabel(measure.fn, info))
  return measure.where === undefined ? words : `${words} where ${filterWords(query.entity, measure.where, customFields, true)}`
}

function groupWords(query: TypedQuery, customFields: CustomFields): string {
  const groups = (query.groupBy ?? []).map(({ field, bucket }) => {
    const words = fieldWords(query.entity, field, customFields)
    return bucket === undefined ? words : `${bucket} of ${words}`
  })
  return groups.length === 0 ? '' : ` by ${listWords(groups, 'and')}`
}

function havingWords(query: TypedQuery, customFields: CustomFields): string {
  const tests = (query.having ?? []).map(({ measure: key, op, value }) => {
    const measure = query.measures?.find((candidate) => measureKey(candidate) === key)
    return `${measure === undefined ? key : measureWords(query, measure, customFields)} is ${comparedNumber(op, value)}`
  })
  return tests.length === 0 ? '' : `, only those whose ${listWords(tests, 'and')}`
}

function directionWords(query: TypedQuery, by: string, direction: 'asc' | 'desc', customFields: CustomFields): string {
  const type = fieldType(query.entity, by, customFields)
  if (type !== undefined && timeTypes.has(type)) return direction === 'asc' ? 'earliest first' : 'latest first'
  if (type !== undefined && textTypes.has(type)) return direction === 'asc' ? 'A to Z' : 'Z to A'
  return direction === 'asc' ? 'lowest first' : 'highest first'
}

function sortWords(query: TypedQuery, customFields: CustomFields): string {
  const sorts = (query.sort ?? []).map(({ by, direction }) => {
    const measure = query.measures?.find((candidate) => measureKey(candidate) === by)
    const words = measure === undefined ? fieldWords(query.entity, by, customFields) : measureWords(query, measure, customFields)
    return `${words} (${directionWords(query, by, direction, customFields)})`
  })
  return sorts.length === 0 ? '' : `, sorted by ${sorts.join(', then ')}`
}

/** The query as a sentence for people. */
export function explain(query: TypedQuery, customFields: CustomFields): string {
  const entity = entities[query.entity]
  const isGrouped = query.groupBy !== undefined || query.measures !== undefined
  const noun = lowerFirst(entity.labelPlural)
  const measures = (query.measures ?? [{ fn: 'count' as const }]).map((measure) => measureWords(query, measure, customFields))
  const subject = isGrouped ? `${upperFirst(listWords(measures, 'and'))} of ${noun}${groupWords(query, customFields)}` : entity.labelPlural
  const currency = query.currency === undefined ? '' : ` in ${query.currency}`
  const deleted = query.includeDeleted === true ? ', deleted ones included' : ''
  const where = query.filter === undefined ? '' : ` where ${filterWords(query.entity, query.filter, customFields)}`
  const isSingle = query.measures !== undefined && query.groupBy === undefined
  const most = isSingle
    ? ''
    : query.sort === undefined
      ? `, ${query.limit.toLocaleString('en-GB')} at most`
      : `, the first ${query.limit.toLocaleString('en-GB')}`
  const from = query.offset > 0 ? `, leaving out the first ${query.offset.toLocaleString('en-GB')}` : ''
  return `${subject}${currency}${deleted}${where}${havingWords(query, customFields)}${sortWords(query, customFields)}${from}${most}`
}
