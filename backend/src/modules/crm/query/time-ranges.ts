import { DateTime, type DurationLike, IANAZone } from 'luxon'
import type { TimeRange, TimeUnit } from '#contracts/query.ts'

/** Half-open [from, to); an open end is undefined. */
export interface Span {
  from: DateTime | undefined
  to: DateTime | undefined
}

const millisecondsPerUnit = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 } as const

function duration(count: number, unit: 'hour' | TimeUnit): DurationLike {
  // Days are 24 hours here, whatever the clocks do; months and longer are calendar steps.
  if (unit === 'hour' || unit === 'day' || unit === 'week') return { milliseconds: count * millisecondsPerUnit[unit] }
  return { [unit]: count }
}

/** Valid zones that were asked for; there are only so many, and asking Intl is dear. */
const knownZones = new Set<string>()

/** A zone both Intl and PostgreSQL know by name; offsets are refused, PostgreSQL reads their sign the other way round. */
export function isTimeZone(timeZone: string): boolean {
  if (knownZones.has(timeZone)) return true
  const valid = /^[A-Za-z][A-Za-z0-9_+/-]*$/.test(timeZone) && IANAZone.isValidZone(timeZone)
  if (valid) knownZones.add(timeZone)
  return valid
}

/** A date (midnight in the zone), a local time, or an instant with an offset; undefined when it is none of these. */
export function parseInstant(text: string, timeZone: string): DateTime | undefined {
  const trimmed = text.trim()
  if (!/^\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2}.*)?)?)?$/.test(trimmed)) return undefined
  const instant = DateTime.fromISO(trimmed.replace(' ', 'T'), { zone: timeZone })
  return instant.isValid && instant.year >= 1 && instant.year <= 9999 ? instant : undefined
}

export function isDateOnly(text: string): boolean {
  return /^\d{4}(-\d{2}(-\d{2})?)?$/.test(text.trim())
}

/** The span of a range at a moment; weeks start on Monday. A string says what is wrong with the range. */
export function spanOf(range: TimeRange, now: DateTime, timeZone: string): Span | string {
  if ('period' in range) {
    const start = now.startOf(range.period).plus({ [range.period]: range.offset ?? 0 })
    const to = start.plus({ [range.period]: 1 })
    return { from: to.minus({ [range.period]: range.count ?? 1 }), to }
  }
  // What happens at this very moment belongs to the time just passed.
  if ('last' in range) return { from: now.minus(duration(range.last, range.unit)), to: now.plus({ milliseconds: 1 }) }
  if ('next' in range) return { from: now, to: now.plus(duration(range.next, range.unit)) }
  const ends: Span = { from: undefined, to: undefined }
  for (const end of ['from', 'to'] as const) {
    const text = range[end]
    if (text === undefined) continue
    ends[end] = parseInstant(text, timeZone)
    if (ends[end] === undefined) return `"${text}" is not a date or time; write it like 2026-03-31 or 2026-03-31T14:00:00Z.`
  }
  if (ends.from !== undefined && ends.to !== undefined && ends.from > ends.to) return `The time range ends (${range.to}) before it begins (${range.from}).`
  return ends
}

/** The first date whose midnight is not before the moment. */
export function dateFrom(moment: DateTime): string {
  const midnight = moment.startOf('day')
  return isoDate(midnight < moment ? midnight.plus({ day: 1 }) : midnight)
}

const earliest = DateTime.utc(1, 1, 1)
const latest = DateTime.utc(9999, 12, 31)

/** Years the database can hold; a range that reaches further ends there. */
function bounded(moment: DateTime): DateTime {
  if (moment < earliest) return earliest
  return moment > latest ? latest : moment
}

export function isoDate(moment: DateTime): string {
  return bounded(moment).toFormat('yyyy-MM-dd')
}

export function isoInstant(moment: DateTime): string {
  return bounded(moment).toUTC().toISO() as string
}
