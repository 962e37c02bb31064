import Fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerErrors } from '#backend/http/errors.ts'
import { type Actor, requireScope } from '#backend/kernel/actor.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../test/harness.ts'
import { createBans } from './bans/bans.service.ts'
import { createSecurityEvents, type SecurityEvents } from './events/security-events.service.ts'
import { collectLogs } from './limits/limits.testing.ts'
import { createMemoryPoints } from './limits/memory-points.ts'
import { createPointKey } from './limits/point-key.ts'
import { createPosture } from './posture/posture.service.ts'
import { securityRoutes } from './security.routes.ts'

let app: FastifyInstance
let workspace: TestWorkspace
let events: SecurityEvents
let caller: Actor

beforeAll(async () => {
  workspace = await createTestWorkspace()
  caller = workspace.actor
  const { database, workspaceId: homeWorkspaceId } = workspace
  const { logger } = collectLogs()
  const clock = { now: () => new Date() }
  const audit = { append: async () => undefined, note: () => undefined }
  events = createSecurityEvents({ database, clock, homeWorkspaceId, logger, audit })
  const bans = createBans({
    database,
    clock,
    events,
    audit,
    logger,
    homeWorkspaceId,
    store: createMemoryPoints(),
    keyOf: createPointKey('s'),
    threshold: 10,
    autoBanMs: 60_000,
  })
  const posture = createPosture({
    database,
    clock,
    config: {
      environment: 'production',
      appUrl: 'https://crm.example.com',
      security: {
        httpsOnly: true,
        corsOrigins: ['*'],
        threatMode: 'report',
        rateLimitMax: 100,
        rateLimitWindowMs: 900_000,
        loginMaxFailures: 5,
        adminApiKey: undefined,
      },
      metricsToken: 'set',
      alertWebhookUrl: undefined,
      generatedSecrets: ['CSRF_SECRET'],
      limitStore: 'postgresql',
    },
    accounts: {
      withoutTwoFactor: async () => ['Olivia Owner'],
      keysUnusedSince: async () => [],
      auditVerified: async () => ({ valid: false, verifiedAt: '2026-03-01T09:00:00.000Z' }),
    },
  })
  app = Fastify({ logger: false })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  registerErrors(app)
  app.decorateRequest('actor', { getter: () => caller })
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config as { access?: string }
    if (access === undefined || access === 'public') throw new Error('The route must state its scope.')
    requireScope(caller, access as 'workspace:admin')
  })
  await app.register(securityRoutes({ events, bans, posture, testEncryption: (text) => ({ match: text !== 'break it', keyId: 'k1' }) as { match: boolean } }))
})
afterAll(async () => {
  await app.close()
  await events.close()
})

async function call(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) {
  const response = await app.inject({ method, url, ...(payload === undefined ? {} : { payload }) })
  return { status: response.statusCode, body: response.json() }
}
const command = (action: string, data?: object) => call('POST', '/api/security', { action, ...(data === undefined ? {} : { data }) })

