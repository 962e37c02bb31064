import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import type { MessagePart } from '#contracts/chat.ts'
import type { TestWorkspace } from '../../../test/harness.ts'
import type { AnswerChunk } from './answer-log.ts'
import { answered, createChatWorld, gate } from './chat.testing.ts'
import { folderName } from './session-ids.ts'

const request = { requestId: 'r' }
// Held for long: a machine that is busy must not look dead.
const quick = { lookMs: 10, holdMs: 60_000 }
const interruptedSentence = 'This answer was interrupted before it was finished. Ask again.'

/** Has something happen for each row that this workspace adds to a table. */
async function watchTable({ gold, workspaceId }: TestWorkspace, table: string, happening: string): Promise<() => Promise<void>> {
  const name = `watch_${workspaceId.replaceAll('-', '_')}`
  await gold(`create function ${name}() returns trigger language plpgsql as $$ begin ${happening}; end $$`, [])
  await gold(`create trigger ${name} before insert on ${table} for each row when (new.workspace_id = '${workspaceId}') execute function ${name}()`, [])
  const unwatch = async () => {
    await gold(`drop trigger if exists ${name} on ${table}`, [])
    await gold(`drop function if exists ${name}`, [])
  }
  onTestFinished(unwatch)
  return unwatch
}

const collect = async (stream: ReadableStream<AnswerChunk> | undefined) => await Array.fromAsync(stream as ReadableStream<AnswerChunk>)
const textOf = (chunks: readonly AnswerChunk[]) => chunks.flatMap((chunk) => (chunk.type === 'text-delta' ? [chunk.delta] : [])).join('')

/** An answerer that says what it is told to, piece by piece, and ends when it is told to. */
async function createTalker(parts: MessagePart[] = []) {
  const held = gate()
  let say: (text: string) => void = () => undefined
  const begun = gate()
  let said = ''
  const world = await createChatWorld(
    async (_message, context) => {
      say = (text) => {
        said += text
        context.say(text)
      }
      begun.open()
      await held.opened
      return answered(said, { parts })
    },
    { limits: quick },
  )
  const kept = async () => (await world.gold<{ n: number }>('select count(*)::int as n from answer_chunks where workspace_id = $1'))[0]?.n ?? 0
  return { ...world, begun: begun.opened, say: (text: string) => say(text), end: held.open, kept }
}

describe('an answer that takes its time', () => {
  it('is told whole by another process, from its beginning, to each of its readers, while it is made', async () => {
    const metric: MessagePart = { type: 'data-metric', data: { label: 'Contacts', value: 2 } }
    const world = await createTalker([metric])
    const own = await world.chat.stream(world.actor, { message: 'go', clientId: 'tab' }, request)
    await world.begun
    world.say('One, ')
    await expect.poll(world.kept).toBe(1)
    const other = world.restart()
    const early = (await other.follow(world.actor, 'tab')) as ReadableStream<AnswerChunk>
    const reader = early.getReader()
    const heard: AnswerChunk[] = []
    while (textOf(heard) !== 'One, ') heard.push((await reader.read()).value as AnswerChunk)
    world.say('two, ')
    while (textOf(heard) !== 'One, two, ') heard.push((await reader.read()).value as AnswerChunk)
    const late = await other.follow(world.actor, 'tab')
    const leaver = await other.follow(world.actor, 'tab')
    await leaver?.cancel()
    world.say('three.')
    world.end()
    for (let next = await reader.read(); !next.done; next = await reader.read()) heard.push(next.value)
    const whole = await collect(own)
    for (const told of [heard, await collect(late)]) {
      expect(textOf(told)).toBe('One, two, three.')
      expect(
        told.filter(({ type }) => type === 'start' || type === 'text-start' || type === 'text-end' || type === 'data-metric').map(({ type }) => type),
      ).toEqual(['start', 'text-start', 'text-end', 'data-metric'])
      expect(told[0]).toEqual(whole[0])
      expect(told.at(-1)).toMatchObject({ type: 'finish', messageMetadata: { status: 'done' } })
    }
    expect(await world.kept()).toBe(0)
    expect(await other.follow(world.actor, 'tab')).toBeUndefined()
  })

  it('costs the database nothing when it does not', async () => {
    const world = await createChatWorld(() => answered('At once.'))
    await watchTable(world, 'answer_chunks', 'raise exception $m$chunks were written$m$')
    expect((await world.chat.ask(world.actor, { message: 'go' }, request)).text).toBe('At once.')
    expect(world.logLines().filter(({ level }) => Number(level) >= 40)).toEqual([])
  })

  it('is stopped from another process with all it has said', async () => {
    const world = await createTalker()
    const own = await world.chat.stream(world.actor, { message: 'go', clientId: 'tab' }, request)
    await world.begun
    world.say('So far')
    expect(await world.restart().stop(world.actor, 'tab')).toEqual({ stopped: true })
    expect((await collect(own)).at(-1)).toEqual({ type: 'abort', reason: 'stopped' })
    expect(await world.gold("select status, text from chat_messages where workspace_id = $1 and role = 'assistant'")).toEqual([
      { status: 'stopped', text: 'So far' },
    ])
    expect(await world.kept()).toBe(0)
    world.end()
  })

  it('ends when its session is deleted by another process', async () => {
    const world = await createTalker()
    const own = await world.chat.stream(world.actor, { message: 'go', clientId: 'tab' }, request)
    await world.begun
    world.say('So far')
    const other = world.restart()
    const followed = await other.follow(world.actor, 'tab')
    const [session] = (await other.sessions.list(world.actor, { limit: 1 })).items
    await other.sessions.delete(world.actor, session?.id ?? '')
    expect((await collect(own)).at(-1)).toMatchObject({ type: 'abort' })
    expect((await collect(followed)).at(-1)).toMatchObject({ type: 'abort' })
    world.end()
  })
})

