import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it, vi } from 'vitest'
import type { ChatMessage } from '#contracts/chat.ts'
import { textOf } from '../fakes/model/reply.ts'
import { type FakeModel, startFakeModel } from '../fakes/model/server.ts'
import { removeFolder, scratchFolder } from '../server-process.ts'
import { type Heard, listen, nothingHeard } from './streams-process.ts'
import { wordsOf } from './streams-words.ts'
import { startTwoWorkers, type TwoWorkers, victimOf } from './two-workers.ts'

/** `STREAM_WORKER_KILLS=50` for the whole figure. */
const kills = Number(process.env.STREAM_WORKER_KILLS ?? 2)
/** Words of the answers that are being written when something is killed: some short, some that outlive it. */
const lengths = [15, 60, 120, 200]
const paceMs = 15
const patience = { timeout: 30_000, interval: 50 }

interface Talk {
  question: string
  whole: string
  heard: Heard
}

let site: TwoWorkers | undefined
let model: FakeModel
let folder: string
afterEach(async () => {
  await site?.remove()
  await model.close()
  await removeFolder(folder)
})

const countIn = (text: string) => /(\d+) words/.exec(text)?.[1] ?? '1'
const wholeOf = (question: string) => wordsOf(countIn(question)).join('')

async function ask({ fetch }: TwoWorkers, talk: Talk, sessionId?: string): Promise<void> {
  const body = { message: `/creative ${talk.question}`, ...(sessionId === undefined ? {} : { sessionId }) }
  await listen(await fetch('/api/chat/stream', { method: 'POST', body: JSON.stringify(body) }), talk.heard)
}

/** Follows a session's answer from its beginning to its end, however often it is cut off; undefined when none runs. */
async function follow({ fetch }: TwoWorkers, sessionId: string): Promise<Heard | undefined> {
  for (;;) {
    const response = await fetch(`/api/chat/stream/${sessionId}`)
    if (response.status === 204) return undefined
    const heard = await listen(response, nothingHeard())
    if (heard.end !== 'cut') return heard
  }
}

async function history({ fetch }: TwoWorkers, sessionId: string): Promise<ChatMessage[]> {
  return ((await (await fetch(`/api/sessions/${sessionId}/messages?limit=200`)).json()) as { items: ChatMessage[] }).items
}

it(`ends every stream and loses nothing acknowledged, when a worker or everything is killed ${kills} times while answers are read`, {
  timeout: 120_000 + kills * 60_000,
}, async () => {
  folder = await scratchFolder()
  model = await startFakeModel({
    script: ({ messages }) => ({ text: wholeOf(textOf(messages.findLast(({ role }) => role === 'user') ?? { role: 'user' })), pieceMs: paceMs }),
  })
  site = await startTwoWorkers(folder, { OPENAI_API_KEY: 'sk-kill-test-key-kill-test-key', OPENAI_BASE_URL: model.url })
  const { fetch } = site
  const figures = { answers: 0, heardWhole: 0, wentOn: 0, interrupted: 0, mostCharactersLost: 0 }

  async function check({ question, whole, heard }: Talk, resumed: Heard | undefined): Promise<void> {
    const { sessionId, messageId, text, end } = heard
    const [asked, answer, ...more] = await history(site as TwoWorkers, sessionId)
    expect(more).toEqual([])
    expect(asked).toMatchObject({ text: `/creative ${question}`, status: 'done' })
    expect(answer).toMatchObject({ id: messageId })
    if (resumed !== undefined) expect(resumed).toMatchObject({ starts: 1, messageId })
    expect(whole.startsWith(text), text).toBe(true)
    figures.answers += 1
    if (end === 'finish') figures.heardWhole += 1
    if (end === 'finish' || answer?.status === 'done') {
      expect(answer).toMatchObject({ status: 'done', text: whole })
      if (end !== 'finish') figures.wentOn += 1
      return
    }
    expect(answer).toMatchObject({ status: 'failed', metadata: { interrupted: true } })
    const kept = answer?.text.replace(/\n*This answer was interrupted before it was finished\. Ask again\.$/, '') ?? ''
    expect(whole.startsWith(kept), kept).toBe(true)
    if (resumed !== undefined) expect(resumed).toMatchObject({ end: 'error', text: kept })
    figures.interrupted += 1
    figures.mostCharactersLost = Math.max(figures.mostCharactersLost, text.length - kept.length)
  }

  for (let kill = 0; kill < kills; kill++) {
    const talks = lengths.map((count, talker) => {
      const question = `${count} words for talker ${talker} before kill ${kill}`
      return { question, whole: wholeOf(question), heard: nothingHeard() }
    })
    const asking = Promise.all(talks.map((talk) => ask(site as TwoWorkers, talk)))
    await vi.waitFor(() => expect(talks.every(({ heard }) => heard.starts === 1)).toBe(true), patience)
    await sleep(Math.random() * 1500)
    const victim = victimOf(kill)
    await site.kill(victim)
    // Where one worker is left, it serves at once.
    if (victim === 'everything') await site.mend()
    const resuming = Promise.all(talks.map(({ heard }) => follow(site as TwoWorkers, heard.sessionId)))
    await asking
    const resumed = await resuming
    for (const [talker, talk] of talks.entries()) await check(talk, resumed[talker])
    // Each conversation goes on.
    await Promise.all(
      talks.map(async ({ heard: { sessionId } }) => {
        const on = { question: '3 words', whole: wholeOf('3 words'), heard: nothingHeard() }
        await ask(site as TwoWorkers, on, sessionId)
        expect(on.heard).toMatchObject({ end: 'finish', starts: 1, text: on.whole })
        expect((await history(site as TwoWorkers, sessionId)).map(({ status }) => status)).not.toContain('running')
      }),
    )
    await site.mend()
  }
  expect(figures.answers).toBe(kills * lengths.length)
  expect((await fetch('/api/health?check=readiness')).status).toBe(200)
  expect(await site.stop()).toBe(0)
  if (kills > 10) process.stdout.write(`${JSON.stringify({ kills, ...figures })}\n`)
})
