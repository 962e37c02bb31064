import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireProgram } from '../requirements.ts'
import { adminKey, removeFolder, type ServerProcess, scratchFolder, startServer } from '../server-process.ts'

const sqlmap = requireProgram('sqlmap', 'SQL injection by sqlmap')
const run = promisify(execFile)

interface Target {
  name: string
  /** Arguments that say where to look; `*` marks places beside ordinary parameters. */
  where: string[]
}

interface Parameter {
  name: string
  in: string
  schema?: { type?: string; enum?: string[]; default?: unknown }
}

/** Every so many of the places that take something from outside; `SQLMAP_STRIDE=1` attacks all of them. */
const stride = Number(process.env.SQLMAP_STRIDE ?? 4)
/** It now and then compares two pages for minutes; a second try does not. */
const perTryMs = 100_000
const mostTries = 3
const bounds = [
  '--batch',
  '--level=1',
  '--risk=1',
  '--threads=4',
  '--dbms=postgresql',
  '--timeout=20',
  '--retries=1',
  '--time-sec=3',
  '--disable-coloring',
  '--ignore-code=400,401,404,409',
]

describe.skipIf(sqlmap === undefined)('sqlmap, with the guard in report mode', () => {
  let folder: string
  let server: ServerProcess
  let targets: Target[]

  beforeAll(async () => {
    folder = await scratchFolder()
    server = await startServer(folder, {
      THREAT_MODE: 'report',
      RATE_LIMIT_MAX: '10000000',
      AUTO_BAN_THRESHOLD: '100000',
      DEMO_DATA: 'auto',
      LOG_LEVEL: 'fatal',
    })
    targets = (await listTargets()).filter((_, index) => index % stride === 0)
  }, 120_000)
  afterAll(async () => {
    await server.stop()
    await removeFolder(folder)
  })

  /** Each route that takes a query, each kind of record's address, and the bodies that reach the database. */
  async function listTargets(): Promise<Target[]> {
    const contacts = (await (await server.fetch('/api/crm/contacts?limit=1')).json()) as { items: { id: string }[] }
    const contactId = contacts.items[0]?.id ?? ''
    expect(contactId).not.toBe('')
    const { paths } = (await (await server.fetch('/api/openapi.json')).json()) as { paths: Record<string, { get?: { parameters?: Parameter[] } }> }
    const isLikeAnother = (path: string) =>
      /^\/api\/crm\/(?!contacts|pipelines)\w+(\/|$)/.test(path) && !/\/(search|pipeline|export|imports|custom-fields)$/.test(path)
    const reads = Object.entries(paths).flatMap(([path, { get }]) => {
      // Other kinds of records have the very same routes.
      if (get === undefined || isLikeAnother(path) || /^\/api\/(chat\/stream|agents)/.test(path)) return []
      const query = (get.parameters ?? []).filter((parameter) => parameter.in === 'query')
      if (query.length === 0 && !path.includes('{')) return []
      const search = query.map(({ name, schema }) => `${name}=${encodeURIComponent(exampleOf(schema))}`).join('&')
      return [{ name: `GET ${path}`, where: ['-u', `${server.url}${path.replace(/\{\w+\}/g, `${contactId}*`)}${search === '' ? '' : `?${search}`}`] }]
    })
    const bodies: [string, string, object][] = [
      ['POST', '/api/chat', { message: 'contacts in London', timeZone: 'UTC' }],
      ['POST', '/api/crm/query', { entity: 'contacts', filter: { field: 'city', op: 'eq', value: 'London' }, sort: [{ by: 'name', direction: 'asc' }] }],
      ['POST', '/api/crm/query', { entity: 'opportunities', groupBy: [{ field: 'stage' }], measures: [{ fn: 'sum', field: 'value' }] }],
      ['POST', '/api/crm/contacts', { first_name: 'Ann', city: 'London', organisation: 'Acme', owner: 'Sam', tags: ['a'] }],
      ['POST', '/api/auth/sign-in/email', { email: 'ann@example.com', password: 'wrong password' }],
    ]
    return [
      ...reads,
      ...bodies.map(([method, path, body]) => ({
        name: `${method} ${path}`,
        where: ['-u', `${server.url}${path}`, `--method=${method}`, `--data=${JSON.stringify(body)}`, '--headers=Content-Type: application/json'],
      })),
    ]
  }

  function exampleOf({ enum: choices, default: standard, type }: Parameter['schema'] = {}): string {
    if (choices?.[0] !== undefined) return choices[0]
    if (standard !== undefined) return String(standard)
    return type === 'integer' || type === 'number' ? '10' : 'a'
  }

  async function attack(target: Target, index: number): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await attackOnce(target, index)
      } catch (error) {
        if ((error as { killed?: boolean }).killed !== true || attempt === mostTries) throw error
      }
    }
  }

  async function attackOnce({ name, where }: Target, index: number): Promise<string> {
    const output = join(folder, `sqlmap-${index}`)
    const { stdout } = await run(
      sqlmap as string,
      [...where, `--header=Authorization: Bearer ${adminKey}`, `--output-dir=${output}`, '--flush-session', ...bounds],
      {
        timeout: perTryMs,
        maxBuffer: 64 * 1024 * 1024,
        env: { PATH: process.env.PATH ?? '', HOME: folder },
      },
    )
    await rm(output, { recursive: true, force: true })
    return `${name}\n${stdout}`
  }

  it('finds nothing in any parameter', async () => {
    expect(targets.length).toBeGreaterThan(20 / stride)
    const waiting = [...targets.entries()]
    const reports: string[] = []
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) reports.push(await attack(next[1], next[0]))
    }
    await Promise.all([work(), work()])
    const tested = reports.flatMap((report) => [...report.matchAll(/testing if .*?parameter '([^']+)'/g)])
    expect(tested.length).toBeGreaterThan(40 / stride)
    for (const report of reports) {
      expect(report).not.toMatch(/is vulnerable|sqlmap identified the following injection point/)
      expect(report).toMatch(/all tested parameters do not appear to be injectable|no usable links found/)
    }
    expect((await server.fetch('/api/health?check=readiness')).status).toBe(200)
  }, 900_000)
})
