import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogs } from '#backend/infra/logger/logger.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createKeyRing, createSecretsService } from '#backend/modules/security/index.ts'
import { startFakeInsightly } from '../../../test/fakes/insightly/server.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../test/harness.ts'
import { createTestOperations } from '../../../test/operations.ts'
import { openScript, reply } from './client/client.testing.ts'
import { type ConnectivityOptions, checkConnectivity } from './connectivity.ts'
import { saveConnection } from './mirror/connections.repository.ts'
import { keySecret } from './mirror/connections.ts'
import { mirrorActor } from './mirror/mirror-actor.ts'

let workspace: TestWorkspace
const closing: (() => Promise<void>)[] = []
beforeAll(async () => {
  workspace = await createTestWorkspace()
})
afterAll(async () => {
  for (const close of closing) await close()
})

const { logger } = createLogs({ level: 'fatal', file: undefined, auditFile: undefined, debug: undefined })

function options(settings: Partial<ConnectivityOptions> & { apiUrl?: string }, { database, actor }: TestWorkspace = workspace): ConnectivityOptions {
  const { operations } = createTestOperations(database)
  return {
    database,
    operations,
    actor,
    secrets: createSecretsService({ database, keyRing: createKeyRing({ current: 'e'.repeat(40) }), clock: createClock() }),
    clock: createClock(),
    logger,
    apiKey: undefined,
    apiUrl: 'http://127.0.0.1:9/v3.1',
    maxRequests: 100,
    windowMs: 1000,
    requestTimeoutMs: 5000,
    pin: async () => ({ address: '127.0.0.1', family: 4 }),
    countPipelines: async () => 3,
    ...settings,
  }
}

async function startFake(settings = {}) {
  const key = newId()
  const fake = await startFakeInsightly({ key, records: 20, settings: { rateRequests: 1000, ...settings } })
  closing.push(fake.close)
  return { fake, key }
}

const statuses = ({ checks }: Awaited<ReturnType<typeof checkConnectivity>>) => Object.fromEntries(checks.map(({ check, status }) => [check, status]))

function expectNoKey(found: unknown, key: string): void {
  const text = JSON.stringify(found)
  for (const form of [key, Buffer.from(`${key}:`).toString('base64'), Buffer.from(key).toString('base64')]) expect(text).not.toContain(form)
}

