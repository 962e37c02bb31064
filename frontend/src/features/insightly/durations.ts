import { countOf } from '../../lib/format.ts'

/** "less than a minute", "8 minutes", "3 hours": as precise as an estimate is. */
export function roughly(seconds: number): string {
  if (seconds < 50) return 'less than a minute'
  if (seconds < 5400) return countOf(Math.max(1, Math.round(seconds / 60)), 'minute')
  if (seconds < 48 * 3600) return countOf(Math.round(seconds / 3600), 'hour')
  return countOf(Math.round(seconds / 86_400), 'day')
}

/** "about 40 seconds left"; undefined when nobody knows. */
export function timeLeft(seconds: number | null | undefined): string | undefined {
  if (seconds === null || seconds === undefined) return undefined
  if (seconds < 5) return 'almost done'
  if (seconds < 90) return `about ${Math.ceil(seconds / 5) * 5} seconds left`
  return `about ${roughly(seconds)} left`
}

/** "4 s", "3 min", "2 h 10 min", for a column of figures. */
export function took(startedAt: string | null, finishedAt: string | null): string | undefined {
  if (startedAt === null || finishedAt === null) return undefined
  const seconds = Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)
  if (seconds < 1) return 'under 1 s'
  if (seconds < 90) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** "nothing", "40 seconds", "5 minutes": how far this side is behind the other. */
export function behind(seconds: number): string {
  if (seconds < 2) return 'nothing'
  return seconds < 50 ? countOf(Math.round(seconds), 'second') : roughly(seconds)
}
