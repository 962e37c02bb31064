import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import type { ChatMessage } from '#contracts/chat.ts'
import { createTestWorkspace, type TestWorkspace } from '../harness.ts'
import { type Heard, listen, nothingHeard, type StreamsProcess, startStreams } from './streams-process.ts'
import { wordsOf } from './streams-words.ts'

/** `STREAM_KILL_ROUNDS=50` is what a release is tried with. */
const rounds = Number(process.env.STREAM_KILL_ROUNDS ?? 1)
const talkers = 3
const holdMs = 2000
const patience = { timeout: 30_000, interval: 50 }

let workspace: TestWorkspace
let folder: string
const started: StreamsProcess[] = []

beforeAll(async () => {
  workspace = await createTestWorkspace()
  folder = await mkdtemp(join(tmpdir(), 'chatsg-streams-'))
})
afterAll(async () => {
  for (const each of started) await each.kill()
  await rm(folder, { recursive: true, force: true })
})

async function start(name: string, paceMs = 20): Promise<StreamsProcess> {
  const { actor } = workspace
  const task = { connectionString: inject('applicationUrl'), actor, paceMs, sessionsFolder: join(folder, name), limits: { holdMs, sweepMs: 1000 } }
  const streams = await startStreams(task)
  started.push(streams)
  return streams
}

async function history(streams: StreamsProcess, sessionId: string): Promise<ChatMessage[]> {
  const response = await streams.get(`/api/sessions/${sessionId}/messages?limit=200`)
  return ((await response.json()) as { items: ChatMessage[] }).items
}

/** Follows a session's answer from its beginning; undefined when none runs. */
async function follow(streams: StreamsProcess, sessionId: string, heard = nothingHeard()): Promise<Heard | undefined> {
  const response = await streams.get(`/api/chat/stream/${sessionId}`)
  return response.status === 204 ? undefined : await listen(response, heard)
}

describe('two processes on one database', () => {
  let here: StreamsProcess
  let there: StreamsProcess

  beforeAll(async () => {
    ;[here, there] = await Promise.all([start('here'), start('there')])
  }, 60_000)

  it('tell the same answer whole, to whoever comes back to either of them, however often', { timeout: 60_000 }, async () => {
    const question = '120 words, please'
    const whole = wordsOf(question).join('')
    const heard = nothingHeard()
    const first = listen(await here.post('/api/chat/stream', { message: question }), heard)
    await vi.waitFor(() => expect(heard.text).toContain('word20'), patience)
    const left = new AbortController()
    const gone = await fetch(`${there.url}/api/chat/stream/${heard.sessionId}`, { headers: { authorization: 'Bearer anybody' }, signal: left.signal })
    await gone.body?.getReader().read()
    left.abort()
    const [refreshed, second, atHome] = [follow(there, heard.sessionId), follow(there, heard.sessionId), follow(here, heard.sessionId)]
    for (const told of await Promise.all([first, refreshed, second, atHome])) {
      expect(told).toMatchObject({ text: whole, starts: 1, end: 'finish', messageId: heard.messageId })
    }
    expect(await follow(there, heard.sessionId)).toBeUndefined()
    expect((await history(there, heard.sessionId)).map(({ text, status }) => [text, status])).toEqual([
      [question, 'done'],
      [whole, 'done'],
    ])
  })

  it('stop an answer of the other, after it was picked up again, and keep all it has said', { timeout: 60_000 }, async () => {
    const heard = nothingHeard()
    const first = listen(await here.post('/api/chat/stream', { message: '2000 words, please' }), heard)
    await vi.waitFor(() => expect(heard.text).toContain('word10'), patience)
    const resumed = nothingHeard()
    const following = follow(there, heard.sessionId, resumed)
    await vi.waitFor(() => expect(resumed.text).toContain('word20'), patience)
    const stopped = await there.post('/api/chat/stop', { sessionId: heard.sessionId })
    expect(await stopped.json()).toEqual({ stopped: true })
    const [{ text }, followed] = await Promise.all([first, following])
    expect(heard.end).toBe('abort')
    expect(followed).toMatchObject({ end: 'abort', text })
    expect((await history(there, heard.sessionId)).at(-1)).toMatchObject({ status: 'stopped', text })
    expect(wordsOf('2000').join('').startsWith(text)).toBe(true)
    const on = await there.post('/api/chat', { message: '3 words', sessionId: heard.sessionId })
    expect(await on.json()).toMatchObject({ text: wordsOf('3').join('') })
  })
})

