import type { EntityName } from '#contracts/entities.ts'
import type { InsightlyLink, InsightlyRow } from '../client/records.ts'

/** One end of a link, as Insightly names it. */
export interface LinkEnd {
  entity: EntityName
  insightlyId: number
}

/** What a create sent. */
export interface SentRecord {
  fields: Record<string, unknown>
  /** Of a note, whose path says where it belongs. */
  parent: LinkEnd | null
}

const objectNames: Partial<Record<EntityName, string>> = { contacts: 'Contact', organisations: 'Organisation', opportunities: 'Opportunity', leads: 'Lead' }

/** The name of a link's other end; undefined for what cannot be linked there. */
export function linkNameOf(entity: EntityName): string | undefined {
  return objectNames[entity]
}

/** Whether a link leads to a record, from whichever side it is told. */
export function leadsTo(end: LinkEnd, link: InsightlyLink): boolean {
  return isEnd(end, link.LINK_OBJECT_NAME, link.LINK_OBJECT_ID) || isEnd(end, link.OBJECT_NAME, link.OBJECT_ID)
}

function isEnd({ entity, insightlyId }: LinkEnd, name: unknown, id: unknown): boolean {
  const word = typeof name === 'string' ? name.trim().toLowerCase().replace('organization', 'organisation') : ''
  return word !== '' && word === linkNameOf(entity)?.toLowerCase() && Number(id) === insightlyId
}

/** Whether a note hangs on this record; without its links nobody can tell. */
export function isOfParent(parent: LinkEnd, row: InsightlyRow): boolean {
  return Array.isArray(row.LINKS) && (row.LINKS as InsightlyLink[]).some((link) => leadsTo(parent, link))
}
