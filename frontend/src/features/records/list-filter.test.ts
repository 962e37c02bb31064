import { describe, expect, it } from 'vitest'
import { conditionSchema, type Filter } from '#contracts/query.ts'
import { conditionFrom, filterOfAddress, filterOfParts, needsValue, operatorsOf, partsOf, partWords, spans } from './list-filter.ts'
import { fieldsOf, type RecordField } from './record-fields.ts'

const fields = fieldsOf('opportunities', [{ entity: 'opportunities', key: 'region', label: 'Region', type: 'text', choices: [] }])
const field = (key: string) => fields.find((one) => one.key === key) as RecordField

describe('the filter of a list', () => {
  it('is read from an address and written back the same', () => {
    const filter: Filter = { and: [{ field: 'state', op: 'eq', value: 'open' }, { relation: 'notes' }] }
    for (const value of [filter, JSON.stringify(filter)]) expect(filterOfParts(partsOf(filterOfAddress(value)))).toEqual(filter)
    for (const nonsense of ['{', '"x"', '{"field":"x"}', 7, undefined, []]) expect(filterOfAddress(nonsense)).toBeUndefined()
    expect(filterOfParts([])).toBeUndefined()
  })

  it('is made of conditions that a query understands', () => {
    for (const one of fields)
      for (const { op } of operatorsOf(one)) {
        const condition = conditionFrom(one, op, op === 'during' ? 'lastMonth' : '1')
        expect(conditionSchema.safeParse(condition).success, `${one.key} ${op}`).toBe(true)
        if (needsValue(op)) expect(conditionFrom(one, op, ' ')).toBeUndefined()
      }
    expect(conditionFrom(field('value'), 'gte', '1,000,000.10')).toEqual({ field: 'value', op: 'gte', value: '1000000.10' })
    expect(conditionFrom(field('name'), 'eq', 'Smith, John')).toEqual({ field: 'name', op: 'eq', value: 'Smith, John' })
  })

  it('is said in words', () => {
    const words = (part: Filter) => partWords(part, fields)
    expect(words({ field: 'value', op: 'gte', value: '5000' })).toBe('Value is at least 5000')
    expect(words({ field: 'custom.region', op: 'isEmpty' })).toBe('Region is empty')
    expect(words({ field: 'tags', op: 'eq', value: 'vip' })).toBe('Tags include vip')
    expect(words({ field: 'organisation.id', op: 'eq', value: '01' })).toBe('Of one organisation')
    expect(words({ relation: 'order_lines' })).toBe('Condition on order lines')
    expect(words({ or: [{ field: 'name', op: 'isEmpty' }] })).toBe('Combined conditions')
    expect(words({ field: 'created_at', op: 'during', value: { from: '2026-01-01' } })).toBe('Created is in from 2026-01-01')
    for (const { words: span, range } of Object.values(spans)) expect(words({ field: 'created_at', op: 'during', value: range })).toBe(`Created is in ${span}`)
    expect(words({ field: 'created_at', op: 'during', value: { last: 45, unit: 'day' } })).toBe('Created is in a span of time')
  })
})
