import { performance } from 'node:perf_hooks'
import Fastify, { type FastifyInstance } from 'fastify'
import { ZodError } from 'zod'
import type { Api } from './api/call.ts'
import { Refusal } from './api/refusal.ts'
import { firstUserId } from './data/reference-rows.ts'
import { dayMs } from './data/world.ts'
import { registerAdmin } from './http/admin.ts'
import { createClock } from './http/clock.ts'
import { createFaults, type Fault } from './http/faults.ts'
import { apiPrefix, type Gates, serveCall } from './http/gates.ts'
import { createLimits } from './http/limits.ts'
import { createRecorder, type RecordedCall } from './http/recorder.ts'
import { errorPage } from './http/send.ts'
import { defaultSettings, type Settings } from './settings.ts'
import { createStore } from './store/store.ts'

export interface FakeInsightlyOptions {
  key: string
  /** How many contacts there are; everything else in proportion. */
  records?: number
  seed?: number
  /** 0 for any free one. */
  port?: number
  settings?: Partial<Settings>
  faults?: readonly Fault[]
  /** Where writes and the record of calls outlive the process. */
  folder?: string
  /** Milliseconds since 1970, never going back; for tests in which time matters. */
  now?: () => number
}

export interface FakeInsightly {
  /** What INSIGHTLY_API_URL is set to. */
  url: string
  /** Where `/_fake` is. */
  origin: string
  calls(): readonly RecordedCall[]
  close(): Promise<void>
}

/** Starts the stand-in on the loopback. Throws when the port is taken or the folder holds other data. */
export async function startFakeInsightly(options: FakeInsightlyOptions): Promise<FakeInsightly> {
  const { key, records = 1000, seed = 1, port = 0, folder } = options
  const arrivalTime = options.now ?? (() => performance.timeOrigin + performance.now())
  const clock = createClock(arrivalTime)
  const settings: Settings = { ...defaultSettings, ...options.settings }
  const store = createStore({ seed, records, folder })
  const api: Api = { store, settings, now: clock.now }
  const recorder = createRecorder(folder)
  const limits = createLimits(settings)
  const today = Math.floor(clock.now() / dayMs)
  limits.setUsed(recorder.calls().filter(({ at, counted }) => counted && Math.floor(at / dayMs) === today).length, clock.now())
  const faults = createFaults(seed)
  for (const fault of options.faults ?? []) faults.add(fault)

  const app = createServer({ api, key, userId: firstUserId, limits, faults, recorder, arrivalTime }, (server, gates) => registerAdmin(server, gates, clock))
  app.addHook('onClose', async () => store.close())
  await app.listen({ host: '127.0.0.1', port })
  const address = app.server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`
  return { url: `${origin}/v3.1`, origin, calls: recorder.calls, close: () => app.close() }
}

const largestBody = 32 * 1024 * 1024

function createServer(gates: Gates, register: (app: FastifyInstance, gates: Gates) => void): FastifyInstance {
  const app = Fastify({ bodyLimit: largestBody, forceCloseConnections: true, logger: false })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof ZodError) return reply.code(400).send({ message: error.message })
    if (error instanceof Refusal) return reply.code(error.status).send({ message: error.message })
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    return reply
      .code(500)
      .type(errorPage.contentType ?? '')
      .send(errorPage.text)
  })
  register(app, gates)
  app.all('/*', async (request, reply) => {
    if (apiPrefix.test(request.url)) return serveCall(gates, request, reply)
    return reply.code(404).type('text/plain').send('Not found.')
  })
  return app
}
