import { DateTime } from 'luxon'
import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Actor, Scope } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter, TypedQueryInput } from '#contracts/query.ts'
import { runQuery } from '../query/query.service.ts'
import { searchRecords } from '../search/search.service.ts'
import { completeChange, completeNewRecord } from './complete-record.ts'
import { listCustomFields } from './custom-fields.repository.ts'
import { deleteRecords, restoreRecords } from './deleted-records.ts'
import { getRecord, requireId } from './get-record.ts'
import { createOrder, updateOrder } from './order-records.ts'
import { parseRecord } from './parse-record.ts'
import type { PendingRecord } from './pending-record.ts'
import { createTag, createUser, deleteTag, setUserActive, updateTag, updateUser } from './people-and-tags.ts'
import { createPipeline, placeStage, readStages, updatePipeline } from './pipeline-records.ts'
import { type RecordJson, readRecords } from './record-reader.ts'
import { insertRecords, updateRecords } from './record-writer.ts'
import { resolveReferences } from './resolve-references.ts'
import { throwIfInvalid } from './throw-if-invalid.ts'
import { getWorkspace } from './workspace.repository.ts'

export interface ListRequest {
  limit: number
  cursor?: string | undefined
  sort?: string | undefined
  q?: string | undefined
  filter?: Filter | undefined
  timeZone?: string | undefined
}

export interface Page<T> {
  items: T[]
  nextCursor: string | null
  total: number | null
}

export type RecordsService = ReturnType<typeof createRecordsService>

/** Create, read, update, delete and list the CRM's records. */
export function createRecordsService({ operations, clock }: { operations: Operations; clock: Clock }) {
  return {
    async listRecords(actor: Actor, entity: EntityName, request: ListRequest): Promise<Page<RecordJson>> {
      return operations.run(actor, { name: `${entity}.list`, scope: 'crm:read', query: { ...request }, readOnly: true }, (tx) =>
        listPage(tx, entity, request, clock.now()),
      )
    },

    async getRecord(actor: Actor, entity: EntityName, id: string): Promise<RecordJson> {
      return operations.run(actor, { name: `${entity}.get`, scope: 'crm:read', query: { id }, readOnly: true }, (tx) => getRecord(tx, entity, id))
    },

    async createRecord(actor: Actor, entity: EntityName, input: Record<string, unknown>): Promise<RecordJson> {
      const query = ({ id }: RecordJson) => ({ id, fields: Object.keys(input) })
      return operations.run(actor, { name: `${entity}.create`, scope: writeScope(entity), query }, async (tx) => {
        const now = clock.now()
        const context = { now, currency: (await getWorkspace(tx)).currency }
        if (entity === 'users') return getRecord(tx, entity, await createUser(tx, input, now))
        if (entity === 'tags') return getRecord(tx, entity, await createTag(tx, input, now))
        if (entity === 'pipelines') return getRecord(tx, entity, await createPipeline(tx, input, now))
        if (entity === 'orders') return getRecord(tx, entity, await createOrder(tx, input, context))
        const record = await prepare(tx, entity, input, { now, partial: false })
        completeNewRecord(entity, record.values, context)
        if (entity === 'stages') await placeStage(tx, record.values)
        await refuseDuplicates(tx, entity, record.values)
        const [id] = await insertRecords(tx, entity, [record.values], { now })
        return getRecord(tx, entity, id as string)
      })
    },

    async updateRecord(actor: Actor, entity: EntityName, id: string, input: Record<string, unknown>): Promise<RecordJson> {
      return operations.run(actor, { name: `${entity}.update`, scope: writeScope(entity), query: { id, fields: Object.keys(input) } }, async (tx) => {
        const now = clock.now()
        const before = await getRecord(tx, entity, id)
        if (entity === 'users') await updateUser(tx, before, input)
        else if (entity === 'tags') await updateTag(tx, before, input, now)
        else if (entity === 'pipelines') await updatePipeline(tx, before, input, now)
        else if (entity === 'orders') await updateOrder(tx, before, input, now)
        else {
          const record = await prepare(tx, entity, input, { now, partial: true })
          const workspace = await getWorkspace(tx)
          const today = DateTime.fromJSDate(now, { zone: workspace.timeZone }).toISODate() as string
          completeChange(entity, before, record.values, { now, currency: workspace.currency, today })
          refuseEmptied(entity, before, record.values)
          if (entity === 'stages') await placeStage(tx, record.values, before)
          await refuseDuplicates(tx, entity, record.values, id)
          await updateRecords(tx, entity, [{ id, values: record.values }], { now })
        }
        return getRecord(tx, entity, id)
      })
    },

    async deleteRecord(actor: Actor, entity: EntityName, id: string): Promise<void> {
      await operations.run(actor, { name: `${entity}.delete`, scope: writeScope(entity), query: { id } }, async (tx) => {
        const record = await getRecord(tx, entity, id)
        if (entity === 'users') return setUserActive(tx, id, false)
        if (entity === 'tags') return deleteTag(tx, record, clock.now())
        await deleteRecords(tx, entity, [id], { now: clock.now() })
      })
    },

    async restoreRecord(actor: Actor, entity: EntityName, id: string): Promise<RecordJson> {
      return operations.run(actor, { name: `${entity}.restore`, scope: writeScope(entity), query: { id } }, async (tx) => {
        requireId(entity, id)
        if (entity === 'users') await setUserActive(tx, id, true)
        else {
          const [record] = await readRecords(tx, entity, [id], { includeDeleted: true })
          if (record !== undefined) await refuseDuplicates(tx, entity, record, id)
          await restoreRecords(tx, entity, [id], { now: clock.now() })
        }
        return getRecord(tx, entity, id)
      })
    },
  }
}

