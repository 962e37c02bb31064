import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChatAnswer } from '#contracts/chat.ts'
import type { ModelUsage } from '#contracts/models.ts'
import { createTestApp, type TestApp } from '../app.ts'
import { type FakeModel, startFakeModel } from '../fakes/model/server.ts'

let app: TestApp
let model: FakeModel

beforeAll(async () => {
  model = await startFakeModel({ script: [{ text: 'Roses are red.', usage: { prompt_tokens: 1000, completion_tokens: 100 } }] })
  app = await createTestApp({ now: '2026-11-22T12:00:00Z', env: { OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'gpt-4o' } })
})
afterAll(async () => {
  await app.close()
  await model.close()
})

const ask = async (message: string) => (await app.request('POST', '/api/chat', { message })).body as ChatAnswer
const usage = async (by: string) => (await app.request('GET', `/api/models/usage?by=${by}`)).body as ModelUsage

describe('an answer of a model in the chat', () => {
  it('says what it cost, and stands in the books under its conversation', async () => {
    const answer = await ask('/creative write a poem about spring')
    expect(answer).toMatchObject({ answeredBy: 'model', agent: 'creative', usage: { inputTokens: 1000, outputTokens: 100, costUsd: '0.0035' } })
    expect(answer.text).toContain('Roses are red.')
    const { items, total } = await usage('session')
    expect(items.map(({ key, calls, costUsd }) => [key, calls, costUsd])).toEqual([[answer.sessionId, 1, '0.0035']])
    expect(total).toMatchObject({ calls: 1, inputTokens: 1000, outputTokens: 100 })
    expect((await usage('agent')).items).toMatchObject([{ key: 'creative' }])
    expect((await usage('user')).items).toMatchObject([{ label: 'Olivia Owner' }])
  })

  it('asks the model once for the same in a new conversation, until a record changes', async () => {
    const before = model.requests.length
    const again = await ask('/creative write a poem about spring')
    expect(again).toMatchObject({ answeredBy: 'model', usage: { costUsd: '0' } })
    expect(again.text).toContain('Roses are red.')
    expect(model.requests).toHaveLength(before)
    await app.request('POST', '/api/crm/contacts', { first_name: 'Casey' })
    await ask('/creative write a poem about spring')
    expect(model.requests).toHaveLength(before + 1)
  })

  it('stops politely when a budget is used up, and the planner goes on', async () => {
    expect((await app.request('PATCH', '/api/models/budgets', { workspaceUsdPerDay: '0.001' })).status).toBe(200)
    const before = model.requests.length
    const refused = await ask('/creative write a poem about autumn')
    expect(refused.text).toContain("Today's budget of your workspace for language models is used up")
    expect(await ask('how many contacts do we have?')).toMatchObject({ answeredBy: 'planner', usage: { costUsd: '0' } })
    expect(model.requests).toHaveLength(before)
    await app.request('PATCH', '/api/models/budgets', { workspaceUsdPerDay: null })
    expect((await ask('/creative write a poem about autumn')).answeredBy).toBe('model')
  })
})
