import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { seesEverything } from '#backend/kernel/actor.ts'
import { arrayLiteral } from '#backend/kernel/array-literal.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { type EntityName, entities, ownerColumn } from '#contracts/entities.ts'
import type { PendingRecord } from './pending-record.ts'

type Values = Record<string, unknown>

/** Who sees a record: everyone, or those to whom a record of this visibility and owner is open. */
export interface Audience {
  visibility: string
  ownerId: string | null
}

const everyone: Audience = { visibility: 'everyone', ownerId: null }

function isRestricted(values: Values): boolean {
  return typeof values.visibility === 'string' && values.visibility !== 'everyone'
}

/** Whoever narrows a record's visibility without saying whose it is keeps it. */
export function claimRestricted(tx: Transaction, entity: EntityName, values: Values): void {
  const column = ownerColumn(entity)
  if (column === undefined || tx.actor.type !== 'user' || !isRestricted(values) || (values[column] ?? undefined) !== undefined) return
  values[column] = tx.actor.userId
}

/**
 * Row-level security would refuse these rows too, but could not say why.
 * @throws AppError VALIDATION when the writer would not see one of them any more
 */
export async function refuseHiding(tx: Transaction, entity: EntityName, rows: readonly Values[]): Promise<void> {
  const column = ownerColumn(entity)
  if (column === undefined || seesEverything(tx.actor)) return
  const restricted = rows.filter(isRestricted)
  const closed = await closedTo(tx, restricted, column)
  if (closed.length > 0)
    throw new AppError('VALIDATION', `${hiding(entity)} Nothing was changed.`, { details: [{ field: 'visibility', message: 'would hide it from you' }] })
}

function hiding(entity: EntityName): string {
  return `This would hide the ${entities[entity].singular} from you; keep it yourself or within your team, or ask an admin.`
}

async function closedTo<T extends Values>(tx: Transaction, rows: readonly T[], column: string): Promise<T[]> {
  if (rows.length === 0) return []
  const asked = rows.map((row, index) => ({ index, visibility: row.visibility, owner: row[column] ?? null }))
  const closed = await tx.query<{ index: number }>(sql`
    select x.index from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as x(index integer, visibility text, owner uuid) where not is_open_to_me(x.visibility, x.owner)`)
  const indexes = new Set(closed.map(({ index }) => index))
  return rows.filter((_, index) => indexes.has(index))
}

/** Adds an error to records that would be hidden from their writer, or whose external id or number a hidden record holds. */
export async function checkVisibility(tx: Transaction, entity: EntityName, records: readonly PendingRecord[]): Promise<void> {
  if (seesEverything(tx.actor)) return
  const column = ownerColumn(entity)
  if (column !== undefined) {
    const given = records.filter(({ values }) => isRestricted(values) && typeof values[column] === 'string')
    const closed = new Set(
      await closedTo(
        tx,
        given.map(({ values }) => values),
        column,
      ),
    )
    for (const { values, errors } of given) if (closed.has(values)) errors.push({ field: 'visibility', message: hiding(entity) })
  }
  const key = entity === 'orders' ? 'order_id' : 'external_id'
  const keys = records.flatMap(({ values }) => (typeof values[key] === 'string' ? [values[key]] : []))
  if (keys.length === 0) return
  const rows = await tx.query<{ key: string }>(sql`select hidden_keys(${entity}, ${arrayLiteral(keys)}::text[]) as key`)
  const taken = new Set(rows.map((row) => row.key))
  const label = entities[entity].fields[key]?.label ?? key
  for (const { values, errors } of records)
    if (taken.has(values[key] as string)) errors.push({ field: key, message: `${label} "${values[key]}" is taken by a record that you may not see.` })
}

/** Who sees each of these records and what it says, in their order; what hangs on a restricted record is open to those who see that. */
export async function audiencesOf(tx: Transaction, entity: EntityName, rows: readonly Values[]): Promise<Audience[]> {
  const column = ownerColumn(entity)
  const parents = parentColumns[entity] ?? []
  const restricted = await restrictedAmong(
    tx,
    rows.flatMap((row) => parents.map((parent) => row[parent])),
  )
  return rows.map((row) => {
    if (column !== undefined && isRestricted(row)) return { visibility: row.visibility as string, ownerId: (row[column] as string | null | undefined) ?? null }
    const parent = parents.map((name) => restricted.get(row[name] as string)).find((audience) => audience !== undefined)
    return parent ?? everyone
  })
}

const parentColumns: Partial<Record<EntityName, readonly string[]>> = {
  tasks: ['related_id'],
  events: ['related_id'],
  orders: ['contact_id', 'organisation_id'],
  quotes: ['contact_id', 'organisation_id', 'opportunity_id'],
}

async function restrictedAmong(tx: Transaction, given: readonly unknown[]): Promise<Map<string, Audience>> {
  const ids = [...new Set(given)].filter((id) => typeof id === 'string')
  if (ids.length === 0) return new Map()
  const rows = await tx.query<{ id: string; visibility: string; ownerId: string | null }>(sql`
    select record_id as id, visibility, owner_id as "ownerId" from restricted_among(${arrayLiteral(ids)}::uuid[])`)
  return new Map(rows.map(({ id, ...audience }) => [id, audience]))
}

/** The fields whose words search keeps although they belong to another record, by the column that refers to it. */
const borrowedNames: Partial<Record<EntityName, Readonly<Record<string, readonly string[]>>>> = {
  contacts: { organisation_id: ['organisation'] },
  opportunities: { organisation_id: ['organisation'], contact_id: ['contact', 'contact_email'] },
}

/** These records without the names of restricted records they refer to, since search shows one text to all who see the record. */
export async function withoutRestrictedNames<T extends { values: Values }>(tx: Transaction, entity: EntityName, records: readonly T[]): Promise<readonly T[]> {
  const borrowed = Object.entries(borrowedNames[entity] ?? {})
  const restricted = await restrictedAmong(
    tx,
    records.flatMap(({ values }) => borrowed.map(([column]) => values[column])),
  )
  if (restricted.size === 0) return records
  return records.map((record) => {
    const values = { ...record.values }
    for (const [column, names] of borrowed) if (restricted.has(values[column] as string)) for (const name of names) delete values[name]
    return { ...record, values }
  })
}
