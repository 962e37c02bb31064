import { describe, expect, it } from 'vitest'
import { lastTime, nextTimes, toCron } from './schedule-times.ts'
import { readTimes } from './schedule-words.ts'

describe('times in words', () => {
  it.each([
    ['every Monday 8:00', '0 8 * * 1'],
    ['Every Monday at 8', '0 8 * * 1'],
    ['mondays at 8am', '0 8 * * 1'],
    ['every Monday and Thursday at 9:30', '30 9 * * 1,4'],
    ['every Tuesday, Wednesday and Friday at 5 pm', '0 17 * * 2,3,5'],
    ['at 7:15 every Friday', '15 7 * * 5'],
    ['daily at 7', '0 7 * * *'],
    ['every day at noon', '0 12 * * *'],
    ['every morning', '0 8 * * *'],
    ['weekdays at 9', '0 9 * * 1-5'],
    ['every weekday at 12 am', '0 0 * * 1-5'],
    ['weekly', '0 8 * * 1'],
    ['weekly on Friday at 16:00', '0 16 * * 5'],
    ['monthly on the 1st 7:30', '30 7 1 * *'],
    ['every month on the 15th at 6', '0 6 15 * *'],
    ['on the last day of the month at 17:00', '0 17 L * *'],
    ['every month on the last day at 17:00', '0 17 L * *'],
    ['every first Monday of the month at 8', '0 8 * * 1#1'],
    ['the last Friday of every month at 15:00', '0 15 * * 5#L'],
    ['every quarter at 8', '0 8 1 1,4,7,10 *'],
    ['hourly', '0 * * * *'],
    ['every 30 minutes', '*/30 * * * *'],
    ['jeden Montag um 8', '0 8 * * 1'],
    ['montags um 8 Uhr', '0 8 * * 1'],
    ['jeden Dienstag und Donnerstag um 9 Uhr 30', '30 9 * * 2,4'],
    ['täglich um 7:45 Uhr', '45 7 * * *'],
    ['werktags um 9', '0 9 * * 1-5'],
    ['monatlich am 1. um 7:30', '30 7 1 * *'],
    ['am letzten Tag des Monats um 17 Uhr', '0 17 L * *'],
    ['jeden ersten Montag im Monat um 8 Uhr', '0 8 * * 1#1'],
    ['stündlich', '0 * * * *'],
  ])('%s', (text, cron) => {
    expect(readTimes(text)?.cron).toBe(cron)
    expect(toCron(text, 'Europe/Berlin')).toBe(cron)
  })

  it.each([
    'every Monday at 25',
    'every Monday at 8:75',
    'sometimes',
    'Monday deals',
    'every 7 minutes',
    'every Monday at 13 pm',
    'monthly on the 32nd at 8',
    '* * *',
    '61 * * * *',
  ])('are not: %s', (text) => {
    expect(readTimes(text)).toBeUndefined()
    expect(() => toCron(text, 'UTC')).toThrow(/understand|never|at most/)
  })

  it('are not more frequent than a person can read, and do come', () => {
    expect(() => toCron('* * * * *', 'UTC')).toThrow('at most every 15 minutes')
    expect(() => toCron('0,5 8 * * *', 'UTC')).toThrow('at most every 15 minutes')
    expect(() => toCron('0 8 30 2 *', 'UTC')).toThrow('never')
  })
})

describe('times of the clock', () => {
  const next = (cron: string, after: string, count: number, zone = 'Europe/Berlin') =>
    nextTimes(cron, zone, new Date(after), count)?.map((at) => at.toISOString())

  it('stay at eight when summer time begins and ends', () => {
    expect(next('0 8 * * 1', '2026-03-22T00:00:00Z', 2)).toEqual(['2026-03-23T07:00:00.000Z', '2026-03-30T06:00:00.000Z'])
    expect(next('0 8 * * 1', '2026-10-19T00:00:00Z', 3)).toEqual(['2026-10-19T06:00:00.000Z', '2026-10-26T07:00:00.000Z', '2026-11-02T07:00:00.000Z'])
  })

  it('come once on the day that has half past two never or twice', () => {
    expect(next('30 2 * * *', '2026-03-28T12:00:00Z', 2)).toEqual([expect.stringMatching(/^2026-03-29T0[01]:/), '2026-03-30T00:30:00.000Z'])
    expect(next('30 2 * * *', '2026-10-24T12:00:00Z', 2)).toEqual([expect.stringMatching(/^2026-10-25T0[01]:30/), '2026-10-26T01:30:00.000Z'])
  })

  it('tell the last one up to a moment, that moment included', () => {
    expect(lastTime('0 8 * * 1', 'UTC', new Date('2026-11-23T08:00:00Z'))?.toISOString()).toBe('2026-11-23T08:00:00.000Z')
    expect(lastTime('0 8 * * 1', 'UTC', new Date('2026-11-23T07:59:00Z'))?.toISOString()).toBe('2026-11-16T08:00:00.000Z')
  })
})
