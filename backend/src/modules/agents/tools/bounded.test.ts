import { describe, expect, it } from 'vitest'
import { toBounded } from './bounded.ts'

describe('toBounded', () => {
  it('leaves alone what is short, and says what it cuts', () => {
    expect(toBounded({ rows: [1, 2], text: 'short' })).toEqual({ rows: [1, 2], text: 'short' })
    expect(toBounded({ text: 'x'.repeat(700) })).toEqual({ text: `${'x'.repeat(600)}… (100 more characters are left out)` })
    const rows = Array.from({ length: 500 }, (_, index) => ({ index, name: 'y'.repeat(50) }))
    const bounded = toBounded({ total: 500, rows }) as { rows: unknown[]; leftOut: string }
    expect(bounded.leftOut).toBe(`${500 - bounded.rows.length} of 500 rows are left out here; ask for fewer fields or narrow the question.`)
    expect(JSON.stringify(bounded).length).toBeLessThan(12_000)
    expect(bounded.rows.length).toBeGreaterThan(100)
  })

  it('is bounded whatever the shape', () => {
    const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`field${index}`, 'z'.repeat(100)]))
    for (const value of [wide, [wide], { deep: { deeper: [wide] } }, 'w'.repeat(1e6)]) expect(JSON.stringify(toBounded(value)).length).toBeLessThan(13_000)
  })
})
