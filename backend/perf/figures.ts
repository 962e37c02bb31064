/** One measured figure and, where there is one, the value it must not pass. */
export interface Figure {
  name: string
  value: number
  unit: 's' | 'ms' | 'µs' | 'ms/s' | 'rows/s' | 'MB' | 'ratio' | 'calls' | 'errors' | '%'
  /** The same without the product, measured in the same run. */
  yardstick?: number
  /** Highest good value, or lowest for a rate, that fails the run when it is missed; without it the figure is only reported. */
  target?: number
  /** What we are working towards beyond the target; missing it is said and fails nothing. */
  goal?: number
  /** A bigger value is better. */
  atLeast?: boolean
  /** What a reader should know about how it was taken. */
  note?: string
}

/** Something that was to be measured and was not. */
export interface Unmeasured {
  what: string
  why: string
  /** The run is a whole one nevertheless. */
  isTolerated?: boolean
}

/** What a scenario found. */
export interface Measured {
  figures: Figure[]
  unmeasured: Unmeasured[]
}

export function passes({ value, target, atLeast }: Figure): boolean {
  return target === undefined || reaches(value, target, atLeast)
}

/** Undefined without a goal. */
export function reachesGoal({ value, goal, atLeast }: Figure): boolean | undefined {
  return goal === undefined ? undefined : reaches(value, goal, atLeast)
}

function reaches(value: number, bound: number, atLeast: boolean | undefined): boolean {
  return Number.isFinite(value) && (atLeast ? value >= bound : value <= bound)
}

/** 1 exactly when a target is missed; 2 when none is and something could not be measured. */
export function exitCodeOf({ figures, unmeasured }: { figures: readonly Figure[]; unmeasured: readonly Unmeasured[] }): 0 | 1 | 2 {
  if (!figures.every(passes)) return 1
  return unmeasured.every(({ isTolerated }) => isTolerated === true) ? 0 : 2
}

const digits: Record<Figure['unit'], number> = { s: 2, ms: 1, µs: 0, 'ms/s': 1, 'rows/s': 0, MB: 0, ratio: 2, calls: 0, errors: 0, '%': 1 }

/** An amount of a figure as people read it. */
export function toAmount(amount: number, unit: Figure['unit']): string {
  // Hundredths where a tenth would hide what differs.
  const places = unit === 'ms' && Math.abs(amount) < 10 ? 2 : digits[unit]
  return `${amount.toLocaleString('en', { maximumFractionDigits: places, minimumFractionDigits: places })} ${unit}`
}

export function toLine(figure: Figure): string {
  const { name, value, unit, target, goal, atLeast, note } = figure
  const bounds = [
    ...(target === undefined ? [] : [`${atLeast ? 'at least' : 'at most'} ${toAmount(target, unit)}`]),
    ...(goal === undefined ? [] : [`goal ${toAmount(goal, unit)} ${reachesGoal(figure) ? 'reached' : 'not reached yet'}`]),
    ...(note === undefined ? [] : [`(${note})`]),
  ]
  const verdict = target === undefined ? '      ' : passes(figure) ? 'ok    ' : 'FAILED'
  return `${verdict} ${name.padEnd(54)}${toAmount(value, unit).padStart(14)}   ${bounds.join('; ')}`.trimEnd()
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
