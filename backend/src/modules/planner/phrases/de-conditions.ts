import { DateTime } from 'luxon'
import { isUuid } from '#backend/kernel/ids.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Condition, Filter, TimeRange, TimeUnit } from '#contracts/query.ts'
import { isListField, isNumberField, isTimeField, ownName } from './de-measures.ts'
import { genderOf, germanEntity, germanList, germanNouns, germanNumber, insideSentence } from './de-nouns.ts'
import { fieldNoun } from './de-paths.ts'
import { germanDay, germanTimes, periodName, units } from './de-times.ts'
import type { KnownNames } from './phrase-book.ts'

const compared: Readonly<Record<string, string>> = { eq: 'genau', ne: 'nicht', gt: 'mehr als', gte: 'mindestens', lt: 'weniger als', lte: 'höchstens' }

export function comparedNumber(op: string, value: number): string {
  return `${compared[op] ?? op} ${germanNumber(value)}`
}

function dative(unit: TimeUnit, offset: number): string | undefined {
  const { one, gender } = units[unit]
  const stem = { [-1]: 'letzten', 0: 'diesem', 1: 'nächsten' }[offset]
  if (stem === undefined) return undefined
  const feminine = { [-1]: 'der letzten', 0: 'dieser', 1: 'der nächsten' }[offset]
  if (gender === 'f') return `in ${feminine} ${one}`
  return offset === 0 ? `in ${stem} ${one}` : `im ${stem} ${one}`
}

function periodWords(unit: TimeUnit, offset: number, count: number): string {
  const { one, many, dative: counted, gender } = units[unit]
  const ago = (back: number) => `${back === 1 ? `1 ${one}` : `${back} ${counted}`}`
  if (count > 1) {
    if (offset === -1) return `in den letzten ${count} vollen ${counted}`
    if (offset === 0) return `${dative(unit, 0) ?? one} und ${count === 2 ? (gender === 'f' ? 'der' : 'dem') : `den ${count - 1} ${counted}`} davor`
    if (offset === count) return `in den nächsten ${count} vollen ${counted}`
    return `in ${count} ${many}, die ${offset < 0 ? `vor ${ago(-offset)}` : `in ${ago(offset)}`} enden`
  }
  if (unit === 'day') return periodName('day', offset) ?? (offset < 0 ? `vor ${ago(-offset)}` : `in ${ago(offset)}`)
  return dative(unit, offset) ?? (offset < 0 ? `im Zeitraum „${one}“ vor ${ago(-offset)}` : `im Zeitraum „${one}“ in ${ago(offset)}`)
}

/** "In diesem Monat", "in den letzten 30 Tagen", "ab 01.03.2026". */
export function rangeWords(range: TimeRange): string {
  if ('period' in range) return periodWords(range.period, range.offset ?? 0, range.count ?? 1)
  if ('last' in range)
    return range.last === 1 && range.unit !== 'hour'
      ? `im letzten Zeitraum von 1 ${units[range.unit].one}`
      : `in den letzten ${range.last} ${units[range.unit].dative}`
  if ('next' in range)
    return range.next === 1 && range.unit !== 'hour'
      ? `im nächsten Zeitraum von 1 ${units[range.unit].one}`
      : `in den nächsten ${range.next} ${units[range.unit].dative}`
  const [from, to] = [range.from, range.to].map((text) => (text === undefined ? undefined : DateTime.fromISO(text, { zone: 'utc' })))
  if (from === undefined) return `vor dem ${to === undefined ? '' : germanDay(to)}`
  if (to === undefined) return `ab dem ${germanDay(from)}`
  if (from.plus({ years: 1 }).equals(to) && from.ordinal === 1) return germanTimes.inBucket(from.toISODate() ?? '', 'year')
  if (from.plus({ months: 1 }).equals(to) && from.day === 1) return germanTimes.inBucket(from.toISODate() ?? '', 'month')
  if (from.plus({ months: 3 }).equals(to) && from.startOf('quarter').equals(from)) return germanTimes.inBucket(from.toISODate() ?? '', 'quarter')
  if (from.plus({ days: 1 }).equals(to)) return `am ${germanDay(from)}`
  return `vom ${germanDay(from)} bis ${germanDay(to.minus({ days: 1 }))}`
}

function instantWords(value: unknown): string {
  const date = typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) ? DateTime.fromISO(value, { setZone: true }) : undefined
  return date?.isValid === true ? `dem ${germanDay(date)}` : String(value)
}

/** Before or after a moment that is counted from now. */
function relativeWords(op: string, daysAgo: number): string {
  const isBefore = op === 'lt' || op === 'lte'
  if (daysAgo === 0) return isBefore ? 'liegt in der Vergangenheit' : 'liegt in der Zukunft'
  const days = `${germanNumber(Math.abs(daysAgo))} ${Math.abs(daysAgo) === 1 ? 'Tag' : 'Tage'}`
  if (daysAgo > 0) return `liegt ${isBefore ? 'mehr' : 'weniger'} als ${days} zurück`
  return `liegt ${isBefore ? 'weniger' : 'mehr'} als ${days} voraus`
}

function valueWords(entity: EntityName, field: string, value: unknown, known: KnownNames): string {
  if (typeof value === 'boolean') return value ? 'ja' : 'nein'
  if (typeof value === 'string' && isUuid(value)) return known.names.get(value) ?? 'ein zuvor gezeigter Eintrag'
  if (isNumberField(entity, field) && value !== '' && Number.isFinite(Number(value))) return germanNumber(Number(value))
  return germanNouns.value(entity, field, String(value).trim())
}

