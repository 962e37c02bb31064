import { describe, expect, it } from 'vitest'
import { addToProfile, dateOrderOf, emptyProfile } from './cell-patterns.ts'
import { normaliseCell } from './cell-values.ts'
import { inferCustomType } from './custom-types.ts'

const profileOf = (values: string[]) => {
  const profile = emptyProfile()
  for (const value of values) addToProfile(profile, value)
  return profile
}

describe('cells', () => {
  it.each([
    ['12/1/2010 8:45', 'mdy', '2010-12-01T08:45:00'],
    ['12/1/2010 8:45', 'dmy', '2010-01-12T08:45:00'],
    ['31.12.2025', undefined, '2025-12-31'],
    ['1/2/99', 'dmy', '1999-02-01'],
    ['2023-08-01 09:00:00', undefined, '2023-08-01T09:00:00'],
    ['2025/3/4', undefined, '2025-03-04'],
    ['12 Mar 2011', undefined, '2011-03-12'],
    ['March 12, 2011 5:06 PM', undefined, '2011-03-12T17:06:00'],
    ['12/31/2025 12:05 am', 'mdy', '2025-12-31T00:05:00'],
    ['2025-01-02T03:04:05.678+02:00', undefined, '2025-01-02T03:04:05.678+02:00'],
    ['3/4/2025', undefined, '3/4/2025'],
    ['next week', 'dmy', 'next week'],
  ] as const)('reads the date %s (%s) as %s', (cell, dateOrder, expected) => {
    expect(normaliseCell('datetime', cell, { dateOrder, decimalComma: false })).toBe(expected)
  })

  it('reads amounts as their column writes them', () => {
    expect(normaliseCell('money', '€ 1.234,50', { dateOrder: undefined, decimalComma: true })).toBe('€1234.50')
    expect(normaliseCell('money', '1.234', { dateOrder: undefined, decimalComma: true })).toBe('1234')
    expect(normaliseCell('money', '1,234.50', { dateOrder: undefined, decimalComma: false })).toBe('1,234.50')
  })

  it('decides the order of day and month by the whole column', () => {
    expect(dateOrderOf(profileOf(['1/2/2025', '3/14/2025']))).toBe('mdy')
    expect(dateOrderOf(profileOf(['1/2/2025', '14/3/2025']))).toBe('dmy')
    expect(dateOrderOf(profileOf(['1/2/2025', '2/3/2025']))).toBe('ambiguous')
    expect(dateOrderOf(profileOf(['14/2/2025', '2/14/2025']))).toBe('mixed')
    expect(dateOrderOf(profileOf(['2025-01-01']))).toBeUndefined()
  })

  it.each([
    [['yes', 'No', 'yes'], 'boolean'],
    [['1', '2.50', '-3'], 'number'],
    [['007', '008', '009'], 'text'],
    [['2023-12-01', '2024-01-31'], 'date'],
    [['2023-12-01 10:00', '2024-01-31 11:00'], 'text'],
    [['Won', 'Lost', 'Won', 'Lost', 'Lead', 'Won'], 'choice'],
    [['a;b', 'a', 'b;a', 'a;b'], 'multiChoice'],
    [['one thing', 'another', 'a third'], 'text'],
    [[], 'text'],
  ])('infers from %j the type %s', (values, type) => {
    expect(inferCustomType(profileOf(values))).toBe(type)
  })
})
