import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Schedule } from '#contracts/automations.ts'
import type { ChatAnswer } from '#contracts/chat.ts'
import type { ModelUsage } from '#contracts/models.ts'
import { createTestApp, type TestApp } from '../app.ts'
import { textOf } from '../fakes/model/reply.ts'
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

describe('a question that is asked on a schedule', () => {
  it('waits for a model until those have had it who wait for an answer', async () => {
    const slow = await startFakeModel({ script: (_request, count) => ({ text: 'Done.', waitMs: count === 0 ? 5000 : 0 }) })
    const busy = await createTestApp({ env: { OPENAI_BASE_URL: slow.url, OPENAI_MODEL: 'gpt-4o', LLM_MAX_CONCURRENCY: '1' } })
    try {
      const { automations, modelServices } = busy.app.services
      const waiting = (count: number) => vi.waitFor(() => expect(modelServices.models.load()).toEqual({ running: 1, waiting: count }), { timeout: 10_000 })
      const { id } = (await busy.request('POST', '/api/automations/schedules', { question: '/creative scheduled', when: 'daily', enabled: false }))
        .body as Schedule
      const first = busy.request('POST', '/api/chat', { message: '/creative first' })
      await waiting(0)
      await busy.request('POST', `/api/automations/schedules/${id}/run`)
      const scheduled = automations.tick(busy.workspaceId)
      await waiting(1)
      const second = busy.request('POST', '/api/chat', { message: '/creative second' })
      await waiting(2)
      await Promise.all([first, second, scheduled])
      const asked = slow.requests.map(({ body }) => /first|second|scheduled/.exec(textOf(body.messages.at(-1) ?? { role: 'user' }))?.[0])
      expect(asked).toEqual(['first', 'second', 'scheduled'])
    } finally {
      await busy.close()
      await slow.close()
    }
  })
})
