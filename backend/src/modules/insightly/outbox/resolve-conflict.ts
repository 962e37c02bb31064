import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { actorName } from '#backend/kernel/actor.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import { type RecordValues, updateRecords } from '#backend/modules/crm/index.ts'
import type { ConflictDecision, SyncConflict } from '#contracts/outbox.ts'
import { mirrorActor } from '../mirror/mirror-actor.ts'
import { companionsOf, isSameValue, toColumns, toFields } from './compare-values.ts'
import { readConflicts } from './outbox-list.ts'
import { readValues } from './record-values.ts'

/** Settles what was changed on both sides; what is not kept stays in the conflict and, where it was here, in the field's history. */
export async function resolveConflict(tx: Transaction, id: string, { keep }: ConflictDecision, now: Date): Promise<SyncConflict> {
  const [conflict] = isUuid(id) ? await readConflicts(tx, sql`id = ${id} for update`) : []
  if (conflict === undefined) throw notFound('This conflict')
  if (conflict.resolvedAt !== null) throw new AppError('CONFLICT', 'This was decided already; nothing was changed.')
  const { entity, recordId, field } = conflict
  // What is told in two columns is decided for both.
  const group = await readConflicts(
    tx,
    sql`entity = ${entity} and record_id = ${recordId} and field = any(${sql.param([...companionsOf(field)])}::text[]) and resolved_at is null for update`,
  )
  const values = await readValues(tx, entity, recordId)
  if (values !== undefined) {
    await forgetOpenChanges(tx, conflict, keep === 'remote' ? companionsOf(field) : group.map((one) => one.field))
    if (keep === 'remote') await takeRemote(tx, group, now)
    else await sendLocal(tx, group, values)
  }
  const ids = sql.param(group.map((one) => one.id))
  await tx.query(sql`
    update insightly_conflicts set resolved_at = ${now.toISOString()}, resolved_by = ${actorName(tx.actor)}, keep = ${keep}
    where workspace_id = ${tx.workspaceId} and id = any(${ids}::uuid[])`)
  const [resolved] = await readConflicts(tx, sql`id = ${id}`)
  return resolved ?? conflict
}

/** What is still on its way of the field was made before the decision. */
async function forgetOpenChanges(tx: Transaction, { entity, recordId }: SyncConflict, fields: readonly string[]): Promise<void> {
  for (const field of fields) {
    const path = field.startsWith('custom.') ? ['custom', field.slice('custom.'.length)] : [field]
    await tx.query(sql`
      update insightly_outbox set before = before #- ${sql.param(path)}::text[], after = after #- ${sql.param(path)}::text[]
      where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = ${recordId} and operation in ('update', 'restore')
        and status in ('pending', 'sending', 'failed')`)
  }
}

/** Insightly's version comes here, as the mirror would bring it: it is not sent back. */
async function takeRemote(tx: Transaction, conflicts: readonly SyncConflict[], now: Date): Promise<void> {
  const [first] = conflicts
  if (first === undefined) return
  const values: RecordValues = toColumns(new Map(conflicts.map(({ field, remote }) => [field, remote])))
  if (values.stage_id !== undefined) values.stage_changed_at = now.toISOString()
  if (typeof values.stage_id === 'string') {
    const [stage] = await tx.query<{ id: string }>(sql`select pipeline_id as id from stages where workspace_id = ${tx.workspaceId} and id = ${values.stage_id}`)
    values.pipeline_id = stage?.id ?? values.pipeline_id
  }
  if (typeof values.organisation_id === 'string') {
    const [organisation] = await tx.query<{ name: string }>(
      sql`select name from organisations where workspace_id = ${tx.workspaceId} and id = ${values.organisation_id}`,
    )
    values.organisation = organisation?.name ?? null
  }
  // Until the transaction ends: the decision is a person's, and what it writes is Insightly's already.
  await tx.query(sql`select set_config('app.job', ${mirrorActor(tx.workspaceId).job}, true)`)
  await updateRecords(tx, first.entity, [{ id: first.recordId, values }], { now })
}

/** Ours is sent over what is there now. */
async function sendLocal(tx: Transaction, conflicts: readonly SyncConflict[], values: RecordValues): Promise<void> {
  const [first] = conflicts
  const local = toFields(values)
  const differing = conflicts.filter(({ entity, field, remote }) => !isSameValue(entity, field, local.get(field), remote))
  if (first === undefined || differing.length === 0) return
  const before = toColumns(new Map(differing.map(({ field, remote }) => [field, remote])))
  const after = toColumns(new Map(differing.map(({ field }) => [field, local.get(field) ?? null])))
  const madeBy = tx.actor.type === 'user' ? tx.actor.userId : null
  await tx.query(sql`
    insert into insightly_outbox (workspace_id, entity, record_id, operation, before, after, made_by, made_at)
    values (${tx.workspaceId}, ${first.entity}, ${first.recordId}, 'update', ${JSON.stringify(before)}::jsonb, ${JSON.stringify(after)}::jsonb, ${madeBy}, clock_timestamp())`)
}
