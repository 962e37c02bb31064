import { expect, it } from 'vitest'
import type { Database } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { AnswerCompanion } from './answer-companion.ts'
import { answered, createChatWorld, gate } from './chat.testing.ts'

const request = { requestId: 'test' }

interface Options {
  /** The model answers when it is open. */
  opened?: Promise<void>
  runningPerActor?: number
  companions?: AnswerCompanion[]
}

/** A chat whose model notes whether the question was stored when it was asked, and what became of that. */
async function createWorld({ opened = Promise.resolve(), companions = [], ...limits }: Options = {}) {
  const notes: string[] = []
  const world = await createChatWorld(() => answered('The planner.'), {
    limits,
    companions,
    model: {
      isConfigured: () => true,
      async answer({ agent, message, stored, context, recalled }) {
        await recalled?.()
        // What is settled already comes first; whatever has to come from the database does not.
        const standing = await Promise.race([
          stored?.then(() => 'stored'),
          Promise.resolve()
            .then(() => undefined)
            .then(() => 'early'),
        ])
        notes.push(`${message}: ${standing}`)
        await opened
        await stored?.catch(() => notes.push(`${message}: lost, ${context.signal.aborted ? 'given up' : 'goes on'}`))
        return { agent, text: 'The model.', parts: [], citations: [], coverage: null, usage: { inputTokens: 0, outputTokens: 0, costUsd: '0' } }
      },
    },
  })
  return { ...world, notes }
}

it('asks the model while the question is being stored, where it is for a model alone', async () => {
  const { chat, actor, notes } = await createWorld()
  const { sessionId, text } = await chat.ask(actor, { message: '/creative a slogan' }, request)
  expect(text).toBe('The model.')
  expect((await chat.ask(actor, { message: '/creative another', sessionId }, request)).text).toBe('The model.')
  expect((await chat.ask(actor, { message: 'how many contacts?' }, request)).text).toBe('The planner.')
  expect(notes).toEqual(['a slogan: early', 'another: early'])
})

it.each([
  ['/creative a slogan', 'model'],
  ['how many contacts?', 'planner'],
])('tells at the end of the stream who answered %s', async (message, answeredBy) => {
  const { chat, actor } = await createWorld()
  const stream = await chat.stream(actor, { message }, request)
  let last: unknown
  for await (const chunk of stream as unknown as AsyncIterable<unknown>) last = chunk
  expect(last).toMatchObject({ type: 'finish', messageMetadata: { answeredBy, status: 'done' } })
})

it('asks later for a question that had to wait for its turn', async () => {
  const { opened, open } = gate()
  const { chat, actor, notes } = await createWorld({ opened, runningPerActor: 1 })
  const first = chat.ask(actor, { message: '/creative one' }, request)
  const second = chat.ask(actor, { message: '/creative two' }, request)
  await expect.poll(() => notes).toEqual(['one: early'])
  open()
  await Promise.all([first, second])
  expect(notes).toEqual(['one: early', 'two: stored'])
})

it('asks no model what is for somebody else', async () => {
  const memory: AnswerCompanion = {
    intercept: (_actor, message) => (message.includes('remember') ? async () => ({ text: 'Remembered.', parts: [] }) : undefined),
  }
  const { chat, actor, notes } = await createWorld({ companions: [memory] })
  expect((await chat.ask(actor, { message: 'remember my code', agent: 'creative' }, request)).text).toBe('Remembered.')
  expect(notes).toEqual([])
})

it('gives the model up when the question cannot be stored', async () => {
  const { chat, actor, notes, database } = await createWorld()
  const transaction: Database['transaction'] = database.transaction
  const lost = new AppError('UNAVAILABLE', 'The database is away.')
  database.transaction = async (who, work, options) => {
    const result = await transaction(who, work, options)
    if (options?.readOnly !== true) throw lost
    return result
  }
  await expect(chat.ask(actor, { message: '/creative a slogan' }, request)).rejects.toBe(lost)
  database.transaction = transaction
  await expect.poll(() => notes).toEqual(['a slogan: early', 'a slogan: lost, given up'])
})

it('reads once what the model needs, and nothing for others', async () => {
  const read: string[] = []
  const memory: AnswerCompanion = {
    async recall(_actor, message) {
      read.push(message)
      return []
    },
  }
  const { chat, actor, notes } = await createWorld({ companions: [memory] })
  await chat.ask(actor, { message: '/creative a slogan' }, request)
  await chat.ask(actor, { message: 'how many contacts?' }, request)
  expect(read).toEqual(['/creative a slogan'])
  expect(notes).toEqual(['a slogan: early'])
})
