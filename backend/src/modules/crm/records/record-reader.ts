import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import { customFieldEntities, type EntityName, entities } from '#contracts/entities.ts'
import { tableOf } from './storage.ts'

/** A record as JSON: import column names, references by label and by `<reference>_id`, money as decimal strings, `custom` by key. */
export type RecordJson = { id: string } & Record<string, unknown>

const selections = new Map<EntityName, { columns: SQL; joins: SQL }>()

function selectionOf(entity: EntityName): { columns: SQL; joins: SQL } {
  const known = selections.get(entity)
  if (known !== undefined) return known
  const columns: SQL[] = []
  const joins: SQL[] = []
  const idColumns = new Set<string>()
  const definition = entities[entity]
  for (const [name, field] of Object.entries(definition.fields)) {
    const column = sql.identifier(field.column ?? name)
    const alias = sql.identifier(name)
    if (field.type !== 'reference' || field.entity === undefined) {
      columns.push(field.type === 'number' ? sql`t.${column}::float8 as ${alias}` : sql`t.${column} as ${alias}`)
      continue
    }
    const join = sql.identifier(`r_${name}`)
    const target = entities[field.entity]
    const display = target.fields[field.display ?? target.labelField]
    joins.push(sql`left join ${tableOf(field.entity)} ${join} on ${join}.workspace_id = t.workspace_id and ${join}.id = t.${column}`)
    // A person without a name is shown by the e-mail address.
    const label = sql`${join}.${sql.identifier(display?.column ?? field.display ?? target.labelField)}`
    columns.push(sql`${field.entity === 'contacts' && field.display === undefined ? sql`coalesce(${label}, ${join}.email)` : label} as ${alias}`)
    // A record that is hidden from the reader is not joined, and its id is no more shown than its name.
    if (!idColumns.has(field.column ?? name)) columns.push(sql`${join}.id as ${column}`)
    idColumns.add(field.column ?? name)
  }
  if (customFieldEntities.includes(entity)) columns.push(sql`t.custom as custom`)
  const selection = { columns: sql.join(columns, sql`, `), joins: sql.join(joins, sql` `) }
  selections.set(entity, selection)
  return selection
}

/** The records with these ids, in that order; those that are deleted or not here are left out. */
export async function readRecords(
  tx: Transaction,
  entity: EntityName,
  ids: readonly string[],
  options: { includeDeleted?: boolean } = {},
): Promise<RecordJson[]> {
  if (ids.length === 0) return []
  const { columns, joins } = selectionOf(entity)
  const rows = await tx.query<RecordJson>(sql`
    select ${columns} from ${tableOf(entity)} t ${joins}
    where t.workspace_id = ${tx.workspaceId} and t.id = any(${sql.param([...ids])}::uuid[]) ${options.includeDeleted || !hasSoftDelete(entity) ? sql`` : sql`and t.deleted_at is null`}`)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id.toLowerCase()) ?? [])
}

export function hasSoftDelete(entity: EntityName): boolean {
  return entity !== 'tags'
}
