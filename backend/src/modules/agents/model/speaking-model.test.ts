import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { expect, it } from 'vitest'
import { createSpeakingModel, type Listener } from './speaking-model.ts'

const usage = {
  inputTokens: { total: 5, noCache: 5, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 2, text: 2, reasoning: undefined },
}
const finish: LanguageModelV4StreamPart = {
  type: 'finish',
  finishReason: { unified: 'stop', raw: 'stop' },
  usage,
  providerMetadata: { chatsg: { costUsd: '1' } },
}
const call: LanguageModelV4StreamPart = {
  type: 'tool-call',
  toolCallId: 'a',
  toolName: 'look',
  input: '{}',
  providerMetadata: { google: { thoughtSignature: 's' } },
}

function speaking(parts: LanguageModelV4StreamPart[], mayBegin?: Promise<unknown>) {
  const heard: string[] = []
  const model = {
    specificationVersion: 'v4',
    provider: 'test',
    modelId: 'test',
    supportedUrls: {},
    doStream: async () => ({ stream: ReadableStream.from(parts) }),
  } as unknown as LanguageModelV4
  const listener: Listener = {
    mayBegin,
    onText: (text) => void heard.push(text),
    onFinish: ({ usage: { inputTokens } }) => void heard.push(`/${inputTokens.total}`),
  }
  return { heard, answer: async () => createSpeakingModel(model, listener).doGenerate({ prompt: [] }) }
}

it('tells words as they come, and gives the whole with its calls as the provider made them', async () => {
  const { heard, answer } = speaking([
    { type: 'stream-start', warnings: [] },
    { type: 'reasoning-delta', id: '0', delta: 'Hm' },
    { type: 'text-delta', id: '1', delta: 'One ' },
    { type: 'text-delta', id: '1', delta: 'two.' },
    call,
    finish,
  ])
  expect(await answer()).toMatchObject({
    content: [{ type: 'reasoning', text: 'Hm' }, { type: 'text', text: 'One two.' }, call],
    finishReason: { unified: 'stop' },
    usage,
    providerMetadata: { chatsg: { costUsd: '1' } },
  })
  expect(heard).toEqual(['One ', 'two.', '/5'])
})

it('fails with the first thing that went wrong, after what it cost', async () => {
  const { heard, answer } = speaking([{ type: 'text-delta', id: '1', delta: 'Half' }, call, { type: 'error', error: new Error('cut') }, finish])
  await expect(answer()).rejects.toThrow('cut')
  expect(heard).toEqual(['Half', '/5'])
  await expect(speaking([{ type: 'text-delta', id: '1', delta: 'Half' }]).answer()).rejects.toThrow('without a finish reason')
})

it('tells nothing before it may', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { heard, answer } = speaking([{ type: 'text-delta', id: '1', delta: 'One' }, finish], promise)
  const answering = answer()
  await new Promise((done) => setTimeout(done, 5))
  expect(heard).toEqual([])
  resolve()
  await answering
  expect(heard).toEqual(['One', '/5'])
  const refused = speaking([{ type: 'text-delta', id: '1', delta: 'One' }, finish], Promise.reject(new Error('not stored')))
  await expect(refused.answer()).rejects.toThrow('not stored')
  expect(refused.heard).toEqual([])
})
