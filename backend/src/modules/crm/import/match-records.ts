import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import { arrayLiteral } from '#backend/kernel/array-literal.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { RecordValues } from '../records/parse-record.ts'

/** The key by which a row without an external id finds its record, and the column that holds it folded to lower case. */
const naturalKeys: Partial<Record<EntityName, { field: string; column: string; unique: boolean }>> = {
  contacts: { field: 'email', column: 'email_key', unique: false },
  leads: { field: 'email', column: 'email_key', unique: false },
  organisations: { field: 'domain', column: 'domain_key', unique: false },
  products: { field: 'sku', column: 'sku', unique: true },
  orders: { field: 'order_id', column: 'order_number', unique: true },
  quotes: { field: 'quote_number', column: 'quote_number', unique: true },
}

export interface Keys {
  id: string | undefined
  external: string | undefined
  natural: string | undefined
}

export function keysOf(entity: EntityName, id: string | undefined, values: RecordValues): Keys {
  const natural = naturalKeys[entity]
  const value = natural === undefined ? undefined : values[natural.field]
  return {
    id,
    external: typeof values.external_id === 'string' ? values.external_id : undefined,
    natural: typeof value === 'string' ? (natural?.unique ? value : value.toLowerCase()) : undefined,
  }
}

/** Finds, or is told of, the record that a row is about: by its id, then its external id, then its natural key. */
export interface RecordFinder<T> {
  find(keys: Keys): T | undefined
  add(keys: Keys, target: T): void
}

/**
 * Rows with different external ids are different records even when they share an e-mail address or domain; a sku or order number
 * is unique and decides alone.
 */
export function createFinder<T>(entity: EntityName): RecordFinder<T> {
  const ids = new Map<string, T>()
  const externals = new Map<string, T>()
  const naturals = new Map<string, { target: T; external: string | undefined }>()
  const unique = naturalKeys[entity]?.unique ?? false
  return {
    find({ id, external, natural }) {
      const known = (id === undefined ? undefined : ids.get(id)) ?? (external === undefined ? undefined : externals.get(external))
      if (known !== undefined || natural === undefined) return known
      const candidate = naturals.get(natural)
      if (candidate === undefined) return undefined
      return unique || external === undefined || candidate.external === undefined || candidate.external === external ? candidate.target : undefined
    },
    add({ id, external, natural }, target) {
      if (id !== undefined) ids.set(id, target)
      if (external !== undefined) externals.set(external, target)
      // The first record keeps the address; one without an external id gains the id of the row that found it.
      const holder = natural === undefined ? undefined : naturals.get(natural)
      if (natural !== undefined && (holder === undefined || (holder.target === target && holder.external === undefined)))
        naturals.set(natural, { target, external })
    },
  }
}

/** Records already here that these rows are about, as keys with the record's id. */
export async function findExisting(tx: Transaction, entity: EntityName, wanted: readonly Keys[]): Promise<{ keys: Keys; id: string }[]> {
  const table = sql.identifier(entities[entity].table)
  const natural = naturalKeys[entity]
  const external = entities[entity].fields.external_id === undefined ? sql`null::text` : sql`external_id`
  const naturalColumn = natural === undefined ? sql`null::text` : sql.identifier(natural.column)
  const found = new Map<string, { keys: Keys; id: string }>()
  const lookUp = async (key: keyof Keys, column: SQL, type: string, rows: readonly Keys[]) => {
    const values = [...new Set(rows.flatMap((keys) => keys[key] ?? []))]
    if (values.length === 0) return new Set<string>()
    const matches = await tx.query<{ id: string; external: string | null; natural: string | null }>(sql`
      select id, ${external} as external, ${naturalColumn} as natural from ${table}
      where workspace_id = ${tx.workspaceId} and ${column} = any(${arrayLiteral(values)}::${sql.raw(type)}[]) and deleted_at is null`)
    for (const { id, ...row } of matches)
      if (!found.has(id)) found.set(id, { id, keys: { id, external: row.external ?? undefined, natural: row.natural ?? undefined } })
    return new Set(matches.map((row) => row[key === 'id' ? 'id' : key]))
  }
  const ids = await lookUp('id', sql`id`, 'uuid', wanted)
  let open = wanted.filter(({ id }) => id === undefined || !ids.has(id))
  if (entities[entity].fields.external_id !== undefined) {
    const externals = await lookUp('external', sql`external_id`, 'text', open)
    open = open.filter((keys) => keys.external === undefined || !externals.has(keys.external))
  }
  if (natural !== undefined) await lookUp('natural', sql`${naturalColumn}`, 'text', open)
  // The oldest record comes first, and so keeps an address that several share.
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}