/** People of the workspace are its admins' business. */
function writeScope(entity: EntityName): Scope {
  return entity === 'users' ? 'workspace:admin' : 'crm:write'
}

/** Parses, checks and resolves one record; everything wrong with it is reported at once. */
async function prepare(tx: Transaction, entity: EntityName, input: Record<string, unknown>, options: { now: Date; partial: boolean }): Promise<PendingRecord> {
  const { timeZone } = await getWorkspace(tx)
  const customFields = await listCustomFields(tx, entity)
  const record = parseRecord(entity, input, { customFields, timeZone, partial: options.partial })
  if (options.partial) {
    for (const key of ['created_at', 'updated_at'])
      if (key in record.values)
        record.errors.push({ field: key, message: `${entities[entity].fields[key]?.label ?? key} is set by the system and cannot be changed.` })
  }
  throwIfInvalid(record.errors)
  await resolveReferences(tx, entity, [record], { createMissing: true, now: options.now })
  throwIfInvalid(record.errors)
  return record
}

/** A record may not lose what makes it one: its name, or for people the last of name and e-mail. */
function refuseEmptied(entity: EntityName, before: RecordJson, values: Record<string, unknown>): void {
  const after = { ...before, ...values }
  const { requiredAny, fields } = entities[entity]
  const filled = (key: string) => after[key] !== null && after[key] !== undefined && after[key] !== ''
  if (requiredAny.length === 0 || requiredAny.some((group) => group.every(filled))) return
  const labels = requiredAny.flat().map((key) => fields[key]?.label ?? key)
  throwIfInvalid([{ field: requiredAny[0]?.[0] as string, message: `${labels.join(' or ')} must not be empty.` }])
}

const uniqueKeys: Partial<Record<EntityName, readonly string[]>> = { products: ['sku', 'external_id'] }

async function refuseDuplicates(tx: Transaction, entity: EntityName, values: Record<string, unknown>, ownId?: string): Promise<void> {
  const keys = uniqueKeys[entity] ?? (entities[entity].fields.external_id === undefined ? [] : ['external_id'])
  for (const key of keys) {
    const value = values[key]
    if (typeof value !== 'string') continue
    const rows = await tx.query<{ id: string }>(
      sql`select id from ${sql.identifier(entities[entity].table)} where workspace_id = ${tx.workspaceId} and ${sql.identifier(key)} = ${value} and deleted_at is null`,
    )
    if (rows.some(({ id }) => id !== ownId)) {
      throw new AppError('CONFLICT', `Another ${entities[entity].singular} already has the ${entities[entity].fields[key]?.label ?? key} "${value}".`, {
        details: [{ field: key, message: 'is taken' }],
      })
    }
  }
}

