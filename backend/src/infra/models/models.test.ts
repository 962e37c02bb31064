import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#backend/kernel/errors.ts'
import { type FakeModel, startFakeModel } from '../../../test/fakes/model/server.ts'
import { createCaller, createTestModels, prompt, readAnswer } from '../../../test/models.ts'

let server: FakeModel
let fallback: FakeModel
let env: Record<string, string>
let withFallback: Record<string, string>

beforeAll(async () => {
  server = await startFakeModel({ script: [{}], key: 'the-key-of-the-first' })
  fallback = await startFakeModel({ script: [{ text: 'The second answers.' }] })
  env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: 'the-key-of-the-first', OPENAI_MODEL: 'gpt-4o-mini' }
  withFallback = { ...env, LLM_FALLBACK_BASE_URL: fallback.url, LLM_FALLBACK_MODEL: 'local' }
})
afterEach(() => fallback.play([{ text: 'The second answers.' }]))
afterAll(() => Promise.all([server.close(), fallback.close()]))

const ask = (models: ReturnType<typeof createTestModels>, more = {}) =>
  readAnswer(models.models.languageModel('crm', createCaller()), prompt('How many deals?', more))
/** The error of a call that fails before its answer begins. */
const failureOf = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(AppError)
  return error as AppError
}

describe('an answer', () => {
  it('is streamed and accounted from what the provider counted', async () => {
    server.play([{ text: 'There are 42 open deals.', usage: { prompt_tokens: 1000, completion_tokens: 100, prompt_tokens_details: { cached_tokens: 400 } } }])
    const models = createTestModels(env)
    const { text, finish } = await ask(models)
    expect(text).toBe('There are 42 open deals.')
    // 600 at 0.15, 400 at 0.075 and 100 at 0.60 US dollars a million.
    const costUsd = '0.00018'
    expect(models.calls).toHaveLength(1)
    expect(models.calls[0]).toMatchObject({
      agent: 'crm',
      provider: 'compatible',
      model: 'gpt-4o-mini',
      isFallback: false,
      attempts: 1,
      tokens: { input: 1000, cached: 400, output: 100 },
      isEstimated: false,
      costUsd,
      outcome: 'done',
    })
    expect(models.calls[0]?.firstTokenMs).toBeTypeOf('number')
    expect(finish).toMatchObject({ finishReason: { unified: 'stop' }, providerMetadata: { chatsg: { costUsd, isEstimated: false } } })
    expect(server.requests.at(-1)).toMatchObject({
      path: '/v1/chat/completions',
      headers: { authorization: 'Bearer the-key-of-the-first' },
      body: { model: 'gpt-4o-mini', temperature: 0.2, max_tokens: 2000, stream: true, stream_options: { include_usage: true } },
    })
  })

  it('comes whole as well, with tools', async () => {
    server.play([{ text: 'I look.', toolCalls: [{ name: 'records_query', input: { entity: 'contacts' } }] }])
    const models = createTestModels(env)
    const tools = [{ type: 'function' as const, name: 'records_query', description: 'Ask', inputSchema: { type: 'object' as const, properties: {} } }]
    const answer = await models.models.languageModel('crm', createCaller())?.doGenerate(prompt('Contacts?', { tools }))
    expect(answer?.content).toMatchObject([
      { type: 'text', text: 'I look.' },
      { type: 'tool-call', toolName: 'records_query', input: '{"entity":"contacts"}' },
    ])
    expect(models.calls).toMatchObject([{ outcome: 'done', isEstimated: false }])
    expect(models.exchanges[0]?.response).toMatchObject([{ type: 'text' }, { type: 'tool-call' }])
  })

  it('of a server that does not count is estimated, and marked', async () => {
    server.play([{ text: 'x'.repeat(400), usage: null }])
    const models = createTestModels(env)
    const { finish } = await ask(models)
    expect(models.calls[0]).toMatchObject({ isEstimated: true, tokens: { output: 100 } })
    expect(models.calls[0]?.tokens.input).toBeGreaterThan(0)
    expect(finish).toMatchObject({ usage: { outputTokens: { total: 100 } }, providerMetadata: { chatsg: { isEstimated: true } } })
  })

  it('of a model without a price costs nobody knows what', async () => {
    server.play([{ text: 'Yes.' }])
    const models = createTestModels({ ...env, OPENAI_MODEL: 'my-own' })
    await ask(models)
    expect(models.calls[0]?.costUsd).toBeNull()
    expect(models.models.modelOf('crm')).toEqual({ provider: 'compatible', model: 'my-own', isPriced: false })
    const priced = createTestModels({ ...env, OPENAI_MODEL: 'my-own', LLM_PRICES: '{"my-own":{"input":1000000,"output":0}}' })
    server.play([{ text: 'Yes.', usage: { prompt_tokens: 3, completion_tokens: 1 } }])
    await ask(priced)
    expect(priced.calls[0]?.costUsd).toBe('3')
  })

  it('comes from the model of its agent', async () => {
    server.play([{ text: 'Yes.' }])
    const { models } = createTestModels({ ...env, LLM_AGENT_MODELS: 'creative=gpt-4o, sales=gpt-4.1' })
    await readAnswer(models.languageModel('creative', createCaller()), prompt('A poem'))
    expect(server.requests.at(-1)?.body.model).toBe('gpt-4o')
    expect([models.modelOf('sales')?.model, models.modelOf('crm')?.model]).toEqual(['gpt-4.1', 'gpt-4o-mini'])
  })

  it('needs no key where the server wants none, and Azure is asked by deployment', async () => {
    fallback.play([{ text: 'Without a key.' }])
    const models = createTestModels({ OPENAI_BASE_URL: fallback.url, OPENAI_MODEL: 'llama' })
    expect((await ask(models)).text).toBe('Without a key.')
    expect(fallback.requests.at(-1)?.headers).not.toHaveProperty('authorization')
    const azure = createTestModels({ AZURE_OPENAI_API_KEY: 'azure-key', AZURE_OPENAI_ENDPOINT: fallback.origin, AZURE_OPENAI_DEPLOYMENT: 'our-gpt' })
    fallback.play([{ text: 'From Azure.' }])
    expect((await ask(azure)).text).toBe('From Azure.')
    expect(fallback.requests.at(-1)).toMatchObject({
      path: '/openai/deployments/our-gpt/chat/completions?api-version=2024-10-21',
      headers: { 'api-key': 'azure-key' },
    })
    expect(createTestModels({}).models.languageModel('crm', createCaller())).toBeUndefined()
  })
})

