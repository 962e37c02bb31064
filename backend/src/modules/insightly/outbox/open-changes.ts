import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { readRecords } from '#backend/modules/crm/index.ts'
import type { EntityName } from '#contracts/entities.ts'
import { isSameValue, toFields } from './compare-values.ts'
import { fieldsOfSteps } from './delivery-steps.ts'
import { type ColumnValues, type OutboxRow, outboxColumns } from './outbox-row.ts'
import { toColumnValues } from './record-values.ts'

/** A field that was changed here and is not known to be there yet. */
export interface OpenChange {
  /** What Insightly had when the first of its changes was made. */
  before: unknown
  /** What it was changed to, in order; the last is what it holds here. */
  afters: unknown[]
  /** A person has yet to say which of the two sides stays. */
  isConflict: boolean
}

/** By record, then by field (`custom.<key>` for a custom one). */
export type OpenChanges = Map<string, Map<string, OpenChange>>

/** A new record there has this until its own call was answered. */
const newThere: Record<string, unknown> = { state: 'open' }

/**
 * What these records were changed to here and Insightly may not show yet: what is on its way, what it refused, what waits for a decision,
 * and what was delivered only after `fetchedAt`, when its rows were asked for.
 */
export async function openChanges(tx: Transaction, entity: EntityName, recordIds: readonly string[], fetchedAt?: string): Promise<OpenChanges> {
  const open: OpenChanges = new Map()
  if (recordIds.length === 0) return open
  const ids = sql.param([...recordIds])
  const rows = await tx.query<OutboxRow & Record<string, unknown>>(sql`
    select ${outboxColumns} from insightly_outbox o
    where o.workspace_id = ${tx.workspaceId} and o.entity = ${entity} and o.record_id = any(${ids}::uuid[]) and o.operation in ('create', 'update', 'restore')
      and (o.status in ('pending', 'sending', 'failed') ${fetchedAt === undefined ? sql`` : sql`or o.status = 'done' and o.ended_at >= ${fetchedAt}::timestamptz`})
    order by o.id`)
  const conflicts = await tx.query<{ recordId: string; field: string; base: unknown; local: unknown }>(sql`
    select record_id as "recordId", field, base, local from insightly_conflicts
    where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = any(${ids}::uuid[]) and resolved_at is null`)
  for (const { recordId, field, base, local } of conflicts) add(open, recordId, field, base, local, true)
  const made = rows.filter(({ operation, after }) => operation !== 'update' && after === null)
  const current = new Map(
    made.length === 0
      ? []
      : (await readRecords(tx, entity, [...new Set(made.map(({ recordId }) => recordId))])).map((record) => [record.id, toColumnValues(entity, record)]),
  )
  for (const row of rows) {
    if (row.after === null) addSteps(open, row, current.get(row.recordId))
    else {
      const before = toFields(row.before)
      const after = toFields(row.after)
      for (const field of new Set([...before.keys(), ...after.keys()]))
        if (!isSameValue(entity, field, before.get(field), after.get(field))) add(open, row.recordId, field, before.get(field), after.get(field))
    }
  }
  return open
}

/** Of a record that is being made there, what has calls of its own comes after the record itself. */
function addSteps(open: OpenChanges, row: OutboxRow, values: ColumnValues | undefined): void {
  if (values === undefined) return
  for (const field of fieldsOfSteps(row.status === 'done' ? 0 : row.stepsDone))
    if (field in values) add(open, row.recordId, field, newThere[field] ?? null, values[field])
}

function add(open: OpenChanges, recordId: string, field: string, before: unknown, after: unknown, isConflict = false): void {
  let fields = open.get(recordId)
  if (fields === undefined) {
    fields = new Map()
    open.set(recordId, fields)
  }
  const known = fields.get(field)
  if (known === undefined) fields.set(field, { before, afters: [after], isConflict })
  else known.afters.push(after)
}
