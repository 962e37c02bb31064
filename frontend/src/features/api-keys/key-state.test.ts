import { describe, expect, it } from 'vitest'
import { stateOf } from './key-state.ts'

const now = Date.parse('2026-03-01T12:00:00Z')

describe('stateOf', () => {
  it('ends with the instant of expiry, and with revocation before that', () => {
    expect(stateOf({ revokedAt: null, expiresAt: null }, now)).toBe('live')
    expect(stateOf({ revokedAt: null, expiresAt: '2026-03-01T12:00:01Z' }, now)).toBe('live')
    expect(stateOf({ revokedAt: null, expiresAt: '2026-03-01T12:00:00Z' }, now)).toBe('expired')
    expect(stateOf({ revokedAt: '2026-02-01T00:00:00Z', expiresAt: '2026-02-02T00:00:00Z' }, now)).toBe('revoked')
  })
})
