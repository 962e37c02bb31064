import { describe, expect, it } from 'vitest'
import { eventDetail, eventTitle } from './event-words.ts'

describe('an event in words', () => {
  it('has its kind as the title and the rest as one line', () => {
    const event = {
      type: 'authentication',
      details: { what: 'sign_in_failed', account: 'a…@x.example', failures: 3, note: null, way: 'sign_in_link' },
    } as const
    expect(eventTitle(event)).toBe('Sign in failed')
    expect(eventDetail(event)).toBe('account: a…@x.example, failures: 3, way: sign in link')
  })
  it('falls back to its type, and writes what is nested as JSON', () => {
    const event = { type: 'rate_limit', details: { path: { name: '/x' } } } as const
    expect(eventTitle(event)).toBe('Rate limit')
    expect(eventDetail(event)).toBe('path: {"name":"/x"}')
  })
})
