import { describe, expect, it } from 'vitest'
import { behind, roughly, timeLeft, took } from './durations.ts'

describe('roughly', () => {
  it.each([
    [3, 'less than a minute'],
    [70, '1 minute'],
    [480, '8 minutes'],
    [10_800, '3 hours'],
    [3 * 86_400, '3 days'],
  ])('%d seconds', (seconds, words) => {
    expect(roughly(seconds)).toBe(words)
  })
})

describe('timeLeft', () => {
  it('says nothing when nobody knows', () => {
    expect(timeLeft(null)).toBeUndefined()
  })
  it('rounds up, so that it is never over sooner than said', () => {
    expect(timeLeft(41)).toBe('about 45 seconds left')
    expect(timeLeft(2)).toBe('almost done')
    expect(timeLeft(600)).toBe('about 10 minutes left')
  })
})

describe('took', () => {
  const from = '2026-11-22T10:00:00.000Z'
  it.each([
    ['2026-11-22T10:00:00.400Z', 'under 1 s'],
    ['2026-11-22T10:00:04.000Z', '4 s'],
    ['2026-11-22T10:03:00.000Z', '3 min'],
    ['2026-11-22T12:10:00.000Z', '2 h 10 min'],
    ['2026-11-22T12:00:00.000Z', '2 h'],
  ])('until %s', (until, words) => {
    expect(took(from, until)).toBe(words)
  })
  it('says nothing of what has not ended', () => {
    expect(took(from, null)).toBeUndefined()
  })
})

describe('behind', () => {
  it('counts seconds while they matter', () => {
    expect(behind(1)).toBe('nothing')
    expect(behind(12)).toBe('12 seconds')
    expect(behind(300)).toBe('5 minutes')
  })
})
