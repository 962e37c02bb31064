import { describe, expect, it } from 'vitest'
import { english } from '#backend/modules/planner/vocabulary/en.ts'
import { withSpokenYears } from './spoken-years.ts'
import { tokenise } from './tokenise.ts'

describe('years as they are spoken', () => {
  it.each([
    ['deals won in twenty twenty six', ['deals', 'won', 'in', '2026']],
    ['in nineteen ninety', ['in', '1990']],
    ['may twenty twenty', ['may', '2020']],
    // Numbers that are none.
    ['twenty five deals', ['twenty', 'five', 'deals']],
    ['over twenty thousand', ['over', 'twenty', 'thousand']],
    ['between ten and twenty', ['between', 'ten', 'and', 'twenty']],
  ])('%s', (text, expected) => {
    expect(withSpokenYears(tokenise(text, english), english).map(({ norm }) => norm)).toEqual(expected)
  })

  it('stand where they were said', () => {
    const text = 'orders in twenty twenty five by month'
    const year = withSpokenYears(tokenise(text, english), english)[2]
    expect(text.slice(year?.start, year?.end)).toBe('twenty twenty five')
  })
})
