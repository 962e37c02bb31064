import { type Entity, entityNamed } from '../entities.ts'
import type { Answer, Api, Call } from './call.ts'
import { getRow, readId } from './records.ts'
import { badRequest, Refusal } from './refusal.ts'

/** Lists that an administrator keeps, and the records that use their items. */
const users: Readonly<Record<string, { entity: string; field: string } | undefined>> = {
  LeadStatuses: { entity: 'Leads', field: 'LEAD_STATUS_ID' },
  LeadSources: { entity: 'Leads', field: 'LEAD_SOURCE_ID' },
  OpportunityCategories: { entity: 'Opportunities', field: 'CATEGORY_ID' },
  TaskCategories: { entity: 'Tasks', field: 'CATEGORY_ID' },
  Teams: undefined,
  TeamMembers: undefined,
}

/** Throws 403 when such a list is written by somebody who is no administrator. */
export function requireAdministrator(api: Api, entity: Entity, call: Call): void {
  if (call.method === 'GET' || !(entity.name in users)) return
  const user = api.store.collection(entityNamed('Users')).find(call.userId)
  if (user?.ADMINISTRATOR !== true) throw new Refusal(403, 'Only an administrator may do this.')
}

/** DELETE with `?id=`; 409 for what is in use or the last of its kind. */
export async function deleteListItem(api: Api, entity: Entity, { query }: Call): Promise<Answer> {
  const text = query.get('id')
  if (text === undefined) throw badRequest('The id parameter is required.')
  return await removeListItem(api, entity, readId(text))
}

/** Throws 409 for an item that is in use or the last of its list. */
export async function removeListItem(api: Api, entity: Entity, id: number): Promise<Answer> {
  const collection = api.store.collection(entity)
  getRow(api, entity, id)
  const user = users[entity.name]
  const isUsed = user !== undefined && (await api.store.collection(entityNamed(user.entity)).withText(user.field, String(id))).length > 0
  if (isUsed || collection.count() === 1) throw new Refusal(409, `${entity.singular} ${id} is in use or the last of its kind.`)
  api.store.commit([{ kind: 'row', entity: entity.name, id, row: null }])
  return { status: 202 }
}

export function isSettingsList(entity: Entity): boolean {
  return entity.name in users
}
