import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Api } from '../api/call.ts'
import { deleteRecord, updateRecord } from '../api/records.ts'
import { viewRecord } from '../api/view.ts'
import { readDate } from '../dates.ts'
import { type Entity, entities, findEntity } from '../entities.ts'
import { parseJson } from '../json.ts'
import { defaultSettings } from '../settings.ts'
import type { Clock } from './clock.ts'
import { faultSchema } from './faults.ts'
import { answer, type Gates } from './gates.ts'
import { busiestWindow } from './recorder.ts'
import { send } from './send.ts'

const settingsSchema = z.strictObject({
  plan: z.enum(['enterprise', 'professional']).optional(),
  etag: z.boolean().optional(),
  putStatus: z.union([z.literal(200), z.literal(201)]).optional(),
  customFields: z.enum(['replace', 'merge']).optional(),
  childrenTouchParent: z.boolean().optional(),
  recordLimit: z.int().nonnegative().nullable().optional(),
  stateCase: z.enum(['title', 'upper']).optional(),
  rateRequests: z.int().positive().optional(),
  rateWindowMs: z.int().positive().optional(),
  dailyCalls: z.int().nonnegative().optional(),
})
const changeSchema = z.strictObject({
  entity: z.string(),
  count: z.int().positive(),
  action: z.enum(['update', 'delete']),
  values: z.record(z.string(), z.unknown()).default({}),
})
const clockSchema = z.strictObject({ now: z.string().nullable().optional(), offsetMs: z.int().optional() })

/** The tester's side, under `/_fake`: nothing here is a call of the API, so nothing here is counted, limited or recorded. */
export function registerAdmin(app: FastifyInstance, gates: Gates, clock: Clock): void {
  const { api, faults, limits, recorder } = gates
  const body = (request: { body: unknown }) => parseJson(typeof request.body === 'string' && request.body !== '' ? request.body : '{}')

  app.get('/_fake/calls', ({ query }) => {
    const { since = '0' } = query as { since?: string }
    return { calls: recorder.calls().filter(({ number }) => number > Number(since)) }
  })
  app.delete('/_fake/calls', () => {
    recorder.clear()
    return { calls: [] }
  })
  app.get('/_fake/calls/busiest', ({ query }) => {
    const { windowMs = String(api.settings.rateWindowMs) } = query as { windowMs?: string }
    return { windowMs: Number(windowMs), calls: recorder.calls().length, busiest: busiestWindow(recorder.calls(), Number(windowMs)) }
  })
  app.get('/_fake/quota', () => ({ limit: api.settings.dailyCalls, remaining: limits.remaining(api.now()) }))
  app.put('/_fake/quota', (request) => {
    limits.setUsed(z.strictObject({ used: z.int().nonnegative() }).parse(body(request)).used, api.now())
    return { limit: api.settings.dailyCalls, remaining: limits.remaining(api.now()) }
  })
  app.get('/_fake/faults', () => ({ faults: faults.list() }))
  app.post('/_fake/faults', (request) => {
    faults.add(faultSchema.parse(body(request)))
    return { faults: faults.list() }
  })
  app.delete('/_fake/faults', () => {
    faults.clear()
    return { faults: [] }
  })
  app.get('/_fake/settings', () => api.settings)
  app.put('/_fake/settings', (request) => Object.assign(api.settings, settingsSchema.parse(body(request))))
  app.delete('/_fake/settings', () => {
    const { rateRequests, rateWindowMs, dailyCalls } = api.settings
    return Object.assign(api.settings, defaultSettings, { rateRequests, rateWindowMs, dailyCalls })
  })
  app.get('/_fake/clock', () => ({ now: new Date(api.now()).toISOString() }))
  app.put('/_fake/clock', (request) => {
    const { now, offsetMs } = clockSchema.parse(body(request))
    clock.set(now === undefined || now === null ? undefined : readDate(now), offsetMs ?? 0)
    return { now: new Date(api.now()).toISOString() }
  })
  app.get('/_fake/counts', () => Object.fromEntries(entities.map((entity) => [entity.name, api.store.collection(entity).count()])))
  app.get('/_fake/dump/:entity', async (request, reply) => {
    const entity = findEntity((request.params as { entity: string }).entity)
    if (entity === undefined) return reply.code(404).send({ message: 'There is no such collection.' })
    return reply.type('application/x-ndjson').send(Readable.from(dump(api, entity)))
  })
  app.post('/_fake/changes', (request) => {
    const { entity: name, count, action, values } = changeSchema.parse(body(request))
    const entity = findEntity(name)
    return { ids: entity === undefined ? [] : changeMany(api, entity, count, action, values, gates.userId) }
  })
  // The whole API once more, as somebody else: no key, no limits, no faults.
  app.route({
    method: ['GET', 'POST', 'PUT', 'DELETE'],
    url: '/_fake/v3.1/*',
    handler: async (request, reply) => {
      const userId = Number(request.headers['x-fake-user'] ?? gates.userId)
      return send(request, reply, await answer(api, request, request.url.slice('/_fake/v3.1'.length), userId))
    },
  })
}

const rowsAtOnce = 500

/** Every record in full, a line each, for exact comparison. */
function* dump(api: Api, entity: Entity): Generator<string> {
  const collection = api.store.collection(entity)
  for (let skip = 0; ; skip += rowsAtOnce) {
    const rows = collection.page(skip, rowsAtOnce)
    yield rows.map((row) => `${JSON.stringify(viewRecord(api, entity, row))}\n`).join('')
    if (rows.length < rowsAtOnce) return
  }
}

/** Updates or deletes records that lie evenly over the collection. */
function changeMany(api: Api, entity: Entity, count: number, action: 'update' | 'delete', values: object, userId: number): number[] {
  const collection = api.store.collection(entity)
  const total = collection.count()
  const wanted = Math.min(count, total)
  const ids = Array.from({ length: wanted }, (_, k) => Number(collection.page(Math.floor(((k + 0.5) * total) / wanted), 1)[0]?.[entity.idField]))
  for (const id of ids) {
    const call = { method: 'PUT', query: new Map(), body: values, userId, ifMatch: undefined } as const
    if (action === 'delete') deleteRecord(api, entity, id, call)
    else updateRecord(api, entity, call, id)
  }
  return ids
}
