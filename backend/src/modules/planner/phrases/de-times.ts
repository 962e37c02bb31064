import { DateTime } from 'luxon'
import type { TimeRange, TimeUnit } from '#contracts/query.ts'
import { type Gender, inflected } from './de-nouns.ts'
import type { TimePhrases } from './phrase-book.ts'

interface UnitNoun {
  one: string
  many: string
  /** After a number in the dative: "vor 3 Tagen". */
  dative: string
  gender: Gender
}

export const units: Readonly<Record<TimeUnit | 'hour', UnitNoun>> = {
  hour: { one: 'Stunde', many: 'Stunden', dative: 'Stunden', gender: 'f' },
  day: { one: 'Tag', many: 'Tage', dative: 'Tagen', gender: 'm' },
  week: { one: 'Woche', many: 'Wochen', dative: 'Wochen', gender: 'f' },
  month: { one: 'Monat', many: 'Monate', dative: 'Monaten', gender: 'm' },
  quarter: { one: 'Quartal', many: 'Quartale', dative: 'Quartalen', gender: 'n' },
  year: { one: 'Jahr', many: 'Jahre', dative: 'Jahren', gender: 'n' },
}

export const germanDay = (date: DateTime) => date.toFormat('dd.MM.yyyy')
export const germanMonth = (date: DateTime) => date.setLocale('de').toFormat('LLLL yyyy')
const near: Readonly<Record<number, string>> = { [-1]: 'letzt', 0: 'dies', 1: 'nächst' }
const days: Readonly<Record<number, string>> = { [-2]: 'vorgestern', [-1]: 'gestern', 0: 'heute', 1: 'morgen', 2: 'übermorgen' }

/** "Letzte Woche", "dieses Quartal", "heute". */
export function periodName(unit: TimeUnit, offset: number): string | undefined {
  if (unit === 'day') return days[offset]
  const stem = near[offset]
  return stem === undefined ? undefined : `${inflected(stem, units[unit].gender)} ${units[unit].one}`
}

/** "Letzte 3 Monate", "letzter Monat". */
export function countedUnits(stem: string, count: number, unit: TimeUnit | 'hour'): string {
  const noun = units[unit]
  return count === 1 ? `${inflected(stem, noun.gender)} ${noun.one}` : `${stem}e ${count} ${noun.many}`
}

function bucket(value: string, unit: TimeUnit): string {
  const date = DateTime.fromISO(value, { setZone: true })
  if (!date.isValid) return value
  switch (unit) {
    case 'year':
      return date.toFormat('yyyy')
    case 'quarter':
      return `Q${date.quarter} ${date.toFormat('yyyy')}`
    case 'month':
      return germanMonth(date)
    case 'week':
      return `Woche ab ${germanDay(date)}`
    case 'day':
      return germanDay(date)
  }
}

function inBucket(value: string, unit: TimeUnit): string {
  const name = bucket(value, unit)
  switch (unit) {
    case 'year':
      return `im Jahr ${name}`
    case 'quarter':
    case 'month':
      return `im ${name}`
    case 'week':
      return `in der ${name}`
    case 'day':
      return `am ${name}`
  }
}

/** The one span of the calendar from one instant to another, or both ends. */
function spanName(from: DateTime, to: DateTime): string {
  if (from.plus({ years: 1 }).equals(to) && from.month === 1 && from.day === 1) return from.toFormat('yyyy')
  if (from.plus({ months: 1 }).equals(to) && from.day === 1) return germanMonth(from)
  if (from.plus({ months: 3 }).equals(to) && from.startOf('quarter').equals(from)) return bucket(from.toISODate() ?? '', 'quarter')
  if (from.plus({ days: 1 }).equals(to)) return germanDay(from)
  return `${germanDay(from)} bis ${germanDay(to.minus({ days: 1 }))}`
}

function range(said: TimeRange): string | undefined {
  if ('last' in said) return countedUnits('letzt', said.last, said.unit)
  if ('next' in said) return countedUnits('nächst', said.next, said.unit)
  if ('period' in said) return said.count !== undefined && said.count > 1 ? undefined : periodName(said.period, said.offset ?? 0)
  const [from, to] = [said.from, said.to].map((text) => (text === undefined ? undefined : DateTime.fromISO(text, { zone: 'utc' })))
  if (from === undefined && to !== undefined) return `vor dem ${germanDay(to)}`
  if (from !== undefined && to === undefined) return `seit ${germanDay(from)}`
  return from === undefined || to === undefined ? undefined : spanName(from, to)
}

export const germanTimes: TimePhrases = {
  bucket,
  inBucket,
  upToBucket: (value, unit) => (unit === 'week' ? `bis zur ${bucket(value, unit)}` : `bis ${bucket(value, unit)}`),
  range,
}
