/** One measured figure and, where there is one, the value it must not pass. */
export interface Figure {
  name: string
  value: number
  unit: 's' | 'ms' | 'µs' | 'ms/s' | 'rows/s' | 'MB' | 'ratio' | 'calls' | 'errors'
  /** Highest good value, or lowest for a rate, that fails the run when it is missed; without it the figure is only reported. */
  target?: number
  /** What we are working towards beyond the target; missing it is said and fails nothing. */
  goal?: number
  /** A bigger value is better. */
  atLeast?: boolean
  /** What a reader should know about how it was taken. */
  note?: string
}

export function passes({ value, target, atLeast }: Figure): boolean {
  return target === undefined || reaches(value, target, atLeast)
}

function reaches(value: number, bound: number, atLeast: boolean | undefined): boolean {
  return Number.isFinite(value) && (atLeast ? value >= bound : value <= bound)
}

const digits: Record<Figure['unit'], number> = { s: 2, ms: 1, µs: 0, 'ms/s': 1, 'rows/s': 0, MB: 0, ratio: 2, calls: 0, errors: 0 }

export function toLine(figure: Figure): string {
  const { name, value, unit, target, goal, atLeast, note } = figure
  const shown = (amount: number) => `${amount.toLocaleString('en', { maximumFractionDigits: digits[unit], minimumFractionDigits: digits[unit] })} ${unit}`
  const bounds = [
    ...(target === undefined ? [] : [`${atLeast ? 'at least' : 'at most'} ${shown(target)}`]),
    ...(goal === undefined ? [] : [`goal ${shown(goal)} ${reaches(value, goal, atLeast) ? 'reached' : 'not reached yet'}`]),
    ...(note === undefined ? [] : [`(${note})`]),
  ]
  const verdict = target === undefined ? '      ' : passes(figure) ? 'ok    ' : 'FAILED'
  return `${verdict} ${name.padEnd(46)}${shown(value).padStart(14)}   ${bounds.join('; ')}`.trimEnd()
}

export interface Percentiles {
  p50: number
  p95: number
  p99: number
}

/** @param durations milliseconds, at least one */
export function percentilesOf(durations: readonly number[]): Percentiles {
  const sorted = [...durations].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
