import { describe, expect, it } from 'vitest'
import { changeBackTo, ruleWords, stateWords } from './flag-words.ts'

const rule = { enabled: true, percentage: 100, targets: [] as string[] }

describe('flags in words', () => {
  it('say for whom one is on', () => {
    expect(ruleWords(rule)).toBe('on for everybody')
    expect(ruleWords({ ...rule, enabled: false })).toBe('off')
    expect(ruleWords({ ...rule, percentage: 25 })).toBe('on for 25 % of people')
    expect(ruleWords({ ...rule, percentage: 25, targets: ['manager', 'rep'] })).toBe('on for 25 % of people and those named')
    expect(ruleWords({ ...rule, percentage: 0, targets: ['manager'] })).toBe('on for those named')
    expect(ruleWords({ ...rule, percentage: 0 })).toBe('on for nobody yet')
    expect(stateWords(null, 'not there')).toBe('not there')
  })

  it('go back to what was before, and to the configuration where that had it', () => {
    expect(changeBackTo({ ...rule, percentage: 5, source: 'switched', updatedAt: null })).toEqual({ ...rule, percentage: 5 })
    expect(changeBackTo({ ...rule, source: 'configuration' })).toBeNull()
    expect(changeBackTo(null)).toBeNull()
  })
})
