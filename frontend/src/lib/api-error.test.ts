import { describe, expect, it } from 'vitest'
import { toApiError, waitInWords } from './api-error.ts'

const refused = (message: string, wait?: string) =>
  toApiError(
    new Response(JSON.stringify({ error: { code: 'RATE_LIMITED', message } }), {
      status: 429,
      headers: { 'content-type': 'application/json', ...(wait === undefined ? {} : { 'retry-after': wait }) },
    }),
  )

describe('a refusal for its number', () => {
  it('says in words when to try again, never too soon', () => {
    expect([1, 40, 90, 601, 1800, 5400].map(waitInWords)).toEqual([
      'in 1 second',
      'in 40 seconds',
      'in 2 minutes',
      'in 11 minutes',
      'in 30 minutes',
      'in 2 hours',
    ])
  })
  it('keeps the reason of the server and takes the time of the header', async () => {
    expect((await refused('Too many wrong codes. Try again in 15 minutes.', '1800')).message).toBe('Too many wrong codes. Try again in 30 minutes.')
    expect((await refused('Wait and try again.', '5')).message).toBe('Too many attempts. Try again in 5 seconds.')
  })
  it('leaves the sentence as it is without a header', async () => {
    expect((await refused('Too many requests.')).message).toBe('Too many requests.')
  })
})
