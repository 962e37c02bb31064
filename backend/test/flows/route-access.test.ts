import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, hasScope, type Role, roles, type Scope, scopes } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'
import { entities, entityNames } from '#contracts/entities.ts'
import { createTestApp, type TestApp, testAdminKey } from '../app.ts'
import { createTestWorkspace } from '../harness.ts'

interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT'
  path: string
  access: 'public' | Scope
}

const marker = 'Zanzibarmarker'
const publicRoutes = /^\/api\/(auth\/|health|slash-commands|openapi|docs|hooks\/)/

describe('every route', () => {
  let app: TestApp
  let routes: Route[]
  const actors = new Map<string, Actor>()
  /** One key for each role, one that may only chat, and one of another workspace's owner. */
  const keys = new Map<string, string>()
  const planted: Record<string, string> = {}

  beforeAll(async () => {
    app = await createTestApp()
    const { body } = await app.request('GET', '/api/openapi.json')
    routes = Object.entries((body as { paths: Record<string, Record<string, { 'x-access'?: Route['access'] }>> }).paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        method: method.toUpperCase() as Route['method'],
        path,
        access: operation['x-access'] ?? ('missing' as Scope),
      })),
    )
    const { apiKeys } = app.app.services.access
    const make = async (name: string, actor: Actor, keyScopes: readonly Scope[]) => {
      actors.set(name, actor)
      keys.set(name, (await apiKeys.create(actor, { name, scopes: keyScopes.filter((scope) => hasScope(actor, scope)), expiresAt: null })).key)
    }
    for (const role of roles) await make(role, await app.member(role as Role), scopes)
    await make('chat only', await app.member('admin', 'Chat only'), ['chat'])
    await make('stranger', (await createTestWorkspace()).actor, scopes)
    await plant()
  })
  afterAll(() => app.close())

  /** One of everything, with the marker in it. */
  async function plant(): Promise<void> {
    const create = async (path: string, body: object) => {
      const answer = await app.request('POST', path, body)
      expect(answer.status, `${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300)
      return answer.body as { id: string; sessionId: string }
    }
    const organisation = await create('/api/crm/organisations', { name: `${marker} Ltd` })
    planted.organisations = organisation.id
    planted.contacts = (await create('/api/crm/contacts', { first_name: marker, email: `${marker}@example.com` })).id
    planted.leads = (await create('/api/crm/leads', { last_name: marker })).id
    const pipeline = await create('/api/crm/pipelines', { name: marker, stages: [`${marker} stage`] })
    planted.pipelines = pipeline.id
    planted.stages = (pipeline as unknown as { stages: { id: string }[] }).stages[0]?.id ?? ''
    planted.opportunities = (await create('/api/crm/opportunities', { name: marker, pipeline: marker, stage: `${marker} stage`, value: '10' })).id
    planted.products = (await create('/api/crm/products', { sku: marker, name: marker })).id
    planted.orders = (
      await create('/api/crm/orders', {
        order_id: marker,
        customer: `${marker}@example.com`,
        ordered_at: '2026-01-01T00:00:00Z',
        lines: [{ sku: marker, description: marker, quantity: 1, unit_price: '5' }],
      })
    ).id
    planted.quotes = (await create('/api/crm/quotes', { name: marker, quote_number: marker, status: marker, total: '5' })).id
    planted.quote_lines = (await create('/api/crm/quote_lines', { quote_id: planted.quotes, description: marker, quantity: 1, unit_price: '5' })).id
    planted.tasks = (await create('/api/crm/tasks', { title: marker })).id
    planted.events = (await create('/api/crm/events', { title: marker, starts_at: '2026-01-01T00:00:00Z' })).id
    planted.notes = (await create('/api/crm/notes', { body: marker, related_type: 'contact', related_id: planted.contacts })).id
    planted.emails = (await create('/api/crm/emails', { from: `${marker}@example.com`, subject: marker, body: marker })).id
    planted.users = (await create('/api/crm/users', { name: marker })).id
    planted.tags = (await create('/api/crm/tags', { name: marker })).id
    planted.sessions = (await create('/api/chat', { message: `show ${marker}` })).sessionId
    planted['api-keys'] = ((await create('/api/api-keys', { name: marker, scopes: ['chat'], expiresInDays: 1 })) as { id: string }).id
    expect((await app.request('PATCH', '/api/chat/kept-questions/consent', { consents: true })).status).toBe(200)
    await create('/api/chat', { message: `what is the weather in ${marker}?` })
    planted['kept-questions'] = ((await app.request('GET', '/api/chat/kept-questions')).body as { items: { id: string }[] }).items[0]?.id ?? ''
    planted.invitations = (await create('/api/people/invitations', { email: `${marker}@example.org`, role: 'rep' })).id
    planted.teams = (await create('/api/teams', { name: marker })).id
    planted.schedules = (await create('/api/automations/schedules', { question: marker, when: 'daily' })).id
    planted.webhooks = (await create('/api/automations/webhooks', { url: 'https://93.184.215.14/hook', events: ['answer.finished'], description: marker })).id
    planted.memory = (await create('/api/memory', { text: `${marker} pays late` })).id
    planted.views = (await create('/api/crm/views', { name: marker, query: { entity: 'contacts' }, shared: true })).id
    const change = { tool: 'records.update', input: { entity: 'contacts', id: planted.contacts, values: { title: marker } } }
    planted.approvals = ((await create('/api/approvals', { calls: [change] })) as unknown as { proposals: { id: string }[] }).proposals[0]?.id ?? ''
    planted.policies = (await create('/api/approvals/policies', { tool: 'imports.run', mode: 'ask' })).id
    planted.messages = planted.emails
    planted.people = planted.users
  }

  function call(route: Route, { key, url = addressOf(route), body }: { key?: string | undefined; url?: string; body?: unknown }) {
    return app.server.inject({
      method: route.method,
      url,
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
      ...(route.method === 'GET' || route.method === 'DELETE' ? {} : { payload: (body ?? {}) as object }),
    })
  }

  /** The planted record's own address. */
  function addressOf({ path }: Route): string {
    return path.replace(/\{(\w+)\}/g, (_all, name: string) => {
      if (name === 'sessionId') return planted.sessions as string
      const owner = path
        .split('/')
        .slice(0, path.split('/').indexOf(`{${name}}`))
        .at(-1) as string
      return name === 'id' ? (planted[owner] ?? newId()) : newId()
    })
  }

  it('states who may call it, and only sign-in, health, descriptions and hooks are public', () => {
    expect(routes.length).toBeGreaterThan(150)
    expect(routes.filter(({ access }) => access !== 'public' && !scopes.includes(access))).toEqual([])
    expect(routes.filter(({ access, path }) => access === 'public' && !publicRoutes.test(path))).toEqual([])
  })

  it('has a planted record for each kind of thing that has an address', () => {
    for (const name of entityNames) if (entities[name].record) expect(planted, name).toHaveProperty(name)
  })

  it('turns away the anonymous, before anything of the request is looked at', { timeout: 120_000 }, async () => {
    for (const route of routes.filter(({ access }) => access !== 'public')) {
      for (const key of [undefined, 'csg_0000000000000000000000000000000000000000000', `${testAdminKey}x`]) {
        const { statusCode, body } = await call(route, { key, body: { nonsense: true } })
        expect(`${route.method} ${route.path} ${statusCode}`, body).toBe(`${route.method} ${route.path} 401`)
      }
    }
  })

  it('turns away roles and keys without its scope', { timeout: 120_000 }, async () => {
    let refused = 0
    for (const route of routes) {
      if (route.access === 'public') continue
      for (const [name, actor] of actors) {
        if (name === 'stranger') continue
        const allowed = hasScope({ ...actor, ...(name === 'chat only' ? { key: { id: '', scopes: ['chat'] } } : {}) } as Actor, route.access)
        if (allowed) continue
        const { statusCode } = await call(route, { key: keys.get(name) })
        expect(`${name}: ${route.method} ${route.path} ${statusCode}`).toBe(`${name}: ${route.method} ${route.path} 403`)
        refused++
      }
    }
    expect(refused).toBeGreaterThan(200)
  })

  it('lets nobody but an owner make, change or let go of an owner', async () => {
    const owner = actors.get('owner') as Extract<Actor, { type: 'user' }>
    const admin = actors.get('admin') as Extract<Actor, { type: 'user' }>
    const as = async (key: string, method: Route['method'], url: string, payload: object) =>
      (await app.server.inject({ method, url, headers: { authorization: `Bearer ${keys.get(key)}` }, ...(method === 'DELETE' ? {} : { payload }) })).statusCode
    expect(await as('admin', 'PATCH', `/api/crm/users/${admin.userId}`, { role: 'owner' })).toBe(403)
    expect(await as('admin', 'PATCH', `/api/crm/users/${owner.userId}`, { role: 'rep' })).toBe(403)
    expect(await as('admin', 'POST', '/api/crm/users', { name: 'Own', role: 'owner' })).toBe(403)
    expect(await as('admin', 'DELETE', `/api/crm/users/${owner.userId}`, {})).toBe(403)
    expect(await as('admin', 'PATCH', `/api/people/${owner.userId}`, { role: 'rep' })).toBe(403)
    expect(await as('owner', 'PATCH', `/api/crm/users/${admin.userId}`, { name: 'Adam Admin' })).toBe(200)
  })

  it("shows and changes nothing of another workspace's", { timeout: 120_000 }, async () => {
    const key = keys.get('stranger')
    const before = await app.request('GET', `/api/crm/search?q=${marker}`)
    for (const route of routes.filter(({ access }) => access !== 'public')) {
      // Its own trail holds what it asked for, so it asks for half of the word.
      const response = await call(route, { key, url: `${addressOf(route)}${route.path.endsWith('/search') ? `?q=${marker.slice(0, 8)}` : ''}` })
      const said = `${route.method} ${route.path} ${response.statusCode}`
      expect(response.body, said).not.toContain(marker)
      expect(response.statusCode, said).toBeLessThan(500)
      // With the owner's own record in the address there is nothing there for a stranger; a body may be refused before.
      if (route.path.startsWith('/api/account/')) expect([400, 403], `${said}: a key has no sessions`).toContain(response.statusCode)
      else if (/\{(id|sessionId)\}/.test(route.path) && !route.path.startsWith('/api/agents/')) {
        const missing = route.method === 'GET' || route.method === 'DELETE' ? [404, 204] : [400, 404]
        if (route.path === '/api/chat/stream/{sessionId}' || route.method !== 'DELETE') expect(missing, said).toContain(response.statusCode)
        else expect(response.statusCode, said).toBe(404)
      }
    }
    expect((await app.request('GET', `/api/crm/search?q=${marker}`)).body).toEqual(before.body)
    for (const name of entityNames) {
      if (planted[name] === undefined) continue
      expect((await app.request('GET', `/api/crm/${name}/${planted[name]}`)).status, name).toBe(200)
    }
    expect((await app.request('GET', `/api/sessions/${planted.sessions}`)).status).toBe(200)
  })
})
