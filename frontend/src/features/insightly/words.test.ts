import { describe, expect, it } from 'vitest'
import type { SyncRun } from './api/sync-types.ts'
import { byKind, changesOf, changeWords, fieldLabel, fieldOf, kindLabel, requester } from './words.ts'

const run: SyncRun = {
  id: '1',
  mode: 'full',
  state: 'done',
  requestedBy: 'schedule',
  startedAt: null,
  finishedAt: null,
  apiCalls: 0,
  counts: {},
  progress: { done: 0, total: 0, byEntity: {}, rowsPerSecond: null, secondsLeft: null },
}

describe('words of the mirror', () => {
  it('names kinds, also those that only Insightly has', () => {
    expect(kindLabel('contacts')).toBe('Contacts')
    expect(kindLabel('custom_fields')).toBe('Custom fields')
  })
  it('finds the field of a reference by its column', () => {
    expect(fieldOf('contacts', 'organisation_id')).toMatchObject({ key: 'organisation', entity: 'organisations' })
    expect(fieldLabel('contacts', 'organisation_id')).toBe('Organisation')
    expect(fieldLabel('contacts', 'custom.shoe_size')).toBe('Shoe size')
    expect(fieldOf('contacts', 'custom.shoe_size')).toBeUndefined()
  })
  it('puts kinds in the order they have everywhere', () => {
    expect(byKind({ tasks: 1, tickets: 2, quotes: 5, contacts: 3, organisations: 4 }).map(([kind]) => kind)).toEqual([
      'organisations',
      'contacts',
      'quotes',
      'tasks',
      'tickets',
    ])
  })
  it('adds up what a run changed', () => {
    expect(
      changesOf({
        ...run,
        counts: { contacts: { created: 2, updated: 1, deleted: 0, unchanged: 4 }, leads: { created: 1, updated: 0, deleted: 0, unchanged: 4 } },
      }),
    ).toBe('3 created, 1 updated')
    expect(changesOf(run)).toBe('No changes')
  })
  it('says what was changed', () => {
    expect(changeWords({ entity: 'contacts', operation: 'update', fields: ['phone', 'title'] })).toBe('Changed phone, job title')
    expect(changeWords({ entity: 'tasks', operation: 'update', fields: ['related_id', 'related_type'] })).toBe('Changed related record')
    expect(changeWords({ entity: 'contacts', operation: 'create', fields: [] })).toBe('Created')
  })
  it('tells a person from the schedule', () => {
    expect(requester(run)).toBe('Schedule')
    expect(requester({ ...run, requestedBy: 'Ann' })).toBe('Ann')
  })
})
