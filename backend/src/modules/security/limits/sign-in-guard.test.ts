import { describe, expect, it, vi } from 'vitest'
import type { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createTestWorkspace } from '../../../../test/harness.ts'
import { collectEvents, collectLogs } from './limits.testing.ts'
import { createMemoryPoints } from './memory-points.ts'
import { createPointKey } from './point-key.ts'
import { createSignInGuard, type SignInGuard } from './sign-in-guard.ts'

const lockoutMs = 1_800_000
const day = 86_400_000

async function open({ rateLimitMax = 1_000_000, maxFailures = 3, removeEveryMs = 600_000 } = {}) {
  const { database, workspaceId, gold } = await createTestWorkspace()
  const sink = collectEvents()
  let now = Date.parse('2026-03-01T09:00:00Z')
  const options = {
    database,
    clock: { now: () => new Date(now) },
    store: createMemoryPoints(),
    keyOf: createPointKey(newId()),
    events: sink,
    logger: collectLogs().logger,
    homeWorkspaceId: workspaceId,
    maxFailures,
    lockoutMs,
    rateLimitMax,
    rateLimitWindowMs: 900_000,
    removeEveryMs,
  }
  return {
    guard: createSignInGuard(options),
    /** Another process on the same database. */
    other: () => createSignInGuard(options),
    events: sink.events,
    gold,
    pass: (ms: number) => {
      now += ms
    },
  }
}

async function fail(guard: SignInGuard, email: string, ip: string, times = 1): Promise<void> {
  for (let index = 0; index < times; index += 1) {
    await guard.check(email, ip)
    await guard.failed(email, ip)
  }
}

async function refusal(guard: SignInGuard, email: string, ip: string): Promise<AppError | undefined> {
  return guard.check(email, ip).then(
    () => undefined,
    (error: AppError) => error,
  )
}

const ada = 'ada@example.com'
const at = (last: number) => `198.51.100.${last}`

describe('guessing the password of one account', () => {
  it('locks the account for that address, for a while, and leaves other addresses alone', async () => {
    const { guard, other, events, pass } = await open()
    await fail(guard, ada, at(1), 3)
    const locked = await refusal(other(), 'ADA@example.com ', at(1))
    expect(locked).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: lockoutMs / 1000 })
    expect(await refusal(guard, ada, at(2))).toBeUndefined()
    expect(await refusal(guard, 'bob@example.com', at(1))).toBeUndefined()
    expect(events.map(({ severity, details }) => [details.what, severity])).toEqual([
      ['sign_in_failed', 'low'],
      ['sign_in_failed', 'medium'],
      ['sign_in_failed', 'medium'],
      ['account_locked', 'high'],
    ])
    expect(JSON.stringify(events)).not.toContain('ada@')

    pass(lockoutMs - 1000)
    expect(await refusal(guard, ada, at(1))).toMatchObject({ retryAfterSeconds: 1 })
    pass(1000)
    expect(await refusal(guard, ada, at(1))).toBeUndefined()
  })

  it('is not prolonged by refused attempts, and ends the count with the lock', async () => {
    const { guard, pass } = await open()
    await fail(guard, ada, at(1), 3)
    for (let minute = 0; minute < 29; minute += 1) {
      pass(60_000)
      expect(await refusal(guard, ada, at(1))).toBeDefined()
    }
    pass(60_000)
    await fail(guard, ada, at(1), 2)
    expect(await refusal(guard, ada, at(1))).toBeUndefined()
  })

  it('is counted anew after a success, and forgotten after a while', async () => {
    const { guard, pass } = await open()
    await fail(guard, ada, at(1), 2)
    await guard.check(ada, at(1))
    await guard.succeeded(ada, at(1))
    await fail(guard, ada, at(1), 2)
    pass(lockoutMs)
    await fail(guard, ada, at(1), 2)
    expect(await refusal(guard, ada, at(1))).toBeUndefined()
  })

  it('gains nothing by guessing many times at once', async () => {
    const { guard } = await open()
    const begun = await Promise.all(Array.from({ length: 12 }, () => refusal(guard, ada, at(1))))
    expect(begun.filter((error) => error === undefined)).toHaveLength(3)
    const answers = new Set(begun.flatMap((error) => error?.code ?? []))
    expect([...answers]).toEqual(['RATE_LIMITED'])
  })

  it('does not lock a person out for attempts that came to no end', async () => {
    const { guard, pass } = await open()
    for (let index = 0; index < 3; index += 1) await guard.check(ada, at(1))
    expect(await refusal(guard, ada, at(1))).toMatchObject({ retryAfterSeconds: 2 })
    pass(30_000)
    await guard.check(ada, at(1))
    await guard.released(ada, at(1))
    expect(await refusal(guard, ada, at(1))).toBeUndefined()
  })
})

