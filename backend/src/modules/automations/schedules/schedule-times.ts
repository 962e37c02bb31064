import { Cron } from 'croner'
import { AppError } from '#backend/kernel/errors.ts'
import { readTimes } from './schedule-words.ts'

const leastMinutes = 15
const looked = 12

/**
 * Cron for what somebody wrote: words, or five fields.
 * @throws AppError VALIDATION saying what is wrong with it
 */
export function toCron(when: string, timeZone: string): string {
  const cron = readTimes(when)?.cron ?? when.trim().replace(/\s+/g, ' ')
  const upcoming = nextTimes(cron, timeZone, new Date(Date.UTC(2026, 0, 1)), looked)
  if (upcoming === undefined)
    throw invalid(
      `"${when}" is no time that I understand. Write it like "every Monday 8:00", "weekdays at 9", "monthly on the 1st 7:30", or as five fields of cron.`,
    )
  if (upcoming.length === 0) throw invalid(`"${when}" never comes.`)
  const gaps = upcoming.slice(1).map((at, index) => at.getTime() - (upcoming[index]?.getTime() ?? 0))
  if (gaps.some((gap) => gap < leastMinutes * 60_000)) throw invalid(`A schedule runs at most every ${leastMinutes} minutes.`)
  return cron
}

/** The next times after one; undefined when it is not cron. Times that a change of the clocks skips come after it, and repeated ones once. */
export function nextTimes(cron: string, timeZone: string, after: Date, count: number): Date[] | undefined {
  const job = parse(cron, timeZone)
  return job?.nextRuns(count, after)
}

/** @throws Error when it is not cron */
export function nextTime(cron: string, timeZone: string, after: Date): Date | null {
  return nextTimes(cron, timeZone, after, 1)?.[0] ?? null
}

/** The last time up to and with a moment. */
export function lastTime(cron: string, timeZone: string, until: Date): Date | null {
  const [last] = parse(cron, timeZone)?.previousRuns(1, new Date(until.getTime() + 1000)) ?? []
  return last ?? null
}

function parse(cron: string, timezone: string): Cron | undefined {
  try {
    return new Cron(cron, { mode: '5-part', timezone, paused: true })
  } catch {
    // What it throws tells no more than that it is not cron.
    return undefined
  }
}

function invalid(message: string): AppError {
  return new AppError('VALIDATION', message, { details: [{ field: 'when', message }] })
}
