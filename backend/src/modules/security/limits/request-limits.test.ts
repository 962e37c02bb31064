import { afterAll, describe, expect, inject, it, vi } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import { createInsuredPoints } from './insured-points.ts'
import { collectEvents, collectLogs, openGate, openSingleTrips } from './limits.testing.ts'
import { createMemoryPoints } from './memory-points.ts'
import { createPointKey } from './point-key.ts'
import type { PointStore } from './point-store.ts'
import { createPostgresPoints } from './postgres-points.ts'
import { type AdjustableLimits, createRequestLimits } from './request-limits.ts'

const closing: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closing) await close()
})

function postgresStore(): PointStore {
  const connection = openSingleTrips()
  closing.push(connection.close)
  return createPostgresPoints({ connection, logger: collectLogs().logger })
}

/** Processes that share a store and a secret; `store()` gives each its own connection. */
function processes(count: number, store: () => PointStore, { max = 20, windowMs = 600_000 } = {}) {
  const secret = newId()
  const sink = collectEvents()
  const limits = Array.from({ length: count }, () => createRequestLimits({ store: store(), keyOf: createPointKey(secret), events: sink, max, windowMs }))
  return { limits, events: sink.events }
}

async function allowedOf(limits: AdjustableLimits[], requests: number, count: (limit: AdjustableLimits) => Promise<{ allowed: boolean }>): Promise<number> {
  const verdicts = await Promise.all(Array.from({ length: requests }, (_, index) => count(limits[index % limits.length] as AdjustableLimits)))
  return verdicts.filter(({ allowed }) => allowed).length
}

describe('requests of strangers', () => {
  it('are refused from the first one too many, one after the other', async () => {
    const { limits } = processes(1, postgresStore, { max: 5 })
    const [limit] = limits as [AdjustableLimits]
    const verdicts = []
    for (let index = 0; index < 7; index += 1) verdicts.push(await limit.countStranger('192.0.2.1'))
    expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, true, true, true, false, false])
    expect(verdicts.map(({ remaining }) => remaining)).toEqual([4, 3, 2, 1, 0, 0, 0])
    expect(verdicts.every(({ limit: shown, resetSeconds }) => shown === 5 && resetSeconds > 0 && resetSeconds <= 600)).toBe(true)
  })

  it('share one count in two processes, to the request, and are one event', async () => {
    const { limits, events } = processes(2, postgresStore)
    expect(await allowedOf(limits, 90, (limit) => limit.countStranger('192.0.2.2'))).toBe(20)
    expect(await allowedOf(limits, 10, (limit) => limit.countStranger('192.0.2.2'))).toBe(0)
    expect(events).toEqual([{ type: 'rate_limit', severity: 'low', details: { what: 'rate_limited', who: 'stranger', limit: 20, windowMs: 600_000 } }])
  })

  it('count by address, and of IPv6 by the network that one client has', async () => {
    const { limits } = processes(1, postgresStore, { max: 2 })
    const [limit] = limits as [AdjustableLimits]
    for (const ip of ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9']) expect((await limit.countStranger(ip)).allowed).toBe(true)
    expect((await limit.countStranger('2001:db8:1:2::3')).allowed).toBe(false)
    expect((await limit.countStranger('2001:db8:1:3::1')).allowed).toBe(true)
    for (const ip of ['198.51.100.7', '::ffff:198.51.100.7']) expect((await limit.countStranger(ip)).allowed).toBe(true)
    expect((await limit.countStranger('198.51.100.7')).allowed).toBe(false)
  })

  it('are allowed again when the window is over', async () => {
    const { limits, events } = processes(1, postgresStore, { max: 2, windowMs: 300 })
    const [limit] = limits as [AdjustableLimits]
    expect(await allowedOf(limits, 5, (one) => one.countStranger('192.0.2.3'))).toBe(2)
    await vi.waitFor(async () => expect((await limit.countStranger('192.0.2.3')).allowed).toBe(true), { timeout: 10_000, interval: 50 })
    expect(events).toHaveLength(1)
  })

  it('are refused by another limit from the moment it is set, with what was counted before', async () => {
    const { limits } = processes(1, postgresStore, { max: 5 })
    const [limit] = limits as [AdjustableLimits]
    expect(await allowedOf(limits, 4, (one) => one.countStranger('192.0.2.44'))).toBe(4)
    limit.configure({ max: 6, windowMs: 600_000 })
    expect(await allowedOf(limits, 5, (one) => one.countStranger('192.0.2.44'))).toBe(2)
  })

  it('leave no address in the database', async () => {
    const texts: string[] = []
    const connection = openSingleTrips()
    closing.push(connection.close)
    const spied = {
      query: (text: string) => {
        texts.push(text)
        return connection.query(text)
      },
    }
    const { limits } = processes(1, () => createPostgresPoints({ connection: spied, logger: collectLogs().logger }))
    await (limits as [AdjustableLimits])[0].countStranger('203.0.113.77')
    expect(texts).toHaveLength(1)
    expect(texts[0]).not.toContain('203.0.113')
  })
})