describe('guessing from many addresses', () => {
  it('in the end refuses new addresses, never the one that has signed in within 30 days, and ends by itself', async () => {
    const { guard, events, pass } = await open()
    await guard.check(ada, at(1))
    await guard.succeeded(ada, at(1))
    for (let index = 0; index < 15; index += 1) await fail(guard, ada, at(100 + index), 2)
    expect(await refusal(guard, ada, at(2))).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: lockoutMs / 1000 })
    expect(await refusal(guard, ada, at(1))).toBeUndefined()
    await guard.released(ada, at(1))
    expect(events.filter(({ details }) => details.what === 'account_locked').map(({ details }) => details.for)).toEqual(['addresses that are new to it'])

    for (let minute = 0; minute < 30; minute += 1) {
      pass(60_000)
      if (minute < 29) expect(await refusal(guard, ada, at(2))).toBeDefined()
    }
    expect(await refusal(guard, ada, at(2))).toBeUndefined()
  })

  it('forgets from where somebody has signed in after 30 days', async () => {
    const { guard, pass } = await open()
    await guard.check(ada, at(1))
    await guard.succeeded(ada, at(1))
    pass(30 * day)
    for (let index = 0; index < 15; index += 1) await fail(guard, ada, at(100 + index), 2)
    expect(await refusal(guard, ada, at(1))).toBeDefined()
  })
})

describe('guessing on many accounts', () => {
  it('refuses the address after as many failures as allowed, and counts no success', async () => {
    const { guard, events } = await open({ rateLimitMax: 100, maxFailures: 1000 })
    for (let index = 0; index < 40; index += 1) {
      await guard.check(`user${index}@example.com`, at(1))
      await guard.succeeded(`user${index}@example.com`, at(1))
    }
    for (let index = 0; index < 20; index += 1) await fail(guard, `user${index}@example.com`, at(1))
    const refused = await refusal(guard, 'another@example.com', at(1))
    expect(refused?.code).toBe('RATE_LIMITED')
    expect(refused?.retryAfterSeconds).toBeGreaterThan(0)
    expect(await refusal(guard, 'yet-another@example.com', at(1))).toBeDefined()
    expect(await refusal(guard, 'another@example.com', at(2))).toBeUndefined()
    expect(events.filter(({ type }) => type === 'rate_limit')).toHaveLength(1)
  })
})

describe('what is kept', () => {
  it('goes when it decides nothing any more', async () => {
    const { guard, gold, pass } = await open({ removeEveryMs: 0 })
    await fail(guard, ada, at(1), 3)
    await guard.check(ada, at(2))
    await guard.succeeded(ada, at(2))
    // The other files of the run have the table too, at the machine's time.
    const newest = '2026-03-01T23:00:00Z'
    const left = () =>
      gold<{ failures: number; addresses: number }>(
        `select (select count(*)::int from sign_in_failures where since <= $1::timestamptz) as failures,
           (select count(*)::int from sign_in_addresses where last_at <= $1::timestamptz) as addresses`,
        [newest],
      )
    expect((await left())[0]?.failures).toBeGreaterThan(2)
    pass(31 * day)
    let attempt = 0
    // Each attempt removes in passing; one that meets another's locks leaves it to the next.
    await vi.waitFor(
      async () => {
        await fail(guard, `bob-${attempt++}@example.com`, at(1))
        expect(await left()).toEqual([{ failures: 0, addresses: 0 }])
      },
      { timeout: 10_000, interval: 200 },
    )
  })

  it('names nobody', async () => {
    const { guard, gold } = await open()
    await fail(guard, 'somebody.rare@example.com', '203.0.113.45')
    await guard.check('somebody.rare@example.com', '203.0.113.45')
    await guard.succeeded('somebody.rare@example.com', '203.0.113.45')
    const kept = await gold(
      `select count(*) as rows from (select key from sign_in_failures union all select account || address from sign_in_addresses) kept where key !~ '^[0-9a-f]+$'`,
      [],
    )
    expect(kept).toEqual([{ rows: '0' }])
  })
})
