import { describe, expect, it } from 'vitest'
import { looksAsked } from './looks-asked.ts'

describe('words in the palette', () => {
  it('are a question when they are a sentence or end like one', () => {
    expect(['how many leads do we have', 'leads?', 'open deals? '].map(looksAsked)).toEqual([true, true, true])
  })
  it('are looked for when they could be a name', () => {
    expect(['', 'molina', 'Maple Manufacturing Group'].map(looksAsked)).toEqual([false, false, false])
  })
})
