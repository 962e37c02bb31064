import { describe, expect, it } from 'vitest'
import { type EntityName, entities } from './entities.ts'
import { hidableEntities, isReckonedWith, whyNotHidden, withReckonings } from './hidden-fields.ts'

describe('fields that can be hidden', () => {
  it('are not those that name a record or tie it to others', () => {
    for (const entity of hidableEntities) {
      expect(whyNotHidden(entity, entities[entity].labelField), entity).toBeDefined()
      for (const [field, { type }] of Object.entries(entities[entity].fields))
        if (type === 'reference' || type === 'id') expect(whyNotHidden(entity, field), `${entity}.${field}`).toBeDefined()
    }
    for (const entity of ['users', 'tags', 'stages', 'pipelines'] as EntityName[]) expect(whyNotHidden(entity, 'name')).toBeDefined()
  })

  it('are phones, addresses, amounts and whatever a workspace added', () => {
    for (const [entity, field] of [
      ['contacts', 'phone'],
      ['contacts', 'email'],
      ['opportunities', 'value'],
      ['products', 'cost'],
      ['leads', 'state'],
      ['orders', 'custom.margin'],
    ] as const)
      expect(whyNotHidden(entity, field), field).toBeUndefined()
  })

  it('go with those they can be reckoned from, for the roles of either', () => {
    const hidden = withReckonings([
      { entity: 'orders', field: 'total', roles: ['rep'] },
      { entity: 'order_lines', field: 'unit_price', roles: ['viewer'] },
      { entity: 'contacts', field: 'phone', roles: ['manager'] },
    ])
    expect(hidden).toHaveLength(4)
    expect(hidden).toContainEqual({ entity: 'order_lines', field: 'amount', roles: ['rep', 'viewer'] })
    expect(hidden).toContainEqual({ entity: 'contacts', field: 'phone', roles: ['manager'] })
    expect(isReckonedWith({ entity: 'orders', field: 'total' }, { entity: 'order_lines', field: 'amount' })).toBe(true)
    expect(isReckonedWith({ entity: 'orders', field: 'total' }, { entity: 'quotes', field: 'total' })).toBe(false)
  })
})
