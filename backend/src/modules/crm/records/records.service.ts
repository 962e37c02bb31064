import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Actor, Scope } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter, TypedQueryInput } from '#contracts/query.ts'
import { runQuery } from '../query/query.service.ts'
import { searchRecords } from '../search/search.service.ts'
import { restoreRecords } from './deleted-records.ts'
import { getRecord, requireId } from './get-record.ts'
import { restoreTag, setUserDeleted } from './people-and-tags.ts'
import { readStages } from './pipeline-records.ts'
import { createRecord, deleteRecord, refuseDuplicates, updateRecord } from './record-changes.ts'
import { type RecordJson, readRecords } from './record-reader.ts'
import { nameRelated } from './related-names.ts'
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
      return operations.run(actor, { name: `${entity}.get`, scope: 'crm:read', query: { id }, readOnly: true }, async (tx) => {
        const record = (await tx.hidden()).strip(entity, await getRecord(tx, entity, id))
        await nameRelated(tx, entity, [record])
        return record
      })
    },

    async createRecord(actor: Actor, entity: EntityName, input: Record<string, unknown>): Promise<RecordJson> {
      const query = ({ id }: RecordJson) => ({ id, fields: Object.keys(input) })
      return operations.run(actor, { name: `${entity}.create`, scope: writeScope(entity), query }, async (tx) =>
        shown(tx, entity, await createRecord(tx, entity, input, clock.now())),
      )
    },

    async updateRecord(actor: Actor, entity: EntityName, id: string, input: Record<string, unknown>): Promise<RecordJson> {
      return operations.run(actor, { name: `${entity}.update`, scope: writeScope(entity), query: { id, fields: Object.keys(input) } }, async (tx) =>
        shown(tx, entity, await updateRecord(tx, entity, await getRecord(tx, entity, id), input, clock.now())),
      )
    },

    async deleteRecord(actor: Actor, entity: EntityName, id: string): Promise<void> {
      await operations.run(actor, { name: `${entity}.delete`, scope: writeScope(entity), query: { id } }, async (tx) => {
        await deleteRecord(tx, entity, await getRecord(tx, entity, id), clock.now())
      })
    },

    async restoreRecord(actor: Actor, entity: EntityName, id: string): Promise<RecordJson> {
      return operations.run(actor, { name: `${entity}.restore`, scope: writeScope(entity), query: { id } }, async (tx) => {
        requireId(entity, id)
        if (entity === 'users') await setUserDeleted(tx, id, null)
        else if (entity === 'tags') await restoreTag(tx, id, clock.now())
        else {
          const [record] = await readRecords(tx, entity, [id], { includeDeleted: true })
          if (record !== undefined) await refuseDuplicates(tx, entity, record, id)
          await restoreRecords(tx, entity, [id], { now: clock.now() })
        }
        return shown(tx, entity, await getRecord(tx, entity, id))
      })
    },
  }
}

/** The record as whoever asked may see it; the last that a transaction does, whose reading is masked from here on. */
async function shown(tx: Transaction, entity: EntityName, record: RecordJson): Promise<RecordJson> {
  const hidden = await tx.hidden()
  if (!hidden.isEmpty) await tx.query(sql`select hide_fields(current_setting('app.hidden_fields', true), true)`)
  const seen = hidden.isEmpty ? record : hidden.strip(entity, await getRecord(tx, entity, record.id))
  await nameRelated(tx, entity, [seen])
  return seen
}

/** People of the workspace are its admins' business. */
function writeScope(entity: EntityName): Scope {
  return entity === 'users' ? 'workspace:admin' : 'crm:write'
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
  const hidden = await tx.hidden()
  const items = (await readRecords(tx, entity, ids)).map((item) => hidden.strip(entity, item))
  await nameRelated(tx, entity, items)
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