describe('a provider that fails', () => {
  it('with 429 is asked again when it said', async () => {
    server.play([{ status: 429, headers: { 'retry-after-ms': '60' } }, { status: 429, headers: { 'retry-after': '0' } }, { text: 'Now.' }])
    const before = server.requests.length
    const models = createTestModels(env)
    expect((await ask(models)).text).toBe('Now.')
    expect(server.requests.length - before).toBe(3)
    expect(models.calls).toMatchObject([{ attempts: 3, outcome: 'done' }])
  })

  it('with 429 for longer than anybody waits says when to come back, and the next call does not knock', async () => {
    server.play([{ status: 429, headers: { 'retry-after': '90' } }])
    const before = server.requests.length
    const models = createTestModels(env)
    const error = await failureOf(ask(models))
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 90 })
    expect((await failureOf(ask(models))).code).toBe('RATE_LIMITED')
    expect(server.requests.length - before).toBe(1)
    expect(models.calls.map(({ attempts, outcome, costUsd }) => [attempts, outcome, costUsd])).toEqual([
      [1, 'failed', '0'],
      [0, 'failed', '0'],
    ])
  })

  it('with 500 is asked three times, then the error says so in plain words', async () => {
    server.play([{ status: 500, raw: '{"error":{"message":"secret the-key-of-the-first inside"}}' }])
    const before = server.requests.length
    const models = createTestModels(env)
    const error = await failureOf(ask(models))
    expect(error).toMatchObject({ code: 'UNAVAILABLE', message: 'The language model has a problem of its own right now. Try again in a moment.' })
    expect(server.requests.length - before).toBe(3)
    // Neither the error nor the log holds the key, the prompt or the provider's words.
    const said = JSON.stringify([models.lines, error.message, String(error.cause), Object.keys(error.cause as object)])
    for (const hidden of ['the-key', 'How many deals', 'secret']) expect(said).not.toContain(hidden)
  })

  it('with a key it does not take, or a model it does not know, is asked once', async () => {
    const wrongKey = createTestModels({ ...env, OPENAI_API_KEY: 'sk-wrong-key' })
    const before = server.requests.length
    const error = await failureOf(ask(wrongKey))
    expect(error.code).toBe('UPSTREAM')
    expect(`${error.message} ${String(error.cause)} ${JSON.stringify(wrongKey.lines)}`).not.toContain('sk-wrong-key')
    server.play([{ status: 404 }])
    expect((await failureOf(ask(createTestModels(env)))).message).toContain('does not know the language model')
    expect(server.requests.length - before).toBe(1)
  })

  it('that nobody listens for cannot be reached', async () => {
    const models = createTestModels({ OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' })
    expect((await failureOf(ask(models))).message).toContain('cannot be reached')
    expect(models.models.states()).toMatchObject([{ name: 'compatible', host: '127.0.0.1:9', last: { ok: false, failure: 'unreachable' } }])
  })

  it('before the first token is asked again, also when its stream was cut or is no JSON', async () => {
    server.play([{ text: 'lost', cutAfter: 0 }, { raw: 'this is not JSON' }, { text: 'Whole.' }])
    const models = createTestModels(env)
    expect(await ask(models)).toMatchObject({ text: 'Whole.', errors: [] })
    expect(models.calls).toMatchObject([{ attempts: 3, outcome: 'done' }])
  })

  it('in the middle keeps what came, says so, and is not asked again', async () => {
    server.play([{ text: 'This answer breaks off before its end.', cutAfter: 2 }])
    const before = server.requests.length
    const models = createTestModels(env)
    const { text, errors, finish } = await ask(models)
    expect(text).toBe('This answer breaks off b')
    expect(errors).toMatchObject([{ code: 'UPSTREAM', message: 'The answer of the language model broke off. What came is kept; ask again for the rest.' }])
    expect(finish?.finishReason.unified).toBe('error')
    expect(server.requests.length - before).toBe(1)
    expect(models.calls).toMatchObject([{ outcome: 'cut', isEstimated: true, tokens: { output: 6 } }])
  })

  it('with a piece that is no JSON in the middle says so', async () => {
    server.play([{ text: 'Some words', raw: '{"broken": ' }])
    const models = createTestModels(env)
    const { text, errors } = await ask(models)
    expect(text).toBe('Some words')
    expect(errors).toMatchObject([{ code: 'UPSTREAM' }])
    expect(models.calls).toMatchObject([{ outcome: 'cut' }])
  })

  it('with a whole answer that is no JSON is asked again', async () => {
    server.play([{ raw: '{"choices": nonsense' }, { text: 'Whole.' }])
    const models = createTestModels(env)
    const answer = await models.models.languageModel('crm', createCaller())?.doGenerate(prompt('Well?'))
    expect(answer?.content).toEqual([{ type: 'text', text: 'Whole.' }])
    expect(models.calls).toMatchObject([{ attempts: 2 }])
  })

  it('passes on a malformed call of a tool as it came: who runs tools decides', async () => {
    server.play([{ toolCalls: [{ name: 'records_query', input: '{"entity": ' }] }])
    const { parts } = await ask(createTestModels(env))
    expect(parts.find((part) => part.type === 'tool-call')).toMatchObject({ toolName: 'records_query', input: '{"entity": ' })
  })

  it('whose first token is late ends in time, and gives its place away', async () => {
    server.play([{ text: 'late', firstPieceMs: 60_000 }])
    const models = createTestModels({ ...env, LLM_CHUNK_TIMEOUT: '80' })
    expect((await failureOf(ask(models))).message).toContain('took longer than allowed')
    expect(models.models.load()).toEqual({ running: 0, waiting: 0 })
    const whole = createTestModels({ ...env, LLM_TIMEOUT: '80' })
    server.play([{ text: 'late', waitMs: 60_000 }])
    expect((await failureOf(Promise.resolve(whole.models.languageModel('crm', createCaller())?.doGenerate(prompt('Well?'))))).code).toBe('UNAVAILABLE')
  })

  it('that stops in the middle is left, with what came', async () => {
    server.play([{ text: 'Some words, and then nothing', pieceMs: 60_000 }])
    const models = createTestModels({ ...env, LLM_CHUNK_TIMEOUT: '100' })
    const { text, errors } = await ask(models)
    expect(text).toBe('Some words, ')
    expect(errors).toMatchObject([{ code: 'UNAVAILABLE' }])
    expect(models.calls).toMatchObject([{ outcome: 'cut' }])
  })
})

