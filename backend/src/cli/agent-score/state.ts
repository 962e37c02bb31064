import type pg from 'pg'
import { type EntityDefinition, entities, type FieldDefinition } from '#contracts/entities.ts'

/** Field → value: ids of people are their e-mail addresses, times ISO UTC, `custom.<key>` beside the others. */
export type StateRow = Readonly<Record<string, unknown>>

/** What a person could see of a workspace: living records, and mails that wait to be sent. */
export interface WorkspaceState {
  /** By entity, or `email_outbox`; then by id. */
  readonly records: ReadonlyMap<string, ReadonlyMap<string, StateRow>>
  /** Changes with any column of any row. */
  readonly fingerprints: ReadonlyMap<string, string>
}

const outbox = 'email_outbox'

/** Everything a task could change; read past row-level security, so that nothing is hidden from the score. */
const watched: readonly { name: string; table: string; living: string; entity?: EntityDefinition }[] = [
  ...Object.values(entities)
    .filter(({ name }) => name !== 'users')
    .map((entity) => ({ name: entity.name, table: entity.table, living: entity.name === 'tags' ? 'true' : 'deleted_at is null', entity })),
  { name: outbox, table: outbox, living: `status <> 'cancelled'` },
  { name: 'record_links', table: 'record_links', living: 'true' },
]

/** The state now; of what did not change since `before`, the rows read then. */
export async function readState(admin: pg.Pool, workspaceId: string, before?: WorkspaceState): Promise<WorkspaceState> {
  const marks = watched.map(
    ({ name, table, living }) =>
      `select '${name}' as name, md5(coalesce(string_agg(r::text, '' order by r::text), '')) as mark from ${table} r where workspace_id = $1 and ${living}`,
  )
  const { rows } = await admin.query<{ name: string; mark: string }>(marks.join(' union all '), [workspaceId])
  const fingerprints = new Map(rows.map(({ name, mark }) => [name, mark]))
  const records = new Map<string, ReadonlyMap<string, StateRow>>()
  let people: ReadonlyMap<string, string> | undefined
  for (const { name, table, living, entity } of watched) {
    const known = before?.fingerprints.get(name) === fingerprints.get(name) ? before?.records.get(name) : undefined
    if (known !== undefined) {
      records.set(name, known)
      continue
    }
    people ??= await readPeople(admin, workspaceId)
    const found = await admin.query<{ row: Record<string, unknown> }>(`select to_jsonb(r) as row from ${table} r where workspace_id = $1 and ${living}`, [
      workspaceId,
    ])
    records.set(name, new Map(found.rows.map(({ row }, index) => [String(row.id ?? index), toStateRow(row, entity, people as ReadonlyMap<string, string>)])))
  }
  return { records, fingerprints }
}

export function isSameState(a: WorkspaceState, b: WorkspaceState): boolean {
  return [...a.fingerprints].every(([name, mark]) => b.fingerprints.get(name) === mark)
}

/** Names of what differs. */
export function differingTables(a: WorkspaceState, b: WorkspaceState): string[] {
  return [...a.fingerprints].filter(([name, mark]) => b.fingerprints.get(name) !== mark).map(([name]) => name)
}

async function readPeople(admin: pg.Pool, workspaceId: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await admin.query<{ id: string; email: string }>('select id, lower(coalesce(email, name)) as email from users where workspace_id = $1', [
    workspaceId,
  ])
  return new Map(rows.map(({ id, email }) => [id, email]))
}

function toStateRow(row: Record<string, unknown>, entity: EntityDefinition | undefined, people: ReadonlyMap<string, string>): StateRow {
  if (entity === undefined) return row
  const values: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(entity.fields)) values[name] = cellOf(row[field.column ?? name], field, people)
  for (const [key, value] of Object.entries((row.custom ?? {}) as Record<string, unknown>)) values[`custom.${key}`] = value
  return values
}

function cellOf(value: unknown, { type, entity }: FieldDefinition, people: ReadonlyMap<string, string>): unknown {
  if (value === null || value === undefined) return null
  if (entity === 'users') return people.get(String(value)) ?? value
  if (type === 'datetime') return new Date(String(value)).toISOString()
  return value
}
