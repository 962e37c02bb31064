import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { createTestOperations } from '../../../../test/operations.ts'
import { judge } from './alert-rule.ts'
import { createAlertWebhook } from './alert-webhook.ts'
import { type AlertsDependencies, createAlertsService } from './alerts.service.ts'
import { createRequestWindow } from './request-window.ts'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const minuteMs = 60_000
let now: Date
const clock = { now: () => now }
const pass = (ms: number) => {
  now = new Date(now.getTime() + ms)
}
let site: TestWorkspace
let value: number | undefined

beforeEach(async () => {
  now = new Date('2026-11-20T12:00:00Z')
  site = await createTestWorkspace()
  value = 1
})

const rule = { name: 'response_time', severity: 'warning', threshold: 100, read: () => value, describe: (found: number) => `Slow: ${found} ms.` } as const

function create(options: Partial<AlertsDependencies> = {}) {
  const { operations } = createTestOperations(site.database, clock)
  return createAlertsService({ operations, clock, logger: quiet, homeWorkspaceId: site.workspaceId, rules: [rule], tell: [], intervalMs: minuteMs, ...options })
}

async function look(service: ReturnType<typeof create>, values: readonly (number | undefined)[]) {
  for (const each of values) {
    value = each
    pass(minuteMs)
    await service.look()
  }
}

async function receiver(statuses: number[] = []) {
  const got: Record<string, unknown>[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    got.push(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>)
    response.writeHead(statuses.shift() ?? 204).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
}

describe('alerts', () => {
  it('are raised and resolved once, kept, and told over HTTP even when the receiver stumbles', async () => {
    const { got, url } = await receiver([500, 503])
    const webhook = createAlertWebhook({ url, appUrl: 'http://127.0.0.1:3999', post: fetch, logger: quiet, retryDelaysMs: [5, 5, 5] })
    const seen: [string, boolean][] = []
    const service = create({ tell: [webhook.tell], observe: (name, isActive) => seen.push([name, isActive]) })
    await look(service, [150, 150, 160, undefined, 150, 20, 20, 20, 20])
    await webhook.close()
    expect(got.map(({ alert, status, message }) => [alert, status, message])).toEqual([
      ['response_time', 'raised', 'Slow: 150 ms.'],
      ['response_time', 'raised', 'Slow: 150 ms.'],
      ['response_time', 'raised', 'Slow: 150 ms.'],
      ['response_time', 'resolved', 'Slow: 150 ms.'],
    ])
    const { items, total } = await service.list(site.actor, { limit: 50 })
    expect(total).toBe(1)
    expect(items[0]).toMatchObject({
      name: 'response_time',
      value: 150,
      threshold: 100,
      raisedAt: '2026-11-20T12:02:00.000Z',
      resolvedAt: '2026-11-20T12:08:00.000Z',
    })
    expect(seen.map(([, isActive]) => isActive)).toEqual([false, true, true, true, true, true, true, false, false])
  })

  it('do not flap', async () => {
    const told: string[] = []
    const service = create({ tell: [({ resolvedAt }) => told.push(resolvedAt === null ? 'raised' : 'resolved')] })
    await look(service, [150, 50, 150, 50, 150, 50])
    expect(told).toEqual([])
    // Once raised, values around the limit neither resolve nor raise it again.
    await look(service, [150, 150, 95, 105, 95, 99, 150, 50, 50, 99, 50, 50])
    expect(told).toEqual(['raised'])
    await look(service, [50])
    expect(told).toEqual(['raised', 'resolved'])
  })

  it('are looked at by one process, and go on with the next', async () => {
    const told: string[] = []
    const tell = [({ resolvedAt }: { resolvedAt: string | null }) => void told.push(resolvedAt === null ? 'raised' : 'resolved')]
    const [first, second] = [create({ tell }), create({ tell })]
    for (const each of [150, 150, 150]) {
      await look(first, [each])
      await second.look()
    }
    expect(told).toEqual(['raised'])
    await first.close()
    await look(second, [150, 50, 50, 50])
    expect(told).toEqual(['raised', 'resolved'])
    expect((await second.list(site.actor, { status: 'active', limit: 10 })).items).toEqual([])
  })

  it('are told while the database is away, and kept when it is back', async () => {
    const { operations } = createTestOperations(site.database, clock)
    let isAway = false
    const shaky = {
      ...operations,
      run: ((...call: Parameters<typeof operations.run>) =>
        isAway ? Promise.reject(new Error('The database is away.')) : operations.run(...call)) as typeof operations.run,
    }
    const told: string[] = []
    const database = { ...rule, name: 'database', threshold: 0, read: () => (isAway ? 1 : 0) }
    const service = create({ operations: shaky, rules: [database], tell: [({ name, resolvedAt }) => told.push(`${name} ${resolvedAt === null}`)] })
    await look(service, [0])
    isAway = true
    await look(service, [0, 0])
    expect(told).toEqual(['database true'])
    isAway = false
    await look(service, [0])
    expect((await service.list(site.actor, { status: 'active', limit: 10 })).items).toMatchObject([{ name: 'database' }])
    await look(service, [0, 0])
    expect(told).toEqual(['database true', 'database false'])
  })

  it('are seen and acknowledged by owners and admins of the first workspace', async () => {
    const service = create()
    await look(service, [150, 150])
    const id = (await service.list(site.actor, { status: 'active', limit: 10 })).items[0]?.id ?? ''
    const admin = await site.member('admin', 'Ada Admin')
    expect(await service.acknowledge(admin, id)).toMatchObject({ acknowledgedBy: 'Ada Admin' })
    expect(await service.acknowledge(site.actor, id)).toMatchObject({ acknowledgedBy: 'Ada Admin' })
    await expect(service.acknowledge(admin, 'nonsense')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(service.list(await site.member('rep'), { limit: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(service.list((await createTestWorkspace()).actor, { limit: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('the window of requests', () => {
  it('tells of the last five minutes, and nothing of too few requests', () => {
    const window = createRequestWindow(clock)
    for (let index = 0; index < 19; index++) window.observe({ status: 500, seconds: 3 })
    expect([window.p95Ms(), window.errorRatio()]).toEqual([undefined, undefined])
    for (let index = 0; index < 181; index++) window.observe({ status: 200, seconds: 0.01 })
    expect(window.errorRatio()).toBeCloseTo(19 / 200)
    // 19 of 200 are more than five of a hundred: the 95th is one of the slow ones, a quarter off at most.
    expect(window.p95Ms()).toBeGreaterThanOrEqual(3000)
    expect(window.p95Ms()).toBeLessThan(3750)
    pass(6 * minuteMs)
    for (let index = 0; index < 100; index++) window.observe({ status: 404, seconds: 0.02 })
    expect(window.errorRatio()).toBe(0)
    expect(window.p95Ms()).toBeLessThan(25)
  })
})

describe('judging', () => {
  it('needs two readings above to raise, and three well below to resolve', () => {
    const raised = judge({ isActive: false, above: 1, below: 0 }, 101, 100)
    expect(raised.change).toBe('raised')
    expect(judge({ ...raised.state, below: 2 }, 95, 100)).toMatchObject({ change: undefined, state: { below: 0 } })
    expect(judge({ ...raised.state, below: 2 }, 90, 100).change).toBe('resolved')
  })
})
