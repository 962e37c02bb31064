import type { EntityName } from '#contracts/entities.ts'
import type { InsightlyRow } from '../client/records.ts'
import { activityEntities, mappedFields } from './mapped-entities.ts'
import type { MirroredEntity } from './mapping.types.ts'
import { readId } from './remote-values.ts'
import { linksOf, subjectsOf } from './row-links.ts'

/** What these rows refer to, by kind of record, so that it is looked up at once. */
export function referencesIn(entity: MirroredEntity, rows: readonly InsightlyRow[]): Map<EntityName, Set<number>> {
  const found = new Map<EntityName, Set<number>>()
  const add = (target: EntityName, id: number | undefined) => {
    if (id === undefined) return
    const ids = found.get(target)
    if (ids === undefined) found.set(target, new Set([id]))
    else ids.add(id)
  }
  const references = mappedFields[entity].flatMap(({ kind, reads }) =>
    kind.type === 'reference' ? reads.map((remote) => ({ remote, target: kind.entity })) : [],
  )
  const linksIn = activityEntities.includes(entity) ? subjectsOf : linksOf
  for (const row of rows) {
    for (const { remote, target } of references) add(target, readId(row[remote]))
    for (const link of linksIn(entity, row)) add(link.entity, link.insightlyId)
  }
  return found
}
