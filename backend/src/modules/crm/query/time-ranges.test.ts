import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import type { TimeRange } from '#contracts/query.ts'
import { dateFrom, isoInstant, isTimeZone, spanOf } from './time-ranges.ts'

const now = DateTime.fromISO('2026-04-01T10:00:00', { zone: 'Europe/Berlin' })
const span = (range: TimeRange, at = now) => {
  const result = spanOf(range, at, at.zoneName as string)
  return typeof result === 'string' ? result : [result.from && isoInstant(result.from), result.to && isoInstant(result.to)]
}

describe('spanOf', () => {
  const cases: [TimeRange, string, string][] = [
    // Summer time began on 29 March 2026, so Berlin's March lasts an hour less than its days say.
    [{ period: 'month', offset: -1 }, '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
    [{ period: 'month', offset: 0, count: 3 }, '2026-01-31T23:00:00.000Z', '2026-04-30T22:00:00.000Z'],
    [{ period: 'week', offset: 0 }, '2026-03-29T22:00:00.000Z', '2026-04-05T22:00:00.000Z'],
    [{ period: 'week', offset: -1 }, '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    [{ period: 'quarter', offset: -1 }, '2025-12-31T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
    [{ period: 'year', offset: 1 }, '2026-12-31T23:00:00.000Z', '2027-12-31T23:00:00.000Z'],
    [{ period: 'day', offset: 0 }, '2026-03-31T22:00:00.000Z', '2026-04-01T22:00:00.000Z'],
    // Seven times 24 hours, although one of the days had 23.
    [{ last: 7, unit: 'day' }, '2026-03-25T08:00:00.000Z', '2026-04-01T08:00:00.001Z'],
    [{ last: 1, unit: 'month' }, '2026-03-01T09:00:00.000Z', '2026-04-01T08:00:00.001Z'],
    [{ next: 2, unit: 'hour' }, '2026-04-01T08:00:00.000Z', '2026-04-01T10:00:00.000Z'],
    [{ from: '2026-03-29', to: '2026-03-30' }, '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    [{ from: '2026-03-29T02:30:00Z', to: '2026-04' }, '2026-03-29T02:30:00.000Z', '2026-03-31T22:00:00.000Z'],
  ]
  it.each(cases)('%j', (range, from, to) => {
    expect(span(range)).toEqual([from, to])
  })

  it('keeps to years a database can hold', () => {
    expect(span({ last: 10_000, unit: 'year' })).toEqual(['0001-01-01T00:00:00.000Z', '2026-04-01T08:00:00.001Z'])
  })

  it('says what is wrong', () => {
    expect(span({ from: 'soon' })).toMatch(/not a date/)
    expect(span({ from: '2026-02-02', to: '2026-02-01' })).toMatch(/before it begins/)
  })
})

describe('dates and zones', () => {
  it('begins with the first whole day', () => {
    expect(dateFrom(now.startOf('day'))).toBe('2026-04-01')
    expect(dateFrom(now)).toBe('2026-04-02')
  })

  it('takes named zones only', () => {
    expect(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires'].every(isTimeZone)).toBe(true)
    expect(['+02:00', '', 'Nowhere', "UTC'", 'UTC+2'].some(isTimeZone)).toBe(false)
  })
})
