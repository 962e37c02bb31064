import { readdir } from 'node:fs/promises'
import type { UIMessageChunk } from 'ai'
import { describe, expect, it } from 'vitest'
import type { MessagePart } from '#contracts/chat.ts'
import { createSite, lastState, userMessage } from '../../../test/flows/chat-site.ts'
import { answered, gate } from './chat.testing.ts'

describe('POST /api/chat', () => {
  it('tells the language of an answer, in the history too', async () => {
    const site = await createSite(() => answered('42 Kontakte.', { language: 'de' }))
    const { body } = await site.call('owner', 'POST', '/api/chat', { message: 'Wie viele Kontakte?' })
    expect(body).toMatchObject({ language: 'de' })
    const { sessionId } = body as { sessionId: string }
    const history = await site.call('owner', 'GET', `/api/sessions/${sessionId}/messages`)
    expect((history.body as { items: unknown[] }).items).toContainEqual(
      expect.objectContaining({ text: '42 Kontakte.', metadata: expect.objectContaining({ language: 'de' }) }),
    )
  })

  it('answers with exactly the agreed shape', async () => {
    const parts: MessagePart[] = [{ type: 'data-metric', data: { label: 'Contacts', value: 42 } }]
    const site = await createSite(() =>
      answered('There are 42.', { parts, coverage: { matched: 42, shown: 42, asOf: '2026-11-20T15:00:00.000Z' }, plan: { entity: 'contacts' } }),
    )
    const { status, body, headers } = await site.call('owner', 'POST', '/api/chat', { message: 'how many contacts' })
    expect(status).toBe(200)
    expect(body).toEqual({
      sessionId: expect.any(String),
      messageId: expect.any(String),
      agent: 'crm',
      routing: 'It is about contacts, which the CRM agent looks after.',
      answeredBy: 'planner',
      text: 'There are 42.',
      parts: [{ type: 'text', text: 'There are 42.' }, ...parts],
      citations: [],
      coverage: { matched: 42, shown: 42, asOf: '2026-11-20T15:00:00.000Z' },
      usage: { inputTokens: 0, outputTokens: 0, costUsd: '0' },
      processingTime: expect.any(Number),
    })
    expect(site.logLines()).toContainEqual(expect.objectContaining({ msg: 'Answered', requestId: headers.get('x-request-id') }))
  })

  it('takes what is null for left out, as many clients write it', async () => {
    const site = await createSite(() => answered('ok'))
    const nothing = { sessionId: null, agent: null, timeZone: null, currency: null, regenerate: null }
    const { status, body } = await site.call('owner', 'POST', '/api/chat', { message: 'hi', ...nothing })
    expect([status, body]).toEqual([200, expect.objectContaining({ text: 'ok', sessionId: expect.any(String) })])
    expect((await site.call('owner', 'POST', '/api/chat/stream', { message: 'hi', ...nothing })).status).toBe(200)
    const asked = { id: 'their-name', messageId: null, messages: [{ role: 'user', content: null, parts: [{ type: 'text', text: 'hi' }] }] }
    expect((await site.call('owner', 'POST', '/api/chat/stream', asked)).status).toBe(200)
    expect((await site.call('owner', 'POST', '/api/chat', { message: null })).status).toBe(400)
  })

  it('refuses what it cannot take with one clear sentence, and stores nothing', async () => {
    const site = await createSite(() => answered('ok'))
    const refused = async (body: unknown, path = '/api/chat') => {
      const answer = (await site.call('owner', 'POST', path, body)) as unknown as { status: number; body: { error: { code: string; message: string } } }
      return [answer.status, answer.body.error.code, answer.body.error.message]
    }
    expect(await refused({ message: 'x'.repeat(32_001) })).toEqual([
      400,
      'VALIDATION',
      'message: A message may have at most 32,000 characters; this one is longer.',
    ])
    expect(await refused({ message: 'x'.repeat(10_000_000) })).toEqual([413, 'PAYLOAD_TOO_LARGE', expect.any(String)])
    expect(await refused({ message: 'x'.repeat(10_000_000) }, '/api/chat/stream')).toEqual([413, 'PAYLOAD_TOO_LARGE', expect.any(String)])
    expect(await refused({ message: '   ' })).toEqual([400, 'VALIDATION', 'message: Write a message.'])
    expect(await refused({})).toEqual([400, 'VALIDATION', expect.stringContaining('message')])
    expect(await refused({ message: 'hi', timeZone: 'Mars/Olympus' })).toEqual([400, 'VALIDATION', expect.stringContaining('time zone')])
    expect(await refused({ message: 'hi', agent: 'nobody' })).toEqual([400, 'VALIDATION', expect.stringContaining('There is no agent “nobody”')])
    expect(await refused({ message: 'hi', sessionId: '11111111-1111-1111-1111-111111111111' })).toEqual([404, 'NOT_FOUND', expect.any(String)])
    expect(await refused({ message: 'hi', sessionId: 'abc' })).toEqual([400, 'VALIDATION', expect.stringContaining('sessionId')])
    expect(await refused({ message: 'a\u0000b' })).toEqual([400, 'VALIDATION', expect.stringContaining('NUL')])
    expect(await refused({}, '/api/chat/stream')).toEqual([400, 'VALIDATION', 'message: Write a message.'])
    expect(await refused({ id: 'c', messages: [userMessage('x'.repeat(32_001))] }, '/api/chat/stream')).toEqual([
      400,
      'VALIDATION',
      expect.stringContaining('32,000'),
    ])
    expect((await site.call(undefined, 'POST', '/api/chat', { message: 'hi' })).status).toBe(401)
    expect(await site.gold('select id from chat_messages where workspace_id = $1')).toEqual([])
    expect((await site.call('owner', 'POST', '/api/chat', { message: '😀'.repeat(16_000) })).status).toBe(200)
    expect((await site.call('owner', 'POST', '/api/chat', { message: 'half a pair: \ud83d' })).status).toBe(200)
  })

  it('keeps an unexpected failure to itself', async () => {
    const site = await createSite(() => {
      throw new Error('connection string postgres://secret')
    })
    const { status, body } = await site.call('owner', 'POST', '/api/chat', { message: 'hi' })
    expect(status).toBe(500)
    expect(JSON.stringify(body)).not.toContain('secret')
  })
})

