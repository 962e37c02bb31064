import { describe, expect, it, vi } from 'vitest'
import type { Database } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import { runInRequest } from '#backend/kernel/request-context.ts'
import { createTestWorkspace } from '../../../../test/harness.ts'
import type { NewAuditEntry } from '../audit/audit-trail.ts'
import { collectLogs } from '../limits/limits.testing.ts'
import type { EventRow } from './event-row.ts'
import { createSecurityEvents } from './security-events.service.ts'

const hour = 3_600_000

async function open({ maxQueued = 10_000 } = {}) {
  const workspace = await createTestWorkspace()
  const { lines, logger } = collectLogs()
  const audited: NewAuditEntry[] = []
  const raised: EventRow[] = []
  let now = Date.parse('2026-03-01T09:00:00Z')
  let isReachable = true
  const database: Database = {
    ...workspace.database,
    transaction: (...args) => (isReachable ? workspace.database.transaction(...args) : Promise.reject(new AppError('UNAVAILABLE', 'away'))),
  }
  const events = createSecurityEvents({
    database,
    clock: { now: () => new Date(now) },
    homeWorkspaceId: workspace.workspaceId,
    logger,
    audit: { append: async (_tx, entry) => void audited.push(entry), note: () => undefined },
    alerts: { raise: (event) => raised.push(event), close: async () => undefined },
    maxQueued,
  })
  return {
    ...workspace,
    events,
    lines,
    audited,
    raised,
    pass: (ms: number) => {
      now += ms
    },
    reach: (reachable: boolean) => {
      isReachable = reachable
    },
  }
}

const threat = (what: string) => ({ type: 'threat', severity: 'high', details: { what } }) as const