describe('a process that is killed while it answers', () => {
  it(`leaves conversations that lose nothing acknowledged and go on elsewhere, ${rounds} times`, { timeout: 60_000 + rounds * 60_000 }, async () => {
    const survivor = await start('survivor')
    let next = start('victim')
    const lost: number[] = []
    const waits: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const victim = await next
      const questions = Array.from({ length: talkers }, (_, talker) => `${talker === 0 ? 8 : 400} words for talker ${talker} in round ${round}`)
      const heard = questions.map(() => nothingHeard())
      const talks = questions.map(async (message, talker) => {
        const told = heard[talker] as Heard
        await listen(await victim.post('/api/chat/stream', { message }), told)
      })
      await vi.waitFor(() => expect(heard.every(({ starts }) => starts === 1)).toBe(true), patience)
      const followed = nothingHeard()
      const following = follow(survivor, heard[1]?.sessionId ?? '', followed)
      // Spread over the beginning, the first signs and the middle of the answers.
      await sleep((round * 137) % 1500)
      await victim.kill()
      const killedAt = performance.now()
      const followedFor = following.then(() => performance.now() - killedAt)
      next = start('victim')
      // The replacement uses the same folder, and may be the one that ends what was left behind.
      if (round % 2 === 0) await next
      await Promise.all(talks)
      waits.push(await followedFor)
      for (const [talker, question] of questions.entries()) {
        const { sessionId, messageId, text, end } = heard[talker] as Heard
        const whole = wordsOf(question).join('')
        const resumed = await follow(survivor, sessionId)
        if (resumed !== undefined) expect(resumed).toMatchObject({ starts: 1, messageId, end: 'error' })
        const [asked, answer, ...more] = await history(survivor, sessionId)
        expect(more).toEqual([])
        expect(asked).toMatchObject({ text: question, status: 'done' })
        expect(answer).toMatchObject({ id: messageId })
        if (end === 'finish') expect(answer).toMatchObject({ status: 'done', text: whole })
        else if (answer?.status !== 'done') {
          expect(answer).toMatchObject({ status: 'failed', metadata: { interrupted: true } })
          const kept = answer?.text.replace(/\n*This answer was interrupted before it was finished\. Ask again\.$/, '') ?? ''
          expect(whole.startsWith(kept)).toBe(true)
          expect(whole.startsWith(text)).toBe(true)
          lost.push(Math.max(0, text.length - kept.length))
          if (resumed !== undefined) expect(resumed.text).toBe(kept)
        }
        const on = await survivor.post('/api/chat', { message: '3 words', sessionId })
        expect(await on.json()).toMatchObject({ text: wordsOf('3').join('') })
        expect((await history(survivor, sessionId)).map(({ status }) => status)).not.toContain('running')
      }
      if (followed.end !== 'cut') expect(['error', 'finish']).toContain(followed.end)
      expect(followed.starts).toBeLessThanOrEqual(1)
    }
    await (await next).kill()
    expect(await workspace.gold('select * from answer_chunks where workspace_id = $1')).toEqual([])
    const [{ running = -1 } = {}] = await workspace.gold<{ running: number }>(
      "select count(*)::int as running from chat_messages where workspace_id = $1 and status = 'running'",
    )
    expect(running).toBe(0)
    if (rounds > 10)
      process.stdout.write(
        `${JSON.stringify({ rounds, interrupted: lost.length, mostCharactersLost: Math.max(...lost), longestWaitMs: Math.max(...waits) })}\n`,
      )
  })
})
