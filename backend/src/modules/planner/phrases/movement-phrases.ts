import type { EntityName } from '#contracts/entities.ts'
import type { TimeUnit } from '#contracts/query.ts'
import type { FieldName, Subject } from './phrase-book.ts'

/** A value in a span of time. */
export interface Moment {
  value: string
  bucket: string
  unit: TimeUnit
}

/** How a figure moved: by percentage points, by a ratio of what it was, or, from nothing, only up or down. */
export interface Movement {
  direction: -1 | 0 | 1
  points?: number
  percent?: number
}

/** How figures move, their means and ratios, and what is expected. */
export interface MovementPhrases {
  changeOf(what: { subject: Subject } | { label: string }): string
  columns: Readonly<Record<'running' | 'change' | 'changeRatio', string>>
  upTo(who: string, moment: Moment): string
  only(who: string, moment: Moment): string
  against(who: string, now: Moment, before: Moment, movement: Movement): string
  moved(what: { subject: Subject } | { label: string }, sentences: readonly string[], more: number): string
  meanOf(what: { entity: EntityName } | { label: string }): string
  mean(told: { what: { entity: EntityName } | { label: string }; per: { bucket: TimeUnit } | { field: FieldName }; said: readonly string[] }): string
  /** "12 (144 over 12)". */
  meanValue(value: string, total: string, groups: string): string
  ratioOf(states: readonly [string, string], entity: EntityName): string
  ratio(told: { counts: readonly [number, number]; states: readonly [string, string]; entity: EntityName; ratio: number | null }): string
  forecastTitle(bucket: TimeUnit | undefined): string
  forecast(parts: readonly { value: string; weighted?: string; count: number }[]): string
  noForecast(explanation: string): string
}
