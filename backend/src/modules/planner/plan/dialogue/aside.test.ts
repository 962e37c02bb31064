import { describe, expect, it } from 'vitest'
import { asidesOf } from './aside.ts'

const questionOf = (message: string) => asidesOf(message).at(-1)?.question

describe('what is told beside a question', () => {
  it('is told apart before and after it', () => {
    expect(questionOf('I was away for a week, so I would like to know which leads came in')).toBe('I would like to know which leads came in')
    expect(questionOf('show me my open deals so that I can plan my day')).toBe('show me my open deals')
    expect(asidesOf('so I was away and I would like to know which leads came in because nobody told me anything')).toMatchObject([
      { told: 'because nobody told me anything', isBefore: false },
      { told: 'so I was away and', question: 'I would like to know which leads came in', isBefore: true },
    ])
  })
  it('is nothing where a reason is asked about', () => {
    expect(asidesOf('deals we lost because we were too expensive')).toEqual([])
    expect(asidesOf('show me the open deals')).toEqual([])
  })
})
