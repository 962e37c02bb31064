import { describe, expect, it } from 'vitest'
import { companionsOf, isSameValue, toColumns, toFields } from './compare-values.ts'

const same = (field: string, a: unknown, b: unknown) => isSameValue('opportunities', field, a, b) && isSameValue('opportunities', field, b, a)

describe('two values of a field', () => {
  it.each([
    ['name', 'Deal ', 'Deal'],
    ['name', 'one\r\ntwo', 'one\ntwo'],
    ['value', '10', '10.00'],
    ['value', '12345678901234567.890', '12345678901234567.89'],
    ['probability', 40, '40'],
    ['state', 'Won', 'won'],
    ['forecast_close_date', '2026-01-02', '2026-01-02T00:00:00.000Z'],
    ['created_at', '2026-01-02T03:04:05.123Z', '2026-01-02T04:04:05+01:00'],
    ['tags', ['b', 'a'], ['a', 'b', 'a']],
    ['tags', [], null],
    ['name', '', null],
    ['custom.flag', false, undefined],
    ['custom.amount', 1, 1.0],
  ])('of %s are the same: %j and %j', (field, a, b) => expect(same(field, a, b)).toBe(true))

  it.each([
    ['name', 'Deal', 'deal'],
    ['name', '10', '10.0'],
    ['value', '12345678901234567.89', '12345678901234567.88'],
    ['created_at', '2026-01-02T03:04:05Z', '2026-01-02T03:04:06Z'],
    ['tags', ['a'], ['a', 'b']],
    ['tags', ['a'], ['A']],
    ['probability', 0, null],
    ['custom.flag', true, null],
    ['organisation_id', '0b2e3e9e-0000-7000-8000-000000000001', '0b2e3e9e-0000-7000-8000-000000000002'],
  ])('of %s are two: %j and %j', (field, a, b) => expect(same(field, a, b)).toBe(false))
})

describe('a change by field', () => {
  it('has each custom field for itself, and goes back to columns', () => {
    const values = { name: 'x', custom: { a: 1, b: null } }
    expect([...toFields(values)]).toEqual([
      ['name', 'x'],
      ['custom.a', 1],
      ['custom.b', null],
    ])
    expect(toColumns(toFields(values))).toEqual(values)
    expect(toFields(null).size).toBe(0)
  })

  it('knows what belongs together', () => {
    expect(companionsOf('stage_id')).toEqual(['pipeline_id', 'stage_id'])
    expect(companionsOf('name')).toEqual(['name'])
  })
})
