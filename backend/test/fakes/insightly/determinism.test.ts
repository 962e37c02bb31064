import { describe, expect, it } from 'vitest'
import { createKinship } from './data/kinship.ts'
import { createWorld, idAt, indexOf } from './data/world.ts'
import { entities, entityNamed } from './entities.ts'
import { createStore } from './store/store.ts'

const dump = (seed: number, records: number) => {
  const store = createStore({ seed, records, folder: undefined })
  return JSON.stringify(entities.map((entity) => [entity.name, store.collection(entity).page(0, 10_000)]))
}

describe('the made-up records', () => {
  it('are the same for the same seed and others for another', () => {
    expect(dump(1, 60)).toBe(dump(1, 60))
    expect(dump(2, 60)).not.toBe(dump(1, 60))
  })

  it('exist from no contact at all to any number', () => {
    for (const records of [0, 1, 2, 3, 7, 50]) expect(dump(1, records).length).toBeGreaterThan(1000)
  })

  it('have the fields of their definition and none besides', () => {
    const store = createStore({ seed: 1, records: 60, folder: undefined })
    for (const entity of entities) {
      const names = new Set(entity.fields.map(({ name }) => name))
      const missing = (row: object) => [...names].filter((name) => !(name in row) && name !== 'LINKS' && name !== 'TEAMMEMBERS' && name !== 'ACTIVITIES')
      for (const row of store.collection(entity).page(0, 100)) {
        expect([entity.name, Object.keys(row).filter((name) => !names.has(name)), missing(row)]).toEqual([entity.name, [], []])
      }
    }
  })

  it('are found by the id they are listed with', () => {
    const world = createWorld(1, 5000)
    for (let index = 0; index < 5000; index++) expect(indexOf(world, 'Contacts', idAt('Contacts', index))).toBe(index)
    for (let id = idAt('Contacts', 10) + 1; id < idAt('Contacts', 11); id++) expect(indexOf(world, 'Contacts', id)).toBeUndefined()
    expect(indexOf(world, 'Contacts', idAt('Contacts', 5000))).toBeUndefined()
  })

  it('are linked alike from both ends, whatever their number', () => {
    for (const records of [1, 40, 333]) {
      const world = createWorld(3, records)
      const kinship = createKinship(world)
      const store = createStore({ seed: 3, records, folder: undefined })
      const linksOf = (name: string) =>
        store
          .collection(entityNamed(name))
          .page(0, 1000)
          .flatMap((row) => kinship.linksOf(entityNamed(name).singular, Number(row[entityNamed(name).idField])))
      const text = (links: ReturnType<typeof linksOf>) => links.map((link) => JSON.stringify(link)).sort()
      const toOrganisations = [...linksOf('Contacts'), ...linksOf('Opportunities')].filter((link) => link.LINK_OBJECT_NAME === 'Organisation')
      expect(text(linksOf('Organisations'))).toEqual(text(toOrganisations))
      const involved = (name: string) => linksOf(name).filter((link) => link.OBJECT_NAME === 'Opportunity' && link.LINK_OBJECT_NAME === 'Contact')
      expect(text(involved('Contacts'))).toEqual(text(involved('Opportunities')))
      const fromRecords = ['Contacts', 'Organisations', 'Leads', 'Opportunities', 'Projects'].flatMap((name) =>
        store
          .collection(entityNamed(name))
          .page(0, 1000)
          .flatMap((row) => kinship.activitiesOf(entityNamed(name).singular, Number(row[entityNamed(name).idField]))),
      )
      expect(text([...fromRecords])).toEqual(text(['Tasks', 'Events', 'Notes', 'Emails'].flatMap(linksOf)))
    }
  })
})
