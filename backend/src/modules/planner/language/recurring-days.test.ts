import { describe, expect, it } from 'vitest'
import { english } from '#backend/modules/planner/vocabulary/en.ts'
import type { Lexeme, Reading } from './reading.ts'
import { joinRecurringDays } from './recurring-days.ts'
import { tokenise } from './tokenise.ts'

const saturdays: Reading = { kind: 'recurring', weekdays: [6], now: '2026-07-23T11:15:00.000Z', timeZone: 'UTC' }
const lexeme = (start: number, end: number, text: string, reading: Reading): Lexeme => ({ start, end, text, readings: [{ reading, weight: 0 }] })

describe('days that come again', () => {
  it('take in those joined to them', () => {
    const tokens = tokenise('on saturdays or sundays', english)
    const said = [
      lexeme(0, 2, 'on saturdays', saturdays),
      lexeme(2, 3, 'or', { kind: 'conjunction', word: 'or' }),
      lexeme(3, 4, 'sundays', { kind: 'text', text: 'sundays' }),
    ]
    expect(joinRecurringDays(said, tokens, english)).toEqual([lexeme(0, 4, 'on saturdays or sundays', { ...saturdays, weekdays: [6, 7] })])
  })
  it('leave what is no day', () => {
    const tokens = tokenise('on saturdays or tagged', english)
    const said = [
      lexeme(0, 2, 'on saturdays', saturdays),
      lexeme(2, 3, 'or', { kind: 'conjunction', word: 'or' }),
      lexeme(3, 4, 'tagged', { kind: 'text', text: 'tagged' }),
    ]
    expect(joinRecurringDays(said, tokens, english)).toEqual(said)
  })
})
