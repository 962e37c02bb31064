import type { EntityName } from '#contracts/entities.ts'
import type { FieldName, Subject } from './phrase-book.ts'

/** How a list is ranked: by what, from which end, and how much of it is shown. */
export interface Ranking {
  subject: Subject
  shown: number
  total: number
  direction: 'asc' | 'desc'
  isTime: boolean
  by?: FieldName | undefined
}

/** Lists of records and fields of one. */
export interface RecordPhrases {
  noneFound(asked: { entity: EntityName; one: boolean; explanation: string }): string
  /** The one record that was asked for. */
  single(name: string): string
  /** Records that share one place. */
  tied(names: readonly string[], more: number): string
  ranked(ranking: Ranking, names: readonly string[], more: number): string
  /** All of a short list, told as one text. */
  few(list: { entity: EntityName; total: number; yes: boolean; told: string }): string
  many(list: { entity: EntityName; total: number; shown: number; yes: boolean; by?: FieldName | undefined }): string
  page(list: { entity: EntityName; from: number; to: number; total: number }): string
  /** Several records that what was asked may be of. */
  fitting(entity: EntityName, count: number, lines: readonly string[]): string
  /** What was asked of one record. */
  known(label: string, facts: string): string
  /** A field of the record and its value, as part of a sentence. */
  fact(field: FieldName, value: string): string
  notRecorded(field: FieldName): string
  /** A record by what is known of it. */
  summary(record: { label: string; entity: EntityName; facts: readonly string[] }): string
  /** Before an answer to a question of yes or no. */
  yes: string
  everyOne: string
  no: string
  /** A "no" before a sentence that says what was not found. */
  noBefore(sentence: string): string
  /** A "no" with what is recorded of the record. */
  noBecause(label: string, facts: readonly string[]): string
  /** What there is with one condition fewer. */
  withoutLast(entity: EntityName, count: number): string
  /** What there is of a record in time, the last of it named. */
  timeline(told: { label: string; inTime: boolean; total: number; latest: number | undefined; last: { what: string; name: string; date: string } }): string
  emptyTimeline(label: string, inTime: boolean): string
  timelineTitle(label: string): string
  timelineColumns: Readonly<Record<'at' | 'what' | 'name' | 'who', string>>
  /** Stands for a record without a name. */
  unnamed: string
  /** Title of a ranked list. */
  rankedTitle(ranking: Ranking): string
  /** "Revenue by customer, this year – top 5". */
  title(title: { what: string; period?: string | undefined; top?: { direction: 'asc' | 'desc'; count: number } | undefined }): string
}
