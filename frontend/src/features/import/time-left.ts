const some = (count: number, unit: string): string => `about ${count} ${unit}${count === 1 ? '' : 's'} left`

/** "about 40 seconds left", "about 3 minutes left"; undefined when unknown. */
export function timeLeft(seconds: number | null): string | undefined {
  if (seconds === null) return undefined
  if (seconds < 5) return 'almost done'
  if (seconds < 100) return some(Math.ceil(seconds / 5) * 5, 'second')
  if (seconds < 5400) return some(Math.round(seconds / 60), 'minute')
  return some(Math.round(seconds / 3600), 'hour')
}
