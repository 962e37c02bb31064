import type { EntityName } from '#contracts/entities.ts'
import type { TimeUnit } from '#contracts/query.ts'
import type { FieldName, Subject } from './phrase-book.ts'

/** What records are grouped by: a span of time or a field. */
export type GroupName = { bucket: TimeUnit } | { field: FieldName }

/** Figures that are called something else than their column. */
export type FigureName = 'revenue' | 'unitsSold' | 'conversionRate' | 'lossRate' | 'share' | 'weightedValue' | 'value' | 'openDeals' | 'pipelineValue'

/** Figures, groups and shares. */
export interface FigurePhrases {
  names: Readonly<Record<FigureName, string>>
  count(subject: Subject, count: number): string
  figure(label: string, values: readonly string[]): string
  nothingSummed(label: string): string
  nothingToCompute: string
  /** Unit of a metric. */
  days: string
  /** A figure that is missing, a group of what has no value, and the two values of a box. */
  none: string
  noValue: string
  yes: string
  no: string
  shares(shares: readonly { percent: number; part: string; whole: string; counted: boolean }[], entity: EntityName): string
  noShare(entity: EntityName): string
  shareOf(entity: EntityName): string
  /** "Open opportunities by stage". */
  by(what: { subject: Subject } | { label: string }, groups: readonly GroupName[]): string
  /** "London (3 contacts)", "London (3 contacts, 12%)". */
  group(name: string, value: string, counted?: { entity: EntityName; count: number }, share?: string): string
  tiedGroups(told: readonly string[], more: number): string
  groups(told: { lead: string; lately: boolean; items: readonly string[]; more: number; shown: number; total: number }): string
  /** A series of a chart in one currency. */
  series(label: string, currency: string): string
  pipelineTitle: string
  pipeline(count: number, money: readonly string[]): string
  noDeals(explanation: string): string
}
