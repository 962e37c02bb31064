import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import type { PlannerMemory } from '#backend/modules/agents/index.ts'
import type { TranscriptLine } from '#contracts/chat.ts'
import { answered, createChatWorld, gate } from './chat.testing.ts'
import { createRecovery } from './recovery.ts'
import { restoreSession } from './restore-session.ts'
import { questionLine } from './transcript-lines.ts'
import { createTranscripts } from './transcripts.ts'

const request = { requestId: 'r' }

describe('after a restart', () => {
  it('answers left running are marked as failed with a sentence, and can be asked again', async () => {
    const held = gate()
    const world = await createChatWorld(async () => {
      await held.opened
      return answered('never stored')
    })
    const stream = await world.chat.stream(world.actor, { message: 'go', clientId: 'tab' }, request)
    const next = world.restart(() => answered('now'))
    expect(await next.failInterrupted([world.workspaceId])).toBe(1)
    expect(await world.gold("select status, text, parts from chat_messages where workspace_id = $1 and role = 'assistant'")).toEqual([
      {
        status: 'failed',
        text: 'This answer was interrupted before it was finished. Ask again.',
        parts: [{ type: 'text', text: 'This answer was interrupted before it was finished. Ask again.' }],
      },
    ])
    expect((await next.ask(world.actor, { message: 'go', clientId: 'tab' }, request)).text).toBe('now')
    held.open()
    expect((await Array.fromAsync(stream)).at(-1)).toEqual({ type: 'error', errorText: 'This answer was interrupted before it was finished. Ask again.' })
    expect(await next.failInterrupted([world.workspaceId])).toBe(0)
  })

  it('a session is not held up by an answer of a process that died', async () => {
    const world = await createChatWorld(() => answered('now'), { limits: { maxAnswerMs: 60_000 } })
    const { sessionId } = await world.chat.ask(world.actor, { message: 'first' }, request)
    await world.gold(
      `insert into chat_messages (workspace_id, id, session_id, role, status, metadata, created_at)
       values ($1, $2, $3, 'assistant', 'running', jsonb_build_object('runner', 'dead'), now())`,
      [world.workspaceId, newId(), sessionId],
    )
    expect((await world.chat.ask(world.actor, { message: 'second', sessionId }, request)).text).toBe('now')
    expect(await world.gold("select count(*)::int as failed from chat_messages where workspace_id = $1 and status = 'failed'")).toEqual([{ failed: 1 }])
  })

  it('an answer of a process that died is failed for whoever looks for it', async () => {
    const world = await createChatWorld(() => answered('now'))
    const { sessionId } = await world.chat.ask(world.actor, { message: 'first' }, request)
    await world.gold(
      `insert into chat_messages (workspace_id, id, session_id, role, status, metadata, created_at)
       values ($1, $2, $3, 'assistant', 'running', jsonb_build_object('runner', 'dead'), now())`,
      [world.workspaceId, newId(), sessionId],
    )
    expect(await world.chat.follow(world.actor, sessionId)).toBeUndefined()
    const { items } = await world.chat.sessions.messages(world.actor, sessionId, { limit: 10, branch: 'all' })
    expect(items.at(-1)).toMatchObject({ status: 'failed', text: expect.stringContaining('Ask again.'), metadata: { interrupted: true } })
    expect(await world.chat.repairTranscripts([world.workspaceId])).toBe(0)
  })

  it('an answer of a process that died is failed when nobody looks for it, too', async () => {
    const world = await createChatWorld(() => answered('now'), { limits: { sweepMs: 20 } })
    const { sessionId } = await world.chat.ask(world.actor, { message: 'first' }, request)
    await world.gold(
      `insert into chat_messages (workspace_id, id, session_id, role, status, metadata, created_at)
       values ($1, $2, $3, 'assistant', 'running', jsonb_build_object('runner', 'dead'), now())`,
      [world.workspaceId, newId(), sessionId],
    )
    world.chat.start()
    const failed = () => world.gold("select count(*)::int as failed from chat_messages where workspace_id = $1 and status = 'failed'")
    await expect.poll(failed, { timeout: 10_000 }).toEqual([{ failed: 1 }])
  })

  it('transcripts are completed from the database where a line is missing or torn', async () => {
    const world = await createChatWorld((message) => answered(`re ${message}`))
    const ids: string[] = []
    for (const message of ['a', 'b', 'c', 'd']) ids.push((await world.chat.ask(world.actor, { message }, request)).sessionId)
    const [gone, torn, holed, good] = ids.map((id) => join(world.folder, `${id}.jsonl`)) as [string, string, string, string]
    const before = await Promise.all([gone, torn, holed, good].map((path) => readFile(path, 'utf8')))
    // The database keeps the keys of an object in an order of its own.
    const parsed = (texts: readonly string[]) =>
      texts.map((text) =>
        text
          .trimEnd()
          .split('\n')
          .map((line): unknown => JSON.parse(line)),
      )
    await rm(gone)
    await writeFile(torn, before[1]?.slice(0, -30) ?? '')
    await writeFile(holed, before[2]?.split('\n').toSpliced(1, 1).join('\n') ?? '')
    const next = world.restart()
    expect(await next.repairTranscripts([world.workspaceId])).toBe(3)
    expect(parsed(await Promise.all([gone, torn, holed, good].map((path) => readFile(path, 'utf8'))))).toEqual(parsed(before))
    expect(await next.repairTranscripts([world.workspaceId])).toBe(0)
  })

  it('so are those of more conversations than are looked at together', async () => {
    const world = await createChatWorld((message) => answered(`re ${message}`))
    const { sessionId } = await world.chat.ask(world.actor, { message: 'a' }, request)
    await world.gold(
      `insert into chat_sessions (workspace_id, id, actor_id, title, memory, created_at, updated_at)
       select workspace_id, gen_random_uuid(), actor_id, title, memory, created_at, updated_at from chat_sessions, generate_series(1, 230)
       where workspace_id = $1 and id = $2`,
      [world.workspaceId, sessionId],
    )
    const next = world.restart()
    expect(await next.repairTranscripts([world.workspaceId])).toBe(230)
    await rm(join(world.folder, `${sessionId}.jsonl`))
    expect(await next.repairTranscripts([world.workspaceId])).toBe(1)
    expect(await readFile(join(world.folder, `${sessionId}.jsonl`), 'utf8')).toContain('re a')
  })

  it('only the transcripts used since the last look are looked at', async () => {
    const world = await createChatWorld((message) => answered(`re ${message}`))
    const [old, used] = [
      (await world.chat.ask(world.actor, { message: 'a' }, request)).sessionId,
      (await world.chat.ask(world.actor, { message: 'b' }, request)).sessionId,
    ]
    await world.gold("update chat_sessions set updated_at = updated_at - interval '2 days' where workspace_id = $1 and id = $2", [world.workspaceId, old])
    expect(await world.restart().repairTranscripts([world.workspaceId])).toBe(0)
    for (const id of [old, used]) await rm(join(world.folder, `${id}.jsonl`))
    expect(await world.restart().repairTranscripts([world.workspaceId])).toBe(1)
    expect(await readFile(join(world.folder, `${used}.jsonl`), 'utf8')).toContain('re b')
    await rm(join(world.folder, '.checked-until'))
    expect(await world.restart().repairTranscripts([world.workspaceId])).toBe(1)
  })
})