describe('a second provider', () => {
  it('answers when the first fails, and the books say so', async () => {
    server.play([{ status: 503 }])
    const models = createTestModels(withFallback)
    const { text, finish } = await ask(models)
    expect(text).toBe('The second answers.')
    expect(models.calls).toMatchObject([{ provider: 'fallback', model: 'local', isFallback: true, attempts: 4, costUsd: null }])
    expect(finish?.providerMetadata).toMatchObject({ chatsg: { isFallback: true } })
  })

  it('answers when the first does not begin', async () => {
    server.play([{ text: 'late', firstPieceMs: 60_000 }])
    expect((await ask(createTestModels({ ...withFallback, LLM_CHUNK_TIMEOUT: '80' }))).text).toBe('The second answers.')
  })

  it('is not asked what the first refused for what it says', async () => {
    server.play([{ status: 400, raw: '{"error":{"message":"too long","code":"context_length_exceeded"}}' }])
    const before = fallback.requests.length
    expect((await failureOf(ask(createTestModels(withFallback)))).message).toContain('more text than the language model can take')
    expect(fallback.requests).toHaveLength(before)
  })

  it('is asked at once while the first rests after many failures', async () => {
    server.play([{ status: 500 }])
    const models = createTestModels(withFallback)
    await ask(models)
    await ask(models)
    const before = server.requests.length
    expect(models.models.states().map(({ state }) => state)).toEqual(['resting', 'ready'])
    expect((await ask(models)).text).toBe('The second answers.')
    expect(server.requests).toHaveLength(before)
  })
})

