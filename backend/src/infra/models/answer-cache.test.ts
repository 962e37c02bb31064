import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'
import { type FakeModel, startFakeModel } from '../../../test/fakes/model/server.ts'
import { createCaller, createTestModels, prompt, readAnswer } from '../../../test/models.ts'
import type { ModelCaller } from './model-call.ts'

let server: FakeModel
let version = 1
beforeAll(async () => {
  server = await startFakeModel({ script: [{}] })
})
afterAll(() => server.close())

const workspaceId = newId()
const person = (role: 'rep' | 'admin' | 'owner'): Actor => ({ type: 'user', workspaceId, userId: newId(), name: role, role, via: 'session' })
let models: ReturnType<typeof createTestModels>
beforeEach(() => {
  models = createTestModels({ OPENAI_BASE_URL: server.url }, { dataVersion: async () => version })
  server.play((_request, count) => ({ text: `Answer ${count + 1}.` }))
})
const ask = async (caller: Partial<ModelCaller>, question = 'How many?', more = {}) => {
  const { text } = await readAnswer(models.models.languageModel('crm', createCaller(caller)), prompt(question, more))
  // What is kept is kept once the state of the records is known.
  await new Promise(setImmediate)
  return text
}

describe('an answer that was given before', () => {
  it('is given again to the same question, streamed or whole, and costs nothing', async () => {
    const actor = person('rep')
    expect([await ask({ actor }), await ask({ actor })]).toEqual(['Answer 1.', 'Answer 1.'])
    const whole = await models.models.languageModel('crm', createCaller({ actor }))?.doGenerate(prompt('How many?'))
    expect(whole?.content).toEqual([{ type: 'text', text: 'Answer 1.' }])
    expect(whole?.providerMetadata).toMatchObject({ chatsg: { isCached: true, costUsd: '0' } })
    expect(models.calls.map(({ outcome, costUsd, attempts }) => [outcome, costUsd === '0', attempts])).toEqual([
      ['done', false, 1],
      ['cached', true, 0],
      ['cached', true, 0],
    ])
  })

  it('is not given to another question, after a change of any record, at a high temperature, or when it is wanted anew', async () => {
    const actor = person('rep')
    await ask({ actor })
    expect(await ask({ actor }, 'How few?')).toBe('Answer 2.')
    version++
    expect(await ask({ actor })).toBe('Answer 3.')
    expect(await ask({ actor, fresh: true })).toBe('Answer 4.')
    expect(await ask({ actor }, 'How many?', { temperature: 0.9 })).toBe('Answer 5.')
    expect(await ask({ actor }, 'How many?', { temperature: 0.9 })).toBe('Answer 6.')
  })

  it('is never shared by people who may see or do different things', async () => {
    await ask({ actor: person('rep') })
    expect(await ask({ actor: person('rep') })).toBe('Answer 2.')
    expect(await ask({ actor: person('admin') })).toBe('Answer 3.')
    expect(await ask({ actor: person('admin') })).toBe('Answer 3.')
    expect(await ask({ actor: person('owner') })).toBe('Answer 4.')
    expect(await ask({ actor: { ...person('admin'), workspaceId: newId() } })).toBe('Answer 5.')
  })

  it('calls tools under ids of its own', async () => {
    server.play([{ text: 'I look.', toolCalls: [{ name: 'records_query', input: { entity: 'contacts' } }] }])
    const actor = person('rep')
    const read = async () => (await readAnswer(models.models.languageModel('crm', createCaller({ actor })), prompt('Which?'))).parts
    const first = await read()
    await new Promise(setImmediate)
    const again = await read()
    const callOf = (parts: typeof first) => parts.flatMap((part) => (part.type === 'tool-call' ? [part] : []))[0]
    expect(callOf(again)).toMatchObject({ toolName: 'records_query', input: '{"entity":"contacts"}' })
    expect(callOf(again)?.toolCallId).not.toBe(callOf(first)?.toolCallId)
    expect(models.calls.map(({ outcome }) => outcome)).toEqual(['done', 'cached'])
  })

  it('is the same where the question differs in a marker alone, unless the answer repeats it', async () => {
    const actor = person('rep')
    expect(await ask({ actor, varying: 'aX3' }, 'Data aX3: how many?')).toBe('Answer 1.')
    expect(await ask({ actor, varying: 'bY4' }, 'Data bY4: how many?')).toBe('Answer 1.')
    server.play([{ text: 'It says cZ5.' }, { text: 'Another.' }])
    expect(await ask({ actor, varying: 'cZ5' }, 'Data cZ5: which?')).toBe('It says cZ5.')
    expect(await ask({ actor, varying: 'dW6' }, 'Data dW6: which?')).toBe('Another.')
  })

  it('is not kept when it broke off', async () => {
    const actor = person('rep')
    server.play([{ text: 'This breaks off soon.', cutAfter: 1 }, { text: 'Whole.' }])
    await ask({ actor })
    expect(await ask({ actor })).toBe('Whole.')
  })

  it('is not looked for without a cache', async () => {
    models = createTestModels({ OPENAI_BASE_URL: server.url })
    const actor = person('rep')
    expect([await ask({ actor }), await ask({ actor })]).toEqual(['Answer 1.', 'Answer 2.'])
  })
})
