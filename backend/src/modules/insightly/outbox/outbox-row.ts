import { type SQL, sql } from '#backend/infra/database/database.ts'
import type { EntityName } from '#contracts/entities.ts'

export type OutboxOperation = 'create' | 'update' | 'delete' | 'restore' | 'link' | 'unlink'
export type OutboxStatus = 'pending' | 'sending' | 'failed' | 'done' | 'dropped'
export type ColumnValues = Record<string, unknown>

/** A change made here, on its way to Insightly. */
export interface OutboxRow {
  id: number
  entity: EntityName
  recordId: string
  operation: OutboxOperation
  /** Of the changed columns; money as decimal text. */
  before: ColumnValues | null
  after: ColumnValues | null
  status: OutboxStatus
  /** The last of its steps that was answered. */
  stepsDone: number
  /** The body of a create whose end nobody knows. */
  sent: ColumnValues | null
  firstSentAt: string | null
  attempts: number
}

/** The columns of an outbox row `o`. */
export const outboxColumns = sql`o.id, o.entity, o.record_id as "recordId", o.operation, ${withExactMoney(sql`o.before`)} as before,
  ${withExactMoney(sql`o.after`)} as after, o.status, o.steps_done as "stepsDone", o.sent, o.first_sent_at as "firstSentAt", o.attempts`

/** Amounts leave JSON as text: a float would not hold all of their digits. */
function withExactMoney(column: SQL): SQL {
  return sql`(select jsonb_object_agg(key, case when key in ('value', 'price') then to_jsonb(value #>> '{}') else value end) from jsonb_each(${column}))`
}