/** An answer whose process is gone; `said` is what it kept. */
async function createLeftBehind({ heldForMs, said }: { heldForMs: number; said: readonly string[] }) {
  const world = await createChatWorld((message) => answered(`re ${message}`), { limits: quick })
  const { sessionId } = await world.chat.ask(world.actor, { message: 'first' }, request)
  const [questionId, answerId] = [newId(), newId()]
  const [last] = await world.gold<{ id: string }>('select leaf_id as id from chat_sessions where workspace_id = $1')
  await world.gold(
    `insert into chat_messages (workspace_id, id, session_id, parent_id, role, status, text, metadata, held_until, created_at) values
      ($1, $2, $3, $4, 'user', 'done', 'go', '{}', null, now()),
      ($1, $5, $3, $2, 'assistant', 'running', '', '{"runner": "elsewhere/1"}', clock_timestamp() + $6 * interval '1 ms', now())`,
    [world.workspaceId, questionId, sessionId, last?.id, answerId, heldForMs],
  )
  await world.gold('update chat_sessions set leaf_id = $2 where workspace_id = $1', [world.workspaceId, answerId])
  const metadata = { sessionId, messageId: answerId, questionId, agent: 'crm', routing: 'Because.', answeredBy: 'model' }
  const chunks = [
    [{ type: 'start', messageId: answerId, messageMetadata: metadata }, ...(said.length === 0 ? [] : [{ type: 'text-start', id: 'text-0' }])],
    ...said.map((delta) => [{ type: 'text-delta', id: 'text-0', delta }]),
  ]
  for (const [sequence, batch] of chunks.entries())
    await world.gold('insert into answer_chunks values ($1, $2, $3, $4)', [world.workspaceId, answerId, sequence, JSON.stringify(batch)])
  const stored = async () =>
    (await world.gold('select status, text, metadata from chat_messages where workspace_id = $1 and id = $2', [world.workspaceId, answerId]))[0]
  return { ...world, sessionId, answerId, stored }
}

