import { hashText } from '../../../../seeds/demo/random.ts'
import { type Entity, findByObjectName } from '../entities.ts'
import type { Row } from '../json.ts'
import type { Link } from '../store/link-store.ts'
import type { Api } from './call.ts'

const nested = ['CUSTOMFIELDS', 'TAGS', 'DATES', 'EMAILDOMAINS', 'TEAMMEMBERS', 'ACTIVITIES']

/** Whether the entity's records carry LINKS. */
function hasLinks(entity: Entity): boolean {
  return entity.fields.some(({ name }) => name === 'LINKS')
}

/** A record as an answer has it; `brief` leaves out everything nested, `list` the text of e-mails. */
export function viewRecord(api: Api, entity: Entity, row: Row, how: { brief?: boolean; list?: boolean } = {}): Row {
  const view: Row = { ...row }
  const id = Number(row[entity.idField])
  if (entity.name === 'Opportunities' && api.settings.stateCase === 'upper') view.OPPORTUNITY_STATE = String(row.OPPORTUNITY_STATE).toUpperCase()
  if (entity.name === 'Emails' && how.list === true) view.BODY = ''
  if (entity.name === 'Teams') view.TEAMMEMBERS = membersOf(api, id)
  if (api.settings.etag) view.ETag = etagOf(row)
  if (how.brief === true) for (const name of nested) delete view[name]
  else if (hasLinks(entity)) view.LINKS = linksOf(api, entity, id)
  return view
}

/** Changes with every change of the record. */
export function etagOf(row: Row): string {
  return `"${hashText(JSON.stringify(row)).toString(16)}"`
}

/** The links of one record, seen from its side; links to what is gone are gone. */
export function linksOf(api: Api, entity: Entity, id: number): Row[] {
  return api.store.links
    .of(entity.singular, id)
    .filter((link) => isAlive(api, link.OBJECT_NAME, link.OBJECT_ID) && isAlive(api, link.LINK_OBJECT_NAME, link.LINK_OBJECT_ID))
    .map((link) => seenFrom(link, entity.singular, id))
}

export function seenFrom(link: Link, objectName: string, id: number): Row {
  const isForward = link.OBJECT_NAME === objectName && link.OBJECT_ID === id
  return isForward
    ? { ...link, IS_FORWARD: true }
    : { ...link, OBJECT_NAME: objectName, OBJECT_ID: id, LINK_OBJECT_NAME: link.OBJECT_NAME, LINK_OBJECT_ID: link.OBJECT_ID, IS_FORWARD: false }
}

export function isAlive(api: Api, objectName: string, id: number): boolean {
  const entity = findByObjectName(objectName)
  return entity !== undefined && api.store.collection(entity).has(id)
}

function membersOf(api: Api, teamId: number): Row[] {
  const members = findByObjectName('TeamMember')
  if (members === undefined) return []
  const all = api.store.collection(members)
  return all.page(0, all.count()).filter((member) => member.TEAM_ID === teamId)
}
