import type { DateTime } from 'luxon'
import { type SQL, sql } from '#backend/infra/database/database.ts'
import type { ErrorDetail } from '#backend/kernel/errors.ts'
import type { CustomFieldDefinition, EntityDefinition, EntityName } from '#contracts/entities.ts'
import type { Conversion, Filter } from '#contracts/query.ts'
import { type FieldInfo, resolveFieldPath } from './field-paths.ts'
import { unknownField } from './suggestions.ts'

/** What one compilation shares: who asks, when, and everything found wrong so far. */
export interface CompileContext {
  workspaceId: string
  /** No record of the workspace is hidden from whoever asks. */
  seesEverything: boolean
  /** In the time zone of the query. */
  now: DateTime
  timeZone: string
  customFields: readonly CustomFieldDefinition[]
  /** Only money in this currency. */
  currency: string | undefined
  /** Money counts in one currency, at stated rates. */
  convert: Conversion | undefined
  /** Amounts that have no rate, by where they were asked for. */
  leftOut: Map<string, LeftOut>
  problems: ErrorDetail[]
  aliases: number
  /** Sets of ids that conditions refer to, each found once for the whole statement, before anything else. */
  sets: SQL[]
}

/** Records whose money could not be converted. */
export interface LeftOut {
  entity: EntityName
  path: string
  /** Left out of a figure, or not comparable by a filter or a sort. */
  use: 'figure' | 'compared'
  /** Statement of `currency` and `records`. */
  counts: SQL
}

/** A table in a FROM clause with the references joined to it, each once. */
export interface Scope {
  entity: EntityDefinition
  alias: string
  joins: Map<string, { alias: string; statement: SQL }>
}

export function newAlias(context: CompileContext): string {
  context.aliases += 1
  return `t${context.aliases}`
}

export function createScope(context: CompileContext, entity: EntityDefinition): Scope {
  return { entity, alias: newAlias(context), joins: new Map() }
}

/** The field a path names; when there is none, that is noted and undefined returned. */
export function requireField(context: CompileContext, entity: EntityName, path: string, at: string): FieldInfo | undefined {
  const info = resolveFieldPath(entity, path, context.customFields)
  if (info === undefined) context.problems.push({ field: at, message: unknownField(entity, path, context.customFields) })
  return info
}

/** Makes a set of ids part of the statement, and answers the name it is referred to by. */
export function addSet(context: CompileContext, ids: SQL): SQL {
  context.aliases += 1
  const name = sql.identifier(`set${context.aliases}`)
  context.sets.push(sql`${name} (id) as materialized (${ids})`)
  return sql`${name}`
}

/** The sets as the beginning of a WITH clause, each followed by a comma. */
export function setsOf(context: CompileContext): SQL {
  return sql.join(context.sets.map((set) => sql`${set}, `))
}

/** Compiles a filter over the rows of a scope; `at` is where the filter stands in the query. */
export type FilterCompiler = (context: CompileContext, scope: Scope, filter: Filter, at: string) => SQL

/** Stands for a part that has a problem; the statement it is in is never run. */
export const nothing = sql`false`
