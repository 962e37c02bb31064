import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { type FakeModel, startFakeModel } from '../../../../test/fakes/model/server.ts'
import { createCaller, createTestModels } from '../../../../test/models.ts'
import { askForObject } from './structured.ts'

let server: FakeModel
beforeAll(async () => {
  server = await startFakeModel({ script: [{ text: '{}' }] })
})
afterAll(() => server.close())

const { actor } = createCaller()
const schema = z.object({ intent: z.enum(['order', 'complaint']), urgent: z.boolean() })
const ask = () =>
  askForObject(createTestModels({ OPENAI_BASE_URL: server.url }).models, {
    agent: 'email',
    actor,
    purpose: 'extract',
    instructions: 'Say what it is.',
    text: 'Where is it?',
    schema,
  })

it('gives an answer of the shape', async () => {
  server.play([{ text: '{"intent":"complaint","urgent":true}' }])
  expect(await ask()).toEqual({ intent: 'complaint', urgent: true })
})

it('asks once more when it is not of it', async () => {
  server.play([{ text: 'It is a complaint!' }, { text: '{"intent":"order","urgent":false}' }])
  expect(await ask()).toEqual({ intent: 'order', urgent: false })
})

it('says so when it never is', async () => {
  server.play([{ text: '{"intent":"poem"}' }])
  await expect(ask()).rejects.toMatchObject({ code: 'UPSTREAM' })
})

it('needs a model', async () => {
  const { models } = createTestModels({})
  await expect(askForObject(models, { agent: 'email', actor, purpose: 'extract', instructions: '', text: 'x', schema })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  })
})
