import type { Value } from '../json.ts'

/** A link as it was made; seen from its other end its sides are exchanged. */
export interface Link {
  LINK_ID: number
  OBJECT_NAME: string
  OBJECT_ID: number
  LINK_OBJECT_NAME: string
  LINK_OBJECT_ID: number
  ROLE: string | null
  DETAILS: string | null
  RELATIONSHIP_ID: number | null
  [name: string]: Value
}

/** Links that exist from the start, worked out from either end. */
export interface LinkSource {
  linksOf(objectName: string, id: number): readonly Link[]
  /** Links that tasks, events, notes and e-mails have to a record. */
  activitiesOf(objectName: string, id: number): readonly Link[]
}

export interface LinkStore {
  /** Both directions, ascending by id; what was noted, planned and mailed about a record is no link of the record. */
  of(objectName: string, id: number): Link[]
  activitiesOf(objectName: string, id: number): Link[]
  everyOf(objectName: string, id: number): Link[]
  set(id: number, link: Link | null): void
  nextId(): number
}

const firstNewLink = 1_000_000_000

export function createLinkStore(source: LinkSource): LinkStore {
  const written = new Map<number, Link | null>()
  const byRecord = new Map<string, Set<number>>()
  let highestId = firstNewLink - 1

  function ends(link: Link): string[] {
    return [`${link.OBJECT_NAME}:${link.OBJECT_ID}`, `${link.LINK_OBJECT_NAME}:${link.LINK_OBJECT_ID}`]
  }

  function join(objectName: string, id: number, generated: readonly Link[], belongs: (link: Link) => boolean): Link[] {
    const links = generated.filter((link) => !written.has(link.LINK_ID))
    for (const linkId of byRecord.get(`${objectName}:${id}`) ?? []) {
      const link = written.get(linkId)
      if (link && belongs(link)) links.push(link)
    }
    return links.sort((a, b) => a.LINK_ID - b.LINK_ID)
  }
  const of = (objectName: string, id: number) =>
    join(objectName, id, source.linksOf(objectName, id), (link) => isActivity(objectName) || !isActivity(link.OBJECT_NAME))
  const activitiesOf = (objectName: string, id: number) =>
    join(objectName, id, source.activitiesOf(objectName, id), (link) => isActivity(link.OBJECT_NAME) && link.LINK_OBJECT_NAME === objectName)

  return {
    of,
    activitiesOf,
    everyOf: (objectName, id) => (isActivity(objectName) ? of(objectName, id) : [...of(objectName, id), ...activitiesOf(objectName, id)]),
    set(id, link) {
      const before = written.get(id)
      if (before) for (const end of ends(before)) byRecord.get(end)?.delete(id)
      written.set(id, link)
      highestId = Math.max(highestId, id)
      if (link === null) return
      for (const end of ends(link)) {
        const ids = byRecord.get(end) ?? new Set()
        byRecord.set(end, ids.add(id))
      }
    },
    nextId: () => highestId + 1,
  }
}

const activityNames = ['Task', 'Event', 'Note', 'Email']

function isActivity(objectName: string): boolean {
  return activityNames.includes(objectName)
}
