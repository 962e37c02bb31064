import { type Arbitrary, anything, constantFrom, oneof, sample, string } from 'fast-check'
import { createGenerator } from 'json-schema-faker'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadScenario } from '../../seeds/index.ts'
import { createTestApp, type TestApp, testAdminKey } from '../app.ts'

interface Schema {
  [keyword: string]: unknown
}
interface Parameter {
  name: string
  in: string
  required?: boolean
  schema: Schema
}
interface Route {
  method: string
  path: string
  parameters: Parameter[]
  body: Schema | undefined
}
interface Description {
  paths: Record<string, Record<string, { parameters?: Parameter[]; requestBody?: { content: Record<string, { schema: Schema }> } }>>
  components?: unknown
}

/** Requests in all; `FUZZ_RUNS=10000` for the long run. */
const runs = Number(process.env.FUZZ_RUNS ?? 1500)
const seed = Number(process.env.FUZZ_SEED ?? 20261122)
const longestMs = 20_000

/** Texts that have broken programs before. */
const wickedText: Arbitrary<string> = oneof(
  constantFrom(
    '',
    ' ',
    '0',
    '-1',
    'null',
    'NaN',
    '1e400',
    '9999999999999999999999',
    '\u0000',
    '\ud800',
    '\u202e\u200b',
    "' or 1=1 --",
    '{"$gt":""}',
    '__proto__',
    'constructor',
    '2026-02-30T25:61:00Z',
    '0000-00-00',
    '+275760-09-14T00:00:00Z',
    '%',
    '%00',
    'a'.repeat(5000),
    '🦊'.repeat(300),
    '../../etc/passwd',
  ),
  string({ unit: 'binary', maxLength: 40 }),
)
const wicked: Arbitrary<unknown> = oneof(wickedText, anything({ maxDepth: 3, withBigInt: false, withDate: false, withObjectString: true }))

describe('every endpoint, asked anything', () => {
  let app: TestApp
  let routes: Route[]
  let description: Description
  const ids: string[] = []

  beforeAll(async () => {
    app = await createTestApp()
    await loadScenario(app.database, { type: 'system', workspaceId: app.workspaceId, job: 'seed' }, { scenario: 'demo', scale: 30, now: new Date() })
    description = (await app.request('GET', '/api/openapi.json')).body as Description
    routes = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
        method: method.toUpperCase(),
        path,
        parameters,
        body: requestBody?.content['application/json']?.schema,
      })),
    )
    for (const entity of ['contacts', 'organisations', 'leads', 'opportunities', 'pipelines', 'tasks', 'orders', 'notes', 'users'])
      ids.push(...((await app.request('GET', `/api/crm/${entity}?limit=3`)).body as { items: { id: string }[] }).items.map(({ id }) => id))
    ids.push(((await app.request('POST', '/api/chat', { message: 'how many contacts?' })).body as { sessionId: string }).sessionId)
  })
  afterAll(() => app.close())

  it(`answers ${runs} requests, half of them valid by the description, without an internal error or a hang`, { timeout: 30 * 60_000 }, async () => {
    expect(routes.length).toBeGreaterThan(150)
    const generator = createGenerator({ seed, maxDepth: 6 } as Parameters<typeof createGenerator>[0])
    const strange = sample(wicked, { numRuns: runs * 4, seed })
    const strangeTexts = sample(wickedText, { numRuns: runs * 4, seed: seed + 1 })
    let taken = 0
    const pick = <T>(values: readonly T[]): T => values[taken++ % values.length] as T
    const valid = async (schema: Schema): Promise<unknown> => generator.generate({ ...schema, components: description.components })
    const failures: string[] = []
    const statuses = new Map<number, number>()

    for (let run = 0; run < runs; run++) {
      const route = routes[run % routes.length] as Route
      const isValid = Math.floor(run / routes.length) % 2 === 0
      const text = async ({ schema, name }: Parameter) =>
        /id$/i.test(name) && run % 3 !== 0 ? pick(ids) : isValid ? String(await valid(schema)) : pick(strangeTexts)
      let path = route.path
      const query = new URLSearchParams()
      for (const parameter of route.parameters) {
        if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, encodeURIComponent((await text(parameter)).toWellFormed()))
        else if (parameter.in === 'query' && (parameter.required || run % 2 === 0)) query.set(parameter.name, (await text(parameter)).toWellFormed())
      }
      path = path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(pick(ids)))
      let payload: unknown
      if (route.body !== undefined) payload = isValid ? await valid(route.body) : bend(await valid(route.body), pick(strange), run)
      const url = query.size === 0 ? path : `${path}?${query}`
      const answer = await Promise.race([
        app.server.inject({
          method: route.method as 'GET',
          url,
          headers: { authorization: `Bearer ${testAdminKey}`, ...(payload === undefined ? {} : { 'content-type': 'application/json' }) },
          ...(payload === undefined ? {} : { payload: JSON.stringify(payload) ?? 'null' }),
        }),
        new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), longestMs).unref()),
      ])
      const status = answer?.statusCode ?? 0
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (answer === undefined || status >= 500)
        failures.push(
          `${route.method} ${url.slice(0, 300)} ${JSON.stringify(payload)?.slice(0, 600)}: ${answer === undefined ? 'no answer' : answer.body.slice(0, 300)}`,
        )
    }
    expect(failures).toEqual([])
    // It reaches what lies behind validation.
    expect(statuses.get(200) ?? 0).toBeGreaterThan(runs / 10)
    expect(statuses.get(400) ?? 0).toBeGreaterThan(runs / 20)
  })
})

/** A valid body with something wrong in one place, or something else altogether. */
function bend(body: unknown, wrong: unknown, run: number): unknown {
  if (run % 4 === 0 || body === null || typeof body !== 'object') return wrong
  const keys = Object.keys(body)
  const key = keys[run % Math.max(1, keys.length)]
  if (key === undefined) return wrong
  return Array.isArray(body) ? body.with(Number(key), wrong) : { ...body, [key]: wrong }
}