describe('the stream', () => {
  it('is read whole by the AI SDK’s own transport, and one chat is one session', async () => {
    const parts: MessagePart[] = [
      { type: 'data-table', data: { title: 'Contacts', columns: [{ key: 'name', label: 'Name', type: 'text' }], rows: [{ id: '1', name: 'Ana' }], total: 1 } },
      { type: 'data-plan', data: { entity: 'contacts', limit: 50, offset: 0 } },
    ]
    const citations = [{ entity: 'contact', id: '1', label: 'Ana', url: '/crm/contacts/1' }]
    const site = await createSite((message) => answered(`You asked: ${message}.`, { parts, citations, plan: { entity: 'contacts' } }))
    const ask = async (text: string) =>
      await lastState(
        await site
          .transport('owner')
          .sendMessages({ chatId: 'my-chat', trigger: 'submit-message', messageId: undefined, abortSignal: undefined, messages: [userMessage(text)] }),
      )
    const message = await ask('who is here')
    expect(message).toMatchObject({
      role: 'assistant',
      parts: [{ type: 'text', text: 'You asked: who is here.', state: 'done' }, ...parts],
      metadata: { agent: 'crm', answeredBy: 'planner', routing: expect.stringContaining('contacts'), status: 'done', citations, usage: { inputTokens: 0 } },
    })
    expect((await ask('again'))?.metadata?.sessionId).toBe(message?.metadata?.sessionId)
    const stored = (await site.call('owner', 'GET', `/api/sessions/${message?.metadata?.sessionId}/messages`)).body as { items: { id: string; text: string }[] }
    expect(stored.items.map(({ text }) => text)).toEqual(['who is here', 'You asked: who is here.', 'again', 'You asked: again.'])
    expect(stored.items[1]?.id).toBe(message?.id)
  })

  it('has the headers and the closing line of the protocol', async () => {
    const site = await createSite(() => answered('Hi.'))
    const response = await fetch(`${site.url}/api/chat/stream`, {
      method: 'POST',
      headers: { authorization: 'Bearer owner', 'content-type': 'application/json', 'accept-encoding': 'gzip' },
      body: JSON.stringify({ message: 'hi' }),
    })
    expect(response.headers.get('x-vercel-ai-ui-message-stream')).toBe('v1')
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(response.headers.get('x-request-id')).not.toBeNull()
    const text = await response.text()
    expect(text).toMatch(/data: \[DONE\]\n\n$/)
    expect(text).toContain('data: {"type":"text-delta","id":"text-0","delta":"Hi."}\n\n')
  })

  it('loses nothing when the reader leaves: a reload resumes it', async () => {
    const held = gate()
    const site = await createSite(async (_message, { say }) => {
      say('Slowly')
      await held.opened
      return answered('Slowly but surely.')
    })
    const transport = site.transport('owner')
    const leaving = new AbortController()
    const stream = await transport.sendMessages({
      chatId: 'tab',
      trigger: 'submit-message',
      messageId: undefined,
      abortSignal: leaving.signal,
      messages: [userMessage('go')],
    })
    const reader = stream.getReader()
    expect((await reader.read()).value).toMatchObject({ type: 'start' })
    leaving.abort()
    await reader.cancel().catch(() => undefined)
    const resumed = await transport.reconnectToStream({ chatId: 'tab' })
    expect((await site.call('other', 'GET', '/api/chat/stream/tab')).status).toBe(204)
    held.open()
    expect((await lastState(resumed as ReadableStream<UIMessageChunk>))?.parts).toEqual([expect.objectContaining({ type: 'text', text: 'Slowly but surely.' })])
    expect(await transport.reconnectToStream({ chatId: 'tab' })).toBeNull()
  })

  it('is stopped by an explicit stop alone', async () => {
    const site = await createSite(async (_message, { say, signal }) => {
      say('So far')
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      return answered('never')
    })
    const { body: session } = await site.call('owner', 'POST', '/api/sessions', {})
    const { id: sessionId } = session as { id: string }
    const response = await fetch(`${site.url}/api/chat/stream`, {
      method: 'POST',
      headers: { authorization: 'Bearer owner', 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'go', sessionId }),
    })
    expect((await site.call('owner', 'POST', '/api/chat', { message: 'and this', sessionId })).status).toBe(409)
    expect((await site.call('other', 'POST', '/api/chat/stop', { sessionId })).status).toBe(404)
    expect((await site.call('owner', 'POST', '/api/chat/stop', { sessionId })).body).toEqual({ stopped: true })
    expect(await response.text()).toMatch(/"type":"abort".*data: \[DONE\]\n\n$/s)
    const { items } = (await site.call('owner', 'GET', `/api/sessions/${sessionId}/messages`)).body as { items: { status: string; text: string }[] }
    expect(items.map(({ status, text }) => [status, text])).toEqual([
      ['done', 'go'],
      ['stopped', 'So far'],
    ])
  })
})

