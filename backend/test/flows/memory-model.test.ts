import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { MemoryList, MemorySettings } from '#contracts/memory.ts'
import type { ModelUsage } from '#contracts/models.ts'
import { createTestApp, type TestApp } from '../app.ts'
import { type FakeBatches, startFakeBatches } from '../fakes/model/batches.ts'
import { type FakeModel, startFakeModel } from '../fakes/model/server.ts'

const north = 'Since May I have been leading the north team.'
const answer = { text: JSON.stringify({ found: [{ kind: 'fact', subject: 'me', key: 'team', value: 'the north team' }] }) }
const key = 'sk-of-the-test'
const prices = '{"dear":{"input":0,"output":100000}}'

let app: TestApp
afterEach(() => app.close())

async function start(env: Record<string, string>) {
  app = await createTestApp({ env: { FEATURE_FLAGS: 'modelAnswers=false', OPENAI_API_KEY: key, OPENAI_MODEL: 'dear', LLM_PRICES: prices, ...env } })
}

/** Asks something that the planner answers, beside telling something of oneself. @returns the conversation */
async function tell(): Promise<string> {
  const { body } = await app.request('POST', '/api/chat', { message: `${north} How many contacts are there?` })
  await app.app.services.memory.settled()
  return (body as { sessionId: string }).sessionId
}
const waiting = async () => ((await app.request('GET', '/api/memory/settings')).body as MemorySettings).waiting
const texts = async () => ((await app.request('GET', '/api/memory')).body as MemoryList).items.map(({ text }) => text)
const usage = async () => (await app.request('GET', '/api/models/usage?by=session')).body as ModelUsage
async function read() {
  await app.gold("update memory_readings set next_at = now() - interval '1 second' where workspace_id = $1")
  await app.gold("update memory_batches set next_at = now() - interval '1 second' where workspace_id = $1")
  await app.app.services.memory.readWaiting(app.workspaceId)
}
const memoryHealth = async () => {
  const { body } = await app.request('GET', '/api/health?check=detailed')
  return (body as { services: { name: string; status: string }[] }).services.find(({ name }) => name === 'memory')?.status
}

describe('MEMORY_MODEL=calls', () => {
  let server: FakeModel
  beforeAll(async () => {
    server = await startFakeModel({ script: [answer], key })
  })
  afterAll(() => server.close())
  const asked = () => server.requests.filter(({ body }) => JSON.stringify(body.messages).includes('north team')).length

  it('has what no rule understands read soon, on the account of whoever wrote it', async () => {
    server.play([{ ...answer, usage: { prompt_tokens: 90, completion_tokens: 10 } }])
    await start({ MEMORY_MODEL: 'calls', OPENAI_BASE_URL: server.url })
    const before = asked()
    const sessionId = await tell()
    expect([await waiting(), await texts()]).toEqual([1, []])
    await read()
    expect([await waiting(), await texts(), asked() - before]).toEqual([0, ['Since May I have been leading the north team'], 1])
    const sent = server.requests.at(-1)?.body
    expect(sent?.messages.at(-1)?.content).toEqual(JSON.stringify({ sentences: [north] }))
    expect((await usage()).items).toMatchObject([{ key: sessionId, costUsd: '1' }])
    expect((await app.request('DELETE', `/api/sessions/${sessionId}`)).status).toBe(204)
    expect(await texts()).toEqual([])
  })

  it('waits while the budget is used up or the provider fails, and says so', async () => {
    server.play([{ status: 401 }])
    await start({ MEMORY_MODEL: 'calls', OPENAI_BASE_URL: server.url })
    await tell()
    await read()
    expect([await waiting(), await texts(), await memoryHealth()]).toEqual([1, [], 'degraded'])
    server.play([answer])
    const before = asked()
    await app.request('PATCH', '/api/models/budgets', { workspaceUsdPerDay: '0' })
    await read()
    await app.app.services.memory.readWaiting(app.workspaceId)
    expect([await waiting(), asked() - before]).toEqual([1, 0])
    await app.request('PATCH', '/api/models/budgets', { workspaceUsdPerDay: null })
    await read()
    expect([await waiting(), (await texts()).length, await memoryHealth()]).toEqual([0, 1, 'healthy'])
  })

  it.each([
    ['off', {}],
    ['calls', { SAFE_MODE: 'true' }],
    ['calls', { MEM0_ENABLED: 'false' }],
  ])('as %s with %o asks nobody, and has nothing wait', async (mode, env) => {
    server.play([answer])
    await start({ MEMORY_MODEL: mode, OPENAI_BASE_URL: server.url, ...env })
    const before = asked()
    await tell()
    await read()
    expect([await waiting(), asked() - before]).toEqual([0, 0])
    expect(await app.gold('select 1 from memory_readings where workspace_id = $1')).toEqual([])
  })
})

describe('MEMORY_MODEL=batch', () => {
  let provider: FakeBatches
  beforeAll(async () => {
    provider = await startFakeBatches({ key })
  })
  afterAll(() => provider.close())

  it('costs half, which stands in the books of whoever wrote it', async () => {
    await start({ MEMORY_MODEL: 'batch', OPENAI_BASE_URL: provider.url, LLM_AGENT_MODELS: 'memory=gpt-4o' })
    const sessionId = await tell()
    await app.request('PATCH', '/api/models/budgets', { personUsdPerDay: '0' })
    await read()
    expect([await waiting(), provider.calls]).toEqual([1, []])
    await app.request('PATCH', '/api/models/budgets', { personUsdPerDay: '1' })
    await read()
    expect([await waiting(), provider.batches.length]).toEqual([1, 1])
    provider.work(() => answer)
    await read()
    expect([await waiting(), await texts(), provider.files.size]).toEqual([0, ['Since May I have been leading the north team'], 0])
    expect((await usage()).items).toMatchObject([{ key: sessionId, costUsd: '0.00035', calls: 1 }])
  })
})