describe('a process that ends while it looks at transcripts', () => {
  it('stops there, and leaves the rest to the next start without an error', async () => {
    const world = await createChatWorld((message) => answered(`re ${message}`))
    for (const message of ['a', 'b', 'c']) await world.chat.ask(world.actor, { message }, request)
    const closing = new AbortController()
    const looked: string[] = []
    const written: Date[] = []
    const logged: string[] = []
    const log = (_fields: unknown, text: string) => void logged.push(text)
    const recovery = createRecovery({
      database: world.database,
      interrupted: { end: async () => [], endAll: async () => 0, start: () => undefined, close: () => undefined },
      runnerPrefix: 'here/',
      transcripts: {
        ...createTranscripts(world.folder),
        async inspect(sessionId) {
          looked.push(sessionId)
          closing.abort()
          throw new Error('Cannot use a pool after calling end on the pool')
        },
      },
      checkedUntil: { read: async () => undefined, write: async (at) => void written.push(at) },
      wasAnybodyErased: async () => false,
      closing: closing.signal,
      clock: { now: () => new Date() },
      logger: { info: log, warn: log, error: log } as never,
    })
    expect(await recovery.repairTranscripts([world.workspaceId])).toBe(0)
    expect(looked).toHaveLength(1)
    expect([written, logged]).toEqual([[], []])
  })
})