describe('whoever gives up', () => {
  it('ends the request, frees the place and is accounted', async () => {
    server.play([{ text: 'A long answer that nobody reads to its end', pieceMs: 30 }])
    const models = createTestModels(env)
    const controller = new AbortController()
    const model = models.models.languageModel('crm', createCaller())
    const { stream } = (await model?.doStream(prompt('Well?', { abortSignal: controller.signal }))) ?? {}
    const reader = stream?.getReader()
    await reader?.read()
    controller.abort(new DOMException('stop', 'AbortError'))
    await expect(
      (async () => {
        for (;;) if ((await reader?.read())?.done !== false) break
      })(),
    ).rejects.toMatchObject({ name: 'AbortError' })
    expect(models.calls).toMatchObject([{ outcome: 'aborted', isEstimated: true }])
    expect(models.models.load().running).toBe(0)
    await expect.poll(() => server.requests.at(-1)?.aborted).toBe(true)
  })

  it('by no longer reading does so as well', async () => {
    server.play([{ text: 'A long answer that nobody reads to its end', pieceMs: 30 }])
    const models = createTestModels(env)
    const answer = await models.models.languageModel('crm', createCaller())?.doStream(prompt('Well?'))
    await answer?.stream.cancel()
    expect(models.calls).toMatchObject([{ outcome: 'aborted' }])
    await expect.poll(() => server.requests.at(-1)?.aborted).toBe(true)
  })

  it('before it was asked costs nothing', async () => {
    const models = createTestModels(env)
    const before = server.requests.length
    const signal = AbortSignal.abort(new DOMException('stop', 'AbortError'))
    await expect(ask(models, { abortSignal: signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect(server.requests).toHaveLength(before)
    expect(models.calls).toMatchObject([{ outcome: 'aborted', costUsd: '0', attempts: 0 }])
  })
})

describe('many calls', () => {
  it('wait for their turn, and no more than may wait', async () => {
    server.play([{ text: 'One of many.', pieceMs: 10 }])
    const models = createTestModels({ ...env, LLM_MAX_CONCURRENCY: '2', LLM_MAX_QUEUE: '3' })
    const before = server.requests.length
    const results = await Promise.allSettled(Array.from({ length: 7 }, () => ask(models)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    expect(refused).toMatchObject([{ code: 'RATE_LIMITED' }, { code: 'RATE_LIMITED' }])
    expect(server.requests.length - before).toBe(5)
    expect(models.calls.map(({ outcome }) => outcome).sort()).toEqual(['done', 'done', 'done', 'done', 'done', 'queue', 'queue'])
    expect(models.models.load()).toEqual({ running: 0, waiting: 0 })
  })

  it('stop before a budget is exceeded, and are not sent', async () => {
    const before = server.requests.length
    const calls: unknown[] = []
    const { models } = createTestModels(env, {
      ledger: { reserve: () => Promise.reject(new AppError('RATE_LIMITED', 'The budget is used up.')), note: (call) => void calls.push(call) },
    })
    await expect(readAnswer(models.languageModel('crm', createCaller()), prompt('Well?'))).rejects.toMatchObject({ message: 'The budget is used up.' })
    expect(calls).toMatchObject([{ outcome: 'budget', costUsd: '0', attempts: 0 }])
    expect(server.requests).toHaveLength(before)
    expect(models.load().running).toBe(0)
  })
})