describe('windows that are over', () => {
  it('are removed from the database by and by, and others stay', async () => {
    const connection = openSingleTrips()
    closing.push(connection.close)
    const keyOf = createPointKey(newId())
    const [over, lasting] = [keyOf('over', ''), keyOf('lasting', '')]
    const store = createPostgresPoints({ connection, logger: collectLogs().logger, removeEveryMs: 0 })
    await store.add(over, 1, 1)
    const kept = async () => {
      await store.add(lasting, 1, 600_000)
      const rows = await connection.query(`set local role chatsg_app; select key from request_counts where key in ('${over}', '${lasting}') order by key`)
      return rows.map(({ key }) => key)
    }
    await vi.waitFor(async () => expect(await kept()).toEqual([lasting]), { timeout: 10_000 })
  })
})

describe('requests of people and keys', () => {
  const actor = { type: 'user', workspaceId: newId(), userId: newId(), name: 'Rita', role: 'rep', via: 'session' } as const

  it('are never more than ten times the limit, however many processes lease from it, and ask the store seldom', async () => {
    let asked = 0
    const counting = () => {
      const store = postgresStore()
      return {
        add: (...args: Parameters<PointStore['add']>) => {
          asked += 1
          return store.add(...args)
        },
      }
    }
    const { limits, events } = processes(3, counting, { max: 50 })
    let allowed = 0
    for (let round = 0; round < 300; round += 1) allowed += await allowedOf(limits, 3, (limit) => limit.countActor(actor))
    // Whatever a process leased in vain is bounded by its chunk.
    expect(allowed).toBeLessThanOrEqual(500)
    expect(allowed).toBeGreaterThan(500 - 3 * 10)
    expect(asked).toBeLessThan(60)
    expect(events.map(({ details }) => details.who)).toEqual(['actor'])
  })

  it('count each person and each key for itself', async () => {
    const { limits } = processes(1, createMemoryPoints, { max: 1 })
    const [limit] = limits as [AdjustableLimits]
    expect(await allowedOf(limits, 20, (one) => one.countActor(actor))).toBe(10)
    expect((await limit.countActor({ ...actor, userId: newId() })).allowed).toBe(true)
    expect((await limit.countActor({ ...actor, via: 'apiKey', key: { id: newId(), scopes: [] } })).allowed).toBe(true)
  })
})

describe('a store that goes away', () => {
  it('is replaced by memory at once, which still limits, and is used again by itself', async () => {
    const gate = await openGate(Number(new URL(inject('applicationUrl')).port))
    const connection = openSingleTrips({ port: gate.port })
    closing.push(connection.close, gate.shut)
    const { lines, logger } = collectLogs()
    const store = createInsuredPoints({ store: createPostgresPoints({ connection, logger }), logger, retryMs: 50 })
    const { limits } = processes(1, () => store, { max: 5 })
    const [limit] = limits as [AdjustableLimits]

    expect((await limit.countStranger('192.0.2.9')).remaining).toBe(4)
    await gate.shut()
    expect(await allowedOf(limits, 12, (one) => one.countStranger('192.0.2.10'))).toBe(5)
    expect(lines.filter(({ level }) => level === 'warn')).toEqual([{ level: 'warn', message: expect.stringContaining('Rate limit store does not answer') }])

    await gate.open()
    await vi.waitFor(
      async () => {
        await limit.countStranger('192.0.2.11')
        expect(lines.map(({ message }) => message)).toContain('Rate limit store answers again')
      },
      { timeout: 10_000, interval: 20 },
    )
    expect((await limit.countStranger('192.0.2.9')).remaining).toBe(3)
    expect(lines).toHaveLength(2)
  })

  it('does not keep anybody waiting longer than the time limit', async () => {
    const { logger } = collectLogs()
    const store = createInsuredPoints({ store: { add: () => new Promise(() => undefined) }, logger, timeLimitMs: 20 })
    const { limits } = processes(1, () => store, { max: 1 })
    expect(await allowedOf(limits, 4, (limit) => limit.countStranger('192.0.2.12'))).toBe(1)
  })
})

describe('memory', () => {
  it('forgets the oldest windows when there are too many', async () => {
    const store = createMemoryPoints({ maxKeys: 2 })
    for (const key of ['a', 'b', 'c']) await store.add(key, 1, 60_000)
    expect((await store.add('c', 1, 60_000)).points).toBe(2)
    expect((await store.add('a', 1, 60_000)).points).toBe(1)
  })
})
