import type { Filter, Measure, TypedQueryInput } from '#contracts/query.ts'
import { windowKey, windowLabel } from './de-columns.ts'
import { comparedNumber, filterWords, nounOf } from './de-conditions.ts'
import { isNumberField, isTimeField, measureLabel, measureOfKey, measuresOf, ownName, relationLabel } from './de-measures.ts'
import { germanEntity, germanList, germanNumber } from './de-nouns.ts'
import { fieldBy } from './de-paths.ts'
import { units } from './de-times.ts'
import type { KnownNames } from './phrase-book.ts'

/** A column after "nach" or "mit": a measure, a window, a figure of related records or a field. */
function figure(query: TypedQueryInput, key: string, known: KnownNames): string {
  const { entity } = query
  const measure = measureOfKey(query, key)
  if (measure !== undefined) return measureLabel(entity, measure, known.customFields, 'dative')
  const window = query.windows?.find((one) => windowKey(one) === key)
  if (window !== undefined) return windowLabel(window, figure(query, window.measure, known))
  const label = ownName(entity, key, known.customFields)
  return relationLabel(entity, key, known.customFields, 'dative') ?? fieldBy({ entity, path: key, label })
}

function order(query: TypedQueryInput, by: string, direction: 'asc' | 'desc', known: KnownNames): string {
  const isFigure = measureOfKey(query, by) !== undefined || relationLabel(query.entity, by, known.customFields) !== undefined
  const isTime = isFigure ? /latest|earliest/.test(by) : isTimeField(query.entity, by)
  if (isTime) return direction === 'asc' ? 'älteste zuerst' : 'neueste zuerst'
  if (isFigure || isNumberField(query.entity, by) || by.startsWith('custom.')) return direction === 'asc' ? 'niedrigste zuerst' : 'höchste zuerst'
  return direction === 'asc' ? 'A bis Z' : 'Z bis A'
}

/** The query as a German sentence without its end. */
export function germanExplanation(query: TypedQueryInput, known: KnownNames): string {
  const { entity } = query
  const many = germanEntity(entity, 2)
  const isGrouped = query.groupBy !== undefined || query.measures !== undefined
  const asked: readonly Measure[] = query.measures === undefined ? [{ fn: 'count' }] : measuresOf(query)
  const measures = asked.map((measure) => {
    const label = measureLabel(entity, measure, known.customFields)
    return measure.where === undefined ? label : `${label} (${filterWords(entity, measure.where, known)})`
  })
  const groups = (query.groupBy ?? []).map(({ field, bucket }) =>
    bucket === undefined
      ? fieldBy({ entity, path: field, label: ownName(entity, field, known.customFields) })
      : `${units[bucket].one} (${nounOf(entity, field, known)})`,
  )
  const subject = isGrouped ? `${germanList(measures)} der ${many}${groups.length === 0 ? '' : ` nach ${germanList(groups)}`}` : many
  const currency = query.currency === undefined ? '' : ` in ${query.currency}`
  const deleted = query.includeDeleted === true ? ', auch gelöschte' : ''
  const where = query.filter === undefined ? '' : `, für die gilt: ${filterWords(entity, query.filter as Filter, known)}`
  const converted = query.convert === undefined ? '' : `, Beträge in ${query.convert.to}`
  const having = (query.having ?? []).map(({ measure, op, value }) => `${figure(query, measure, known)} von ${comparedNumber(op, value)}`)
  const kept = having.length === 0 ? '' : `, nur mit ${germanList(having)}`
  const sorts = (query.sort ?? []).map(({ by, direction = 'asc' }) => `${figure(query, by, known)} (${order(query, by, direction, known)})`)
  const sorted = sorts.length === 0 ? '' : `, sortiert nach ${sorts.join(', dann ')}`
  const skipped =
    query.offset === undefined || query.offset === 0 ? '' : query.offset === 1 ? ', ohne den ersten Eintrag' : `, ohne die ersten ${germanNumber(query.offset)}`
  const isOne = query.measures !== undefined && query.groupBy === undefined
  const most =
    isOne || query.sort === undefined || query.limit === undefined
      ? ''
      : query.limit === 1
        ? ', davon der erste Eintrag'
        : `, die ersten ${germanNumber(query.limit)}`
  const windows = (query.windows ?? []).map((window) => windowLabel(window, figure(query, window.measure, known)))
  const shown = windows.length === 0 ? '' : `, mit ${germanList(windows)}`
  return `${subject}${currency}${deleted}${where}${shown}${converted}${kept}${sorted}${skipped}${most}`
}
