import type { Measure, TimeUnit } from '#contracts/query.ts'
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
  countDistinct: 'Different',
  share: 'Share',
  winRate: 'Win rate',
  cycleDays: 'Cycle time',
}

/** Heading of a figure: "Total value", "Latest created", "Win rate". */
export function measureLabel(fn: Measure['fn'], info: FieldInfo | undefined): string {
  if (info === undefined) return words[fn]
  const field = lowerFirst(info.label)
  if (timeTypes.has(info.type)) return `${fn === 'min' ? 'Earliest' : fn === 'max' ? 'Latest' : words[fn]} ${field}`
  if (fn === 'share') return `Share of ${field}`
  if (fn === 'count') return `With ${field}`
  if (fn === 'countDistinct') return `Different ${field} values`
  return `${words[fn]} ${field}`
}

export function groupLabel(info: FieldInfo, bucket: TimeUnit | undefined): string {
  return bucket === undefined ? info.label : `${info.label} (${bucket})`
}

/** Key of a measure's result column. */
export function measureKey(measure: Measure): string {
  return measure.as ?? (measure.field === undefined ? measure.fn : `${measure.fn}_${measure.field.replaceAll('.', '_')}`)
}
