import type { EntityName } from '#contracts/entities.ts'
import { insightlyObjects } from '../client/objects.ts'
import type { InsightlyRow } from '../client/records.ts'
import { activityEntities, objectOf } from './mapped-entities.ts'
import type { MirroredEntity, MirroredLink } from './mapping.types.ts'
import { readId, readRows, readShortText } from './remote-values.ts'

const longestRole = 255

const entitiesByName: Readonly<Record<string, EntityName>> = {
  contact: 'contacts',
  organisation: 'organisations',
  organization: 'organisations',
  lead: 'leads',
  opportunity: 'opportunities',
}

/** A link is shown on both of its records; it is taken from the one that comes first here, or from where it was made. */
const order: readonly EntityName[] = ['tasks', 'events', 'notes', 'emails', 'opportunities', 'leads', 'contacts', 'organisations']
const rank = (entity: EntityName) => (activityEntities.includes(entity) ? 0 : order.indexOf(entity))

/** The links of a row that are taken from its side, each record once, in Insightly's order. */
export function linksOf(entity: MirroredEntity, row: InsightlyRow): MirroredLink[] {
  const rows = readRows(row.LINKS)
  if (rows === undefined || rows.length === 0 || !order.includes(entity)) return []
  const ownId = readId(row[insightlyObjects[objectOf(entity)].id])
  const links = new Map<string, MirroredLink>()
  for (const link of rows) {
    const other = otherEnd(entity, ownId, link)
    if (other === undefined || links.has(`${other.entity} ${other.id}`)) continue
    const isOurs = rank(entity) < rank(other.entity) || (entity === other.entity && isForward(link, ownId, other.id))
    if (isOurs) links.set(`${other.entity} ${other.id}`, { entity: other.entity, insightlyId: other.id, role: readShortText(link.ROLE, longestRole) })
  }
  return [...links.values()]
}

function otherEnd(entity: MirroredEntity, ownId: number | undefined, link: InsightlyRow): { entity: EntityName; id: number } | undefined {
  const isSelf = (name: unknown, id: unknown) => entityNamed(name) === entity && readId(id) === ownId
  const [name, id] =
    isSelf(link.LINK_OBJECT_NAME, link.LINK_OBJECT_ID) && !isSelf(link.OBJECT_NAME, link.OBJECT_ID)
      ? [link.OBJECT_NAME, link.OBJECT_ID]
      : [link.LINK_OBJECT_NAME, link.LINK_OBJECT_ID]
  const other = entityNamed(name)
  const otherId = readId(id)
  if (other === undefined || otherId === undefined || (other === entity && otherId === ownId)) return undefined
  return { entity: other, id: otherId }
}

function entityNamed(name: unknown): EntityName | undefined {
  const word = typeof name === 'string' ? name.trim().toLowerCase() : ''
  return Object.hasOwn(entitiesByName, word) ? entitiesByName[word] : undefined
}

/** Of two records of one kind the link is taken from where it was made. */
function isForward({ IS_FORWARD: told }: InsightlyRow, ownId: number | undefined, otherId: number): boolean {
  return typeof told === 'boolean' ? told : ownId !== undefined && ownId < otherId
}

/** What an activity may be about, the closest first. */
const closeness: readonly EntityName[] = ['opportunities', 'leads', 'contacts', 'organisations']

/** Every record that a task, an event, a note or an e-mail may be said to be about, the likeliest first. */
export function subjectsOf(entity: MirroredEntity, row: InsightlyRow): MirroredLink[] {
  const links = linksOf(entity, row)
  const opportunity = entity === 'tasks' ? readId(row.OPPORTUNITY_ID) : undefined
  if (opportunity !== undefined && !links.some((link) => link.entity === 'opportunities' && link.insightlyId === opportunity))
    links.unshift({ entity: 'opportunities', insightlyId: opportunity, role: null })
  return links.sort(
    (a, b) => closeness.indexOf(a.entity) - closeness.indexOf(b.entity) || Number(b.insightlyId === opportunity) - Number(a.insightlyId === opportunity),
  )
}
