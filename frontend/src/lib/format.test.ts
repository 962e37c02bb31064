import { describe, expect, it } from 'vitest'
import { formatBytes, formatDay, formatExact, formatPlanned, formatSpan } from './format.ts'

describe('sizes and spans', () => {
  it('are written in the unit a person would use', () => {
    expect([0, 900, 2048, 327_155_712, 4_123_168_604].map((bytes) => formatBytes(bytes))).toEqual(['0 byte', '900 byte', '2 kB', '312 MB', '3.8 GB'])
    expect([0, 40, 61, 720, 3600, 12_000, 86_400, 273_600].map(formatSpan)).toEqual(['0 s', '40 s', '1 min', '12 min', '1 h', '3 h 20 min', '1 d', '3 d 4 h'])
  })
})

describe('what is planned', () => {
  it('tells the hour, and of what is due on a day the day alone', () => {
    const noon = new Date(2026, 2, 5, 14, 30).toISOString()
    const midnight = new Date(2026, 2, 5).toISOString()
    expect(formatPlanned(noon)).toMatch(/2:30|14:30/)
    expect(formatPlanned(midnight)).toBe(formatDay(midnight))
  })
  it('names the time zone to whoever looks closer', () => {
    const zone = new Intl.DateTimeFormat(undefined, { timeZoneName: 'short' })
      .formatToParts(new Date(2026, 2, 5))
      .find(({ type }) => type === 'timeZoneName')?.value
    expect(formatExact(new Date(2026, 2, 5, 14, 30).toISOString())).toContain(zone)
  })
})
