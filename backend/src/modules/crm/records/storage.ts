import { sql } from '#backend/infra/database/database.ts'
import { customFieldEntities, type EntityName, entities, type FieldDefinition } from '#contracts/entities.ts'

/** How one entity's values lie in its table. */
export interface StoredColumn {
  /** Key in stored values: the field's name, or the id column of a reference. */
  key: string
  column: string
  sqlType: string
}

const sqlTypes: Partial<Record<FieldDefinition['type'], string>> = {
  id: 'uuid',
  reference: 'uuid',
  integer: 'integer',
  number: 'numeric',
  money: 'numeric',
  date: 'date',
  datetime: 'timestamptz',
  boolean: 'boolean',
  tags: 'text[]',
  list: 'text[]',
}

function columnsOf(entity: EntityName): StoredColumn[] {
  const columns: StoredColumn[] = []
  const seen = new Set<string>()
  const add = (column: StoredColumn) => {
    if (!seen.has(column.column)) columns.push(column)
    seen.add(column.column)
  }
  for (const [name, field] of Object.entries(entities[entity].fields)) {
    if (name === 'id' || generated.has(`${entity}.${name}`)) continue
    const column = field.column ?? name
    add({ key: field.type === 'reference' ? column : name, column, sqlType: sqlTypes[field.type] ?? 'text' })
    if (field.type === 'phone') add({ key: `${name}_key`, column: `${name}_key`, sqlType: 'text' })
  }
  if (customFieldEntities.includes(entity)) add({ key: 'custom', column: 'custom', sqlType: 'jsonb' })
  return columns
}

/** Columns the database computes. */
const generated = new Set(['contacts.name', 'leads.name', 'order_lines.amount', 'orders.tags'])

const cache = new Map<EntityName, StoredColumn[]>()

/** Stored columns of an entity without id, workspace and bookkeeping. */
export function storedColumns(entity: EntityName): StoredColumn[] {
  let columns = cache.get(entity)
  if (columns === undefined) {
    columns = columnsOf(entity)
    cache.set(entity, columns)
  }
  return columns
}

export function tableOf(entity: EntityName) {
  return sql.identifier(entities[entity].table)
}

/** `x(id uuid, name text, …)`: the record type of a bulk statement fed by one JSON parameter. */
export function recordsetType(columns: readonly { key: string; sqlType: string }[]) {
  return sql.join(
    columns.map(({ key, sqlType }) => sql`${sql.identifier(key)} ${sql.raw(sqlType)}`),
    sql`, `,
  )
}