describe('security events', () => {
  it('tell what is known of the request, and are stored within a moment without being asked for', async () => {
    const { events, workspaceId, gold } = await open()
    const userId = newId()
    runInRequest({ requestId: 'r', ip: '192.0.2.4', userAgent: 'curl/8', userId }, () =>
      events.record({ type: 'authentication', severity: 'low', details: { what: 'sign_in_failed', account: 'a…@example.com' } }),
    )
    const [row] = await vi.waitFor(
      async () => {
        const rows = await gold('select * from security_events where workspace_id = $1')
        expect(rows).toHaveLength(1)
        return rows
      },
      { timeout: 10_000 },
    )
    expect(row).toMatchObject({
      workspace_id: workspaceId,
      type: 'authentication',
      severity: 'low',
      ip: '192.0.2.4',
      user_agent: 'curl/8',
      user_id: userId,
      details: { what: 'sign_in_failed', account: 'a…@example.com' },
    })
  })

  it('are listed newest first, by kind, page by page', async () => {
    const { events, actor, pass } = await open()
    for (let index = 0; index < 7; index += 1) {
      events.record({ type: index % 2 === 0 ? 'threat' : 'rate_limit', severity: index < 3 ? 'low' : 'high', details: { what: 'probe', index } })
      if (index === 4) pass(1000)
    }
    const indexes = async (filter: Parameters<typeof events.list>[1]) => {
      const { events: found, total } = await events.list(actor, filter)
      return { total, found: found.map(({ details }) => details.index), last: found.at(-1) }
    }
    const first = await indexes({ limit: 3 })
    expect(first).toMatchObject({ total: 7, found: [6, 5, 4] })
    expect((await indexes({ limit: 3, before: { id: first.last?.id as string } })).found).toEqual([3, 2, 1])
    expect(await indexes({ limit: 10, type: 'rate_limit' })).toMatchObject({ total: 3, found: [5, 3, 1] })
    expect((await indexes({ limit: 10, type: 'threat', severity: 'low' })).found).toEqual([2, 0])
    expect((await indexes({ limit: 10, before: { at: '2026-03-01T09:00:01Z' } })).found).toEqual([4, 3, 2, 1, 0])
    expect(first.last).toEqual({
      id: expect.any(String),
      type: 'threat',
      severity: 'high',
      ip: null,
      userAgent: null,
      details: { what: 'probe', index: 4 },
      timestamp: '2026-03-01T09:00:00.000Z',
    })
  })

  it('show the newest thousand and keep all', async () => {
    const { events, actor, gold } = await open()
    for (let index = 0; index < 1100; index += 1) events.record({ ...threat('flood'), details: { what: 'flood', index } })
    const { events: found, total } = await events.list(actor, { limit: 1000 })
    expect([found.length, total, found[0]?.details.index, found.at(-1)?.details.index]).toEqual([1000, 1000, 1099, 100])
    expect(await gold('select count(*)::int as kept from security_events where workspace_id = $1')).toEqual([{ kept: 1100 }])
  })

  it('belong to one workspace, and to its owners and admins', async () => {
    const { events, actor, member, gold } = await open()
    const theirs = await createTestWorkspace()
    events.record(threat('ours'))
    events.record({ ...threat('theirs'), workspaceId: theirs.workspaceId })
    expect((await events.list(actor, { limit: 10 })).events.map(({ details }) => details.what)).toEqual(['ours'])
    expect((await events.list(theirs.actor, { limit: 10 })).events.map(({ details }) => details.what)).toEqual(['theirs'])
    await events.clear(theirs.actor)
    expect((await events.list(actor, { limit: 10 })).total).toBe(1)
    const manager = await member('manager')
    for (const refused of [events.list(manager, { limit: 1 }), events.stats(manager), events.clear(manager)])
      await expect(refused).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const rights = await gold(
      `select has_table_privilege('chatsg_app', 'security_events', 'update') or has_table_privilege('chatsg_app', 'security_events', 'delete')
         or has_table_privilege('chatsg_member', 'security_events', 'select') or has_table_privilege('chatsg_member', 'bans', 'insert') as too_many`,
      [],
    )
    expect(rights).toEqual([{ too_many: false }])
  })

  it('are counted by kind and time, with the busiest addresses', async () => {
    const { events, actor, pass } = await open()
    const from = (ip: string, times: number) => {
      for (let index = 0; index < times; index += 1) runInRequest({ requestId: 'r', ip }, () => events.record(threat('probe')))
    }
    from('192.0.2.1', 4)
    pass(30 * hour)
    from('192.0.2.2', 2)
    pass(2 * hour)
    from('192.0.2.3', 3)
    events.record({ type: 'configuration', severity: 'low', details: { what: 'x' } })
    const { counts, total, topAddresses } = await events.stats(actor)
    expect(total).toEqual({ hour: 4, day: 6, all: 10 })
    expect(counts).toContainEqual({ type: 'threat', severity: 'high', hour: 3, day: 5, all: 9 })
    expect(topAddresses).toEqual([
      { ip: '192.0.2.3', events: 3 },
      { ip: '192.0.2.2', events: 2 },
    ])
  })

  it('are hidden by clearing, which is audited and an event itself, and stay in the database', async () => {
    const { events, actor, gold, audited } = await open()
    for (const what of ['a', 'b']) events.record(threat(what))
    expect(await events.clear(actor)).toBe(2)
    events.record(threat('c'))
    expect((await events.list(actor, { limit: 10 })).events.map(({ details }) => details.what)).toEqual(['c', 'events_cleared'])
    expect((await events.stats(actor)).total.all).toBe(2)
    expect(audited).toEqual([{ event: 'SETTING_CHANGE', operation: 'security_events.clear', outcome: 'ok', query: { hidden: 2 } }])
    expect(await gold('select count(*)::int as kept from security_events where workspace_id = $1')).toEqual([{ kept: 4 }])
  })

  it('are log lines too: rate limits by that name, louder with severity', async () => {
    const { events, lines, raised } = await open()
    events.record({ type: 'rate_limit', severity: 'medium', details: { what: 'rate_limited' } })
    events.record({ type: 'threat', severity: 'critical', details: { what: 'chain_broken' } })
    expect(lines).toEqual([
      { level: 'warn', message: 'Security event: Rate limit exceeded' },
      { level: 'error', message: 'Security event' },
    ])
    expect(raised.map(({ details }) => details.what)).toEqual(['chain_broken'])
  })

  it('wait for a database that is away', async () => {
    const { events, actor, lines, reach } = await open()
    reach(false)
    events.record(threat('while away'))
    await events.flush()
    await expect(events.list(actor, { limit: 1 })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    reach(true)
    expect((await events.list(actor, { limit: 10 })).events.map(({ details }) => details.what)).toEqual(['while away'])
    expect(lines.map(({ message }) => message)).toEqual(['Security event', expect.stringContaining('wait in memory'), 'Security events are stored again'])
  })

  it('are merged, counted and said to be when there are too many', async () => {
    const { events, actor, lines, reach } = await open({ maxQueued: 5 })
    reach(false)
    for (let index = 0; index < 5; index += 1) events.record(threat('first'))
    for (let index = 0; index < 30; index += 1) runInRequest({ requestId: 'r', ip: `192.0.2.${index % 3}` }, () => events.record(threat('later')))
    reach(true)
    const { events: found } = await events.list(actor, { limit: 100 })
    expect(found.map(({ ip, details }) => [ip, details.what, details.count ?? 1])).toEqual([
      ['192.0.2.2', 'later', 10],
      ['192.0.2.1', 'later', 10],
      ['192.0.2.0', 'later', 10],
      ...Array.from({ length: 5 }, () => [null, 'first', 1]),
    ])
    expect(lines.filter(({ message }) => message.includes('merged'))).toHaveLength(1)
  })

  it('take whatever is recorded, within bounds, and one that is refused takes no other with it', async () => {
    const { events, actor, lines } = await open()
    const circular: Record<string, unknown> = { name: 'loop' }
    circular.self = circular
    const details = {
      what: 'odd',
      nul: 'a\0b',
      half: '\ud800',
      big: 10n,
      long: 'x'.repeat(5000),
      circular,
      many: Array.from({ length: 200 }, (_, index) => index),
      error: new Error('boom'),
    }
    runInRequest({ requestId: 'r', userAgent: `agent\0${'y'.repeat(9000)}` }, () => events.record({ type: 'threat', severity: 'low', details }))
    events.record({
      type: 'threat',
      severity: 'low',
      details: { what: 'huge', ...Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`k${index}`, 'z'.repeat(490)])) },
    })
    events.record({ ...threat('lost'), workspaceId: newId() })
    events.record(threat('fine'))
    const { events: found } = await events.list(actor, { limit: 10 })
    expect(found.map(({ details: kept }) => kept.what)).toEqual(['fine', 'huge', 'odd'])
    expect(found[2]?.details).toMatchObject({ nul: 'ab', half: '\ufffd', big: '10', long: 'x'.repeat(500), error: 'boom' })
    expect(found[2]?.userAgent?.length).toBeLessThanOrEqual(500)
    expect(JSON.stringify(found[1]?.details).length).toBeLessThan(1000)
    expect(lines.filter(({ message }) => message.includes('could not be stored'))).toHaveLength(1)
  })

  it('are stored before the end', async () => {
    const { events, gold } = await open()
    for (let index = 0; index < 2500; index += 1) events.record(threat('late'))
    await events.close()
    expect(await gold('select count(*)::int as kept from security_events where workspace_id = $1')).toEqual([{ kept: 2500 }])
  })
})