describe('/api/security', () => {
  it('blocks, lists and unblocks an address', async () => {
    expect(await command('block_ip', { ip: '203.0.113.9', minutes: 30, reason: 'Scraping' })).toMatchObject({
      status: 200,
      body: { success: true, data: { ip: '203.0.113.9' } },
    })
    const { body } = await call('GET', '/api/security?action=blocked_ips')
    expect(body.success).toBe(true)
    expect(body.data.blocked_ips).toContainEqual(
      expect.objectContaining({
        ip: '203.0.113.9',
        reason: 'Scraping',
        expiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
        automatic: false,
        createdBy: 'Olivia Owner',
      }),
    )
    expect(await command('unblock_ip', { ip: '203.0.113.9' })).toMatchObject({ status: 200, body: { success: true } })
    expect(await command('unblock_ip', { ip: '203.0.113.9' })).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } })
  })

  it('lists events with filters, counts them and clears the list', async () => {
    events.record({ type: 'threat', severity: 'high', details: { what: 'probe' } })
    events.record({ type: 'rate_limit', severity: 'low', details: { what: 'rate_limited' } })
    const { status, body } = await call('GET', '/api/security?action=events&limit=1&type=threat&severity=high')
    expect(status).toBe(200)
    expect(body).toMatchObject({ success: true, data: { total: 1, events: [{ type: 'threat', severity: 'high', ip: null, details: { what: 'probe' } }] } })
    const [event] = body.data.events
    expect((await call('GET', `/api/security?action=events&type=threat&before=${event.id}`)).body.data.events).toEqual([])
    expect((await call('GET', `/api/security?action=events&type=threat&before=${encodeURIComponent(event.timestamp)}`)).body.data.events).toEqual([])
    expect((await call('GET', '/api/security?action=stats')).body).toMatchObject({ success: true, data: { counts: expect.any(Array), topAddresses: [] } })
    expect(await command('clear_events')).toMatchObject({ status: 200, body: { success: true, data: { hidden: expect.any(Number) } } })
    expect((await call('GET', '/api/security?action=events')).body.data.events).toMatchObject([{ details: { what: 'events_cleared' } }])
  })

  it('says whether encryption gives the text back', async () => {
    expect(await command('test_encryption', { text: 'hello' })).toEqual({ status: 200, body: { success: true, data: { match: true, keyId: 'k1' } } })
    expect((await command('test_encryption', { text: 'break it' })).body).toMatchObject({ success: false, data: { match: false } })
  })

  it('refuses what is not valid', async () => {
    const bad = [
      ...[
        '',
        '?action=nothing',
        '?action=events&limit=0',
        '?action=events&limit=1001',
        '?action=events&limit=x',
        '?action=events&limit=',
        '?action=events&limit=1.5',
      ],
      ...['?action=events&type=x', '?action=events&severity=x', '?action=events&before=yesterday', '?action=blocked_ips&limit=-1'],
    ]
    for (const query of bad) expect(await call('GET', `/api/security${query}`), query).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION' } } })
    const commands = [
      command('explode', {}),
      command('block_ip', { ip: 'nonsense', reason: 'x' }),
      command('block_ip', { ip: '192.0.2.1' }),
      command('block_ip', { ip: '192.0.2.1', minutes: 0, reason: 'x' }),
      command('block_ip'),
      command('unblock_ip', { ip: '999.1.1.1' }),
      command('test_encryption', { text: 7 }),
    ]
    for (const answer of await Promise.all(commands)) expect(answer).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION' } } })
  })

  it('keeps the allow-list', async () => {
    expect((await call('POST', '/api/security/allow-list', { network: '198.18.7.0/24', note: 'Office' })).body.items).toContainEqual(
      expect.objectContaining({ network: '198.18.7.0/24', note: 'Office', createdBy: 'Olivia Owner' }),
    )
    expect((await call('GET', '/api/security/allow-list')).body.items.map((item: { network: string }) => item.network)).toContain('198.18.7.0/24')
    const { status, body } = await call('DELETE', '/api/security/allow-list?network=198.18.7.0%2F24')
    expect(status).toBe(200)
    expect(body.items.map((item: { network: string }) => item.network)).not.toContain('198.18.7.0/24')
    expect((await call('DELETE', '/api/security/allow-list?network=198.18.7.0%2F24')).status).toBe(404)
    expect((await call('POST', '/api/security/allow-list', { network: 'x.y' })).status).toBe(400)
  })

  it('tells what is safe and what is not, from facts', async () => {
    const { body } = await call('GET', '/api/security/posture')
    const states = Object.fromEntries(body.checks.map(({ id, state }: { id: string; state: string }) => [id, state]))
    expect(states).toEqual({
      https: 'good',
      secrets: 'bad',
      'threat-guard': 'warning',
      'rate-limits': 'good',
      cors: 'bad',
      metrics: 'good',
      'admin-key': 'good',
      alerts: 'warning',
      'row-level-security': 'good',
      'login-role': 'good',
      'two-factor': 'warning',
      'keys-unused': 'good',
      'audit-chain': 'bad',
    })
    for (const { label, detail } of body.checks) expect([label.length > 3, detail.length > 20]).toEqual([true, true])
  })

  it('is for owners and admins of the workspace alone, and bans for those of the first one', async () => {
    const rep = await workspace.member('rep')
    const stranger = (await createTestWorkspace()).actor
    try {
      caller = rep
      for (const url of ['/api/security?action=events', '/api/security/allow-list', '/api/security/posture']) expect((await call('GET', url)).status).toBe(403)
      caller = stranger
      expect((await call('GET', '/api/security?action=events')).body.data.events).toEqual([])
      expect((await call('GET', '/api/security?action=blocked_ips')).status).toBe(403)
      expect((await command('block_ip', { ip: '192.0.2.1', reason: 'x' })).status).toBe(403)
    } finally {
      caller = workspace.actor
    }
  })
})
