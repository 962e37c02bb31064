import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createKeyRing } from '#backend/modules/security/index.ts'
import type { ModelBudgets, ModelExchanges, ModelsState, ModelUsage } from '#contracts/models.ts'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { type FakeModel, startFakeModel } from '../../../test/fakes/model/server.ts'
import { prompt, readAnswer } from '../../../test/models.ts'
import { createTestOperations } from '../../../test/operations.ts'
import { createPromptAudit } from './prompt-audit.service.ts'

const now = '2026-11-22T12:00:00.000Z'
let server: FakeModel
beforeAll(async () => {
  server = await startFakeModel({ script: [{}] })
})
afterAll(() => server.close())
// A dollar for each answer.
const dollar = { text: 'An answer.', usage: { prompt_tokens: 90, completion_tokens: 10 } }
beforeEach(() => server.play([dollar]))

type Person = Extract<Actor, { type: 'user' }>
const prices = '{"dear":{"input":0,"output":100000}}'

function startApp(env: Record<string, string> = {}) {
  return createTestApp({
    now,
    env: { OPENAI_BASE_URL: server.url, OPENAI_MODEL: 'dear', LLM_PRICES: prices, LLM_MAX_TOKENS: '10', LLM_TEMPERATURE: '1', ...env },
  })
}

const ask = (app: TestApp, actor: Actor, agent = 'crm', more = {}) =>
  readAnswer(app.app.services.modelServices.models.languageModel(agent, { actor, purpose: 'answer', ...more }), prompt('How many deals?'))

/** JSON over HTTP as one of the workspace's people. */
async function as(app: TestApp, person: Person) {
  const { key } = await app.app.services.access.apiKeys.create(person, { name: newId(), scopes: ['chat'], expiresAt: null })
  return async <T>(url: string, method: 'GET' | 'PATCH' = 'GET', payload?: object): Promise<{ status: number; body: T }> => {
    const response = await app.server.inject({ method, url, headers: { authorization: `Bearer ${key}` }, ...(payload === undefined ? {} : { payload }) })
    return { status: response.statusCode, body: response.json() as T }
  }
}

