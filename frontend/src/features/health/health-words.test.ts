import { describe, expect, it } from 'vitest'
import { alertsByDay, measuredWords, wordsOf } from './health-words.ts'

describe('health in words', () => {
  it('says what a part is for, what its absence means, and what to do when it is not well', () => {
    expect(wordsOf({ name: 'model', status: 'healthy' })).toEqual({
      label: 'Language models',
      detail: 'Answer what the planner is not sure of.',
      to: undefined,
    })
    expect(wordsOf({ name: 'model', status: 'not_configured' }).detail).toContain('built-in planner')
    expect(wordsOf({ name: 'model', status: 'degraded' })).toMatchObject({ detail: expect.stringContaining('No provider'), to: '/settings/models' })
    expect(wordsOf({ name: 'replica', status: 'healthy', lagSeconds: 2 }).detail).toBe('Answers questions beside the database. 2 s behind.')
    expect(wordsOf({ name: 'something new', status: 'healthy' })).toEqual({ label: 'something new', detail: '', to: undefined })
  })

  it('writes figures of alerts in their units', () => {
    expect(measuredWords({ name: 'memory', value: 0.914, threshold: 0.85 })).toBe('91.4%, limit 85%')
    expect(measuredWords({ name: 'response_time', value: 6200, threshold: 5000 })).toBe('6.2 s, limit 5 s')
    expect(measuredWords({ name: 'sync_lag', value: 7200, threshold: 900 })).toBe('2 h, limit 15 min')
    expect(measuredWords({ name: 'database', value: 1, threshold: 0 })).toBe('')
  })

  it('counts the alerts of each day, days without one included', () => {
    const raised = ['2026-11-20T23:59:00Z', '2026-11-22T00:10:00Z', '2026-11-22T11:00:00Z', '2026-10-01T00:00:00Z'].map((raisedAt) => ({ raisedAt }))
    expect(alertsByDay(raised, Date.parse('2026-11-22T12:00:00Z'), 3)).toEqual([
      { day: '2026-11-20', count: 1 },
      { day: '2026-11-21', count: 0 },
      { day: '2026-11-22', count: 2 },
    ])
  })
})
