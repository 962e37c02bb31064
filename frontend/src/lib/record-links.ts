import { type EntityName, entities, entityBySingular } from '#contracts/entities.ts'

/** Entities with a page of their own, in the order of the navigation. */
export const pageEntities = [
  'contacts',
  'organisations',
  'leads',
  'opportunities',
  'products',
  'orders',
  'quotes',
  'quote_lines',
  'tasks',
  'events',
  'notes',
  'emails',
] as const satisfies readonly EntityName[]
export type PageEntity = (typeof pageEntities)[number]

export const isPageEntity = (name: string): name is PageEntity => (pageEntities as readonly string[]).includes(name)

/** Events live at /calendar; everything else at its plural. */
export const pathOfEntity = (entity: PageEntity): string => (entity === 'events' ? '/calendar' : `/${entity}`)
/** What its address says to show all there are, where a page opens with what is to come. */
export const everythingOf = (entity: PageEntity): { sort?: string } =>
  entity === 'tasks' || entity === 'events' ? { sort: `-${entities[entity].defaultTime}` } : {}
export const pathOfRecord = (entity: PageEntity, id: string): string => `${pathOfEntity(entity)}/${id}`

export function entityOfPath(segment: string): PageEntity | undefined {
  const name = segment === 'calendar' ? 'events' : segment
  return isPageEntity(name) ? name : undefined
}

/** The page entity meant by a singular or plural name, as citations and search items use it. */
export function pageEntityOf(name: string | null | undefined): PageEntity | undefined {
  if (!name) return undefined
  if (isPageEntity(name)) return name
  const entity = entityBySingular(name)?.name
  return entity !== undefined && isPageEntity(entity) ? entity : undefined
}

/** The page behind the server's `/crm/<plural>/<id>`; undefined for a kind of record that has none, such as a stage. */
export function pathOfCitation(url: string): string | undefined {
  const [, plural, id] = /^\/crm\/([a-z_]+)\/([^/?#]+)/.exec(url) ?? []
  if (plural === undefined || id === undefined) return url
  const entity = pageEntityOf(plural)
  return entity === undefined ? undefined : pathOfRecord(entity, id)
}

export const nounOf = (entity: EntityName, count: number): string => (count === 1 ? entities[entity].label : entities[entity].labelPlural).toLowerCase()