describe('the books', () => {
  let app: TestApp
  let ann: Person
  let bob: Person
  beforeAll(async () => {
    server.play([dollar])
    app = await startApp({ LLM_AGENT_MODELS: 'creative=free-one' })
    ann = await app.member('rep', 'Ann')
    bob = await app.member('rep', 'Bob')
    const sessionId = newId()
    await ask(app, ann, 'crm', { sessionId })
    await ask(app, ann, 'sales', { sessionId })
    await ask(app, bob, 'creative')
    await ask(app, { type: 'system', workspaceId: app.workspaceId, job: 'mail analysis' })
  })
  afterAll(() => app.close())

  it('tell owners what everybody used, and others what they used themselves', async () => {
    const { body } = await app.request('GET', '/api/models/usage?by=user')
    const { items, total } = body as ModelUsage
    expect(items.map(({ label, calls, costUsd, unpriced }) => [label, calls, costUsd, unpriced])).toEqual([
      ['Ann', 2, '2', 0],
      ['Jobs', 1, '1', 0],
      ['Bob', 1, '0', 1],
    ])
    expect(total).toMatchObject({ calls: 4, done: 4, inputTokens: 360, outputTokens: 40, costUsd: '3', unpriced: 1, estimated: 0 })
    const own = await (await as(app, bob))<ModelUsage>('/api/models/usage?by=user')
    expect(own.body.items.map(({ label, calls }) => [label, calls])).toEqual([['Bob', 1]])
    expect(own.body.total.calls).toBe(1)
  })

  it('are told by agent, day, conversation and model, for a time', async () => {
    const by = async (grouping: string, rest = '') =>
      ((await app.request('GET', `/api/models/usage?by=${grouping}${rest}`)).body as ModelUsage).items.map(({ key, calls }) => [key, calls])
    expect(await by('agent')).toEqual([
      ['crm', 2],
      ['sales', 1],
      ['creative', 1],
    ])
    expect(await by('model')).toEqual([
      ['compatible/dear', 3],
      ['compatible/free-one', 1],
    ])
    expect((await by('session')).map(([, calls]) => calls)).toEqual([2, 2])
    expect(await by('day', '&from=2026-11-22&to=2026-11-22')).toEqual([['2026-11-22', 4]])
    expect(await by('day', '&to=2026-11-21')).toEqual([])
    expect((await app.request('GET', '/api/models/usage?from=2026-11-23&to=2026-11-22')).status).toBe(400)
    expect((await app.request('GET', '/api/models/usage?by=colour')).status).toBe(400)
  })

  it('agree with what the figures say', async () => {
    const text = await app.app.services.metrics.text()
    expect(text).toContain('llm_requests_total{provider="compatible",model="dear",outcome="done"} 3')
    expect(text).toContain('llm_tokens_total{direction="input"} 360')
    expect(text).toContain('llm_cost_usd_total 3')
    expect(text).toContain('llm_time_to_first_token_seconds_count{provider="compatible",model="dear"} 3')
  })

  it('are whole when the process ends right after a call', async () => {
    const other = await startApp()
    await ask(other, other.actor)
    await other.close()
    expect(await other.gold('select cost_usd, outcome, user_id from model_calls where workspace_id = $1')).toEqual(
      [{ cost_usd: '1.0000000000', outcome: 'done', user_id: other.actor.userId }].map((row) => ({ ...row, cost_usd: expect.stringMatching(/^1(\.0*)?$/) })),
    )
    expect(await other.gold('select day::text, user_id from model_days where workspace_id = $1')).toEqual([{ day: '2026-11-22', user_id: other.actor.userId }])
  })

  it('say what is configured, and never with which key', async () => {
    const { body } = await app.request('GET', '/api/models')
    const state = body as ModelsState
    expect(state).toMatchObject({
      isConfigured: true,
      endpoints: [{ name: 'compatible', state: 'ready', last: { ok: true } }],
      limits: { maxTokens: 10, running: 0, waiting: 0 },
      budgets: [],
      renewsAt: '2026-11-23T00:00:00.000Z',
      isAudited: false,
    })
    expect(state.agents.find(({ agent }) => agent === 'creative')).toMatchObject({ provider: 'compatible', model: 'free-one', isPriced: false, fallback: null })
    expect(state.agents).toHaveLength(9)
  })

  it('of another workspace are nobody else’s', async () => {
    const other = await startApp()
    expect(((await other.request('GET', '/api/models/usage')).body as ModelUsage).total.calls).toBe(0)
    await other.close()
  })
})