describe('sessions over HTTP', () => {
  it('are created, changed, searched, exported and deleted with their transcript', async () => {
    const site = await createSite((message) => answered(`Answer to ${message}`))
    const created = await site.call('owner', 'POST', '/api/sessions')
    expect(created.status).toBe(201)
    const { id } = created.body as { id: string }
    await site.call('owner', 'POST', '/api/chat', { message: 'kilimanjaro', sessionId: id })
    expect((await site.call('owner', 'PATCH', `/api/sessions/${id}`, { title: 'Mountains', status: 'archived' })).body).toMatchObject({
      title: 'Mountains',
      status: 'archived',
      messageCount: 2,
    })
    expect((await site.call('owner', 'PATCH', `/api/sessions/${id}`, { colour: 'red' })).status).toBe(400)
    expect((await site.call('owner', 'GET', '/api/sessions?status=archived&limit=5')).body).toMatchObject({ items: [{ id }], nextCursor: null, total: 1 })
    expect((await site.call('owner', 'GET', '/api/sessions/search?q=Kilimanjaro')).body).toMatchObject({ items: [{ id, excerpt: 'Answer to kilimanjaro' }] })
    const jsonl = await site.call('owner', 'GET', `/api/sessions/${id}/export`)
    expect((jsonl.body as string).trimEnd().split('\n')).toHaveLength(3)
    expect(jsonl.headers.get('content-disposition')).toBe(`attachment; filename="${id}.jsonl"`)
    expect((await site.call('owner', 'GET', `/api/sessions/${id}/export?format=md`)).body).toContain('# Mountains')
    expect((await site.call('owner', 'GET', `/api/sessions/${id}/export?format=pdf`)).status).toBe(400)
    for (const path of [`/api/sessions/${id}`, `/api/sessions/${id}/messages`, `/api/sessions/${id}/export`])
      expect((await site.call('other', 'GET', path)).status).toBe(404)
    expect((await site.call('other', 'DELETE', `/api/sessions/${id}`)).status).toBe(404)
    expect(await readdir(site.folder)).toEqual([`${id}.jsonl`])
    expect((await site.call('owner', 'DELETE', `/api/sessions/${id}`)).status).toBe(204)
    expect(await readdir(site.folder)).toEqual([])
    expect((await site.call('owner', 'GET', `/api/sessions/${id}`)).status).toBe(404)
  })
})

describe('agents over HTTP', () => {
  it('and chat are described in the OpenAPI document', async () => {
    const site = await createSite(() => answered('ok'))
    const { status, body } = await site.call(undefined, 'GET', '/api/openapi.json')
    expect(status).toBe(200)
    expect(Object.keys((body as { paths: object }).paths)).toEqual(
      expect.arrayContaining([
        '/api/chat',
        '/api/chat/stream',
        '/api/chat/stream/{sessionId}',
        '/api/chat/stop',
        '/api/sessions',
        '/api/sessions/{id}/export',
        '/api/agents/{id}/health',
        '/api/slash-commands',
      ]),
    )
  })

  it('lists commands to everybody, agents and their health to those who are known', async () => {
    const site = await createSite(() => answered('ok'))
    const commands = (await site.call(undefined, 'GET', '/api/slash-commands')).body as { items: { command: string }[] }
    expect(commands.items.map(({ command }) => command)).toContain('/help')
    expect((await site.call(undefined, 'GET', '/api/agents')).status).toBe(401)
    expect((await site.call('owner', 'GET', '/api/agents')).body).toMatchObject({ total: 9 })
    expect((await site.call('owner', 'GET', '/api/agents/crm/health')).body).toMatchObject({
      status: 'healthy',
      initialized: true,
      crm: { mode: 'builtin', reachable: true },
      model: { configured: false },
    })
    expect((await site.call('owner', 'GET', '/api/agents/nobody/health')).status).toBe(404)
    const unknown = await site.call('owner', 'POST', '/api/chat', { message: '/slaes forecast' })
    expect(unknown).toMatchObject({ status: 200, body: { text: expect.stringContaining('`/sales`') } })
  })
})
