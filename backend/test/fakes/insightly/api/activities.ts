import { entityNamed } from '../entities.ts'
import { rowReader } from '../store/row-reader.ts'
import type { Answer, Api, Call, Owner, Resource } from './call.ts'
import { pageOf } from './lists.ts'
import { newRecord } from './new-record.ts'
import { listParameters, updatedAfter } from './query.ts'
import { readFields, readObject } from './record-in.ts'
import { getRow, readId, updateRecord } from './records.ts'
import { badRequest, notFound } from './refusal.ts'
import { touch } from './touch.ts'
import { viewRecord } from './view.ts'

export type ActivityEntity = 'Emails' | 'Events' | 'Notes' | 'Tasks'

/** `/{id}/Tasks` and its like: read only, but for notes, which are created nowhere else. */
export function activitiesResource(api: Api, owner: Owner, name: ActivityEntity): Resource {
  const list: Resource = { get: (call) => listActivities(api, owner, name, call) }
  if (name !== 'Notes') return list
  return { ...list, post: (call) => createNote(api, owner, call), put: (call) => updateNote(api, owner, call) }
}

function listActivities(api: Api, owner: Owner, name: ActivityEntity, { query }: Call): Answer {
  const entity = entityNamed(name)
  const instant = updatedAfter(query)
  const rows = activityIds(api, owner, name).flatMap((id) => {
    const row = api.store.collection(entity).find(id)
    return row === undefined || (instant !== undefined && rowReader.updatedAt(row) <= instant) ? [] : [row]
  })
  return pageOf(api, entity, rows, listParameters(query))
}

/** By their links, and tasks also by the opportunity or project they name. */
function activityIds(api: Api, owner: Owner, name: ActivityEntity): number[] {
  const entity = entityNamed(name)
  const links = api.store.links.activitiesOf(owner.entity.singular, owner.id).filter((link) => link.OBJECT_NAME === entity.singular)
  const ids = new Set(links.map((link) => link.OBJECT_ID))
  if (name === 'Tasks' && (owner.entity.name === 'Opportunities' || owner.entity.name === 'Projects')) {
    for (const [id, row] of api.store.collection(entity).written()) if (row[owner.entity.idField] === owner.id) ids.add(id)
  }
  return [...ids].sort((a, b) => a - b)
}

function createNote(api: Api, owner: Owner, call: Call): Answer {
  const notes = entityNamed('Notes')
  const values = readFields(api, notes, readObject(call.body), undefined)
  const id = api.store.collection(notes).nextId()
  const linkId = api.store.links.nextId()
  const link = {
    LINK_ID: linkId,
    OBJECT_NAME: notes.singular,
    OBJECT_ID: id,
    LINK_OBJECT_NAME: owner.entity.singular,
    LINK_OBJECT_ID: owner.id,
    ROLE: null,
    DETAILS: null,
    RELATIONSHIP_ID: null,
  }
  api.store.commit([
    { kind: 'row', entity: notes.name, id, row: newRecord(api, notes, id, values, call.userId) },
    { kind: 'link', id: linkId, link },
    ...touch(api, owner),
  ])
  return { status: 201, body: viewRecord(api, notes, getRow(api, notes, id)) }
}

function updateNote(api: Api, owner: Owner, call: Call): Answer {
  const id = readObject(call.body).get('NOTE_ID')
  if (id === undefined || id === null) throw badRequest('The NOTE_ID field is required.')
  if (!activityIds(api, owner, 'Notes').includes(readId(String(id)))) throw notFound(`Note ${String(id)}`)
  return updateRecord(api, entityNamed('Notes'), call, undefined)
}