/** One page of a list, as the transaction's actor sees it. */
export async function listPage(tx: Transaction, entity: EntityName, request: ListRequest, now: Date): Promise<Page<RecordJson>> {
  const timeZone = request.timeZone ?? (await getWorkspace(tx)).timeZone
  const { filter, sort } = request
  const query: TypedQueryInput = {
    entity,
    select: ['id'],
    sort: parseSort(entity, sort),
    limit: request.limit,
    timeZone,
    ...(filter === undefined ? {} : { filter }),
  }
  const isSearch = request.q !== undefined && request.q.trim() !== ''
  const found = isSearch ? await searchRecords(tx, { q: request.q as string, entities: [entity], limit: mostFound }) : undefined
  if (found?.length === 0) return { items: [], nextCursor: null, total: 0 }
  if (found !== undefined) {
    const ids = found.map((hit) => hit.id)
    const matches: Filter = { field: 'id', op: 'in', value: ids }
    query.filter = filter === undefined ? matches : { and: [filter, matches] }
    // Without an order of its own, what was searched for comes as ranked.
    if (sort === undefined) return rankedPage(tx, query, ids, request, now)
  }
  const result = await runQuery(tx, { ...query, ...startOf(request.cursor) }, { now, timeZone })
  const items = await readItems(
    tx,
    entity,
    result.rows.map((row) => row.id as string),
  )
  return { items, nextCursor: result.nextCursor ?? null, total: result.totalIsEstimate === true ? null : result.total }
}

/** Most records a search finds. */
const mostFound = 200

/** A page of what was found, in the order of the search. */
async function rankedPage(
  tx: Transaction,
  query: TypedQueryInput,
  found: readonly string[],
  { limit, cursor }: ListRequest,
  now: Date,
): Promise<Page<RecordJson>> {
  const offset = cursor === undefined ? 0 : decodeOffset(cursor)
  if (offset === undefined) throw new AppError('VALIDATION', wrongCursor, { details: [{ field: 'cursor', message: 'is not valid' }] })
  const { rows, total } = await runQuery(tx, { ...query, limit: mostFound }, { now, timeZone: query.timeZone ?? 'UTC' })
  const visible = new Set(rows.map((row) => row.id))
  const ids = found.filter((id) => visible.has(id)).slice(offset, offset + limit)
  const end = offset + ids.length
  return { items: await readItems(tx, query.entity, ids), nextCursor: ids.length > 0 && end < total ? encodeOffset(end) : null, total }
}

async function readItems(tx: Transaction, entity: EntityName, ids: readonly string[]): Promise<RecordJson[]> {
  const items = await readRecords(tx, entity, ids)
  if (entity === 'pipelines') for (const item of items) item.stages = await readStages(tx, item.id)
  return items
}

function parseSort(entity: EntityName, sort: string | undefined): { by: string; direction: 'asc' | 'desc' }[] {
  const { fields } = entities[entity]
  if (sort === undefined) {
    if (entity === 'stages') return [{ by: 'position', direction: 'asc' }]
    return fields.created_at === undefined ? [{ by: 'ordered_at', direction: 'desc' }] : [{ by: 'created_at', direction: 'desc' }]
  }
  return sort
    .split(',')
    .slice(0, 5)
    .map((part) => ({ by: part.trim().replace(/^[-+]/, ''), direction: part.trim().startsWith('-') ? 'desc' : 'asc' }))
}

const wrongCursor = 'This cursor is not one of ours; start again without it.'

function encodeOffset(offset: number): string {
  return Buffer.from(`o${offset}`).toString('base64url')
}

function decodeOffset(cursor: string): number | undefined {
  const match = /^o(\d{1,5})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))
  return match === null ? undefined : Number(match[1])
}

/** Cursors of lists are keys; a place among the first records is still understood. */
function startOf(cursor: string | undefined): Pick<TypedQueryInput, 'cursor' | 'offset'> {
  if (cursor === undefined) return {}
  const offset = decodeOffset(cursor)
  return offset === undefined ? { cursor } : { offset }
}
