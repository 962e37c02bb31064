import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCellCounter } from './analyse-file.ts'
import { addToProfile, emptyProfile } from './cell-patterns.ts'

const cell = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'true',
    'no',
    'a;b',
    'a@x.com; b@x.com',
    'jane@x.com',
    '1.234',
    '1,5',
    '2.50',
    '3/4/2025',
    '31/12/2025',
    '12/31/25 10:00',
    '31.12.2025',
    '2025-01-31',
    '2025-01-31T10:00:00Z',
    '+1 513 555 5947',
    'x.example',
    'plain',
  ),
  fc.integer({ min: 0, max: 3000 }).map(String),
)

describe('what a column looks like', () => {
  it('is the same whether its cells are counted first or looked at one by one', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 4000, size: 'max' }), (cells) => {
        const counted = emptyProfile()
        const counter = createCellCounter(counted)
        const plain = emptyProfile()
        for (const text of cells) {
          counter.add(text)
          addToProfile(plain, text)
        }
        counter.finish()
        expect({ ...counted, distinct: [...counted.distinct] }).toEqual({ ...plain, distinct: [...plain.distinct] })
      }),
      { numRuns: 60 },
    )
  })
})