describe('connectivity', () => {
  it('tells whose key it is, how fast and how often Insightly answers, and costs five calls', async () => {
    const { fake, key } = await startFake()
    const found = await checkConnectivity(options({ apiKey: key, apiUrl: fake.url }))
    expect(found).toMatchObject({ ok: true, mode: 'insightly', url: fake.url, quota: { limit: 100_000, remaining: 99_995 } })
    expect(found.latencyMs?.calls).toBe(5)
    expect(found.account).toMatch(/^\S.* \(.+@.+\)$/)
    expect(statuses(found)).toEqual({ connection: 'ok', credentials: 'ok', pipelines: 'ok', clock: 'ok', latency: 'ok', quota: 'ok' })
    expect(found.checks.find(({ check }) => check === 'pipelines')?.found).toMatch(/^\d+ pipelines? with \d+ stages? can be read$/)
    expect(fake.calls()).toHaveLength(5)
    expectNoKey(found, key)
  })

  it('tells a wrong key, a place that is not there, and one that is not Insightly, without the key', async () => {
    const { fake } = await startFake()
    const key = newId()
    const page = await openScript((response, { authorization }) => response.writeHead(200, { 'content-type': 'text/html' }).end(`<h1>${authorization}</h1>`))
    const failing = await openScript((response, { authorization }) =>
      response.writeHead(400, { 'content-type': 'text/plain' }).end(`${authorization} ${Buffer.from(String(authorization).slice(6), 'base64')}`),
    )
    const crashing = await openScript((response) => response.writeHead(500, { 'content-type': 'text/html' }).end('<html>stack</html>'))
    closing.push(page.close, failing.close, crashing.close)
    const problemAt = async (apiUrl: string) => {
      const found = await checkConnectivity(options({ apiKey: key, apiUrl }))
      expectNoKey(found, key)
      expect(found).toMatchObject({ ok: false, account: null, quota: null })
      expect(found.checks.map(({ status }) => status)).toContain('problem')
      return found.checks.find(({ status }) => status === 'problem')
    }
    expect(await problemAt(fake.url)).toMatchObject({ check: 'credentials', found: expect.stringContaining('refuses the API key') })
    expect(await problemAt('http://127.0.0.1:9/v3.1')).toMatchObject({ check: 'connection', found: expect.stringContaining('did not answer') })
    expect(await problemAt(page.url)).toMatchObject({ check: 'connection', found: expect.stringContaining('a web page') })
    expect(await problemAt(failing.url)).toMatchObject({ check: 'connection', found: expect.stringContaining('[redacted]') })
    const crashed = await problemAt(crashing.url)
    expect(crashed).toMatchObject({ check: 'connection', found: expect.stringContaining('500') })
    expect(crashed?.found).not.toContain('stack')
  })

  it('shows of a name what can be shown, and never what was sent', async () => {
    const key = newId()
    const echo = await openScript((response, asked, request) =>
      reply(200, asked.path.includes('Users') ? { USER_ID: 1, FIRST_NAME: `A\u001b[31mda\n${key}`, EMAIL_ADDRESS: asked.authorization?.slice(6) } : [])(
        response,
        asked,
        request,
      ),
    )
    closing.push(echo.close)
    const found = await checkConnectivity(options({ apiKey: key, apiUrl: echo.url }))
    expectNoKey(found, key)
    expect(found.account).toBe('A [31mda [redacted] ([redacted])')
    expect(found).toMatchObject({ ok: true, quota: null })
  })

  it('says when the calls of the day are few, or none', async () => {
    const few = await startFake()
    await fetch(`${few.fake.origin}/_fake/quota`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ used: 98_000 }) })
    const scarce = await checkConnectivity(options({ apiKey: few.key, apiUrl: few.fake.url }))
    expect(scarce).toMatchObject({ ok: true, quota: { remaining: 1995 } })
    expect(statuses(scarce).quota).toBe('warning')
    const none = await startFake({ dailyCalls: 2 })
    const usedUp = await checkConnectivity(options({ apiKey: none.key, apiUrl: none.fake.url }))
    expect(usedUp).toMatchObject({ ok: false, quota: { limit: 2, remaining: 0 } })
    expect(statuses(usedUp)).toMatchObject({ credentials: 'ok', quota: 'problem' })
  })

  it('compares the clocks', async () => {
    const { fake, key } = await startFake()
    const clockOf = async (aheadMs: number) => {
      const found = await checkConnectivity(options({ apiKey: key, apiUrl: fake.url, clock: { now: () => new Date(Date.now() + aheadMs) } }))
      return found.checks.find(({ check }) => check === 'clock')
    }
    expect(await clockOf(3_600_000)).toMatchObject({
      status: 'warning',
      found: expect.stringMatching(/^Insightly's clock is 3(599|600) s behind this machine's$/),
    })
    expect(await clockOf(-3_600_000)).toMatchObject({
      status: 'warning',
      found: expect.stringMatching(/^Insightly's clock is 3(599|600) s ahead of this machine's$/),
    })
    expect(await clockOf(0)).toMatchObject({ status: 'ok' })
  })

  it('names what of the configuration cannot be used', async () => {
    for (const [apiKey, apiUrl] of [
      ['two words', 'http://127.0.0.1:9/v3.1'],
      [newId(), 'http://insightly.example.com/v3.1'],
    ] as const) {
      const found = await checkConnectivity(options({ apiKey, apiUrl }))
      expect(found).toMatchObject({ ok: false, mode: 'insightly', checks: [{ check: 'configuration', status: 'problem' }] })
      expectNoKey(found, apiKey)
    }
  })

  it('uses the key that was entered, and says when it is gone', async () => {
    const world = await createTestWorkspace()
    const { fake, key } = await startFake()
    const settings = options({ apiKey: undefined }, world)
    const { database, secrets } = settings
    await database.transaction(mirrorActor(world.workspaceId), async (tx) => {
      await secrets.put(tx, { ...keySecret, value: key })
      await saveConnection(tx, { url: fake.url, keySource: 'workspace', hookToken: newId(), at: '2026-01-01T00:00:00Z' })
    })
    const found = await checkConnectivity(settings)
    expect(found).toMatchObject({ ok: true, url: fake.url })
    expect(found.checks.find(({ check }) => check === 'credentials')?.found).toContain('Settings, Insightly')
    await secrets.remove(mirrorActor(world.workspaceId), keySecret)
    expect(await checkConnectivity(settings)).toMatchObject({
      ok: false,
      checks: [{ check: 'configuration', fix: 'Enter it anew under Settings, Insightly.' }],
    })
  })

  it('looks at the database here where nothing is mirrored', async () => {
    const found = await checkConnectivity(options({}))
    expect(found).toMatchObject({ ok: true, mode: 'builtin', url: null, quota: null, latencyMs: { calls: 5 } })
    expect(found.checks.map(({ found: line }) => line)).toEqual([
      'no Insightly account is connected, so the CRM is the database here, and it answers',
      expect.stringMatching(/^[\d.]+ ms in the median of 5 calls, [\d.]+ ms at most$/),
      '3 pipelines can be read',
    ])
  })
})
