import { describe, expect, it } from 'vitest'
import { parseQuestions } from './question.ts'
import { passes, scoreByFamily } from './score.ts'

const line = (id: string, more: object = {}) => JSON.stringify({ id, family: 'counts', ask: ['How many?'], expect: 'metric', sql: 'select 1', ...more })

describe('parseQuestions', () => {
  it('reads a question a line and passes over empty lines and comments', () => {
    expect(parseQuestions(`// ours\n${line('a')}\n\n${line('b', { ordered: true })}\r\n`).map(({ id, ordered, voice }) => [id, ordered, voice])).toEqual([
      ['a', false, 'plain'],
      ['b', true, 'plain'],
    ])
  })
  it('names the line of what is wrong', () => {
    expect(() => parseQuestions(`${line('a')}\nnot json`)).toThrow('Line 2')
    expect(() => parseQuestions(`${line('a')}\n${line('a')}`)).toThrow('used twice')
    expect(() => parseQuestions(line('a', { sql: undefined }))).toThrow('needs sql')
    expect(() => parseQuestions(line('a', { expect: 'guess' }))).toThrow('Line 1')
    expect(() => parseQuestions('\n')).toThrow('no question')
  })
})

describe('score', () => {
  it('counts by family and overall, and passes at 95 % right and 2 % wrong', () => {
    const { families, overall } = scoreByFamily([
      { family: 'counts', verdict: 'right' },
      { family: 'names', verdict: 'wrong' },
      { family: 'counts', verdict: 'declined' },
    ])
    expect(families).toEqual([
      { family: 'counts', asked: 2, right: 1, wrong: 0, declined: 1 },
      { family: 'names', asked: 1, right: 0, wrong: 1, declined: 0 },
    ])
    expect(overall).toEqual({ family: 'all', asked: 3, right: 1, wrong: 1, declined: 1 })
    expect(passes({ family: 'all', asked: 100, right: 95, wrong: 2, declined: 3 })).toBe(true)
    expect(passes({ family: 'all', asked: 100, right: 94, wrong: 0, declined: 6 })).toBe(false)
    expect(passes({ family: 'all', asked: 100, right: 97, wrong: 3, declined: 0 })).toBe(false)
    expect(passes({ family: 'all', asked: 0, right: 0, wrong: 0, declined: 0 })).toBe(false)
  })
})
