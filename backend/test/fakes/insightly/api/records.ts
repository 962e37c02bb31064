import { type Entity, entityNamed } from '../entities.ts'
import type { Row } from '../json.ts'
import type { Change } from '../store/store.ts'
import type { Answer, Api, Call } from './call.ts'
import { changedRecord, newRecord } from './new-record.ts'
import { readFields, readObject } from './record-in.ts'
import { badRequest, notFound, Refusal } from './refusal.ts'
import { etagOf, viewRecord } from './view.ts'

/** What a plan's limit counts. */
const counted = ['Contacts', 'Organisations', 'Leads', 'Opportunities', 'Projects']

export function readId(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw badRequest(`The value '${text}' is not valid for Int64.`)
  return Number(text)
}

/** Throws 404 when there is none. */
export function getRow(api: Api, entity: Entity, id: number): Row {
  const row = api.store.collection(entity).find(id)
  if (row === undefined) throw notFound(`${entity.singular} ${id}`)
  return row
}

export function getRecord(api: Api, entity: Entity, id: number): Answer {
  return { status: 200, body: viewRecord(api, entity, getRow(api, entity, id)) }
}

export function createRecord(api: Api, entity: Entity, call: Call): Answer {
  const values = readFields(api, entity, readObject(call.body), undefined)
  requireRoom(api, entity)
  const id = api.store.collection(entity).nextId()
  const row = newRecord(api, entity, id, values, call.userId)
  const history = entity.name === 'Opportunities' ? [stateChange(api, id, row, null)] : []
  api.store.commit([{ kind: 'row', entity: entity.name, id, row }, ...history])
  return { status: 201, body: viewRecord(api, entity, getRow(api, entity, id)) }
}

function requireRoom(api: Api, entity: Entity): void {
  const limit = api.settings.recordLimit
  if (limit === null || !counted.includes(entity.name)) return
  const total = counted.reduce((sum, name) => sum + api.store.collection(entityNamed(name)).count(), 0)
  if (total >= limit) throw new Refusal(402, 'The record limit of your plan has been reached.')
}

/** A partial write; the id is in the body, and may be in the path as well. */
export function updateRecord(api: Api, entity: Entity, call: Call, pathId: number | undefined): Answer {
  const body = readObject(call.body)
  const bodyId = body.get(entity.idField)
  const id = pathId ?? (bodyId === undefined || bodyId === null ? undefined : readId(String(bodyId)))
  if (id === undefined) throw badRequest(`The ${entity.idField} field is required.`)
  const before = getRow(api, entity, id)
  requireMatch(call, before)
  const values = readFields(api, entity, body, before)
  const row = changedRecord(api, entity, before, values)
  const changes: Change[] = [{ kind: 'row', entity: entity.name, id, row }]
  if (entity.name === 'Opportunities' && row.OPPORTUNITY_STATE !== before.OPPORTUNITY_STATE) changes.push(stateChange(api, id, row, null))
  api.store.commit(changes)
  return { status: api.settings.putStatus, body: viewRecord(api, entity, getRow(api, entity, id)) }
}

/** A stale If-Match is refused with 400, not 412. */
export function requireMatch({ ifMatch }: Call, row: Row): void {
  if (ifMatch === undefined || ifMatch === '*' || ifMatch === etagOf(row)) return
  throw badRequest('The If-Match header does not match the current ETag of the record.')
}

export function stateChange(api: Api, id: number, row: Row, reason: Row | null): Change {
  const key = `Opportunities:${id}`
  const entry: Row = {
    OPPORTUNITY_ID: id,
    DATE_CHANGED_UTC: row.DATE_UPDATED_UTC ?? null,
    FOR_OPPORTUNITY_STATE: row.OPPORTUNITY_STATE ?? null,
    STATE_REASON_ID: reason?.STATE_REASON_ID ?? null,
    STATE_REASON: reason?.STATE_REASON ?? null,
  }
  return { kind: 'aside', list: 'StateHistory', key, rows: [...api.store.aside('StateHistory', key), entry] }
}

export function deleteRecord(api: Api, entity: Entity, id: number, call: Call): Answer {
  requireMatch(call, getRow(api, entity, id))
  const links: Change[] = api.store.links.everyOf(entity.singular, id).map((link) => ({ kind: 'link', id: link.LINK_ID, link: null }))
  api.store.commit([{ kind: 'row', entity: entity.name, id, row: null }, ...links])
  return { status: 202 }
}
