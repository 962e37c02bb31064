import { describe, expect, it } from 'vitest'
import { toCsv, toTsv } from './csv.ts'

const columns = [
  { key: 'name', label: 'Name' },
  { key: 'value', label: 'Value, total' },
]

describe('toCsv', () => {
  it('quotes what needs it and doubles quotes', () => {
    expect(toCsv(columns, [{ name: 'Smith "Bob", jr', value: 'two\nlines' }])).toBe('Name,"Value, total"\r\n"Smith ""Bob"", jr","two\nlines"\r\n')
  })
  it('neutralises formulas and leaves negative amounts alone', () => {
    expect(toCsv(columns, [{ name: '=1+1', value: '-12.50' }])).toContain("'=1+1,-12.50")
    expect(toCsv(columns, [{ name: '@sum', value: '-a' }])).toContain("'@sum,'-a")
  })
  it('writes lists with semicolons and nothing for nothing', () => {
    expect(toCsv(columns, [{ name: ['a', 'b'], value: null }])).toContain('a; b,\r\n')
  })
})

describe('toTsv', () => {
  it('keeps one row a line', () => {
    expect(toTsv(columns, [{ name: 'a\tb', value: 'c\nd' }])).toBe('Name\tValue, total\na b\tc d')
  })
})
