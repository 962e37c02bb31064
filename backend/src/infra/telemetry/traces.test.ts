import { spawnSync } from 'node:child_process'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runInSpan, startSpan, traceHeaders } from '#backend/kernel/tracing.ts'
import { createTestApp, type TestApp, testAdminKey } from '../../../test/app.ts'
import { type FakeModel, startFakeModel } from '../../../test/fakes/model/server.ts'
import { createOutgoing } from '../http-client/outgoing.ts'
import { startTelemetry, type Telemetry } from './telemetry.ts'

interface OtlpValue {
  stringValue?: string
  intValue?: number | string
  doubleValue?: number
  boolValue?: boolean
}

interface OtlpSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  /** 1 internal, 2 server, 3 client, 5 consumer. */
  kind: number
  attributes: { key: string; value: OtlpValue }[]
  status: { code?: number }
}

const bodies: string[] = []
const hooks: IncomingHttpHeaders[] = []
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const callerSpan = '00f067aa0ba902b7'
let collector: Server
let telemetry: Telemetry
let model: FakeModel
let app: TestApp
let url: string

const listen = (server: Server) =>
  new Promise<string>((done) => server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)))

beforeAll(async () => {
  collector = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (request.url === '/v1/traces') bodies.push(Buffer.concat(chunks).toString('utf8'))
    else hooks.push(request.headers)
    response.setHeader('content-type', 'application/json').end('{}')
  })
  const monitoring = { otlpEndpoint: await listen(collector) } as never
  telemetry = await startTelemetry(
    { monitoring, application: { environment: 'staging', safeMode: false } as never },
    { version: '1.2.3', logger: { info: () => undefined, warn: () => undefined }, delayMs: 20 },
  )
  model = await startFakeModel({ script: [{ text: 'Nothing yet.' }] })
  app = await createTestApp({ env: { OPENAI_BASE_URL: model.url, CRM_RATE_LIMIT_MAX_REQUESTS: '5' } })
  url = await app.server.listen({ host: '127.0.0.1', port: 0 })
}, 60_000)
afterAll(async () => {
  await app.close()
  await telemetry.close()
  await model.close()
  await new Promise((done) => collector.close(done))
})

const spans = () =>
  bodies.flatMap((body) =>
    (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[] }).resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap((scope) => scope.spans),
    ),
  )
const ofTrace = (id: string) => spans().filter((span) => span.traceId === id)
const attributeOf = ({ attributes }: OtlpSpan, name: string) => {
  const value = attributes.find(({ key }) => key === name)?.value
  const found = value?.stringValue ?? value?.intValue ?? value?.doubleValue ?? value?.boolValue
  return typeof found === 'string' && value?.intValue !== undefined ? Number(found) : found
}

