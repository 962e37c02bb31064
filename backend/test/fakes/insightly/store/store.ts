import { createKinship } from '../data/kinship.ts'
import { startingRecords } from '../data/sources.ts'
import { createWorld } from '../data/world.ts'
import { type Entity, entityNamed } from '../entities.ts'
import type { Row } from '../json.ts'
import { type Collection, createCollection } from './collection.ts'
import { type Journal, openJournal } from './journal.ts'
import { createLinkStore, type Link, type LinkStore } from './link-store.ts'
import { rowReader } from './row-reader.ts'

/** Lists that hang on a record and are no collection of their own. */
export type AsideName = 'StateHistory'

export type Change =
  | { kind: 'row'; entity: string; id: number; row: Row | null }
  | { kind: 'link'; id: number; link: Link | null }
  | { kind: 'aside'; list: AsideName; key: string; rows: readonly Row[] }

export interface Store {
  collection(entity: Entity): Collection
  links: Pick<LinkStore, 'of' | 'activitiesOf' | 'everyOf' | 'nextId'>
  aside(list: AsideName, key: string): readonly Row[]
  /** One request's changes: on the disk, all or none, when this returns. */
  commit(changes: readonly Change[]): void
  close(): void
}

export interface StoreOptions {
  seed: number
  /** How many contacts there are from the start; everything else in proportion. */
  records: number
  /** Where writes outlive the process; memory without it. */
  folder: string | undefined
}

/** Everything the stand-in knows: made-up records, and what has been written over them. */
export function createStore({ seed, records, folder }: StoreOptions): Store {
  const world = createWorld(seed, records)
  const kinship = createKinship(world)
  const collections = new Map<Entity, Collection>()
  for (const [entity, { source, firstNewId }] of startingRecords(world, kinship)) collections.set(entity, createCollection(source, rowReader, firstNewId))
  const links = createLinkStore(kinship)
  const asides = new Map<string, readonly Row[]>()

  function collection(entity: Entity): Collection {
    const found = collections.get(entity)
    if (found === undefined) throw new Error(`${entity.name} has no records`)
    return found
  }

  function apply(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === 'row') collection(entityNamed(change.entity)).set(change.id, change.row)
      else if (change.kind === 'link') links.set(change.id, change.link)
      else asides.set(`${change.list} ${change.key}`, change.rows)
    }
  }

  const owner = JSON.stringify({ fake: 'insightly', seed, records })
  const journal: Journal<readonly Change[]> | undefined = folder === undefined ? undefined : openJournal(folder, owner, apply)

  return {
    collection,
    links,
    aside: (list, key) => asides.get(`${list} ${key}`) ?? [],
    commit(changes) {
      if (changes.length === 0) return
      journal?.append(changes)
      apply(changes)
    },
    close: () => journal?.close(),
  }
}
