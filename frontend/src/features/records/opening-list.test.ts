import { describe, expect, it } from 'vitest'
import { filterSchema } from '#contracts/query.ts'
import { partsOf, partWords } from './list-filter.ts'
import { openingOf, withFilter, withSort } from './opening-list.ts'
import { fieldsOf } from './record-fields.ts'

const tasks = fieldsOf('tasks')
const open = openingOf('tasks', tasks)
const coming = openingOf('events', fieldsOf('events'))
if (open === undefined || coming === undefined) throw new Error('Tasks and events open with what is to come.')
const nothing = { q: undefined, saved: undefined, filter: undefined, sort: undefined }

describe('the list a page opens with', () => {
  it('is what is to be done and what is to come, the next first', () => {
    expect([open.sort, coming.sort]).toEqual(['due_at', 'starts_at'])
    for (const { filter } of [open, coming]) expect(filterSchema.parse(filter)).toEqual(filter)
    expect(openingOf('contacts', fieldsOf('contacts'))).toBeUndefined()
  })

  it('is one condition with a name, also as a saved view gives it back', () => {
    const stored = JSON.parse(
      '{"or":[{"op":"during","field":"starts_at","value":{"offset":0,"period":"day"}},{"op":"gt","field":"starts_at","value":{"now":true}},{"op":"gt","field":"ends_at","value":{"now":true}}]}',
    )
    for (const filter of [coming.filter, stored]) expect(partsOf(filter).map((part) => partWords(part, []))).toEqual(['Today or later'])
    expect(partWords(open.filter, tasks)).toBe('Not completed')
  })

  it('is not for whoever does not see what it goes by', () => {
    expect(
      openingOf(
        'tasks',
        tasks.filter(({ key }) => key !== 'completed_at'),
      ),
    ).toBeUndefined()
  })

  it('is left for everything when its condition is taken away, and kept while a column sorts it', () => {
    expect(withFilter('tasks', nothing, open, undefined)).toEqual({ ...nothing, sort: '-due_at' })
    expect(withSort('tasks', nothing, open, '-title')).toEqual({ ...nothing, filter: open.filter, sort: '-title' })
    const both = { and: [open.filter, { field: 'priority', op: 'eq' as const, value: 'High' }] }
    expect(withFilter('tasks', nothing, open, both)).toEqual({ ...nothing, filter: both, sort: 'due_at' })
  })

  it('does not come back by itself where everything was shown', () => {
    const all = { ...nothing, sort: '-title' }
    const shown = { filter: undefined, sort: '-title' }
    expect(withSort('tasks', all, shown, undefined)).toEqual({ ...nothing, sort: 'due_at' })
    const filtered = { ...nothing, filter: open.filter }
    expect(withFilter('tasks', filtered, { filter: open.filter, sort: undefined }, undefined)).toEqual({ ...nothing, sort: '-due_at' })
  })

  it('leaves other lists, searches and saved views as they are', () => {
    const search = { ...nothing, q: 'call', filter: open.filter }
    expect(withFilter('tasks', search, { filter: open.filter, sort: undefined }, undefined)).toEqual({ ...nothing, q: 'call' })
    expect(withSort('tasks', { ...nothing, saved: 'x' }, { filter: undefined, sort: 'title' }, undefined)).toEqual({ ...nothing, saved: 'x' })
    const contacts = { ...nothing, filter: open.filter }
    expect(withFilter('contacts', contacts, { filter: open.filter, sort: undefined }, undefined)).toEqual(nothing)
  })
})
