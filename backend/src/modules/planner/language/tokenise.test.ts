import { describe, expect, it } from 'vitest'
import { english } from '#backend/modules/planner/vocabulary/en.ts'
import { tokenise } from './tokenise.ts'

describe('whose', () => {
  it.each([
    ["Raj's deals", ['raj', "'s", 'deals']],
    ["Gráinne O'Brien's phone", ['grainne', "o'brien", "'s", 'phone']],
    ["the deals of O'Brien", ['the', 'deals', 'of', "o'brien"]],
    ["the Briggses' phone", ['the', 'briggses', "'s", 'phone']],
  ])('%s', (text, expected) => {
    expect(tokenise(text, english).map(({ norm }) => norm)).toEqual(expected)
  })
})
