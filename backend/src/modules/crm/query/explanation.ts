import { type CustomFieldDefinition, entities } from '#contracts/entities.ts'
import type { Measure, TypedQuery, Window } from '#contracts/query.ts'
import { fieldType, resolveFieldPath, textTypes, timeTypes } from './field-paths.ts'
import { comparedNumber, fieldWords, filterWords, listWords } from './filter-words.ts'
import { lowerFirst, measureKey, measureLabel, upperFirst, windowKey } from './labels.ts'
import { relationPathField, relationPathLabel, resolveRelationPath } from './relation-figures.ts'
import { ratesWords } from './result-notes.ts'

type CustomFields = readonly CustomFieldDefinition[]

function measureWords(query: TypedQuery, measure: Measure, customFields: CustomFields): string {
  const info = measure.field === undefined ? undefined : resolveFieldPath(query.entity, measure.field, customFields)
  const words = measure.fn === 'count' && measure.field === undefined ? 'number' : lowerFirst(measureLabel(measure, info))
  return measure.where === undefined ? words : `${words} where ${filterWords(query.entity, measure.where, customFields, true)}`
}

function groupWords(query: TypedQuery, customFields: CustomFields): string {
  const groups = (query.groupBy ?? []).map(({ field, bucket }) => {
    const words = fieldWords(query.entity, field, customFields)
    return bucket === undefined ? words : `${bucket} of ${words}`
  })
  return groups.length === 0 ? '' : ` by ${listWords(groups, 'and')}`
}

function windowWords(query: TypedQuery, window: Window, customFields: CustomFields): string {
  const measure = (query.measures ?? [{ fn: 'count' as const }]).find((candidate) => measureKey(candidate) === window.measure)
  const figure = measure === undefined ? window.measure : measureWords(query, measure, customFields)
  const unit = query.groupBy
    ?.map(({ field, bucket }) => bucket ?? (timeTypes.has(fieldType(query.entity, field, customFields) ?? 'text') ? 'day' : undefined))
    .find(Boolean)
  const before = `the ${unit ?? 'period'} before`
  switch (window.fn) {
    case 'rank':
      return `rank by ${figure}${window.direction === 'asc' ? ' from the lowest' : ''}`
    case 'shareOfTotal':
      return `share of the whole ${figure}`
    case 'runningSum':
      return `running sum of ${figure}`
    case 'previous':
      return `${figure} of ${before}`
    case 'change':
      return `change of ${figure} against ${before}`
    case 'changeRatio':
      return `relative change of ${figure} against ${before}`
  }
}

/** A measure, a window or a relation's figure by its key. */
function columnWords(query: TypedQuery, key: string, customFields: CustomFields): string | undefined {
  const measure = query.measures?.find((candidate) => measureKey(candidate) === key)
  if (measure !== undefined) return measureWords(query, measure, customFields)
  const window = query.windows?.find((candidate) => windowKey(candidate) === key)
  if (window !== undefined) return windowWords(query, window, customFields)
  const path = resolveRelationPath(query.entity, key)
  return path && lowerFirst(relationPathLabel(path, relationPathField(path, customFields)))
}

function conversionWords({ convert }: TypedQuery): string {
  if (convert === undefined) return ''
  const rates = ratesWords(convert)
  return rates === '' ? `, amounts in ${convert.to} alone` : `, amounts converted to ${convert.to} at ${rates}`
}

function havingWords(query: TypedQuery, customFields: CustomFields): string {
  const tests = (query.having ?? []).map(({ measure: key, op, value }) => {
    return `${columnWords(query, key, customFields) ?? key} is ${comparedNumber(op, value)}`
  })
  return tests.length === 0 ? '' : `, only those whose ${listWords(tests, 'and')}`
}

function directionWords(query: TypedQuery, by: string, direction: 'asc' | 'desc', customFields: CustomFields): string {
  const path = resolveRelationPath(query.entity, by)
  const type = path === undefined ? fieldType(query.entity, by, customFields) : relationPathField(path, customFields)?.type
  if (type !== undefined && timeTypes.has(type)) return direction === 'asc' ? 'earliest first' : 'latest first'
  if (type !== undefined && textTypes.has(type)) return direction === 'asc' ? 'A to Z' : 'Z to A'
  return direction === 'asc' ? 'lowest first' : 'highest first'
}

function sortWords(query: TypedQuery, customFields: CustomFields): string {
  const sorts = (query.sort ?? []).map(({ by, direction }) => {
    const words = columnWords(query, by, customFields) ?? fieldWords(query.entity, by, customFields)
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
  const windows = (query.windows ?? []).map((window) => windowWords(query, window, customFields))
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
  const from =
    query.cursor !== undefined ? ', continued from the page before' : query.offset > 0 ? `, leaving out the first ${query.offset.toLocaleString('en-GB')}` : ''
  const shown = windows.length === 0 ? '' : `, with ${listWords(windows, 'and')}`
  return `${subject}${currency}${deleted}${where}${shown}${conversionWords(query)}${havingWords(query, customFields)}${sortWords(query, customFields)}${from}${most}`
}
