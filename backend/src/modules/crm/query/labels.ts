import type { Measure, TimeUnit, Window } from '#contracts/query.ts'
import type { FieldInfo } from './field-paths.ts'
import { timeTypes } from './field-paths.ts'

export function lowerFirst(text: string): string {
  // "SKU" and the like stay as they are.
  return /^\p{Lu}\p{Lu}/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)
}

export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const words: Record<Measure['fn'], string> = {
  count: 'Count',
  sum: 'Total',
  avg: 'Average',
  min: 'Lowest',
  max: 'Highest',
  median: 'Median',
  percentile: 'Percentile',
  countDistinct: 'Different',
  share: 'Share',
  winRate: 'Win rate',
  cycleDays: 'Cycle time',
}

/** "90th", "99.5th". */
function ordinal(number: number): string {
  const text = number.toLocaleString('en-GB', { maximumFractionDigits: 4 })
  const isTeen = number % 100 >= 11 && number % 100 <= 13
  return text + (Number.isInteger(number) && !isTeen ? (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th') : 'th')
}

/** Heading of a figure: "Total value", "Latest created", "Win rate", "90th percentile of value". */
export function measureLabel({ fn, at }: Pick<Measure, 'fn' | 'at'>, info: FieldInfo | undefined): string {
  if (info === undefined) return words[fn]
  const field = lowerFirst(info.label)
  if (fn === 'percentile') return `${ordinal(Math.round((at ?? 0) * 1e6) / 1e4)} percentile of ${field}`
  if (timeTypes.has(info.type)) return `${fn === 'min' ? 'Earliest' : fn === 'max' ? 'Latest' : words[fn]} ${field}`
  if (fn === 'share') return `Share of ${field}`
  if (fn === 'count') return `With ${field}`
  if (fn === 'countDistinct') return `Different ${field} values`
  // "Total" of orders is no total total.
  return fn === 'sum' && field === 'total' ? words.sum : `${words[fn]} ${field}`
}

export function groupLabel(info: FieldInfo, bucket: TimeUnit | undefined): string {
  return bucket === undefined ? info.label : `${info.label} (${bucket})`
}

/** Key of a measure's result column. */
export function measureKey(measure: Measure): string {
  return measure.as ?? (measure.field === undefined ? measure.fn : `${measure.fn}_${measure.field.replaceAll('.', '_')}`)
}

/** Key of a window's result column. */
export function windowKey(window: Window): string {
  return window.as ?? `${window.fn}_${window.measure}`
}

/** Heading of a window: "Rank by total value", "Change of count against the month before". */
export function windowLabel(fn: Window['fn'], figure: string, unit: TimeUnit | undefined): string {
  const of = lowerFirst(figure)
  switch (fn) {
    case 'rank':
      return `Rank by ${of}`
    case 'shareOfTotal':
      return `Share of all ${of}`
    case 'runningSum':
      return `Running sum of ${of}`
    case 'previous':
      return `${figure} of the ${unit} before`
    case 'change':
      return `Change of ${of} against the ${unit} before`
    case 'changeRatio':
      return `Relative change of ${of} against the ${unit} before`
  }
}
