import type { TimeRange, TimeUnit } from '#contracts/query.ts'

function plural(count: number, unit: string): string {
  return count === 1 ? unit : `${count} ${unit}s`
}

function periodWords(unit: TimeUnit, offset: number, count: number): string {
  const day: Record<number, string> = { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' }
  if (count === 1) {
    if (unit === 'day' && day[offset] !== undefined) return day[offset]
    if (offset === 0) return `this ${unit}`
    if (offset === -1) return `last ${unit}`
    if (offset === 1) return `next ${unit}`
    return offset < 0 ? `the ${unit} ${plural(-offset, unit).replace(/^([a-z])/, '1 $1')} ago` : `the ${unit} in ${offset} ${unit}s`
  }
  if (offset === -1) return `the last ${count} whole ${unit}s`
  if (offset === 0) return `this ${unit} and the ${plural(count - 1, unit)} before it`
  if (offset === count) return `the next ${count} whole ${unit}s`
  return `the ${count} ${unit}s that end with ${periodWords(unit, offset, 1)}`
}

/** A range as people say it: "last month", "the next 7 days", "since 2026-01-01". */
export function rangeWords(range: TimeRange): string {
  if ('period' in range) return periodWords(range.period, range.offset ?? 0, range.count ?? 1)
  if ('last' in range) return `the last ${plural(range.last, range.unit)}`
  if ('next' in range) return `the next ${plural(range.next, range.unit)}`
  if (range.to === undefined) return `the time since ${range.from}`
  if (range.from === undefined) return `the time before ${range.to}`
  return `the time from ${range.from} to before ${range.to}`
}

/** "now", "60 days ago", "in 14 days". */
export function relativeWords(daysAgo: number | undefined): string {
  if (daysAgo === undefined || daysAgo === 0) return 'now'
  const days = Math.abs(daysAgo) === 1 ? '1 day' : `${Math.abs(daysAgo)} days`
  return daysAgo > 0 ? `${days} ago` : `in ${days}`
}
