import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { AppError, type ErrorDetail } from '#backend/kernel/errors.ts'
import { type EntityName, entities, entityNames } from '#contracts/entities.ts'
import { type KeptRow, keptOf } from './kept-rows.ts'

/** What another system fills in on a new record, and what says only when: no change of what the record is. */
const bookkeeping = ['updated_at', 'created_at', 'external_id']

interface Difference {
  id: string
  missing: boolean
  deleted: boolean
  columns: string[]
}

/**
 * Locks the rows that an undo is about.
 * @throws AppError CONFLICT naming the fields that somebody has changed since
 */
export async function refuseChangedSince(tx: Transaction, changeId: string, table: string, rows: readonly KeptRow[]): Promise<void> {
  const ids = rows.filter(({ kind }) => kind !== 'removed').map(({ id }) => id)
  if (ids.length === 0) return
  const wanted = sql`${sql.param(ids)}::uuid[]`
  await tx.query(sql`select id from ${sql.identifier(table)} where workspace_id = ${tx.workspaceId} and id = any(${wanted}) order by id for update`)
  const hasDeletion = !['tags', 'record_links'].includes(table)
  const differences = await tx.query<Difference & Record<string, unknown>>(sql`
    select k.row_id as id, t.id is null as missing, ${hasDeletion ? sql`coalesce(t.deleted_at is not null and k.after ->> 'deleted_at' is null, false)` : sql`false`} as deleted,
      array(select a.key from jsonb_each(k.after) a
        where (k.before is null or a.value is distinct from k.before -> a.key) and a.key <> all(${sql.param(bookkeeping)}::text[])
          and a.key <> all(${sql.param(generatedColumns(table))}::text[]) and to_jsonb(t) -> a.key is distinct from a.value order by a.key) as columns
    from ${keptOf(tx, changeId, table)} k left join ${sql.identifier(table)} t on t.workspace_id = ${tx.workspaceId} and t.id = k.row_id
    where k.row_id = any(${wanted})`)
  const kinds = new Map(rows.map(({ id, kind }) => [id, kind]))
  for (const { id, missing, deleted, columns } of differences) {
    const kind = kinds.get(id)
    // What the change made and somebody has deleted since is as undone as it can be.
    if (kind === 'inserted' && (missing || deleted) && table !== 'order_lines') continue
    if (missing || deleted) throw await conflict(tx, table, id, [], 'has been deleted, or is hidden from you, since')
    const fields = columns.map((column) => fieldOf(table, column))
    if (fields.length > 0) throw await conflict(tx, table, id, fields, `was changed since (${fields.join(', ')})`)
  }
}

function generatedColumns(table: string): string[] {
  return table === 'order_lines'
    ? ['amount']
    : table === 'organisations'
      ? ['domain_key']
      : ['name', 'email_key'].slice(table === 'contacts' || table === 'leads' ? 0 : 2)
}

/** The field of a column, as records name it. */
function fieldOf(table: string, column: string): string {
  const entity = entityOf(table)
  const field = entity === undefined ? undefined : Object.entries(entities[entity].fields).find(([, { column: own }]) => own === column)
  return field?.[0] ?? column.replace(/_key$/, '')
}

/** The entity whose records are in this table. */
export function entityOf(table: string): EntityName | undefined {
  return entityNames.find((name) => entities[name].table === table)
}

async function conflict(tx: Transaction, table: string, id: string, fields: readonly string[], what: string): Promise<AppError> {
  const entity = entityOf(table)
  const noun = entity === undefined ? 'link' : entities[entity].singular
  const [row] =
    entity === undefined
      ? []
      : await tx.query<{ label: string | null }>(
          sql`select shown_label(entity, record_id, label) as label from search_documents where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = ${id}`,
        )
  const details: ErrorDetail[] = fields.map((field) => ({ field, message: 'was changed since' }))
  return new AppError('CONFLICT', `The ${[noun, row?.label].filter((part) => part != null && part !== '').join(' ')} ${what}; nothing was undone.`, { details })
}
