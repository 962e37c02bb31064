import type { RecordOption, ShapeName } from '#backend/modules/planner/language/reading.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { Filter, Measure, TimeUnit } from '#contracts/query.ts'

/** One thing asked of the records: a later message replaces the constraint of the same slot. */
export interface Constraint {
  slot: string
  filter: Filter
  /** It says that the record is this one. */
  record?: RecordOption
}

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
  /** Fields asked for by name. */
  fields: string[]
  shape?: ShapeName
  currency?: string
  /** For a share: the part whose share of all is asked. */
  part?: Filter
  /** Said with the answer: what was taken for what. */
  assumptions: string[]
}

export function emptyFrame(entity: EntityName): Frame {
  return { kind: 'list', entity, constraints: [], measures: [], groupBy: [], sort: [], fields: [], assumptions: [] }
}
