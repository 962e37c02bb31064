import type { Database, Transaction } from '#backend/infra/database/database.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { SecurityEventSink } from '../events/security-event.ts'
import { currentCount, refusedFor, withAttempt, withOutcome } from './attempt-count.ts'
import { holdCount, isKnownAddress, rememberAddress, removeOldAttempts, writeCount } from './attempts.repository.ts'
import { occasionally } from './occasionally.ts'
import { clientOf, type PointKey } from './point-key.ts'
import type { PointStore } from './point-store.ts'

/** Slows down whoever guesses passwords. Each `check` that does not throw is followed by exactly one of the other three. */
export interface SignInGuard {
  /** @throws AppError RATE_LIMITED, with the same words for accounts that exist and that do not */
  check(email: string, ip: string): Promise<void>
  /** The password, or the second factor, was wrong. */
  failed(email: string, ip: string): Promise<void>
  /** Somebody has signed in. */
  succeeded(email: string, ip: string): Promise<void>
  /** The attempt came to no end that says anything, such as a database that went away. */
  released(email: string, ip: string): Promise<void>
}

export interface SignInGuardOptions {
  database: Database
  clock: Clock
  store: PointStore
  keyOf: PointKey
  events: SecurityEventSink
  logger: Pick<Logger, 'warn'>
  homeWorkspaceId: string
  /** LOGIN_MAX_FAILURES */
  maxFailures: number
  /** LOGIN_LOCKOUT_MS */
  lockoutMs: number
  /** RATE_LIMIT_MAX and RATE_LIMIT_WINDOW_MS, for failures of one address on any accounts. */
  rateLimitMax: number
  rateLimitWindowMs: number
  removeEveryMs?: number
}

const knownAddressMs = 30 * 86_400_000
const fromAnywhereFactor = 10

/**
 * Three counts: failures of an address on any account, of an address on one account, and of an account from anywhere. The last is ten times as patient
 * and never refuses an address that has signed in to the account in the last 30 days, so that strangers cannot lock its owner out.
 */
export function createSignInGuard(options: SignInGuardOptions): SignInGuard {
  const { database, clock, store, keyOf, events, homeWorkspaceId, maxFailures, lockoutMs, rateLimitWindowMs, removeEveryMs = 600_000 } = options
  const actor: Actor = { type: 'system', workspaceId: homeWorkspaceId, job: 'sign-in guard' }
  const here = { maxFailures, lockoutMs }
  const anywhere = { maxFailures: maxFailures * fromAnywhereFactor, lockoutMs }
  const addressLimit = Math.max(20, Math.floor(options.rateLimitMax / 5))
  const removeOld = occasionally(removeEveryMs, options.logger, () => {
    const now = clock.now().getTime()
    return database.transaction(actor, (tx) => removeOldAttempts(tx, now - lockoutMs, now - knownAddressMs))
  })

  function keysOf(email: string, ip: string) {
    const name = email.trim().toLowerCase()
    const client = clientOf(ip)
    return { address: keyOf('sign-in address', client), account: keyOf('account', name), pair: keyOf('account at address', `${name}\0${client}`) }
  }

  async function begin(tx: Transaction, { address, account, pair }: ReturnType<typeof keysOf>): Promise<void> {
    const now = clock.now().getTime()
    const pairCount = currentCount(await holdCount(tx, pair, now), here, now)
    const accountCount = currentCount(await holdCount(tx, account, now), anywhere, now)
    const isKnown = await isKnownAddress(tx, account, address, now - knownAddressMs)
    const wait = refusedFor(pairCount, here, now) ?? (isKnown ? undefined : refusedFor(accountCount, anywhere, now))
    if (wait !== undefined) throw tooMany(wait)
    await writeCount(tx, pair, withAttempt(pairCount, now))
    await writeCount(tx, account, withAttempt(accountCount, now))
  }

  async function end(email: string, ip: string, outcome: 'failed' | 'succeeded' | 'released'): Promise<void> {
    const { address, account, pair } = keysOf(email, ip)
    const now = clock.now().getTime()
    if (outcome !== 'failed') await store.add(address, -1, rateLimitWindowMs)
    const ended = await database.transaction(actor, async (tx) => {
      const atPair = withOutcome(currentCount(await holdCount(tx, pair, now), here, now), outcome, here, now)
      await writeCount(tx, pair, atPair.count)
      // Who signs in does not clear the count of strangers; it ends by itself.
      const fromAnywhere = outcome === 'succeeded' ? 'released' : outcome
      const atAccount = withOutcome(currentCount(await holdCount(tx, account, now), anywhere, now), fromAnywhere, anywhere, now)
      await writeCount(tx, account, atAccount.count)
      if (outcome === 'succeeded') await rememberAddress(tx, account, address, now)
      return { atPair, atAccount }
    })
    removeOld()
    if (outcome !== 'failed') return
    const failures = ended.atPair.count.failures
    const details = { account: masked(email), minutes: Math.ceil(lockoutMs / 60_000) }
    events.record({
      type: 'authentication',
      severity: failures * 2 > maxFailures ? 'medium' : 'low',
      details: { what: 'sign_in_failed', account: masked(email), failures },
    })
    if (ended.atPair.locked) events.record({ type: 'authentication', severity: 'high', details: { what: 'account_locked', for: 'this address', ...details } })
    if (ended.atAccount.locked)
      events.record({ type: 'authentication', severity: 'high', details: { what: 'account_locked', for: 'addresses that are new to it', ...details } })
  }

  return {
    async check(email, ip) {
      const keys = keysOf(email, ip)
      // Counted before the outcome is known and given back on success, so that guesses made at once are not free.
      const { points, resetMs } = await store.add(keys.address, 1, rateLimitWindowMs)
      if (points > addressLimit) {
        if (points === addressLimit + 1) events.record({ type: 'rate_limit', severity: 'medium', details: { what: 'sign_in_limited', limit: addressLimit } })
        throw tooMany(resetMs)
      }
      try {
        await database.transaction(actor, (tx) => begin(tx, keys))
      } catch (error) {
        await store.add(keys.address, -1, rateLimitWindowMs)
        throw error
      }
    },
    failed: (email, ip) => end(email, ip, 'failed'),
    succeeded: (email, ip) => end(email, ip, 'succeeded'),
    released: (email, ip) => end(email, ip, 'released'),
  }
}

function tooMany(waitMs: number): AppError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
  return new AppError('RATE_LIMITED', `Too many attempts to sign in; nothing was checked. Try again in ${wait}.`, { retryAfterSeconds: seconds })
}

/** Enough to recognise an account by, and little of a password that was typed into the wrong field. */
function masked(email: string): string {
  const at = email.lastIndexOf('@')
  return at <= 0 ? '…' : `${email.slice(0, 1)}…${email.slice(at).slice(0, 100)}`
}