describe('a budget', () => {
  let app: TestApp
  afterEach(() => app.close())
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'answered',
      (error: { code: string; details: { message: string }[] }) => `${error.code} ${error.details[0]?.message}`,
    )

  it('of a person stops that person until midnight, and nobody else', async () => {
    app = await startApp()
    const ann = await app.member('rep', 'Ann')
    const bob = await app.member('rep', 'Bob')
    const change = { personUsdPerDay: '2', people: [{ userId: bob.userId, usdPerDay: '3' }] }
    const { status, body } = await app.request('PATCH', '/api/models/budgets', change)
    expect([status, body]).toEqual([
      200,
      {
        installationUsdPerDay: null,
        workspaceUsdPerDay: null,
        personUsdPerDay: '2',
        people: [{ userId: bob.userId, name: 'Bob', usdPerDay: '3' }],
      } satisfies ModelBudgets,
    ])
    for (const [person, most] of [
      [ann, 2],
      [bob, 3],
    ] as const) {
      for (let i = 0; i < most; i++) expect(await refusal(ask(app, person))).toBe('answered')
      expect(await refusal(ask(app, person))).toBe('RATE_LIMITED person')
    }
    const error = await ask(app, ann).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ retryAfterSeconds: 12 * 3600, message: expect.stringContaining('2026-11-23T00:00:00.000Z') })
    const own = await (await as(app, ann))<ModelsState>('/api/models')
    expect(own.body.budgets).toEqual([{ scope: 'person', usdPerDay: '2', spentUsd: '2', isExhausted: true }])
    const usage = ((await app.request('GET', '/api/models/usage?by=user')).body as ModelUsage).items
    expect(usage.map(({ label, calls, done, costUsd }) => [label, calls, done, costUsd])).toEqual([
      ['Bob', 4, 3, '3'],
      ['Ann', 4, 2, '2'],
    ])
    await app.request('PATCH', '/api/models/budgets', { personUsdPerDay: null })
    expect(await refusal(ask(app, ann))).toBe('answered')
  })

  it('of the workspace is never exceeded by more than what is in flight, however many ask at once', async () => {
    app = await startApp({ LLM_MAX_CONCURRENCY: '50' })
    await app.request('PATCH', '/api/models/budgets', { workspaceUsdPerDay: '5' })
    const people = await Promise.all(Array.from({ length: 5 }, () => app.member('rep')))
    const outcomes = await Promise.all(Array.from({ length: 40 }, (_, index) => refusal(ask(app, people[index % 5] as Person))))
    const answered = outcomes.filter((outcome) => outcome === 'answered').length
    // Each sets aside what it may cost at most.
    expect(answered).toBe(5)
    const { total } = (await app.request('GET', '/api/models/usage')).body as ModelUsage
    expect(total.costUsd).toBe('5')
    expect(await refusal(ask(app, people[1] as Person))).toBe('RATE_LIMITED workspace')
  })

  it('of the installation counts every workspace, and survives a restart', async () => {
    app = await startApp()
    const spent = (await app.gold<{ spent: string }>(`select coalesce(sum(cost_usd), 0)::text as spent from model_days where day = '2026-11-22'`, []))[0]?.spent
    const limited = await startApp({ LLM_DAILY_BUDGET_USD: String(Number(spent) + 2) })
    await ask(app, app.actor)
    await app.app.services.modelServices.close()
    expect(await refusal(ask(limited, limited.actor))).toBe('answered')
    expect(await refusal(ask(limited, limited.actor))).toBe('RATE_LIMITED installation')
    // What others spent is not told.
    expect(((await limited.request('GET', '/api/models')).body as ModelsState).budgets).toEqual([
      { scope: 'installation', usdPerDay: String(Number(spent) + 2), spentUsd: null, isExhausted: true },
    ])
    await limited.close()
  })

  it('is set by owners and admins, for people of the workspace, with an amount', async () => {
    app = await startApp()
    const rep = await as(app, await app.member('rep'))
    expect((await rep('/api/models/budgets', 'PATCH', { personUsdPerDay: '1000' })).status).toBe(403)
    expect((await app.request('PATCH', '/api/models/budgets', { people: [{ userId: newId(), usdPerDay: '1' }] })).status).toBe(404)
    expect((await app.request('PATCH', '/api/models/budgets', { personUsdPerDay: '-1' })).status).toBe(400)
  })
})

describe('an answer given before', () => {
  it('is given again until a record of the workspace changes, and never to somebody who sees other records', async () => {
    const app = await startApp({ LLM_TEMPERATURE: '0' })
    const rep = await app.member('rep')
    server.play((_request, count) => ({ text: `Answer ${count + 1}.` }))
    const told = async (actor: Actor) => {
      const { text } = await ask(app, actor)
      // What is kept is kept once the state of the records is known.
      await app.request('GET', '/api/models/usage')
      return text
    }
    expect([await told(app.actor), await told(app.actor)]).toEqual(['Answer 1.', 'Answer 1.'])
    expect(await told(rep)).toBe('Answer 2.')
    await app.request('POST', '/api/crm/contacts', { first_name: 'Casey' })
    expect([await told(app.actor), await told(app.actor)]).toEqual(['Answer 3.', 'Answer 3.'])
    const { total } = (await app.request('GET', '/api/models/usage')).body as ModelUsage
    expect([total.calls, total.done, total.cached]).toEqual([5, 3, 2])
    await app.close()
  })

  it('is not looked for where nothing is to be kept', async () => {
    const app = await startApp({ LLM_TEMPERATURE: '0', CACHE_ENABLED: 'false' })
    server.play((_request, count) => ({ text: `Answer ${count + 1}.` }))
    expect([(await ask(app, app.actor)).text, (await ask(app, app.actor)).text]).toEqual(['Answer 1.', 'Answer 2.'])
    await app.close()
  })
})

