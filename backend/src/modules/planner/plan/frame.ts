import type { RecordOption, ShapeName } from '#backend/modules/planner/language/reading.ts'
import type { Note } from '#backend/modules/planner/phrases/notes.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { Filter, Measure, TimeRange, TimeUnit } from '#contracts/query.ts'

/** One thing asked of the records: a later message replaces the constraint of the same slot. */
export interface Constraint {
  slot: string
  filter: Filter
  /** It says that the record is this one. */
  record?: RecordOption
  /** Records of another kind that an activity is about; their ids are filled in before the query runs. */
  about?: { entity: EntityName; filter?: Filter; none?: boolean }
  /** Sent by, or sent to, the record. */
  side?: 'from' | 'to'
  /** Its time comes again in every year: the days are meant, of whatever year. They are filled in before the query runs. */
  everyYear?: true
  /** Place in the question of what said it. */
  at?: number
}

/** What is filled in from the records before the query runs, because no one query says it. */
export type Expansion =
  /** Records that share a value with another one, or with the one named. */
  | { kind: 'duplicates'; by: readonly string[]; of?: RecordOption }
  | { kind: 'similar'; to: RecordOption }
  /** Records that have in a field of theirs what one named has in its own. */
  /** The records that are first in their group: the newest deal of each owner. */
  | { kind: 'firstOfEach'; group: string; by: string; direction: 'asc' | 'desc' }
  | { kind: 'sameAs'; of: RecordOption; own: string; theirs: string }

/**
 * What a question asks for, as plain data: kept by the session, changed by follow-ups and compiled to a typed query.
 * `list` shows records, `figure` a number, `groups` a number by group, `lookup` fields of one record, `share` a part of the whole.
 */
export interface Frame {
  kind: 'list' | 'figure' | 'groups' | 'lookup' | 'share' | 'pipeline'
  entity: EntityName
  constraints: Constraint[]
  measures: Measure[]
  groupBy: { field: string; bucket?: TimeUnit }[]
  having?: { measure: string; op: 'eq' | 'gt' | 'gte' | 'lt' | 'lte'; value: number }[]
  sort: { by: string; direction: 'asc' | 'desc' }[]
  limit?: number
  offset?: number
  /** "The second biggest": 2. */
  place?: number
  /** Fields asked for by name. */
  fields: string[]
  shape?: ShapeName
  currency?: string
  /** What the answer makes of the figures: how each moved from the one before, their running sum, their mean, one by the other, or what is expected. */
  derive?: 'compare' | 'change' | 'running' | 'mean' | 'ratio' | 'forecast'
  /** For a share: the part whose share of all is asked. */
  part?: Filter
  expansion?: Expansion
  /** Answered by yes or no, and what shows it. */
  whether?: boolean
  /** The records are those of which what was asked of all does not hold. */
  exceptions?: boolean
  /** What happened to the record asked about is told with it, in this time when one was said. */
  timeline?: { range?: TimeRange }
  /** Said with the answer: what was taken for what. */
  assumptions: Note[]
}

export function emptyFrame(entity: EntityName): Frame {
  return { kind: 'list', entity, constraints: [], measures: [], groupBy: [], sort: [], fields: [], assumptions: [] }
}
