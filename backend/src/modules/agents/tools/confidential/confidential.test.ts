import { describe, expect, it } from 'vitest'
import type { EntityName } from '#contracts/entities.ts'
import { createConfidential } from './confidential.ts'

const kept = createConfidential([
  { entity: 'contacts', field: 'email' },
  { entity: 'contacts', field: 'last_name' },
  { entity: 'organisations', field: 'custom.rating' },
  { entity: 'orders', field: 'total' },
])

describe('what is kept from prompts', () => {
  it.each<[EntityName, string, boolean]>([
    ['contacts', 'email', true],
    ['contacts', 'phone', false],
    // Made of what is kept.
    ['contacts', 'name', true],
    ['contacts', 'organisation', false],
    ['contacts', 'organisation.custom.rating', true],
    ['organisations', 'custom.rating', true],
    ['organisations', 'custom.other', false],
    // References show what they refer to.
    ['opportunities', 'contact', true],
    ['opportunities', 'contact_email', true],
    ['opportunities', 'contact_id', false],
    ['opportunities', 'contact.city', false],
    ['contacts', 'orders.sum.total', true],
    ['contacts', 'orders.count', false],
    ['contacts', 'orders.latest.ordered_at', false],
  ])('%s %s: %s', (entity, path, hidden) => {
    expect(kept.hides(entity, path)).toBe(hidden)
  })

  it('is found anywhere in a query', () => {
    const find = (query: object) => kept.findHidden({ entity: 'contacts', ...query } as never)
    expect(find({ select: ['phone', 'email'] })).toBe('email')
    expect(find({ sort: [{ by: 'email' }] })).toBe('email')
    expect(find({ groupBy: [{ field: 'last_name' }] })).toBe('last_name')
    expect(find({ measures: [{ fn: 'count', where: { field: 'email', op: 'isEmpty' } }] })).toBe('email')
    expect(find({ filter: { and: [{ field: 'phone', op: 'isEmpty' }, { not: { or: [{ field: 'name', op: 'eq', value: 'x' }] } }] } })).toBe('name')
    expect(find({ filter: { relation: 'orders', sum: { field: 'total', op: 'gt', value: 1 } } })).toBe('orders.total')
    expect(find({ filter: { relation: 'organisation.orders', sum: { field: 'total', op: 'gt', value: 1 } } })).toBe('organisation.orders.total')
    expect(createConfidential([{ entity: 'opportunities', field: 'state' }]).findHidden({ entity: 'opportunities', measures: [{ fn: 'winRate' }] })).toBe(
      'state',
    )
    expect(find({ filter: { relation: 'opportunities', where: { field: 'contact.email', op: 'eq', value: 'x' } } })).toBe('contact.email')
    expect(find({ filter: { field: 'phone', op: 'isEmpty' }, select: ['phone'] })).toBeUndefined()
  })

  it('is taken out of records', () => {
    expect(kept.strip('contacts', { id: '1', name: 'A B', first_name: 'A', last_name: 'B', email: 'a@b.c', phone: '1', custom: {} })).toEqual({
      id: '1',
      first_name: 'A',
      phone: '1',
      custom: {},
    })
    expect(kept.strip('organisations', { id: '1', name: 'O', custom: { rating: 5, other: 6 } })).toEqual({ id: '1', name: 'O', custom: { other: 6 } })
    expect(kept.strip('opportunities', { id: '1', contact: 'A B', contact_id: '2', contact_email: 'a@b.c' })).toEqual({ id: '1', contact_id: '2' })
    // Somebody without a name goes by the address.
    expect(kept.strip('orders', { id: '1', contact: 'a@b.c', customer: 'a@b.c', order_id: 'a@b' })).toEqual({ id: '1', order_id: 'a@b' })
    expect(createConfidential([]).strip('contacts', { email: 'a@b.c' })).toEqual({ email: 'a@b.c' })
  })
})