/** Asks as a program that traces itself, and waits for the span of the request. */
async function send(method: string, path: string, body: unknown, id = traceId): Promise<{ headers: Headers; trace: OtlpSpan[] }> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${testAdminKey}`,
      'content-type': 'application/json',
      traceparent: `00-${id}-${callerSpan}-01`,
      'x-request-id': 'trace-test-0001',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  await response.text()
  await expect.poll(() => ofTrace(id).some(({ kind }) => kind === 2), { timeout: 10_000 }).toBe(true)
  return { headers: response.headers, trace: ofTrace(id) }
}

function ancestors(trace: readonly OtlpSpan[], span: OtlpSpan | undefined): string[] {
  const parent = trace.find(({ spanId }) => spanId === span?.parentSpanId)
  return parent === undefined ? [] : [parent.name, ...ancestors(trace, parent)]
}

describe('a traced question', () => {
  it('is one trace from the caller to the statements, in the words of the semantic conventions', async () => {
    await app.request('POST', '/api/crm/contacts', { first_name: 'Zanzibar', last_name: 'Secretperson', email: 'zanzibar@secret.example' })
    const { headers, trace } = await send('POST', '/api/chat', { message: 'Which contacts are called Zanzibar?' })
    expect(headers.get('x-request-id')).toBe('trace-test-0001')
    const server = trace.find(({ kind }) => kind === 2) as OtlpSpan
    expect(server).toMatchObject({ name: 'POST /api/chat', parentSpanId: callerSpan })
    expect(
      Object.fromEntries(
        ['http.request.method', 'http.route', 'http.response.status_code', 'url.scheme', 'chatsg.request_id'].map((name) => [name, attributeOf(server, name)]),
      ),
    ).toEqual({
      'http.request.method': 'POST',
      'http.route': '/api/chat',
      'http.response.status_code': 200,
      'url.scheme': 'http',
      'chatsg.request_id': 'trace-test-0001',
    })
    const agent = trace.find(({ name }) => name === 'invoke_agent crm') as OtlpSpan
    expect(attributeOf(agent, 'gen_ai.operation.name')).toBe('invoke_agent')
    expect(attributeOf(agent, 'chatsg.answered_by')).toBe('planner')
    const plan = trace.find(({ name }) => name === 'plan') as OtlpSpan
    expect(ancestors(trace, plan)).toContain('invoke_agent crm')
    const statements = trace.filter((span) => attributeOf(span, 'db.system.name') === 'postgresql')
    const read = statements.find((span) => ancestors(trace, span).includes('plan')) as OtlpSpan
    expect(ancestors(trace, read).at(-1)).toBe('POST /api/chat')
    expect(read.kind).toBe(3)
    for (const span of statements) expect(span.name).toMatch(/^[A-Z]+( \w+)?$/)
    expect(JSON.parse(bodies[0] ?? '{}').resourceSpans[0].resource.attributes).toContainEqual({ key: 'service.version', value: { stringValue: '1.2.3' } })
  })

  it('goes on to the model and to tools, which are asked as part of it', async () => {
    const id = traceId.replace('4', 'a')
    model.play([{ toolCalls: [{ name: 'records_search', input: { q: 'Zanzibar' } }] }, { text: 'A person, it seems: Zanzibar.' }])
    const before = model.requests.length
    const { trace } = await send('POST', '/api/chat', { message: '/crm please tell me whether the mood of Zanzibar is fine' }, id)
    const calls = trace.filter(({ name }) => name === 'chat gpt-4o')
    expect(calls).toHaveLength(2)
    expect(
      model.requests
        .slice(before)
        .map(({ headers }) => headers.traceparent)
        .toSorted(),
    ).toEqual(calls.map(({ spanId }) => `00-${id}-${spanId}-01`).toSorted())
    expect(attributeOf(calls[0] as OtlpSpan, 'gen_ai.usage.input_tokens')).toBeGreaterThan(0)
    expect(attributeOf(calls[0] as OtlpSpan, 'gen_ai.provider.name')).toBe('compatible')
    const tool = trace.find(({ name }) => name === 'execute_tool records.search') as OtlpSpan
    expect(ancestors(trace, tool)).toContain('invoke_agent crm')
    expect(trace.some((span) => attributeOf(span, 'db.system.name') === 'postgresql' && ancestors(trace, span).includes(tool.name))).toBe(true)
  })

  it('tells nothing of what was asked, found or sent', () => {
    const everything = bodies.join('\n')
    for (const secret of ['Zanzibar', 'zanzibar', 'Secretperson', 'secret.example', 'mood', testAdminKey, 'seems', app.workspaceId])
      expect(everything.includes(secret), secret).toBe(false)
  })

  it('is answered with an id of ours where the given one could not stand in a log line', async () => {
    const { headers } = await fetch(`${url}/api/slash-commands`, { headers: { 'x-request-id': 'no spaces, "quotes" or\ttabs' } })
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('what begins elsewhere', () => {
  it('is a trace of its own, which a webhook gets with its request', async () => {
    const { origin, port } = new URL(`http://127.0.0.1:${(collector.address() as AddressInfo).port}`)
    const outgoing = createOutgoing({ allowed: [`127.0.0.1:${port}`], timeoutMs: 5000, maxBytes: 1000 })
    const work = startSpan('webhook.deliver', () => ({ kind: 'consumer' }))
    if (work === undefined) throw new Error('Nobody looks.')
    await runInSpan(work, () => outgoing.fetch(`${origin}/hook?token=${testAdminKey}`, { method: 'POST', body: '{}' }))
    work.end()
    await expect.poll(() => ofTrace(work.traceId).length, { timeout: 10_000 }).toBe(2)
    const call = ofTrace(work.traceId).find(({ kind }) => kind === 3) as OtlpSpan
    expect(call).toMatchObject({ name: 'POST' })
    expect(hooks.at(-1)?.traceparent).toBe(`00-${work.traceId}-${call.spanId}-01`)
    expect(bodies.join('\n')).not.toContain(testAdminKey)
  })

  it('is no trace where it is a statement of nobody', async () => {
    await app.app.services.health.checkDatabase()
    expect(startSpan('SELECT', () => ({ kind: 'client' }))).toBeUndefined()
    // What the server does by itself meanwhile may be traces, each with a beginning that is no statement.
    expect(spans().filter(({ kind, parentSpanId }) => kind === 3 && !parentSpanId)).toEqual([])
  })
})

describe('without a collector', () => {
  it('nothing of OpenTelemetry is loaded', () => {
    const program = `
      const { registerHooks } = await import('node:module')
      const loaded = []
      registerHooks({ resolve(name, context, next) { if (name.includes('opentelemetry')) loaded.push(name); return next(name, context) } })
      const { startTelemetry } = await import('#backend/infra/telemetry/telemetry.ts')
      const config = { monitoring: { otlpEndpoint: undefined }, application: { environment: 'development', safeMode: false } }
      await startTelemetry(config, { version: '0', logger: console })
      const { traced, traceHeaders } = await import('#backend/kernel/tracing.ts')
      process.stdout.write(JSON.stringify([await traced('x', () => { throw new Error('asked') }, async (span) => span ?? 'none'), traceHeaders(), loaded]))`
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', cwd: import.meta.dirname })
    expect(ran.stdout, ran.stderr).toBe('["none",{},[]]')
    expect(traceHeaders()).toEqual({})
  })
})
