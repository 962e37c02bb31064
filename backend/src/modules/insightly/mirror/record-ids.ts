import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Lookup, OutgoingLookup } from '../mapping/index.ts'
import type { Lists } from './lists.ts'

/** Which record is which. */
export interface KnownRecord {
  insightlyId: number
  recordId: string
  remoteUpdatedAt: string | null
  gone: boolean
}

/** What is known of these records of Insightly, by their ids there. */
export async function findKnown(tx: Transaction, entity: EntityName, insightlyIds: readonly number[]): Promise<Map<number, KnownRecord>> {
  if (insightlyIds.length === 0) return new Map()
  const rows = await tx.query<KnownRecord & Record<string, unknown>>(sql`
    select insightly_id as "insightlyId", record_id as "recordId", remote_updated_at as "remoteUpdatedAt", gone from insightly_records
    where workspace_id = ${tx.workspaceId} and entity = ${entity} and insightly_id = any(${sql.param([...insightlyIds])}::bigint[])`)
  return new Map(rows.map((row) => [row.insightlyId, row]))
}

/** Notes which record is which; a record that is another there from now on loses what it was before. */
export async function saveKnown(
  tx: Transaction,
  entity: EntityName,
  records: readonly { insightlyId: number; recordId: string; remoteUpdatedAt: string | null }[],
): Promise<void> {
  if (records.length === 0) return
  await tx.query(sql`
    insert into insightly_records (workspace_id, entity, insightly_id, record_id, remote_updated_at)
    select ${tx.workspaceId}, ${entity}, x.* from unnest(${sql.param(records.map(({ insightlyId }) => insightlyId))}::bigint[],
      ${sql.param(records.map(({ recordId }) => recordId))}::uuid[], ${sql.param(records.map(({ remoteUpdatedAt }) => remoteUpdatedAt))}::timestamptz[]) as x
    on conflict (workspace_id, entity, insightly_id) do update set record_id = excluded.record_id, remote_updated_at = excluded.remote_updated_at, gone = false`)
}

/** Answers a page's questions about other records, all looked up at once. */
export async function loadLookup(tx: Transaction, references: ReadonlyMap<EntityName, ReadonlySet<number>>, lists: Lists): Promise<Lookup> {
  const wanted = [...references].flatMap(([entity, ids]) => [...ids].map((id) => ({ entity, id })))
  const records = new Map<string, string>()
  const labels = new Map<string, string>()
  if (wanted.length > 0) {
    const rows = await tx.query<{ entity: EntityName; id: number; recordId: string }>(sql`
      select r.entity, r.insightly_id as id, r.record_id as "recordId" from insightly_records r
      join unnest(${sql.param(wanted.map(({ entity }) => entity))}::text[], ${sql.param(wanted.map(({ id }) => id))}::bigint[]) as w(entity, id)
        on w.entity = r.entity and w.id = r.insightly_id
      where r.workspace_id = ${tx.workspaceId} and not r.gone`)
    const idsByEntity = new Map<EntityName, { id: number; recordId: string }[]>()
    for (const { entity, id, recordId } of rows) {
      records.set(`${entity} ${id}`, recordId)
      const known = idsByEntity.get(entity)
      if (known === undefined) idsByEntity.set(entity, [{ id, recordId }])
      else known.push({ id, recordId })
    }
    for (const [entity, known] of idsByEntity) for (const [id, label] of await labelsOf(tx, entity, known)) labels.set(`${entity} ${id}`, label)
  }
  return {
    record: (entity, id) => records.get(`${entity} ${id}`),
    label: (entity, id) => labels.get(`${entity} ${id}`),
    listName: lists.name,
    customField: lists.customField,
  }
}

async function labelsOf(tx: Transaction, entity: EntityName, known: readonly { id: number; recordId: string }[]): Promise<[number, string][]> {
  const { table, labelField } = entities[entity]
  const rows = await tx.query<{ id: string; label: string | null }>(
    sql`select id, ${sql.identifier(labelField)} as label from ${sql.identifier(table)} where workspace_id = ${tx.workspaceId} and id = any(${sql.param(known.map(({ recordId }) => recordId))}::uuid[])`,
  )
  const labels = new Map(rows.map(({ id, label }) => [id, label]))
  return known.flatMap(({ id, recordId }): [number, string][] => {
    const label = labels.get(recordId)
    return label === null || label === undefined ? [] : [[id, label]]
  })
}

/** Answers what a change on its way there needs to know of the records it names. */
export async function loadOutgoing(
  tx: Transaction,
  recordIds: readonly string[],
  { lists, ownUserId }: { lists: Lists; ownUserId: number },
): Promise<OutgoingLookup> {
  const rows = await tx.query<{ entity: string; id: number; recordId: string }>(sql`
    select entity, insightly_id as id, record_id as "recordId" from insightly_records
    where workspace_id = ${tx.workspaceId} and record_id = any(${sql.param([...recordIds])}::uuid[]) and not gone`)
  const ids = new Map(rows.map(({ entity, id, recordId }) => [`${entity} ${recordId}`, id]))
  return {
    insightlyId: (entity, recordId) => ids.get(`${entity} ${recordId}`),
    listId: lists.id,
    defaultListId: lists.defaultId,
    fieldName: lists.fieldName,
    ownUserId: () => ownUserId,
  }
}
