import { beforeAll, describe, expect, it, vi } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { type CallLimiter, type CallLimiterOptions, createCallLimiter } from './call-limiter.ts'
import type { CallPermit } from './call-permit.ts'
import { limitKeyOf } from './limit-key.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

const warnings: string[] = []
const logger = { warn: (_fields: unknown, text: string) => void warnings.push(text), info: () => undefined } as never
const newKey = () => limitKeyOf({ url: 'https://api.na1.insightly.com/v3.1', apiKey: newId() })

function limiterOf(options: Partial<CallLimiterOptions> = {}): CallLimiter {
  return createCallLimiter({ roundTrip: (text) => workspace.database.roundTrip(text), key: newKey(), maxRequests: 2, windowMs: 600_000, logger, ...options })
}

/** Whether it is still waiting after the limiter had time to decide. */
async function isWaiting(permit: Promise<CallPermit>): Promise<boolean> {
  const waiting = Symbol('waiting')
  permit.catch(() => undefined)
  return (await Promise.race([permit, new Promise((done) => setTimeout(done, 300, waiting))])) === waiting
}

/** Waiting callers make themselves known to the database one statement after another. */
async function untilBothWait(key: string): Promise<void> {
  await vi.waitFor(async () => {
    expect(await workspace.gold('select priority from insightly_waiting where key = $1', [key])).toHaveLength(2)
  })
}

const made = { wasMade: true }

