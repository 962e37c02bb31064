import { DateTime } from 'luxon'
import type { TimeRange, TimeUnit } from '#contracts/query.ts'
import type { TimePhrases } from './phrase-book.ts'

function bucket(value: string, unit: TimeUnit): string {
  const date = DateTime.fromISO(value, { setZone: true }).setLocale('en')
  if (!date.isValid) return value
  switch (unit) {
    case 'year':
      return date.toFormat('yyyy')
    case 'quarter':
      return `Q${date.quarter} ${date.toFormat('yyyy')}`
    case 'month':
      return date.toFormat('LLLL yyyy')
    case 'week':
      return `week of ${date.toFormat('d LLL yyyy')}`
    case 'day':
      return date.toFormat('d LLL yyyy')
  }
}

function range(said: TimeRange): string | undefined {
  if ('last' in said) return `last ${said.last} ${said.unit}${said.last === 1 ? '' : 's'}`
  if ('next' in said) return `next ${said.next} ${said.unit}${said.next === 1 ? '' : 's'}`
  if ('period' in said) {
    if (said.count !== undefined && said.count > 1) return undefined
    const offset = said.offset ?? 0
    if (said.period === 'day') return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[offset]
    return { '-1': `last ${said.period}`, 0: `this ${said.period}`, 1: `next ${said.period}` }[offset]
  }
  const [from, to] = [said.from, said.to].map((text) => (text === undefined ? undefined : DateTime.fromISO(text, { zone: 'utc' }).setLocale('en')))
  if (from === undefined && to !== undefined) return `before ${to.toFormat('d LLL yyyy')}`
  if (from !== undefined && to === undefined) return `since ${from.toFormat('d LLL yyyy')}`
  if (from === undefined || to === undefined) return undefined
  if (from.plus({ years: 1 }).equals(to)) return from.toFormat('yyyy')
  if (from.plus({ months: 1 }).equals(to)) return from.toFormat('LLLL yyyy')
  if (from.plus({ days: 1 }).equals(to)) return from.toFormat('d LLL yyyy')
  return `${from.toFormat('d LLL yyyy')} to ${to.minus({ day: 1 }).toFormat('d LLL yyyy')}`
}

export const englishTimes: TimePhrases = {
  bucket,
  inBucket: (value, unit) => `in ${bucket(value, unit)}`,
  upToBucket: (value, unit) => `up to ${bucket(value, unit)}`,
  range,
}
