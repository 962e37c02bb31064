import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DefaultChatTransport, readUIMessageStream, type UIMessage, type UIMessageChunk } from 'ai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnswerMetadata, ChatAnswer, ChatMessage, ChatSession, SlashCommand } from '#contracts/chat.ts'
import { createTestApp, type TestApp, testAdminKey } from '../app.ts'

type Answer = UIMessage<Partial<AnswerMetadata>>

let test: TestApp
let url: string

beforeAll(async () => {
  test = await createTestApp({ now: '2026-11-20T15:00:00.000Z' })
  url = await test.server.listen({ host: '127.0.0.1', port: 0 })
  const people = [
    ['Ada', 'Lovelace', 'London', '2026-10-05T09:00:00Z'],
    ['Grace', 'Hopper', 'New York', '2026-10-20T09:00:00Z'],
    ['Alan', 'Turing', 'London', '2026-11-02T09:00:00Z'],
  ]
  for (const [first_name, last_name, city, created_at] of people) {
    expect((await test.request('POST', '/api/crm/contacts', { first_name, last_name, city, created_at, email: `${first_name}@example.com` })).status).toBe(201)
  }
})
afterAll(() => test.close())

async function ask(message: string, more: object = {}): Promise<ChatAnswer> {
  const { status, body } = await test.request('POST', '/api/chat', { message, ...more })
  expect(status).toBe(200)
  return body
}

function metricOf(answer: ChatAnswer): unknown {
  return answer.parts.find((part) => part.type === 'data-metric')?.data.value
}

describe('a conversation', () => {
  it('answers from the records, with a plan that anybody can run, and refers back to it', async () => {
    const first = await ask('How many contacts were created last month?')
    const [gold] = await test.gold<{ n: number }>(
      "select count(*)::int as n from contacts where workspace_id = $1 and created_at >= '2026-10-01' and created_at < '2026-11-01'",
    )
    expect(Number(metricOf(first))).toBe(gold?.n)
    expect(first).toMatchObject({ agent: 'crm', answeredBy: 'planner', coverage: { asOf: '2026-11-20T15:00:00.000Z' } })
    const plan = first.parts.find((part) => part.type === 'data-plan')
    const result = (await test.request('POST', '/api/crm/query', plan?.data)) as { status: number; body: { rows: Record<string, unknown>[] } }
    expect(result.status).toBe(200)
    expect(Object.values(result.body.rows[0] ?? {}).map(Number)).toContain(gold?.n)
    const followUp = await ask('only those in London', { sessionId: first.sessionId })
    expect(Number(metricOf(followUp))).toBe(1)
  })

  it('is streamed to the AI SDK’s own client and stands in the session afterwards', async () => {
    const transport = new DefaultChatTransport<Answer>({ api: `${url}/api/chat/stream`, headers: { authorization: `Bearer ${testAdminKey}` } })
    const stream: ReadableStream<UIMessageChunk> = await transport.sendMessages({
      chatId: 'browser-tab-1',
      trigger: 'submit-message',
      messageId: undefined,
      abortSignal: undefined,
      messages: [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: 'contacts in London' }] }],
    })
    const message = (await Array.fromAsync(readUIMessageStream<Answer>({ stream }))).at(-1)
    const sessionId = message?.metadata?.sessionId
    const { items } = (await test.request('GET', `/api/sessions/${sessionId}/messages`)).body as { items: ChatMessage[] }
    expect(items.map(({ role, status }) => [role, status])).toEqual([
      ['user', 'done'],
      ['assistant', 'done'],
    ])
    expect(message?.parts.map((part) => part.type)).toEqual(items[1]?.parts.map((part) => part.type))
    const table = items[1]?.parts.find((part) => part.type === 'data-table')
    expect(table?.data.rows.map((row) => row.name).sort()).toEqual(['Ada Lovelace', 'Alan Turing'])
    expect(message?.metadata?.citations?.map((citation) => citation.label).sort()).toEqual(['Ada Lovelace', 'Alan Turing'])
  })

  it('declines what is not in the CRM, without a figure', async () => {
    const answer = await ask('What will the weather be tomorrow?')
    expect(answer.parts.every((part) => part.type === 'text')).toBe(true)
    expect(answer.citations).toEqual([])
  })

  it('knows its commands', async () => {
    const { items } = (await test.request('GET', '/api/slash-commands')).body as { items: SlashCommand[] }
    const help = await ask('/help')
    for (const { command } of items) expect(help.text).toContain(command)
    expect(await ask('/sales how many contacts are there')).toMatchObject({ agent: 'sales', routing: 'You asked the Sales agent.' })
    expect((await ask('/sails how many contacts are there')).text).toContain('`/sales`')
    expect(await ask('/technical how many contacts are there')).toMatchObject({
      agent: 'crm',
      text: expect.stringContaining('The Technical agent needs a language model'),
    })
  })

  it('goes away wholly when it is deleted', async () => {
    const { sessionId } = await ask('hello')
    const file = `${sessionId}.jsonl`
    expect(await readdir(join(test.dataDir, 'sessions'))).toContain(file)
    expect((await test.request('DELETE', `/api/sessions/${sessionId}`)).status).toBe(204)
    expect(await readdir(join(test.dataDir, 'sessions'))).not.toContain(file)
    const { items } = (await test.request('GET', '/api/sessions')).body as { items: ChatSession[] }
    expect(items.map(({ id }) => id)).not.toContain(sessionId)
    expect(await test.gold('select id from chat_messages where workspace_id = $1 and session_id = $2', [test.workspaceId, sessionId])).toEqual([])
  })
})

describe('pages of an answer', () => {
  it('shows as many records as CRM_MAX_PAGE_SIZE says, and the rest when asked for more', async () => {
    const small = await createTestApp({ env: { CRM_MAX_PAGE_SIZE: '3' } })
    try {
      for (const last_name of ['Ash', 'Birch', 'Cedar', 'Elm', 'Fir']) await small.request('POST', '/api/crm/contacts', { last_name, city: 'Oslo' })
      const ask = async (message: string, sessionId?: string) => {
        const { body } = await small.request('POST', '/api/chat', { message, sessionId })
        return body as ChatAnswer
      }
      const first = await ask('contacts in Oslo')
      expect(first.coverage).toMatchObject({ matched: 5, shown: 3 })
      const more = await ask('show me more', first.sessionId)
      const names = [first, more].flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'data-table' ? part.data.rows.map(({ name }) => name) : [])))
      expect(names.sort()).toEqual(['Ash', 'Birch', 'Cedar', 'Elm', 'Fir'])
    } finally {
      await small.close()
    }
  })
})
