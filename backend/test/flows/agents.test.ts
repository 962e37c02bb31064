import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../app.ts'
import { type FakeModel, startFakeModel } from '../fakes/model/server.ts'

let app: TestApp
let model: FakeModel
let contactId: string

beforeAll(async () => {
  model = await startFakeModel({ script: [{ text: 'Nothing.' }] })
  app = await createTestApp({ now: '2026-11-20T15:00:00.000Z', env: { OPENAI_BASE_URL: model.url } })
  const made = await app.request('POST', '/api/crm/contacts', {
    first_name: 'Casey',
    last_name: 'White',
    email: 'casey@acme.example',
    phone: '+44 20 7946 0958',
  })
  contactId = (made.body as { id: string }).id
})
afterAll(async () => {
  await app.close()
  await model.close()
})

interface Answer {
  sessionId: string
  answeredBy: string
  text: string
  usage: { inputTokens: number; outputTokens: number; costUsd: string }
  parts: { type: string; data?: { proposals: { id: string; status: string }[] } }[]
}

async function chat(message: string, more: Record<string, unknown> = {}): Promise<Answer> {
  const { status, body } = await app.request('POST', '/api/chat', { message, ...more })
  expect(status, JSON.stringify(body)).toBe(200)
  return body as Answer
}

describe('a question that the planner cannot answer', () => {
  it('is answered by the model with tools, counted, and its change waits for a person', async () => {
    model.play([
      { toolCalls: [{ name: 'records_search', input: { q: 'Casey' } }] },
      { toolCalls: [{ name: 'records_create', input: { entity: 'tasks', values: { title: 'Cheer Casey up' } } }] },
      { text: 'A task to cheer Casey White up waits for you.' },
    ])
    const answer = await chat('/crm please be so kind and brighten the mood of Casey')
    expect(answer).toMatchObject({ answeredBy: 'model', text: 'A task to cheer Casey White up waits for you.' })
    expect(answer.usage.inputTokens).toBeGreaterThan(0)
    const proposal = answer.parts.find(({ type }) => type === 'data-proposals')?.data?.proposals[0]
    expect(proposal?.status).toBe('pending')
    expect((await app.request('GET', '/api/crm/tasks')).body).toMatchObject({ items: [] })
    expect((await app.request('POST', `/api/approvals/${proposal?.id}`, { decision: 'approve' })).body).toMatchObject({ status: 'approved' })
    expect((await app.request('GET', '/api/crm/tasks')).body).toMatchObject({ items: [{ title: 'Cheer Casey up' }] })
  })

  it('goes on in its conversation', async () => {
    model.play([{ text: 'Blue.' }])
    const { sessionId } = await chat('/creative name a colour')
    model.play((request) => ({ text: `You asked ${request.messages.filter(({ role }) => role === 'user').length} times.` }))
    expect((await chat('/creative and another one', { sessionId })).text).toBe('You asked 2 times.')
  })

  it('streams, with nothing in it that loads or leads out', async () => {
    model.play([
      { toolCalls: [{ name: 'records_get', input: { entity: 'contacts', id: contactId } }] },
      { text: 'See ![x](https://evil.example/a.png) and [this](https://evil.example).', pieceSize: 3 },
    ])
    const response = await app.server.inject({
      method: 'POST',
      url: '/api/chat/stream',
      headers: { authorization: `Bearer ${(await import('../app.ts')).testAdminKey}` },
      payload: { message: '/crm please be so kind and look at Casey' },
    })
    expect(response.statusCode).toBe(200)
    expect(response.body).not.toContain('evil.example')
    expect(response.body).toContain('[DONE]')
  })

  it('tells the health of its model', async () => {
    expect((await app.request('GET', '/api/agents/creative/health')).body).toMatchObject({ status: 'healthy', model: { configured: true } })
  })
})

describe('fields that are kept from models', () => {
  const path = '/api/settings/confidential-fields'

  it('are chosen by those who look after the workspace, and must be there', async () => {
    expect((await app.request('GET', path)).body).toEqual({ fields: [], maskPeople: false })
    const settings = { fields: [{ entity: 'contacts', field: 'phone' }], maskPeople: false }
    expect(await app.request('PUT', path, settings)).toMatchObject({ status: 200, body: settings })
    const unknown = await app.request('PUT', path, { fields: [{ entity: 'contacts', field: 'shoe' }], maskPeople: false })
    expect(unknown).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION' } } })
    expect((await app.request('GET', path)).body).toEqual(settings)
  })

  it('never enter a prompt: not by a tool, not by the planner, not by what was said before', async () => {
    const secret = /7946|0958/
    const before = model.requests.length
    model.play([
      { toolCalls: [{ name: 'records_get', input: { entity: 'contacts', id: contactId } }] },
      { toolCalls: [{ name: 'records_search', input: { q: 'Casey' } }] },
      { toolCalls: [{ name: 'records_query', input: { entity: 'contacts' } }] },
      { toolCalls: [{ name: 'records_query', input: { entity: 'contacts', select: ['name', 'phone'] } }] },
      { toolCalls: [{ name: 'records_query', input: { entity: 'contacts', filter: { field: 'phone', op: 'contains', value: '79' } } }] },
      { toolCalls: [{ name: 'crm_ask', input: { question: 'what is the phone number of Casey White?' } }] },
      { text: 'It is kept from me.' },
    ])
    const { sessionId } = await chat('what is the phone number of Casey White?')
    await chat('/crm please be so kind and guess how to call this person', { sessionId })
    const prompts = model.requests.slice(before)
    expect(prompts.length).toBe(7)
    for (const { body } of prompts) expect(JSON.stringify(body)).not.toMatch(secret)
    const told = prompts.at(-1)?.body.messages.filter(({ role }) => role === 'tool') ?? []
    expect(JSON.stringify(told)).toContain('casey@acme.example')
    expect(JSON.stringify(told).match(/kept from language models/g)?.length).toBeGreaterThanOrEqual(2)
  })

  it('and people are masked where the workspace wants it, and named again in the answer and in what tools are given', async () => {
    await app.request('PUT', path, { fields: [], maskPeople: true })
    const before = model.requests.length
    model.play((request, step) => {
      const told = String(request.messages.at(-1)?.content)
      if (step === 0) return { toolCalls: [{ name: 'records_get', input: { entity: 'contacts', id: contactId } }] }
      const address = /"email":"(§E\d+§)"/.exec(told)?.[1] ?? ''
      const name = /"name":"(§P\d+§)"/.exec(told)?.[1] ?? ''
      if (step === 1) return { toolCalls: [{ name: 'records_create', input: { entity: 'tasks', values: { title: `Write to ${address}` } } }] }
      return { text: `${name} can be reached, in writing.`, pieceSize: 2 }
    })
    const answer = await chat(`/crm please be so kind and arrange a letter to ${contactId}`)
    const prompts = JSON.stringify(model.requests.slice(before).map(({ body }) => body))
    expect(prompts).not.toMatch(/casey@acme|7946|Casey|White/)
    expect(prompts).toMatch(/§E\d+§/)
    const proposals = answer.parts.flatMap(({ data }) => (data as { proposals?: { input: unknown }[] } | undefined)?.proposals ?? [])
    expect(proposals[0]?.input).toMatchObject({ values: { title: 'Write to casey@acme.example' } })
    await app.request('PUT', path, { fields: [], maskPeople: false })
  })
})
