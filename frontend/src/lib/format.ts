/** How figures, money and times are written; the browser's language decides. */
const language = (): string => (typeof navigator === 'undefined' ? 'en' : navigator.language)

/** Formatters are costly to make; each is made once. */
function remembered<O, F>(make: (options: O) => F): (options: O) => F {
  const made = new Map<string, F>()
  return (options) => {
    const key = language() + JSON.stringify(options)
    const known = made.get(key)
    if (known !== undefined) return known
    const format = make(options)
    made.set(key, format)
    return format
  }
}
const numberFormat = remembered((options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language(), options))
const dateFormat = remembered((options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language(), options))

export const formatNumber = (value: number, maximumFractionDigits = 2): string => numberFormat({ maximumFractionDigits }).format(value)
export const formatCompact = (value: number): string => numberFormat({ notation: 'compact', maximumFractionDigits: 1 }).format(value)
export const formatPercent = (ratio: number): string => numberFormat({ style: 'percent', maximumFractionDigits: 1 }).format(ratio)

/** A decimal string with its currency; kept exact, since money is never made a float before it is written. */
export function formatMoney(amount: string | number, currency: string | null | undefined): string {
  const exact = String(amount)
  const whole = /^-?\d+(\.0+)?$/.test(exact)
  const digits = whole ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 }
  const options: Intl.NumberFormatOptions = currency ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...digits } : digits
  try {
    // A decimal string is formatted exactly; the type definitions only know numbers.
    return numberFormat(options).format(exact as unknown as number)
  } catch (error) {
    // A code that is not a currency, such as a typing mistake in a file.
    if (error instanceof RangeError) return `${exact} ${currency ?? ''}`.trim()
    throw error
  }
}

/** A calendar date without a time: never shifted by a time zone. */
export function formatDate(date: string): string {
  const [year, month, day] = date.slice(0, 10).split('-').map(Number)
  if (!year || !month || !day) return date
  return dateFormat({ year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, day))
}

const periodOptions: Record<string, Intl.DateTimeFormatOptions> = {
  month: { year: 'numeric', month: 'short' },
  year: { year: 'numeric' },
}

/** The period that begins on a date: "Mar 2026", "Q1 2026"; days and weeks by their first day. */
export function formatPeriod(date: string, unit: string): string {
  const [year, month] = date.slice(0, 10).split('-').map(Number)
  if (!year || !month) return date
  if (unit === 'quarter') return `Q${Math.ceil(month / 3)} ${year}`
  const options = periodOptions[unit]
  return options === undefined ? formatDate(date) : dateFormat({ ...options, timeZone: 'UTC' }).format(Date.UTC(year, month - 1, 1))
}

/** An instant in the reader's own time zone. */
export function formatInstant(instant: string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return instant
  return dateFormat({ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }).format(at)
}

/** An instant with the reader's time zone, for whoever hovers over a time. */
export function formatExact(instant: string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return instant
  return dateFormat({ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }).format(at)
}

/** What is planned: the day and the hour, or the day alone when it begins at midnight, as a task does that is due on a day. */
export function formatPlanned(instant: string): string {
  const at = new Date(instant)
  return at.getHours() === 0 && at.getMinutes() === 0 ? formatDay(instant) : formatInstant(instant)
}

export function formatDay(instant: string): string {
  const at = new Date(instant)
  return Number.isNaN(at.getTime()) ? instant : dateFormat({ year: 'numeric', month: 'short', day: 'numeric' }).format(at)
}

const relativeSteps: readonly [limitSeconds: number, unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  [3600, 'minute', 60],
  [86_400, 'hour', 3600],
  [7 * 86_400, 'day', 86_400],
]

/** "3 hours ago" within a week of now, else the day. */
export function formatRelative(instant: string, now: number = Date.now()): string {
  const at = Date.parse(instant)
  if (Number.isNaN(at)) return instant
  const seconds = (at - now) / 1000
  if (Math.abs(seconds) < 45) return 'just now'
  for (const [limit, unit, size] of relativeSteps) {
    if (Math.abs(seconds) < limit) return new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(Math.round(seconds / size), unit)
  }
  return formatDay(instant)
}

/** @param milliseconds a duration */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  return `${formatNumber(milliseconds / 1000, 1)} s`
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** "312 MB", in steps of 1024 as machines are measured. */
export function formatBytes(bytes: number): string {
  const step = Math.min(byteUnits.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 1024 ** step
  return numberFormat({ style: 'unit', unit: byteUnits[step] ?? 'byte', unitDisplay: 'short', maximumFractionDigits: value < 10 && step > 0 ? 1 : 0 }).format(
    value,
  )
}

const spanSteps: readonly [name: string, seconds: number][] = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
]

/** "3 d 4 h", "12 min", "40 s": a span in its two largest units. */
export function formatSpan(seconds: number): string {
  if (seconds < 60) return `${Math.max(0, Math.round(seconds))} s`
  const first = spanSteps.findIndex(([, size]) => seconds >= size)
  let left = Math.round(seconds / 60) * 60
  const parts = spanSteps.slice(first, first + 2).map(([name, size]) => {
    const count = Math.floor(left / size)
    left -= count * size
    return count === 0 ? '' : `${count} ${name}`
  })
  return parts.filter((part) => part !== '').join(' ')
}

/** "1 contact", "2,300 contacts". */
export const countOf = (count: number, one: string, many = `${one}s`): string => `${formatNumber(count)} ${count === 1 ? one : many}`

export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
