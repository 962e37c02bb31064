import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { FeatureFlag } from '#contracts/deployment.ts'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { isOnFor } from './flag-rules.ts'

const person = (userId = newId(), role: 'rep' | 'manager' = 'rep'): Actor => ({ type: 'user', workspaceId: newId(), userId, name: 'P', role, via: 'session' })
const flag = (rule: Partial<FeatureFlag>): FeatureFlag => ({ enabled: true, percentage: 100, targets: [], source: 'switched', updatedAt: null, ...rule })

describe('a flag', () => {
  it('is on for about its share of people, always the same, and only ever for more of them', () => {
    const people = Array.from({ length: 2000 }, () => person())
    const on = (percentage: number) => people.filter((actor) => isOnFor('beta', flag({ percentage }), actor))
    expect(on(0)).toEqual([])
    expect(on(100)).toHaveLength(2000)
    expect(on(25).length).toBeGreaterThan(420)
    expect(on(25).length).toBeLessThan(580)
    expect(on(25)).toEqual(on(25))
    expect(on(60)).toEqual(expect.arrayContaining(on(25)))
  })

  it('is on for whom it names, and for nobody while it is off', () => {
    const ana = person('ana', 'manager')
    expect(isOnFor('beta', flag({ percentage: 0, targets: ['ana'] }), ana)).toBe(true)
    expect(isOnFor('beta', flag({ percentage: 0, targets: ['manager'] }), ana)).toBe(true)
    expect(isOnFor('beta', flag({ percentage: 0, targets: ['manager'] }), person())).toBe(false)
    expect(isOnFor('beta', flag({ enabled: false, targets: ['ana'] }), ana)).toBe(false)
  })
})

describe('the deployment', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await createTestApp({
      env: { GIT_COMMIT: 'abc1234', BUILD_NUMBER: '17', DEPLOYED_BY: 'Ops', FEATURE_FLAGS: `configured${newId().slice(0, 8)},off=false` },
    })
  })
  afterAll(() => app.close())

  it('has flags of the configuration, which say so to whoever asks', async () => {
    const client = await app.app.services.featureFlags.clientFor(app.actor)
    expect(await client.getBooleanDetails('off', true)).toMatchObject({ value: false, reason: 'STATIC', flagMetadata: { source: 'configuration' } })
  })

  it('says what runs, and what ran before', async () => {
    const { status, body } = await app.request('GET', '/api/deployment')
    expect(status).toBe(200)
    expect(body).toMatchObject({ version: '0.0.0-test', commit: 'abc1234', build: '17', deployedBy: 'Ops', environment: 'development', flags: { off: false } })
    expect(Array.isArray((body as { previous: unknown }).previous)).toBe(true)
  })

  it('switches features while it runs, keeps who did, and gives them back to the configuration', async () => {
    const name = `inbox${newId().slice(-8)}`
    const { featureFlags } = app.app.services
    const client = await featureFlags.clientFor(app.actor)
    expect(await client.getBooleanDetails(name, false)).toMatchObject({ value: false, errorCode: 'FLAG_NOT_FOUND' })
    const switched = await app.request('PATCH', '/api/deployment/flags', { [name]: true, off: true })
    expect(switched).toMatchObject({ status: 200, body: { flags: { [name]: true, off: true } } })
    expect(await client.getBooleanDetails(name, false)).toMatchObject({ value: true, reason: 'STATIC', flagMetadata: { source: 'switched' } })
    expect(await client.getBooleanDetails('constructor', false)).toMatchObject({ errorCode: 'FLAG_NOT_FOUND' })
    await app.request('PATCH', '/api/deployment/flags', { [name]: { percentage: 10, targets: ['manager'] } })
    expect((await app.request('GET', '/api/deployment')).body).toMatchObject({
      flagRules: { [name]: { enabled: true, percentage: 10, targets: ['manager'], source: 'switched' } },
    })
    await app.request('PATCH', '/api/deployment/flags', { [name]: null, off: null })
    const { body } = await app.request('GET', '/api/deployment')
    expect((body as { flags: Record<string, boolean> }).flags).not.toHaveProperty(name)
    expect(body).toMatchObject({ flags: { off: false } })
    const history = (await app.request('GET', '/api/deployment/flags/history')).body as { items: { name: string; changedBy: string }[] }
    expect(history.items.filter((item) => item.name === name)).toHaveLength(3)
    expect(history.items[0]?.changedBy).toBeTruthy()
  })

  it.each([[{}], [{ 'no spaces': true }], [{ x: 'yes' }], [{ x: { percentage: 101 } }]])('refuses %j', async (body) => {
    expect((await app.request('PATCH', '/api/deployment/flags', body)).status).toBe(400)
  })

  it('tells health what it is made of, and of the configuration names only', async () => {
    const detailed = await app.request('GET', '/api/health?check=detailed')
    expect(detailed).toMatchObject({ status: 200, body: { status: 'healthy', metrics: { cpu: {}, memory: {} }, deployment: { commit: 'abc1234' } } })
    const names = (detailed.body as { services: { name: string }[] }).services.map((service) => service.name)
    expect(names).toEqual(['database', 'redis', 'crm', 'model', 'memory', 'mail', 'queue', 'disk'])
    const stranger = await app.server.inject({ url: '/api/health?check=detailed' })
    expect(stranger.json()).not.toHaveProperty('metrics')
    expect(stranger.json().services[0]).toEqual({ name: 'database', status: 'healthy' })
    const config = await app.server.inject({ url: '/api/health?check=config' })
    expect(config.statusCode).toBe(200)
    expect(config.json()).toEqual({ valid: true, errors: [], warnings: expect.any(Array) })
  })
})