describe('restoreSession', () => {
  async function talk() {
    const memory = { query: { entity: 'contacts' } } as unknown as PlannerMemory
    const previous: unknown[] = []
    const world = await createChatWorld((message, context) => {
      previous.push(context.previous)
      return answered(`re ${message}`, {
        memory,
        parts: [{ type: 'data-metric', data: { label: 'Contacts', value: 3 } }],
        coverage: { matched: 3, shown: 3, asOf: '2026-11-20T15:00:00.000Z' },
      })
    })
    const { sessionId } = await world.chat.ask(world.actor, { message: 'one' }, request)
    await world.chat.ask(world.actor, { message: '/sales two', sessionId }, request)
    await world.chat.sessions.change(world.actor, sessionId, { title: 'Named', agent: 'sales', memory: false })
    const path = join(world.folder, `${sessionId}.jsonl`)
    const state = async () => ({
      session: await world.chat.sessions.get(world.actor, sessionId),
      messages: (await world.chat.sessions.messages(world.actor, sessionId, { limit: 50 })).items,
      plan: (await world.gold('select plan from chat_sessions where workspace_id = $1'))[0],
    })
    return { world, sessionId, path, state, previous, memory }
  }

  it('brings a session back as it was', async () => {
    const { world, sessionId, path, state, previous, memory } = await talk()
    const before = await state()
    const transcript = await readFile(path, 'utf8')
    await world.chat.sessions.delete(world.actor, sessionId)
    await writeFile(path, transcript)
    expect(await restoreSession(world.database, world.actor, path)).toEqual({ sessionId, restored: 4 })
    expect(await state()).toEqual(before)
    await world.chat.ask(world.actor, { message: 'three', sessionId }, request)
    expect(previous).toEqual([undefined, memory, memory])
    expect(await restoreSession(world.database, world.actor, path)).toEqual({ sessionId, restored: 0 })
  })

  it('leaves out a torn last line, and takes no other broken one', async () => {
    const { world, sessionId, path } = await talk()
    await world.chat.sessions.delete(world.actor, sessionId)
    await appendFile(path, '')
    const lines = [
      {
        timestamp: '2026-11-20T15:00:00.000Z',
        type: 'session',
        content: 'T',
        metadata: {
          id: sessionId,
          workspaceId: world.workspaceId,
          actorId: world.actor.userId,
          status: 'active',
          agent: null,
          memory: true,
          createdAt: '2026-11-20T15:00:00.000Z',
        },
      },
      { timestamp: '2026-11-20T15:00:00.000Z', type: 'user', content: 'hi', metadata: { id: newId() } },
    ].map((line) => JSON.stringify(line))
    await writeFile(path, `${lines.join('\n')}\n{"timestamp":"20`)
    expect(await restoreSession(world.database, world.actor, path)).toEqual({ sessionId, restored: 1 })
    await writeFile(path, `${lines[0]}\n{"timest\n${lines[1]}\n`)
    await expect(restoreSession(world.database, world.actor, path)).rejects.toThrow('Line 2 of the transcript cannot be read.')
    await writeFile(path, 'name,email\n')
    await expect(restoreSession(world.database, world.actor, path)).rejects.toThrow('not a transcript')
    await expect(restoreSession(world.database, world.actor, join(world.folder, 'none.jsonl'))).rejects.toThrow('not a transcript')
  })

  it('is for the session’s own person, or an administrator', async () => {
    const { world, path, sessionId } = await talk()
    await expect(restoreSession(world.database, await world.member('rep'), path)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await restoreSession(world.database, await world.member('admin'), path)).toEqual({ sessionId, restored: 0 })
    await expect(restoreSession(world.database, { ...world.actor, workspaceId: newId() }, path)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('transcripts of a server that is one of several', () => {
  it('are written anew when a person was erased at another one', async () => {
    const world = await createChatWorld((message) => answered(`re ${message}`))
    const { sessionId } = await world.chat.ask(world.actor, { message: 'Who is Ada Lovelace?' }, request)
    const path = join(world.folder, `${sessionId}.jsonl`)
    expect(await world.chat.repairTranscripts([world.workspaceId])).toBe(0)
    // What the other server does: the database forgets her, and its own files.
    await world.gold(
      `update chat_messages set text = replace(text, 'Ada Lovelace', '[erased]'), parts = replace(parts::text, 'Ada Lovelace', '[erased]')::jsonb where workspace_id = $1`,
    )
    await world.gold(`update chat_sessions set title = replace(title, 'Ada Lovelace', '[erased]') where workspace_id = $1`)
    expect(await readFile(path, 'utf8')).toContain('Ada Lovelace')
    await world.gold(
      `insert into erasure_certificates (workspace_id, id, subject_hash, erased_at, certificate) values ($1, $2, 'x', '2026-11-20T15:00:01Z', '{}')`,
      [world.workspaceId, newId()],
    )
    await world.restart().repairTranscripts([world.workspaceId])
    const text = await readFile(path, 'utf8')
    expect(text).toContain('Who is [erased]?')
    expect(text).not.toContain('Ada Lovelace')
  })

  it('a line that was on its way when its transcript was written anew stands in it once', async () => {
    const world = await createChatWorld(() => answered('now'))
    const transcripts = createTranscripts(world.folder)
    const session = newId()
    const [first, second] = [newId(), newId()].map((id) => questionLine({ id, text: 'go', createdAt: '2026-11-20T10:00:00.000Z', parentId: null }))
    if (first === undefined || second === undefined) throw new Error('Two lines were made.')
    async function* stored() {
      yield first as TranscriptLine
    }
    await transcripts.replace(session, stored())
    await transcripts.append(session, [first])
    await transcripts.append(session, [second])
    const lines = (await readFile(join(world.folder, `${session}.jsonl`), 'utf8')).trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as TranscriptLine).metadata.id)).toEqual([first.metadata.id, second.metadata.id])
  })
})
