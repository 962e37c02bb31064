import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import type { PlannerMemory } from '#backend/modules/agents/index.ts'
import type { MessagePart } from '#contracts/chat.ts'
import type { AnswerChunk } from './answer-log.ts'
import { answered, createChatWorld, gate } from './chat.testing.ts'

const request = { requestId: 'request-1' }

async function collect(stream: ReadableStream<AnswerChunk>): Promise<AnswerChunk[]> {
  return await Array.fromAsync(stream)
}

const lines = async (folder: string, sessionId: string) =>
  (await readFile(join(folder, `${sessionId}.jsonl`), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('asking', () => {
  it('answers with the text as the first part, stores both messages and names the session', async () => {
    const table: MessagePart = {
      type: 'data-table',
      data: { title: 'Contacts', columns: [{ key: 'name', label: 'Name', type: 'text' }], rows: [{ id: '1', name: 'Ana' }], total: 1 },
    }
    const plan: MessagePart = { type: 'data-plan', data: { entity: 'contacts', sort: [{ by: 'name', direction: 'asc' }] } }
    const citations = [{ entity: 'contact', id: '1', label: 'Ana', url: '/crm/contacts/1' }]
    const coverage = { matched: 1, shown: 1, asOf: '2026-11-20T15:00:00.000Z' }
    const world = await createChatWorld(() => answered('One contact.', { parts: [table, plan], citations, coverage, plan: { entity: 'contacts' } }))
    const answer = await world.chat.ask(world.actor, { message: 'Which   contacts\nare there?' }, request)
    expect(answer).toMatchObject({
      agent: 'crm',
      answeredBy: 'planner',
      text: 'One contact.',
      citations,
      coverage,
      usage: { inputTokens: 0, outputTokens: 0, costUsd: '0' },
    })
    expect(answer.parts).toEqual([{ type: 'text', text: 'One contact.' }, table, { type: 'data-plan', data: { ...plan.data, limit: 50, offset: 0 } }])
    expect(answer.processingTime).toBeGreaterThanOrEqual(0)

    const stored = await world.gold('select role, status, agent, text, parts, citations from chat_messages where workspace_id = $1 order by sequence')
    expect(stored).toEqual([
      {
        role: 'user',
        status: 'done',
        agent: null,
        text: 'Which   contacts\nare there?',
        parts: [{ type: 'text', text: 'Which   contacts\nare there?' }],
        citations: [],
      },
      { role: 'assistant', status: 'done', agent: 'crm', text: 'One contact.', parts: answer.parts, citations },
    ])
    const session = await world.chat.sessions.get(world.actor, answer.sessionId)
    expect(session).toMatchObject({ title: 'Which contacts are there?', messageCount: 2, status: 'active' })
  })

  it('has the question in the database before the answer begins', async () => {
    const seen: unknown[] = []
    const world = await createChatWorld(async (message) => {
      seen.push(...(await world.gold('select role, status, text from chat_messages where workspace_id = $1 order by sequence')))
      return answered(`You said ${message}`)
    })
    await world.chat.ask(world.actor, { message: 'hello' }, request)
    expect(seen).toEqual([
      { role: 'user', status: 'done', text: 'hello' },
      { role: 'assistant', status: 'running', text: '' },
    ])
  })

  it('hands a follow-up what the last answer remembered, and the time zone of request or workspace', async () => {
    const memory = { query: { entity: 'contacts' } } as unknown as PlannerMemory
    const contexts: { previous: unknown; timeZone: string; now: string; currency: unknown }[] = []
    const world = await createChatWorld((message, { previous, timeZone, now, currency }) => {
      contexts.push({ previous, timeZone, now: now.toISOString(), currency })
      return message === 'decline' ? answered('No.', { kind: 'decline' }) : answered('Yes.', { memory })
    })
    const { sessionId } = await world.chat.ask(world.actor, { message: 'first' }, request)
    await world.chat.ask(world.actor, { message: 'decline', sessionId, timeZone: 'Asia/Tokyo', currency: 'EUR' }, request)
    await world.chat.ask(world.actor, { message: 'third', sessionId }, request)
    const now = '2026-11-20T15:00:00.000Z'
    expect(contexts).toEqual([
      { previous: undefined, timeZone: 'Europe/Paris', now, currency: undefined },
      { previous: memory, timeZone: 'Asia/Tokyo', now, currency: 'EUR' },
      { previous: memory, timeZone: 'Europe/Paris', now, currency: undefined },
    ])
  })

  it('refuses a second question while the first is being answered, and takes it afterwards', async () => {
    const held = gate()
    const world = await createChatWorld(async () => {
      await held.opened
      return answered('done')
    })
    const session = await world.chat.sessions.create(world.actor, {})
    const first = world.chat.ask(world.actor, { message: 'one', sessionId: session.id }, request)
    await expect(world.chat.ask(world.actor, { message: 'two', sessionId: session.id }, request)).rejects.toMatchObject({ code: 'CONFLICT' })
    held.open()
    expect((await first).text).toBe('done')
    expect((await world.chat.ask(world.actor, { message: 'two', sessionId: session.id }, request)).text).toBe('done')
  })

  it('refuses it in another process as well', async () => {
    const held = gate()
    const world = await createChatWorld(async () => {
      await held.opened
      return answered('done')
    })
    const stream = await world.chat.stream(world.actor, { message: 'one', clientId: 'tab' }, request)
    const other = world.restart(() => answered('other'))
    await expect(other.ask(world.actor, { message: 'two', clientId: 'tab' }, request)).rejects.toMatchObject({ code: 'CONFLICT' })
    held.open()
    await collect(stream)
    expect((await other.ask(world.actor, { message: 'two', clientId: 'tab' }, request)).text).toBe('other')
  })

  it('keeps a session to the one it belongs to', async () => {
    const world = await createChatWorld(() => answered('secret'))
    const other = await world.member('owner', 'Nosy Neighbour')
    const { sessionId } = await world.chat.ask(world.actor, { message: 'mine' }, request)
    const missing = { code: 'NOT_FOUND' }
    await expect(world.chat.ask(other, { message: 'yours?', sessionId }, request)).rejects.toMatchObject(missing)
    await expect(world.chat.follow(other, sessionId)).rejects.toMatchObject(missing)
    await expect(world.chat.stop(other, sessionId)).rejects.toMatchObject(missing)
    await expect(world.chat.sessions.messages(other, sessionId, { limit: 10 })).rejects.toMatchObject(missing)
    await expect(world.chat.sessions.export(other, sessionId, 'md')).rejects.toMatchObject(missing)
    await expect(world.chat.sessions.delete(other, sessionId)).rejects.toMatchObject(missing)
    await expect(world.chat.sessions.change(other, sessionId, { title: 'taken' })).rejects.toMatchObject(missing)
    expect((await world.chat.sessions.search(other, { q: 'mine', limit: 10 })).items).toEqual([])
    const sameName = await world.chat.ask(other, { message: 'my own', clientId: sessionId }, request)
    expect(sameName.sessionId).not.toBe(sessionId)
  })

  it('maps a client’s own chat name to one session of its own', async () => {
    const world = await createChatWorld((message) => answered(message))
    const first = await world.chat.ask(world.actor, { message: 'a', clientId: 'chat-x1' }, request)
    const second = await world.chat.ask(world.actor, { message: 'b', clientId: 'chat-x1' }, request)
    const byId = await world.chat.ask(world.actor, { message: 'c', clientId: first.sessionId }, request)
    expect([second.sessionId, byId.sessionId]).toEqual([first.sessionId, first.sessionId])
    const unknown = newId()
    expect((await world.chat.ask(world.actor, { message: 'd', clientId: unknown }, request)).sessionId).not.toBe(unknown)
  })

  it('writes an audit trail of log lines', async () => {
    const world = await createChatWorld(() => answered('ok'))
    const { sessionId } = await world.chat.ask(world.actor, { message: 'how many contacts' }, request)
    const fields = { requestId: 'request-1', sessionId, userId: world.actor.userId }
    expect(world.logLines()).toContainEqual(expect.objectContaining({ ...fields, msg: 'Answered', processingTime: expect.any(Number), status: 'done' }))
    expect(world.logLines()).toContainEqual(expect.objectContaining({ ...fields, msg: 'CRMAgent Executing' }))
    expect(world.logLines()).toContainEqual(expect.objectContaining({ component: 'CRMAgent', msg: 'Initializing CRMAgent' }))
  })
})

describe('streaming', () => {
  it('starts with who answers, says the text word by word and ends with what it rests on', async () => {
    const coverage = { matched: 2, shown: 2, asOf: '2026-11-20T15:00:00.000Z' }
    const metric: MessagePart = { type: 'data-metric', data: { label: 'Contacts', value: 2 } }
    const world = await createChatWorld(() => answered('Two contacts\nmatch.', { parts: [metric], coverage }))
    const chunks = await collect(await world.chat.stream(world.actor, { message: '/crm how many' }, request))
    const start = chunks[0]
    expect(start).toMatchObject({
      type: 'start',
      messageId: expect.any(String),
      messageMetadata: { sessionId: expect.any(String), agent: 'crm', routing: 'You asked the CRM agent.', answeredBy: 'planner' },
    })
    expect(chunks.slice(1, -1)).toEqual([
      { type: 'text-start', id: 'text-0' },
      { type: 'text-delta', id: 'text-0', delta: 'Two' },
      { type: 'text-delta', id: 'text-0', delta: ' contacts' },
      { type: 'text-delta', id: 'text-0', delta: '\nmatch.' },
      { type: 'text-end', id: 'text-0' },
      metric,
    ])
    expect(chunks.at(-1)).toMatchObject({
      type: 'finish',
      messageMetadata: {
        citations: [],
        coverage,
        status: 'done',
        usage: { inputTokens: 0 },
        processingTime: expect.any(Number),
        messageId: expect.any(String),
      },
    })
  })

  it('makes the answer to its end when the reader leaves, and lets another follow it from the start', async () => {
    const held = gate()
    const world = await createChatWorld(async (_message, { say }) => {
      say('First this,')
      await held.opened
      return answered('First this, then that.')
    })
    const reader = await world.chat.stream(world.actor, { message: 'go', clientId: 'tab' }, request)
    await reader.cancel()
    const [follower, second] = [await world.chat.follow(world.actor, 'tab'), await world.chat.follow(world.actor, 'tab')]
    held.open()
    const chunks = await collect(follower as ReadableStream<AnswerChunk>)
    expect(chunks.filter((chunk) => chunk.type === 'text-delta').map((chunk) => chunk.delta)).toEqual(['First this,', ' then', ' that.'])
    expect(await collect(second as ReadableStream<AnswerChunk>)).toEqual(chunks)
    expect(await world.chat.follow(world.actor, 'tab')).toBeUndefined()
    expect(await world.chat.follow(world.actor, 'never used')).toBeUndefined()
    await expect(world.chat.follow(world.actor, newId())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('follows an answer that another process makes', async () => {
    const held = gate()
    const world = await createChatWorld(async () => {
      await held.opened
      return answered('From afar.')
    })
    await (await world.chat.stream(world.actor, { message: 'go', clientId: 'tab' }, request)).cancel()
    const follower = await world.restart().follow(world.actor, 'tab')
    held.open()
    const chunks = await collect(follower as ReadableStream<AnswerChunk>)
    expect(chunks[0]).toMatchObject({ type: 'start', messageMetadata: { agent: 'crm' } })
    expect(chunks.filter((chunk) => chunk.type === 'text-delta').map((chunk) => chunk.delta)).toEqual(['From', ' afar.'])
    expect(chunks.at(-1)).toMatchObject({ type: 'finish' })
  })
})

describe('stopping', () => {
  it('ends the answer and keeps what was said', async () => {
    const saidFirst = gate()
    const world = await createChatWorld(async (_message, { say, signal }) => {
      say('So far')
      saidFirst.open()
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      say(' and never this')
      return answered('So far and much more')
    })
    const stream = await world.chat.stream(world.actor, { message: 'go', clientId: 'tab' }, request)
    await saidFirst.opened
    expect(await world.chat.stop(world.actor, 'tab')).toEqual({ stopped: true })
    expect((await collect(stream)).slice(1)).toEqual([
      { type: 'text-start', id: 'text-0' },
      { type: 'text-delta', id: 'text-0', delta: 'So far' },
      { type: 'text-end', id: 'text-0' },
      { type: 'message-metadata', messageMetadata: { status: 'stopped', processingTime: expect.any(Number) } },
      { type: 'abort', reason: 'stopped' },
    ])
    expect(await world.gold("select status, text from chat_messages where workspace_id = $1 and role = 'assistant'")).toEqual([
      { status: 'stopped', text: 'So far' },
    ])
    expect(await world.chat.stop(world.actor, 'tab')).toEqual({ stopped: false })
  })

  it('stops an answer of another process, whose outcome is then not taken', async () => {
    const held = gate()
    const world = await createChatWorld(async () => {
      await held.opened
      return answered('too late')
    })
    const stream = await world.chat.stream(world.actor, { message: 'go', clientId: 'tab' }, request)
    expect(await world.restart().stop(world.actor, 'tab')).toEqual({ stopped: true })
    held.open()
    expect((await collect(stream)).at(-1)).toEqual({ type: 'abort', reason: 'stopped' })
    expect(await world.gold("select status, text from chat_messages where workspace_id = $1 and role = 'assistant'")).toEqual([{ status: 'stopped', text: '' }])
  })
})

describe('failing', () => {
  it('keeps the question, marks the answer as failed, and can be asked again', async () => {
    let failing = true
    const world = await createChatWorld(() => {
      if (failing) throw new Error('boom at /secret/path')
      return answered('fine now')
    })
    const failure = world.chat.ask(world.actor, { message: 'go', clientId: 'tab' }, request)
    await expect(failure).rejects.toThrow('boom')
    const [message] = await world.gold("select status, text from chat_messages where workspace_id = $1 and role = 'assistant'")
    expect(message).toEqual({ status: 'failed', text: expect.stringMatching(/^Something went wrong.*ask again\.$/) })
    const chunks = await collect(await world.chat.stream(world.actor, { message: 'go', clientId: 'tab' }, request))
    expect(chunks.at(-1)).toEqual({ type: 'error', errorText: expect.stringContaining('Something went wrong') })
    failing = false
    expect((await world.chat.ask(world.actor, { message: 'go', clientId: 'tab' }, request)).text).toBe('fine now')
    expect(world.logLines()).toContainEqual(
      expect.objectContaining({ msg: 'An answer failed', err: expect.objectContaining({ message: 'boom at /secret/path' }) }),
    )
  })

  it('gives an answer up that takes too long', async () => {
    const held = gate()
    const world = await createChatWorld(
      async () => {
        await held.opened
        return answered('late')
      },
      { limits: { maxAnswerMs: 20 } },
    )
    await expect(world.chat.ask(world.actor, { message: 'go' }, request)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('took too long'),
    })
    held.open()
  })

  it('refuses what an actor has no room for, and gives the room back', async () => {
    const held = gate()
    const world = await createChatWorld(
      async () => {
        await held.opened
        return answered('ok')
      },
      { limits: { runningPerActor: 1, waitingPerActor: 1 } },
    )
    const first = world.chat.ask(world.actor, { message: 'one' }, request)
    const second = world.chat.ask(world.actor, { message: 'two' }, request)
    await expect(world.chat.ask(world.actor, { message: 'three' }, request)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    const other = await world.member('rep')
    const others = world.chat.ask(other, { message: 'four' }, request)
    held.open()
    expect((await Promise.all([first, second, others])).map((answer) => answer.text)).toEqual(['ok', 'ok', 'ok'])
    expect((await world.chat.ask(world.actor, { message: 'five' }, request)).text).toBe('ok')
  })
})

describe('the transcript', () => {
  it('holds a line for the session and for each message, in order', async () => {
    const world = await createChatWorld((message) => answered(`re: ${message}`))
    const { sessionId } = await world.chat.ask(world.actor, { message: 'one\u2028line' }, request)
    await world.chat.ask(world.actor, { message: 'two', sessionId }, request)
    const written = await lines(world.folder, sessionId)
    expect(written.map(({ type, content }) => [type, content])).toEqual([
      ['session', 'one line'],
      ['user', 'one\u2028line'],
      ['assistant', 're: one\u2028line'],
      ['user', 'two'],
      ['assistant', 're: two'],
    ])
    for (const line of written) expect(Object.keys(line)).toEqual(['timestamp', 'type', 'content', 'metadata'])
    expect(await readFile(join(world.folder, `${sessionId}.jsonl`), 'utf8')).not.toContain('\u2028')
  })

  it('goes with its session, even while an answer is being made', async () => {
    const held = gate()
    const world = await createChatWorld(async (message) => {
      if (message === 'slow') await held.opened
      return answered('ok')
    })
    const { sessionId } = await world.chat.ask(world.actor, { message: 'quick' }, request)
    const stream = await world.chat.stream(world.actor, { message: 'slow', sessionId }, request)
    await world.chat.sessions.delete(world.actor, sessionId)
    held.open()
    expect((await collect(stream)).at(-1)).toEqual({ type: 'abort', reason: 'stopped' })
    await world.chat.drain(1000)
    await expect(readFile(join(world.folder, `${sessionId}.jsonl`))).rejects.toMatchObject({ code: 'ENOENT' })
    expect(await world.gold('select id from chat_messages where workspace_id = $1')).toEqual([])
  })
})
