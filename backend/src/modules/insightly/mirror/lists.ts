import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { listCustomFields } from '#backend/modules/crm/index.ts'
import type { CustomFieldDefinition, EntityName } from '#contracts/entities.ts'
import type { ListKind } from '../mapping/index.ts'

/** The short lists that every page needs, kept in memory while a run lasts. */
export interface Lists {
  name(kind: ListKind, id: number): string | undefined
  id(kind: ListKind, name: string): number | undefined
  defaultId(kind: ListKind): number | undefined
  /** The definition here of Insightly's FIELD_NAME. */
  customField(entity: EntityName, fieldName: string): CustomFieldDefinition | undefined
  /** FIELD_NAME of a field that may be written there. */
  fieldName(entity: EntityName, key: string): string | undefined
  /** Keys of the fields that come from there. */
  ownKeys(entity: EntityName): string[]
  /** Keys of all custom fields here, so that none is defined twice. */
  keysOf(entity: EntityName): ReadonlySet<string>
  /** A field that was defined since. */
  add(field: CustomFieldDefinition): void
}

interface ListRow extends Record<string, unknown> {
  kind: string
  key: string
  name: string
  isDefault: boolean | null
  isFixed: boolean | null
}

/** Under this kind lie the names of an entity's custom fields. */
export function fieldKind(entity: EntityName): string {
  return `fields:${entity}`
}

export async function loadLists(tx: Transaction): Promise<Lists> {
  const rows = await tx.query<ListRow>(
    sql`select kind, key, name, (details ->> 'default')::boolean as "isDefault", (details ->> 'fixed')::boolean as "isFixed" from insightly_lists where workspace_id = ${tx.workspaceId} and kind <> 'pricebookEntries' order by kind, key`,
  )
  const defined = await listCustomFields(tx)
  const byKey = new Map(rows.map((row) => [`${row.kind}\n${row.key}`, row]))
  const byName = new Map(rows.map((row) => [`${row.kind}\n${row.name.toLowerCase()}`, row]))
  const definitions = new Map(defined.map((field) => [`${field.entity}\n${field.key}`, field]))
  const firstOf = new Map<string, ListRow>()
  for (const row of rows) if (!firstOf.has(row.kind) || (row.isDefault === true && firstOf.get(row.kind)?.isDefault !== true)) firstOf.set(row.kind, row)
  const keys = new Map<EntityName, Set<string>>()
  for (const { entity, key } of defined) keys.set(entity, (keys.get(entity) ?? new Set()).add(key))
  const toId = (row: ListRow | undefined) => (row === undefined ? undefined : Number(row.key))
  return {
    name: (kind, id) => byKey.get(`${kind}\n${id}`)?.name,
    id: (kind, name) => toId(byName.get(`${kind}\n${name.toLowerCase()}`)),
    defaultId: (kind) => toId(firstOf.get(kind)),
    customField(entity, fieldName) {
      const key = byKey.get(`${fieldKind(entity)}\n${fieldName}`)?.name
      return key === undefined ? undefined : definitions.get(`${entity}\n${key}`)
    },
    fieldName(entity, key) {
      const row = byName.get(`${fieldKind(entity)}\n${key.toLowerCase()}`)
      return row?.isFixed === true ? undefined : row?.key
    },
    ownKeys: (entity) => rows.filter(({ kind }) => kind === fieldKind(entity)).map(({ name }) => name),
    keysOf: (entity) => keys.get(entity) ?? new Set(),
    add(field) {
      definitions.set(`${field.entity}\n${field.key}`, field)
      keys.set(field.entity, new Set([...(keys.get(field.entity) ?? []), field.key]))
    },
  }
}

export interface ListEntry {
  key: string
  name: string
  isDefault?: boolean
  /** Nobody can write it there. */
  isFixed?: boolean
}

/** Keeps a list as Insightly has it now; what is not in it any more goes. */
export async function saveList(tx: Transaction, kind: string, entries: readonly ListEntry[]): Promise<void> {
  await tx.query(
    sql`delete from insightly_lists where workspace_id = ${tx.workspaceId} and kind = ${kind} and key <> all(${sql.param(entries.map(({ key }) => key))}::text[])`,
  )
  await tx.query(sql`
    insert into insightly_lists (workspace_id, kind, key, name, details)
    select ${tx.workspaceId}, ${kind}, x.key, x.name, jsonb_build_object('default', coalesce(x."isDefault", false), 'fixed', coalesce(x."isFixed", false))
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as x(key text, name text, "isDefault" boolean, "isFixed" boolean)
    on conflict (workspace_id, kind, key) do update set name = excluded.name, details = excluded.details`)
}
