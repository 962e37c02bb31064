import { describe, expect, it } from 'vitest'
import { answered, createChatWorld } from './chat.testing.ts'

const request = { requestId: 'r' }

async function text(pieces: AsyncIterable<string>): Promise<string> {
  return (await Array.fromAsync(pieces)).join('')
}

describe('sessions', () => {
  it('are listed page by page, the last used first', async () => {
    let seconds = 0
    const clock = {
      now() {
        seconds += 1
        return new Date(Date.UTC(2026, 10, 20, 15, 0, seconds))
      },
    }
    const world = await createChatWorld((message) => answered(message), { clock })
    const { sessions } = world.chat
    const created = [
      await sessions.create(world.actor, { title: 'A' }),
      await sessions.create(world.actor, { title: 'B' }),
      await sessions.create(world.actor, { title: 'C' }),
    ]
    await world.chat.ask(world.actor, { message: 'again', sessionId: created[0]?.id }, request)
    const first = await sessions.list(world.actor, { limit: 2 })
    expect(first.items.map(({ title }) => title)).toEqual(['A', 'C'])
    expect(first.total).toBe(3)
    const second = await sessions.list(world.actor, { limit: 2, cursor: first.nextCursor ?? '' })
    expect(second).toMatchObject({ items: [{ title: 'B', messageCount: 0 }], nextCursor: null })
    await expect(sessions.list(world.actor, { limit: 2, cursor: 'nonsense' })).rejects.toMatchObject({ code: 'VALIDATION' })
  })

  it('are not found by what cannot be an id', async () => {
    const { chat, actor } = await createChatWorld((message) => answered(message))
    await expect(chat.sessions.get(actor, 'nonsense')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(chat.sessions.export(actor, 'nonsense', 'md')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('are renamed, archived, locked and freed', async () => {
    const world = await createChatWorld((message) => answered(message))
    const { sessions } = world.chat
    const { id } = await sessions.create(world.actor, {})
    expect(await sessions.change(world.actor, id, { title: 'Renamed', status: 'archived', agent: 'sales', memory: false })).toMatchObject({
      id,
      title: 'Renamed',
      status: 'archived',
      agent: 'sales',
      memory: false,
    })
    expect((await sessions.list(world.actor, { limit: 10, status: 'active' })).items).toEqual([])
    expect((await sessions.list(world.actor, { limit: 10, status: 'archived' })).total).toBe(1)
    expect(await world.chat.ask(world.actor, { message: 'hello', sessionId: id }, request)).toMatchObject({
      agent: 'sales',
      routing: 'This conversation is kept to the Sales agent.',
    })
    expect(await sessions.get(world.actor, id)).toMatchObject({ title: 'Renamed', status: 'active' })
    expect(await sessions.change(world.actor, id, { agent: null })).toMatchObject({ agent: null, title: 'Renamed' })
    await expect(sessions.change(world.actor, id, { agent: 'nobody' })).rejects.toMatchObject({ code: 'VALIDATION' })
  })

  it('give their messages newest page first, each page in reading order', async () => {
    const world = await createChatWorld((message) => answered(`re ${message}`))
    const { sessionId } = await world.chat.ask(world.actor, { message: '1' }, request)
    for (const message of ['2', '3']) await world.chat.ask(world.actor, { message, sessionId }, request)
    const newest = await world.chat.sessions.messages(world.actor, sessionId, { limit: 4 })
    expect(newest.items.map((message) => message.text)).toEqual(['2', 're 2', '3', 're 3'])
    expect(newest.total).toBe(6)
    const older = await world.chat.sessions.messages(world.actor, sessionId, { limit: 4, cursor: newest.nextCursor ?? '' })
    expect(older.items.map((message) => message.text)).toEqual(['1', 're 1'])
    expect(older.nextCursor).toBeNull()
    expect(older.items[1]?.metadata).toEqual({
      answeredBy: 'planner',
      coverage: null,
      processingTime: expect.any(Number),
      routing: expect.any(String),
      usage: { inputTokens: 0, outputTokens: 0, costUsd: '0' },
    })
  })

  it('are found by the words of their title and messages, whatever the accents', async () => {
    const world = await createChatWorld((message) => answered(message === 'weather' ? 'Ask about Zoë Müller, 50% of the time.' : 'nothing'))
    const { sessions } = world.chat
    const named = await sessions.create(world.actor, { title: 'Muller and sons' })
    const { sessionId } = await world.chat.ask(world.actor, { message: 'weather' }, request)
    const hits = (await sessions.search(world.actor, { q: 'MULLER', limit: 10 })).items
    expect(hits.map(({ id, excerpt, messageId }) => [id, excerpt, messageId === null])).toEqual([
      [named.id, 'Muller and sons', true],
      [sessionId, 'Ask about Zoë Müller, 50% of the time.', false],
    ])
    expect((await sessions.search(world.actor, { q: 'zoe  50%', limit: 10 })).items.map(({ id }) => id)).toEqual([sessionId])
    expect((await sessions.search(world.actor, { q: 'zoe weather', limit: 10 })).items).toEqual([])
    await expect(sessions.search(world.actor, { q: '  ', limit: 10 })).rejects.toMatchObject({ code: 'VALIDATION' })
  })

  it('are exported as transcript lines and as Markdown', async () => {
    const world = await createChatWorld(() =>
      answered('Two.', {
        parts: [
          { type: 'data-metric', data: { label: 'Open value', value: '1200.50', currency: 'EUR' } },
          {
            type: 'data-table',
            data: {
              title: 'Deals',
              columns: [
                { key: 'name', label: 'Name', type: 'text' },
                { key: 'value', label: 'Value', type: 'money' },
              ],
              rows: [{ id: '1', name: 'a|b <script>', value: '5' }],
              total: 2,
            },
          },
        ],
        citations: [{ entity: 'opportunity', id: '1', label: 'a|b', url: '/crm/opportunities/1' }],
      }),
    )
    const { sessionId } = await world.chat.ask(world.actor, { message: 'how many deals' }, request)
    const jsonl = await text(await world.chat.sessions.export(world.actor, sessionId, 'jsonl'))
    expect(
      jsonl
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).type),
    ).toEqual(['session', 'user', 'assistant'])
    const markdown = await text(await world.chat.sessions.export(world.actor, sessionId, 'md'))
    expect(markdown).toContain('# how many deals\n')
    expect(markdown).toContain('**Open value:** 1200.50 EUR\n')
    expect(markdown).toContain('| Name | Value |\n| --- | --- |\n| a\\|b &lt;script> | 5 |\n\n1 of 2 shown.')
    expect(markdown).toContain('Sources: [a\\|b](/crm/opportunities/1)')
  })
})
