import type { ApiKey } from '#contracts/security.ts'

/** @param now milliseconds */
export function stateOf(key: Pick<ApiKey, 'revokedAt' | 'expiresAt'>, now: number): 'live' | 'revoked' | 'expired' {
  if (key.revokedAt !== null) return 'revoked'
  return key.expiresAt !== null && Date.parse(key.expiresAt) <= now ? 'expired' : 'live'
}

export const isLive = (key: Pick<ApiKey, 'revokedAt' | 'expiresAt'>, now: number): boolean => stateOf(key, now) === 'live'
