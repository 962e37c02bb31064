import { LLMock } from '@copilotkit/aimock'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCaller, createTestModels, prompt, readAnswer } from '../../../test/models.ts'

/** The protocol as somebody else understands it, beside our own stand-in. */
const mock = new LLMock({ port: 0 })
let env: Record<string, string>

beforeAll(async () => {
  mock.onMessage('hello', { content: 'Hi there, from another implementation.' })
  mock.onMessage('look', { toolCalls: [{ name: 'records_query', arguments: '{"entity":"contacts"}' }] })
  mock.onMessage('busy', { error: { message: 'Too many requests', type: 'rate_limit_error' }, status: 429 })
  await mock.start()
  env = { OPENAI_BASE_URL: `${mock.url}/v1`, OPENAI_API_KEY: 'mock', OPENAI_MODEL: 'gpt-4o' }
})
afterAll(() => mock.stop())

describe('a mock of the OpenAI protocol from npm', () => {
  const tools = [{ type: 'function' as const, name: 'records_query', description: 'Ask', inputSchema: { type: 'object' as const, properties: {} } }]

  it('is understood, streamed and whole, with its count of tokens', async () => {
    const { models, calls } = createTestModels(env)
    const streamed = await readAnswer(models.languageModel('crm', createCaller()), prompt('hello'))
    expect(streamed.text).toBe('Hi there, from another implementation.')
    const whole = await models.languageModel('crm', createCaller())?.doGenerate(prompt('hello'))
    expect(whole?.content).toMatchObject([{ type: 'text', text: 'Hi there, from another implementation.' }])
    expect(calls.map(({ outcome, isEstimated, tokens }) => [outcome, isEstimated, tokens.output > 0])).toEqual([
      ['done', false, true],
      ['done', false, true],
    ])
  })

  it('calls tools', async () => {
    const { models } = createTestModels(env)
    const { parts, finish } = await readAnswer(models.languageModel('crm', createCaller()), prompt('look', { tools }))
    expect(parts.find((part) => part.type === 'tool-call')).toMatchObject({ toolName: 'records_query', input: '{"entity":"contacts"}' })
    expect(finish?.finishReason.unified).toBe('tool-calls')
  })

  it('turns away as a provider does', async () => {
    const { models, calls } = createTestModels(env)
    await expect(readAnswer(models.languageModel('crm', createCaller()), prompt('busy'))).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    expect(calls).toMatchObject([{ outcome: 'failed', costUsd: '0' }])
    expect(calls[0]?.attempts).toBeGreaterThan(0)
  })
})
