import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { AppliedChange } from '#backend/modules/crm/index.ts'
import { idsIn } from './proposal-row.ts'
import { isSameRecord } from './same-record.ts'

/** What was applied, and the records before it as they are compared later. */
export interface Outcome extends AppliedChange {
  /** In the order of `records`; of an import what it did, as nothing is there before. */
  shown: (Record<string, unknown> | null)[]
}

const placeholder = 'made by this batch'
const momentOfStep = 'when it was carried out'

/**
 * Each attempt gives what it makes other ids: where a step changes what an earlier step of its batch has made, its record is compared without them.
 * The same goes for the moment at which a step is carried out.
 * @param batch ids of the proposals of the batch
 */
export async function withShown(tx: Transaction, applied: AppliedChange, batch: readonly string[], now: Date): Promise<Outcome> {
  const shown = applied.records.map(({ entity, before, after }) => (entity === 'imports' ? { ...after, id: null } : before))
  const ids = batch.length < 2 ? [] : [...idsIn(shown)]
  if (batch.length < 2) return { ...applied, shown }
  const made = await tx.query<{ id: string }>(sql`
    select distinct row_id as id from change_rows
    where workspace_id = ${tx.workspaceId} and change_id = any(${sql.param([...batch])}::uuid[]) and before is null and row_id = any(${sql.param(ids)}::uuid[])`)
  const known = new Map(made.map(({ id }) => [id, placeholder]))
  known.set(now.toISOString(), momentOfStep)
  return { ...applied, shown: shown.map((record) => replaced(record, known) as Record<string, unknown> | null) }
}

function replaced(value: unknown, known: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return known.get(value) ?? value
  if (Array.isArray(value)) return value.map((item) => replaced(item, known))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, known)]))
}

/** Nobody approves what was not shown: each record is still as the proposal says it was. */
export function isAsShown(was: Outcome, is: Outcome): boolean {
  return was.shown.length === is.shown.length && was.shown.every((record, index) => isSameRecord(record, is.shown[index] ?? null))
}
