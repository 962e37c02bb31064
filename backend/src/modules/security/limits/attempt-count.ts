/** Attempts to sign in under one key; times are milliseconds since 1970. */
export interface AttemptCount {
  /** When the first failure that still counts, or the first attempt, was. */
  since: number
  failures: number
  /** Attempts whose outcome is not known yet: they count like failures, so that guesses made at once are not free. */
  pending: number
  pendingSince: number
  lockedUntil: number | null
}

export interface AttemptRules {
  maxFailures: number
  /** How long failures are remembered, and a lock lasts. */
  lockoutMs: number
}

/** An attempt that was never finished is forgotten after this long. */
const pendingMs = 30_000
const busyRetryMs = 2000

/** A count to which nothing has happened. */
export function freshCount(now: number): AttemptCount {
  return { since: now, failures: 0, pending: 0, pendingSince: now, lockedUntil: null }
}

/** The count without what is too old to matter: a lock that has ended ends its failures too. */
export function currentCount(count: AttemptCount, { lockoutMs }: AttemptRules, now: number): AttemptCount {
  const isLocked = count.lockedUntil !== null && count.lockedUntil > now
  const isOver = count.lockedUntil !== null ? !isLocked : count.since + lockoutMs <= now
  const kept = isOver ? { ...count, since: now, failures: 0, lockedUntil: null } : count
  return kept.pendingSince + pendingMs <= now ? { ...kept, pending: 0, pendingSince: now } : kept
}

/** Milliseconds after which an attempt may be made; undefined when it may be made now. A refusal changes nothing, so it prolongs nothing. */
export function refusedFor(count: AttemptCount, { maxFailures }: AttemptRules, now: number): number | undefined {
  if (count.lockedUntil !== null) return count.lockedUntil - now
  return count.failures + count.pending >= maxFailures ? busyRetryMs : undefined
}

/** The count while one more attempt is being made. */
export function withAttempt(count: AttemptCount, now: number): AttemptCount {
  return { ...count, pending: count.pending + 1, pendingSince: count.pending === 0 ? now : count.pendingSince }
}

/** The count after an attempt has ended; `locked` when this failure was the one too many. */
export function withOutcome(
  count: AttemptCount,
  outcome: 'failed' | 'succeeded' | 'released',
  { maxFailures, lockoutMs }: AttemptRules,
  now: number,
): { count: AttemptCount; locked: boolean } {
  const ended = { ...count, pending: Math.max(0, count.pending - 1) }
  if (outcome === 'released') return { count: ended, locked: false }
  if (outcome === 'succeeded') return { count: { ...ended, since: now, failures: 0, lockedUntil: null }, locked: false }
  const failures = count.failures + 1
  const locked = failures >= maxFailures && count.lockedUntil === null
  return { count: { ...ended, since: count.failures === 0 ? now : count.since, failures, lockedUntil: locked ? now + lockoutMs : count.lockedUntil }, locked }
}
