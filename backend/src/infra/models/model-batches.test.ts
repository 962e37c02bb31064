import { LLMock } from '@copilotkit/aimock'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parseConfig } from '#backend/config/index.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import { startFakeBatches } from '../../../test/fakes/model/batches.ts'
import { createCaller } from '../../../test/models.ts'
import { createModelBatches, type ModelBatches } from './model-batches.ts'
import type { ModelCall, ModelExchange } from './model-call.ts'

const key = 'sk-secret-of-the-test'
const { signal } = new AbortController()
const since = new Date('2026-11-22T10:00:00Z')
const messages = [
  { role: 'system', content: 'Answer with JSON.' },
  { role: 'user', content: 'Grüße' },
] as const

function createBatches(env: Record<string, string>) {
  const calls: ModelCall[] = []
  const exchanges: ModelExchange[] = []
  const reserved: (string | null)[] = []
  const ledger = {
    reserve: async (_: unknown, usd: string | null) => {
      reserved.push(usd)
      return () => undefined
    },
    note: (call: ModelCall) => void calls.push(call),
    keep: (exchange: ModelExchange) => void exchanges.push(exchange),
  }
  const clock = createClock('2026-11-22T12:00:00Z')
  const batches = createModelBatches(parseConfig({ OPENAI_API_KEY: key, ...env }).models, { agent: 'memory', ledger, clock }) as ModelBatches
  return { batches, calls, exchanges, reserved }
}

async function createWorld(env: Record<string, string> = {}) {
  const provider = await startFakeBatches({ key })
  onTestFinished(() => provider.close())
  const world = createBatches({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'gpt-4o', ...env })
  const ask = async (ids: string[], batchId = newId()) => {
    const calls = ids.map((id) => ({ id, messages }))
    const fileId = await world.batches.upload(batchId, 'gpt-4o', calls, signal)
    return { batchId, fileId, remoteId: await world.batches.create(batchId, fileId, signal) }
  }
  return { provider, ask, ...world }
}

const ended = async (batches: ModelBatches, remoteId: string) => {
  const came = await batches.look(remoteId, signal)
  if (typeof came === 'string') throw new Error(`The batch is ${came}.`)
  return came
}

describe('a batch', () => {
  it('is asked, found again by our id, takes its time, is answered, and leaves no file behind', async () => {
    const { provider, batches, ask } = await createWorld()
    const { batchId, remoteId } = await ask(['a', 'b'])
    expect(provider.batches).toMatchObject([{ id: remoteId, status: 'in_progress', metadata: { chatsg_id: batchId } }])
    const [batch] = provider.batches
    expect(batch && provider.linesOf(batch)).toMatchObject([
      { custom_id: 'a', body: { model: 'gpt-4o', messages, max_completion_tokens: 2000 } },
      { custom_id: 'b' },
    ])
    expect(await batches.look(remoteId, signal)).toBe('running')
    expect(await batches.find(batchId, new Date(), signal)).toBe(remoteId)
    expect(await batches.find(newId(), new Date(), signal)).toBeUndefined()
    provider.work(({ custom_id: id }) => ({ text: `answer to ${id}` }))
    const { status, answers, files } = await ended(batches, remoteId)
    expect(status).toBe('completed')
    expect(Object.fromEntries(answers)).toEqual({
      a: { text: 'answer to a', tokens: { input: 200, cached: 0, output: 20 } },
      b: { text: 'answer to b', tokens: { input: 200, cached: 0, output: 20 } },
    })
    expect(provider.files.size).toBe(2)
    await batches.removeFiles(files, signal)
    await batches.removeFiles(files, signal)
    expect(provider.files.size).toBe(0)
    expect(await batches.look('batch-unknown', signal)).toBe('gone')
  })

  it('is told line by line: errors, nonsense and what was not asked in time are no answers', async () => {
    const { provider, batches, ask } = await createWorld()
    const { remoteId } = await ask(['text', 'error', 'cut', 'late', 'strange', 'silent'])
    const replies = [
      { text: 'yes', usage: null },
      { status: 400 },
      { raw: '{"custom_id":"cut","resp' },
      undefined,
      { raw: '{"custom_id":"strange"}' },
      { raw: '' },
    ]
    provider.work((_, index) => replies[index], 'expired')
    const { status, answers } = await ended(batches, remoteId)
    expect(status).toBe('expired')
    expect(Object.fromEntries(answers)).toEqual({
      text: { text: 'yes', tokens: undefined },
      error: { text: null, tokens: undefined },
      strange: { text: null, tokens: undefined },
    })
  })

  it('that fails as a whole tells why in a word, and nothing else of what the provider says', async () => {
    const { provider, batches, ask } = await createWorld()
    const { remoteId } = await ask(['a'])
    provider.work(() => undefined, 'failed')
    expect(await ended(batches, remoteId)).toMatchObject({ status: 'failed', codes: ['token_limit_exceeded'], answers: new Map() })
  })

  it('costs half, and stands in the books with whose it is', async () => {
    const { batches, calls, exchanges, reserved } = await createWorld()
    const caller = createCaller({ purpose: 'extract', sessionId: newId() })
    await batches.reserve(caller, messages)
    // 15 estimated tokens at 2.50 and 2,000 at 10 dollars a million, halved.
    expect(reserved).toEqual(['0.01001875'])
    const asked = { id: newId(), caller, model: 'gpt-4o', since, messages }
    batches.note(asked, { text: 'yes', tokens: { input: 1000, cached: 500, output: 100 } })
    batches.note({ ...asked, messages: undefined }, { text: null, tokens: undefined })
    expect(calls).toMatchObject([
      { id: asked.id, caller, agent: 'memory', provider: 'compatible', costUsd: '0.00175', outcome: 'done', isEstimated: false, totalMs: 7_200_000 },
      { costUsd: '0', outcome: 'failed', isEstimated: false },
    ])
    expect(exchanges).toMatchObject([{ prompt: { messages }, response: 'yes' }])
  })

  it('is found behind many others, and of several under one id the first is kept', async () => {
    const { provider, batches, ask } = await createWorld()
    const first = await ask(['a'])
    for (let count = 0; count < 120; count++)
      provider.batches.unshift({ ...(provider.batches[0] as (typeof provider.batches)[0]), id: `other-${count}`, metadata: null })
    expect(await batches.find(first.batchId, new Date(), signal)).toBe(first.remoteId)
    const second = await ask(['a'], first.batchId)
    expect(await batches.find(first.batchId, new Date(), signal)).toBe(first.remoteId)
    expect(provider.batches.find(({ id }) => id === second.remoteId)).toMatchObject({ status: 'cancelled' })
  })
})