export function conditionWords(entity: EntityName, condition: Condition, known: KnownNames): string {
  const { field, op, value } = condition
  const { noun, gender, of } = fieldNoun({ entity, path: field, label: ownName(entity, field, known.customFields) })
  const subject = field === 'id' ? 'es' : `${insideSentence(noun)}${of}`
  const is = gender === 'p' ? 'sind' : 'ist'
  const isTime = isTimeField(entity, field)
  const holds = isListField(entity, field) ? 'enthalten' : 'enthält'
  if (typeof value === 'object' && !Array.isArray(value)) {
    if ('now' in value) return `${subject} ${relativeWords(op, value.daysAgo ?? 0)}`
    return `${subject} liegt ${rangeWords(value)}`
  }
  const list = (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((one) => valueWords(entity, field, one, known))
  const words = germanList([...new Set(list)], 'oder')
  switch (op) {
    case 'eq':
    case 'in':
      return isListField(entity, field)
        ? `${subject} enthalten ${words}`
        : isTime
          ? `${subject} ${is} am ${instantWords(value).replace(/^dem /, '')}`
          : `${subject} ${is} ${words}`
    case 'ne':
    case 'notIn':
      return isListField(entity, field) ? `${subject} enthalten nicht ${words}` : `${subject} ${is} nicht ${words}`
    case 'gt':
      return isTime ? `${subject} liegt nach ${instantWords(value)}` : `${subject} ${is} größer als ${words}`
    case 'gte':
      return isTime ? `${subject} liegt nicht vor ${instantWords(value)}` : `${subject} ${is} mindestens ${words}`
    case 'lt':
      return isTime ? `${subject} liegt vor ${instantWords(value)}` : `${subject} ${is} kleiner als ${words}`
    case 'lte':
      return isTime ? `${subject} liegt nicht nach ${instantWords(value)}` : `${subject} ${is} höchstens ${words}`
    case 'between':
      return `${subject} liegt zwischen ${germanList(list)}`
    case 'contains':
      return `${subject} ${holds} „${words}“`
    case 'notContains':
      return `${subject} ${holds} nicht „${words}“`
    case 'startsWith':
      return `${subject} beginnt mit „${words}“`
    case 'endsWith':
      return `${subject} endet auf „${words}“`
    case 'isEmpty':
      return `${subject} ${is} leer`
    case 'isNotEmpty':
      return `${subject} ${is} ausgefüllt`
    case 'during':
      return `${subject} liegt ${words}`
  }
}

const figures = { sum: 'in Summe', avg: 'im Durchschnitt', min: 'am niedrigsten', max: 'am höchsten' } as const
const moments = { latest: 'zuletzt', earliest: 'zuerst' } as const

function relationWords(entity: EntityName, filter: Extract<Filter, { relation: string }>, known: KnownNames): string {
  const path = filter.relation.split('.')
  const name = path.pop() as string
  const owner = path.reduce<EntityName | undefined>((at, step) => (at === undefined ? undefined : entities[at].fields[step]?.entity), entity)
  const target = owner === undefined ? undefined : entities[owner].relations[name]?.entity
  if (target === undefined) return filter.relation
  const where = filter.where === undefined ? '' : ` (${filterWords(target, filter.where, known)})`
  const at = path.length === 0 || owner === undefined ? '' : `${germanEntity(owner, 1)}: `
  const many = germanEntity(target, 2)
  const parts: string[] = []
  if (filter.count !== undefined)
    parts.push(filter.count.op === 'eq' && filter.count.value === 0 ? `keine ${many}` : `${comparedNumber(filter.count.op, filter.count.value)} ${many}`)
  for (const [fn, said] of Object.entries(figures) as ['sum', string][]) {
    const test = filter[fn]
    if (test !== undefined) parts.push(`${many} mit ${nounOf(target, test.field, known)} ${said} ${comparedNumber(test.op, test.value)}`)
  }
  for (const [fn, said] of Object.entries(moments) as ['latest', string][]) {
    const test = filter[fn]
    if (test !== undefined) parts.push(`${many}, für die ${said} gilt: ${conditionWords(target, { ...test }, known)}`)
  }
  if (parts.length === 0) parts.push(`mindestens ${genderOf(target) === 'f' ? 'eine' : genderOf(target) === 'm' ? 'einen' : 'ein'} ${germanEntity(target, 1)}`)
  return `${at}es gibt ${germanList(parts)}${where}`
}

export function nounOf(entity: EntityName, path: string, known: KnownNames): string {
  const { noun, of } = fieldNoun({ entity, path, label: ownName(entity, path, known.customFields) })
  return `${insideSentence(noun)}${of}`
}

/** A filter as main clauses, as they stand after "für die gilt:". */
export function filterWords(entity: EntityName, filter: Filter, known: KnownNames, nested = false): string {
  if ('and' in filter || 'or' in filter) {
    const [parts, joint] = 'and' in filter ? [filter.and, 'und'] : [filter.or, 'oder']
    if (parts.length === 1) return filterWords(entity, parts[0] as Filter, known, nested)
    const words = parts.map((part) => filterWords(entity, part, known, true)).join(` ${joint} `)
    return nested ? `(${words})` : words
  }
  if ('not' in filter) return `nicht: ${filterWords(entity, filter.not, known, true)}`
  if ('relation' in filter) return relationWords(entity, filter, known)
  return conditionWords(entity, filter, known)
}