describe('what was said to a model', () => {
  it('is not kept unless that is wanted', async () => {
    const app = await startApp()
    await ask(app, app.actor)
    expect((await app.request('GET', '/api/models/audit')).body).toEqual({ items: [], nextCursor: null, total: null })
    await app.close()
  })

  it('is kept encrypted, read by admins alone, and removed when its days are over', async () => {
    const app = await startApp({ LLM_AUDIT: 'true', LLM_AUDIT_RETENTION_DAYS: '10' })
    const ann = await app.member('rep', 'Ann')
    const sessionId = newId()
    await ask(app, ann, 'crm', { sessionId })
    await ask(app, app.actor)
    const { body } = await app.request('GET', '/api/models/audit?limit=1')
    const page = body as ModelExchanges
    expect(page.items).toMatchObject([{ userId: app.actor.userId, outcome: 'done', response: [{ type: 'text', text: 'An answer.' }], isCut: false }])
    expect(JSON.stringify(page.items[0]?.prompt)).toContain('How many deals?')
    const next = (await app.request('GET', `/api/models/audit?limit=1&cursor=${encodeURIComponent(page.nextCursor ?? '')}`)).body as ModelExchanges
    expect([next.items[0]?.sessionId, next.nextCursor]).toEqual([sessionId, null])
    expect(((await app.request('GET', `/api/models/audit?userId=${ann.userId}`)).body as ModelExchanges).items).toHaveLength(1)
    expect((await app.request('GET', '/api/models/audit?cursor=nonsense')).status).toBe(400)
    expect((await (await as(app, ann))('/api/models/audit')).status).toBe(403)
    const stored = await app.gold<{ content: string }>('select content from model_exchanges where workspace_id = $1')
    expect(stored).toHaveLength(2)
    for (const { content } of stored) expect(content).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]+\.[\w-]+\.[\w-]+$/)

    expect((await app.request('DELETE', '/api/models/audit')).body).toEqual({ removed: 2 })
    await app.close()
  })

  it('moves to a new key, and what no key reads is counted and left', async () => {
    const app = await startApp({ LLM_AUDIT: 'true' })
    await ask(app, app.actor)
    await app.app.services.modelServices.promptAudit.close()
    const auditWith = (keys: { current: string; previous?: string }) =>
      createPromptAudit({
        database: app.database,
        operations: createTestOperations(app.database).operations,
        keyRing: createKeyRing(keys),
        logger: { error: () => undefined } as never,
        flush: () => Promise.resolve(),
      })
    await app.app.services.modelServices.close()
    const old = 'e'.repeat(40)
    const current = 'n'.repeat(40)
    expect(await auditWith({ current }).rotate(app.workspaceId)).toEqual({ rotated: 0, failed: 1 })
    expect(await auditWith({ current, previous: old }).rotate(app.workspaceId)).toEqual({ rotated: 1, failed: 0 })
    expect(await auditWith({ current, previous: old }).rotate(app.workspaceId)).toEqual({ rotated: 0, failed: 0 })
    expect((await auditWith({ current }).list(app.actor, { limit: 5 })).items).toMatchObject([{ response: [{ text: 'An answer.' }] }])
    expect((await auditWith({ current: old }).list(app.actor, { limit: 5 })).items).toMatchObject([{ prompt: null, response: null }])
    await app.close()
  })
})

describe('health', () => {
  const modelOf = async (app: TestApp) =>
    ((await app.request('GET', '/api/health?check=detailed')).body as { services: { name: string; status: string }[] }).services.find(
      ({ name }) => name === 'model',
    )?.status

  it('knows the model by how its last call ended', async () => {
    const app = await startApp()
    expect(await modelOf(app)).toBe('healthy')
    server.play([{ status: 401 }])
    await expect(ask(app, app.actor)).rejects.toMatchObject({ code: 'UPSTREAM' })
    expect(await modelOf(app)).toBe('degraded')
    server.play([dollar])
    await ask(app, app.actor)
    expect(await modelOf(app)).toBe('healthy')
    await app.close()
  })

  it('says that none is configured, and in safe mode none is', async () => {
    for (const env of [{ OPENAI_BASE_URL: '' }, { SAFE_MODE: 'true' }]) {
      const app = await startApp(env)
      expect(await modelOf(app)).toBe('not_configured')
      expect(((await app.request('GET', '/api/models')).body as ModelsState).isConfigured).toBe(false)
      await app.close()
    }
  })
})
