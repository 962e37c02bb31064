import Fastify from 'fastify'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { deepFreeze } from '#backend/kernel/deep-freeze.ts'
import { serializerCompiler } from './serializer.ts'

const app = Fastify()
const row = z.object({ id: z.number(), name: z.string() })
const shared = deepFreeze([{ id: 1, name: 'Ana', salary: 9 }])
const changing = { id: 1, name: 'before', salary: 9 }
let frozen: object = deepFreeze({ id: 2, name: 'kept', salary: 9 })

beforeAll(() => {
  app.setSerializerCompiler(serializerCompiler)
  const answer = (schema: z.ZodType) => ({ schema: { response: { 200: schema } } })
  app.get('/frozen', answer(row), () => frozen)
  app.get('/less', answer(row.pick({ id: true })), () => frozen)
  app.get('/changing', answer(row), () => changing)
  app.get('/items', answer(z.object({ items: z.array(row) })), () => ({ items: shared }))
  app.get('/rows', answer(z.object({ rows: z.array(row.pick({ name: true })) })), () => ({ rows: shared }))
  app.get('/wrong', answer(z.object({ items: z.array(row.extend({ id: z.string() })) })), () => ({ items: shared }))
})

async function get(path: string) {
  const first = await app.inject(path)
  expect((await app.inject(path)).body).toBe(first.body)
  return first
}

describe('answers', () => {
  it('hold what their schema names and nothing else, the second time as well', async () => {
    expect((await get('/frozen')).json()).toEqual({ id: 2, name: 'kept' })
    expect((await get('/items')).json()).toEqual({ items: [{ id: 1, name: 'Ana' }] })
  })

  it('are each route’s own, also where two send the same', async () => {
    expect((await get('/less')).json()).toEqual({ id: 2 })
    expect((await get('/frozen')).json()).toEqual({ id: 2, name: 'kept' })
    expect((await get('/rows')).json()).toEqual({ rows: [{ name: 'Ana' }] })
    expect((await get('/items')).json()).toEqual({ items: [{ id: 1, name: 'Ana' }] })
  })

  it('are written anew when there is another, and whenever they may have changed', async () => {
    frozen = deepFreeze({ id: 3, name: 'new' })
    expect((await get('/frozen')).json()).toEqual({ id: 3, name: 'new' })
    expect((await get('/changing')).json()).toMatchObject({ name: 'before' })
    changing.name = 'after'
    expect((await get('/changing')).json()).toEqual({ id: 1, name: 'after' })
  })

  it('that do not fit their schema are refused each time', async () => {
    expect((await app.inject('/wrong')).statusCode).toBe(500)
    expect((await app.inject('/wrong')).statusCode).toBe(500)
  })
})