describe('a permit', () => {
  it('is there at once while the limit allows, and counts until a window after the call', async () => {
    const limiter = limiterOf()
    for (let call = 0; call < 2; call++) await (await limiter.acquire({ priority: 'sync' })).end(made)
    expect(await limiter.standing()).toEqual({ quota: null, pausedMs: 0, counting: 2 })
    const third = limiter.acquire({ priority: 'person' })
    expect(await isWaiting(third)).toBe(true)
    await limiter.close()
    await expect(third).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('that was not used leaves its place to the next', async () => {
    const limiter = limiterOf({ maxRequests: 1 })
    for (let call = 0; call < 3; call++) await (await limiter.acquire({ priority: 'sync' })).end({ wasMade: false })
    await (await limiter.acquire({ priority: 'sync' })).end(made)
    expect(await limiter.standing()).toMatchObject({ counting: 1 })
  })

  it('goes to people first, whoever came first, and to nobody who gave up', async () => {
    const key = newKey()
    const limiter = limiterOf({ maxRequests: 1, key })
    const first = await limiter.acquire({ priority: 'sync' })
    const order: string[] = []
    const wait = (name: string, priority: 'person' | 'sync', signal?: AbortSignal) =>
      limiter.acquire({ priority, signal }).then(async (permit) => {
        order.push(name)
        await permit.end({ wasMade: false })
      })
    const gaveUp = new AbortController()
    const abandoned = wait('gave up', 'person', gaveUp.signal)
    const others = [wait('sync 1', 'sync'), wait('sync 2', 'sync'), wait('person 1', 'person'), wait('person 2', 'person')]
    gaveUp.abort(new Error('left'))
    await expect(abandoned).rejects.toThrow('left')
    await untilBothWait(key)
    await first.end({ wasMade: false })
    await Promise.all(others)
    expect(order).toEqual(['person 1', 'person 2', 'sync 1', 'sync 2'])
    await expect(limiter.acquire({ priority: 'sync', signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before')
  })

  it('goes to a sync after four people in a row', async () => {
    const key = newKey()
    const limiter = limiterOf({ maxRequests: 1, key })
    const first = await limiter.acquire({ priority: 'sync' })
    const order: string[] = []
    const wait = async (priority: 'person' | 'sync') => {
      const permit = await limiter.acquire({ priority })
      order.push(priority)
      await permit.end({ wasMade: false })
    }
    const all = [...Array.from({ length: 2 }, () => wait('sync')), ...Array.from({ length: 8 }, () => wait('person'))]
    await untilBothWait(key)
    await first.end({ wasMade: false })
    await Promise.all(all)
    expect(order.join(' ')).toBe('person person person person sync person person person person sync')
  })

  it('is refused when too many wait', async () => {
    const limiter = limiterOf({ maxRequests: 1, maxWaiting: 2 })
    await limiter.acquire({ priority: 'sync' })
    const waiting = [limiter.acquire({ priority: 'sync' }), limiter.acquire({ priority: 'sync' })]
    await expect(limiter.acquire({ priority: 'sync' })).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 10 })
    const person = limiter.acquire({ priority: 'person' })
    expect(await isWaiting(person)).toBe(true)
    await limiter.close()
    await Promise.allSettled([...waiting, person])
  })

  it('leaves people some of the calls on their way, however long those of a sync take', async () => {
    const limiter = limiterOf({ maxRequests: 100, maxInFlight: 4 })
    const syncs = [limiter.acquire({ priority: 'sync' }), limiter.acquire({ priority: 'sync' })]
    await Promise.all(syncs)
    const third = limiter.acquire({ priority: 'sync' })
    expect(await isWaiting(third)).toBe(true)
    await limiter.acquire({ priority: 'person' })
    await (await (syncs[0] as Promise<CallPermit>)).end(made)
    expect(await isWaiting(third)).toBe(true)
    await (await (syncs[1] as Promise<CallPermit>)).end(made)
    await third
  })

  it('is not given without the database', async () => {
    const limiter = limiterOf({ roundTrip: () => Promise.reject(new Error('gone')) })
    await expect(limiter.acquire({ priority: 'person' })).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: 5 })
    expect(warnings).toContain('Insightly is not called while the log of its calls cannot be kept')
  })
})

describe('what Insightly tells', () => {
  it('stops every process when it asks for a pause', async () => {
    const key = newKey()
    const [one, other] = [limiterOf({ key }), limiterOf({ key })]
    await (await one.acquire({ priority: 'sync' })).end({ wasMade: true, pauseMs: 20_000 })
    expect((await other.standing()).pausedMs).toBeGreaterThan(15_000)
    const waiting = other.acquire({ priority: 'person' })
    expect(await isWaiting(waiting)).toBe(true)
    await (await limiterOf().acquire({ priority: 'person' })).end({ wasMade: false })
    await other.close()
    await Promise.allSettled([waiting])
  })

  it('is not waited for when the pause is long', async () => {
    const key = newKey()
    const limiter = limiterOf({ key })
    await (await limiter.acquire({ priority: 'sync' })).end({ wasMade: true, pauseMs: 3_600_000 })
    const refusal = await limiterOf({ key })
      .acquire({ priority: 'person' })
      .catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'RATE_LIMITED' })
    expect((refusal as { retryAfterSeconds: number }).retryAfterSeconds).toBeGreaterThan(3500)
  })

  it('of the calls of the day leaves the last ones to people, and none when none is left', async () => {
    const key = newKey()
    const limiter = limiterOf({ key, maxRequests: 100 })
    await (await limiter.acquire({ priority: 'sync' })).end({ wasMade: true, quota: { limit: 1000, remaining: 52 } })
    for (let call = 0; call < 2; call++) await (await limiter.acquire({ priority: 'sync' })).end(made)
    expect(await limiter.standing()).toMatchObject({ quota: { limit: 1000, remaining: 50 } })
    await expect(limiter.acquire({ priority: 'sync' })).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 3600 })
    await (await limiter.acquire({ priority: 'person' })).end({ wasMade: true, quota: { limit: 1000, remaining: 0 } })
    await expect(limiter.acquire({ priority: 'person' })).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    // When the day begins anew is not known: after a while one call may find out, and only one.
    await workspace.gold(`update insightly_limits set quota_at = now() - interval '61 minutes' where key = $1`, [key])
    const probe = await limiter.acquire({ priority: 'sync' })
    await expect(limiter.acquire({ priority: 'person' })).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    await probe.end({ wasMade: true, quota: { limit: 1000, remaining: 999 } })
    await (await limiter.acquire({ priority: 'sync' })).end(made)
    expect(await limiter.standing()).toMatchObject({ quota: { remaining: 998 } })
  })

  it('in an answer that was overtaken does not count', async () => {
    const limiter = limiterOf()
    const [older, younger] = [await limiter.acquire({ priority: 'sync' }), await limiter.acquire({ priority: 'sync' })]
    await younger.end({ wasMade: true, quota: { limit: 1000, remaining: 700 } })
    await older.end({ wasMade: true, quota: { limit: 1000, remaining: 701 } })
    expect(await limiter.standing()).toMatchObject({ quota: { remaining: 700 } })
  })
})

describe('the log of calls', () => {
  it('is nothing for whoever is bound to what one member may see, and holds no key', async () => {
    const apiKey = newId()
    const key = limitKeyOf({ url: 'https://api.insightly.com/v3.1', apiKey })
    await (await limiterOf({ key }).acquire({ priority: 'sync' })).end(made)
    const rows = (role: string) => workspace.database.roundTrip(`set local role ${role}; select * from insightly_calls where key = '${key}'`)
    expect(await rows('chatsg_app')).toHaveLength(1)
    expect(await rows('chatsg_member')).toEqual([])
    expect(key).not.toContain(apiKey.slice(0, 8))
    expect(limitKeyOf({ url: 'https://api.insightly.com/v3.1/', apiKey })).toBe(key)
    expect(limitKeyOf({ url: 'https://api.eu1.insightly.com/v3.1', apiKey })).not.toBe(key)
  })

  it('takes no text but what it knows', () => {
    expect(() => limiterOf({ key: "x'; drop table insightly_calls; --" })).toThrow('cannot be counted')
  })
})