describe('an answer whose process is gone', () => {
  const partial = { status: 'failed', text: `Half of it\n\n${interruptedSentence}` }

  it('is followed to its end: what it said, an error, and no more', async () => {
    const world = await createLeftBehind({ heldForMs: 300, said: ['Half ', 'of it'] })
    const told = await collect(await world.chat.follow(world.actor, world.sessionId))
    expect(textOf(told)).toBe('Half of it')
    expect(told.slice(-2)).toEqual([
      { type: 'message-metadata', messageMetadata: { status: 'failed' } },
      { type: 'error', errorText: interruptedSentence },
    ])
    expect(await world.stored()).toEqual({
      ...partial,
      metadata: { routing: 'Because.', answeredBy: 'model', interrupted: true, failure: interruptedSentence },
    })
    expect(await world.gold('select * from answer_chunks where workspace_id = $1')).toEqual([])
    const exported = (await Array.fromAsync(await world.chat.sessions.export(world.actor, world.sessionId, 'jsonl'))).join('')
    expect(exported).toContain('Half of it')
  })

  it('is ended by whoever lists its messages, or asks on', async () => {
    const listed = await createLeftBehind({ heldForMs: -1, said: ['Half ', 'of it'] })
    const { items } = await listed.chat.sessions.messages(listed.actor, listed.sessionId, { limit: 10 })
    expect(items.at(-1)).toMatchObject(partial)
    expect((await listed.chat.ask(listed.actor, { message: 'on', sessionId: listed.sessionId }, request)).text).toBe('re on')

    const asked = await createLeftBehind({ heldForMs: -1, said: ['Half ', 'of it'] })
    expect((await asked.chat.ask(asked.actor, { message: 'on', sessionId: asked.sessionId }, request)).text).toBe('re on')
    expect(await asked.stored()).toMatchObject(partial)
  })

  it('is not taken from a process that lives, and no start of another server ends it', async () => {
    const world = await createLeftBehind({ heldForMs: 60_000, said: ['Half'] })
    expect(await world.restart().failInterrupted([world.workspaceId])).toBe(0)
    // Made from the same folder, by another worker of the same server.
    await world.gold(`update chat_messages set metadata = jsonb_build_object('runner', $2::text || '/other') where workspace_id = $1 and status = 'running'`, [
      world.workspaceId,
      folderName(world.folder),
    ])
    expect(await world.restart().failInterrupted([world.workspaceId], { alone: false })).toBe(0)
    await expect(world.chat.ask(world.actor, { message: 'on', sessionId: world.sessionId }, request)).rejects.toMatchObject({ code: 'CONFLICT' })
    await sleep(50)
    expect(await world.stored()).toMatchObject({ status: 'running' })
  })

  it('is stopped with what it had said when nobody hears', { timeout: 20_000 }, async () => {
    const world = await createLeftBehind({ heldForMs: 60_000, said: ['Half ', 'of it'] })
    expect(await world.chat.stop(world.actor, world.sessionId)).toEqual({ stopped: true })
    expect(await world.stored()).toMatchObject({ status: 'stopped', text: 'Half of it' })
  })
})

describe('a process that cannot reach the database for a while', () => {
  it('goes on telling its own readers and keeps what it said afterwards', async () => {
    const world = await createTalker()
    const own = await world.chat.stream(world.actor, { message: 'go', clientId: 'tab' }, request)
    await world.begun
    const unwatch = await watchTable(world, 'answer_chunks', 'raise exception $m$no room$m$')
    world.say('One, ')
    await expect.poll(() => world.logLines().some(({ msg }) => String(msg).startsWith('Answers that are being made could not be kept'))).toBe(true)
    world.say('two.')
    await unwatch()
    await expect.poll(world.kept).toBeGreaterThan(0)
    world.end()
    expect(textOf(await collect(own))).toBe('One, two.')
    expect(await world.gold("select status, text from chat_messages where workspace_id = $1 and role = 'assistant'")).toEqual([
      { status: 'done', text: 'One, two.' },
    ])
    expect(await world.kept()).toBe(0)
  })

  it('does not give an answer for a good one that was ended meanwhile because it was taken for gone', async () => {
    const world = await createTalker()
    const asked = world.chat.ask(world.actor, { message: 'go', clientId: 'tab' }, request)
    asked.catch(() => undefined)
    await world.begun
    await world.gold(`update chat_messages set status = 'failed' where workspace_id = $1 and status = 'running'`)
    world.say('Whole.')
    world.end()
    await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: 2 })
  })
})