describe('a provider that does not do it', () => {
  it.each([
    [429, { 'retry-after': '7' }, { code: 'RATE_LIMITED', retryAfterSeconds: 7 }],
    [500, {}, { code: 'UNAVAILABLE' }],
    [401, {}, { code: 'UPSTREAM' }],
    [404, {}, { code: 'UPSTREAM' }],
  ])('answers %i', async (status, headers, expected) => {
    const { provider, ask } = await createWorld()
    provider.faults.push({ on: /POST/, status, headers })
    const failed = await ask(['a']).catch((error: unknown) => error)
    expect(failed).toMatchObject(expected)
    expect(String(failed) + JSON.stringify((failed as Error).cause)).not.toMatch(/Words of the provider|sk-secret/)
  })

  it('breaks off, or is not there', async () => {
    const { provider, ask, batches } = await createWorld()
    provider.faults.push({ on: /POST .*batches/, cut: true })
    const batchId = newId()
    await expect(ask(['a'], batchId)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(await batches.find(batchId, new Date(), signal)).toBe(provider.batches[0]?.id)
    await provider.close()
    await expect(ask(['a'])).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('is Azure, or none', () => {
    const azure = { AZURE_OPENAI_API_KEY: 'k', AZURE_OPENAI_ENDPOINT: 'https://a.example', AZURE_OPENAI_DEPLOYMENT: 'd' }
    expect(createBatches({ OPENAI_API_KEY: '', ...azure }).batches).toBeUndefined()
    expect(createBatches({ OPENAI_API_KEY: '' }).batches).toBeUndefined()
    expect(createBatches({}).batches).toMatchObject({ model: 'gpt-4o' })
  })
})

it('is the protocol as somebody else understands it: a mock from npm', async () => {
  const mock = new LLMock({ port: 0 })
  await mock.start()
  onTestFinished(() => mock.stop())
  const { batches } = createBatches({ OPENAI_BASE_URL: `${mock.url}/v1` })
  const batchId = newId()
  const fileId = await batches.upload(batchId, 'gpt-4o', [{ id: 'a', messages }], signal)
  const remoteId = await batches.create(batchId, fileId, signal)
  expect(await batches.find(batchId, new Date(), signal)).toBe(remoteId)
  expect(await batches.look(remoteId, signal)).toBe('running')
  const { status, answers, files } = await ended(batches, remoteId)
  expect([status, [...answers.keys()], files.includes(fileId)]).toEqual(['completed', ['a'], true])
  expect(answers.get('a')?.text).toEqual(expect.any(String))
  await batches.removeFiles(files, signal)
  expect((await ended(batches, remoteId)).answers.size).toBe(0)
})
