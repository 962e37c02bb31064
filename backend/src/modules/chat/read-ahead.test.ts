import { expect, it } from 'vitest'
import { AppError } from '#backend/kernel/errors.ts'
import type { ModelRunner } from '#backend/modules/agents/index.ts'
import { answered, createChatWorld, gate } from './chat.testing.ts'

const rules = { confidential: { isEmpty: true } } as unknown as Awaited<ReturnType<NonNullable<ModelRunner['prepare']>>>
const request = { requestId: 'test' }

/** A chat whose model tells what it was given: what is remembered, and whether its rules were read before. */
async function createWorld(
  prepare: ModelRunner['prepare'],
  { opened = Promise.resolve(), ...limits }: { opened?: Promise<void>; runningPerActor?: number } = {},
) {
  const reads: string[] = []
  const world = await createChatWorld(() => answered('The planner.'), {
    limits,
    companions: [
      {
        async recall(_actor, message) {
          reads.push(message)
          return [`recalled ${message.length}`]
        },
      },
    ],
    model: {
      isConfigured: () => true,
      ...(prepare === undefined ? {} : { prepare }),
      async answer({ agent, recalled, rules: read }) {
        await opened
        const text = `${(await recalled?.())?.join()} ${read === undefined ? 'later' : (await read) === rules}`
        return { agent, text, parts: [], citations: [], coverage: null, usage: { inputTokens: 0, outputTokens: 0, costUsd: '0' } }
      },
    },
  })
  return { ...world, reads }
}

it('reads what a model needs once, before its turn, for questions that are for it alone', async () => {
  const { chat, actor, reads } = await createWorld(async () => rules)
  expect((await chat.ask(actor, { message: '/creative a slogan' }, request)).text).toBe('recalled 18 true')
  expect(reads).toEqual(['/creative a slogan'])
  expect((await chat.ask(actor, { message: 'how many contacts?' }, request)).text).toBe('The planner.')
  expect(reads).toHaveLength(1)
})

it('reads afresh for a question that had to wait for its turn', async () => {
  const { opened, open } = gate()
  const { chat, actor, reads } = await createWorld(async () => rules, { opened, runningPerActor: 1 })
  const first = chat.ask(actor, { message: '/creative one' }, request)
  const second = chat.ask(actor, { message: '/creative second' }, request)
  await expect.poll(() => reads).toEqual(['/creative one'])
  open()
  expect([(await first).text, (await second).text]).toEqual(['recalled 13 true', 'recalled 16 later'])
})

it('fails the answer, not the process, when it cannot be read', async () => {
  const { chat, actor } = await createWorld(async () => Promise.reject(new AppError('UNAVAILABLE', 'The database is away.')))
  await expect(chat.ask(actor, { message: '/creative a slogan' }, request)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})
