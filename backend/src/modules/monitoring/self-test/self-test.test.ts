import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenchmarkReport, type SelfTestReport, type SelfTestRunDetail, type SelfTestRuns, selfTestSuites } from '#contracts/self-test.ts'
import { createTestApp, type TestApp } from '../../../../test/app.ts'

let app: TestApp

beforeAll(async () => {
  app = await createTestApp({ selfTest: true })
})
afterAll(() => app.close())

const post = (body: object) => app.request('POST', '/api/test', body)

/** Databases of self-tests on the server, and rows of the live workspace. */
async function traces() {
  const databases = await app.gold(`select datname from pg_database where datname ~ '^chatsg_score_'`, [])
  const [live] = await app.gold<{ contacts: string; sessions: string }>(
    `select (select count(*) from contacts where workspace_id = $1) as contacts, (select count(*) from chat_sessions where workspace_id = $1) as sessions`,
  )
  return { databases: databases.length, ...live }
}

describe('a run', () => {
  it('takes every suite of the contract through a database of its own, and all of it passes', { timeout: 240_000 }, async () => {
    const before = await traces()
    const running = app.request('GET', '/api/test?format=json')
    await expect.poll(async () => ((await app.request('GET', '/api/test/runs')).body as SelfTestRuns).items[0]?.status, { timeout: 60_000 }).toBe('running')
    const { status: second, body: refusal } = await post({ action: 'run_suite', suite: 'CRM Agent' })
    expect(second).toBe(409)
    expect(JSON.stringify(refusal)).toContain('all suites')

    const { status, body } = await running
    expect(status).toBe(200)
    const report = body as SelfTestReport
    const failed = report.suites.flatMap(({ name, tests }) =>
      tests.filter((test) => test.status === 'failed').map((test) => `${name}: ${test.name}: ${test.error}`),
    )
    // How fast this machine is right now, and what other tests have left in this process, is told by the suite and decides nothing here.
    expect(failed.filter((line) => !/^Performance Tests: (?:.*Expected at most \d+ ms|Memory of the process)/.test(line))).toEqual([])
    expect([report.success, report.failed]).toEqual([failed.length === 0, failed.length])
    expect(report.suites.map(({ name }) => name)).toEqual(selfTestSuites)
    for (const { tests } of report.suites) expect(tests.length).toBeGreaterThan(2)
    expect(await traces()).toEqual(before)

    const { items, suites } = (await app.request('GET', '/api/test/runs')).body as SelfTestRuns
    expect(suites).toEqual(selfTestSuites)
    expect(items[0]).toMatchObject({ name: 'all suites', status: report.success ? 'passed' : 'failed', progress: null, error: null, startedBy: app.actor.name })
    const kept = (await app.request('GET', `/api/test/runs/${items[0]?.id}`)).body as SelfTestRunDetail
    expect(kept.report).toEqual(report)
  })

  it('of one suite runs no other, and is told as Markdown when that is asked for', { timeout: 60_000 }, async () => {
    const { status, body, headers } = await app.request('GET', '/api/test?format=markdown&suite=Product%20Agent')
    expect(status).toBe(200)
    expect(headers['content-type']).toContain('text/markdown')
    const headings = (body as string).split('\n').filter((line) => line.startsWith('## '))
    expect(headings).toEqual(['## Product Agent'])
    expect(body).toContain('| cheapest product | passed |')
  })

  it('times real operations', { timeout: 120_000 }, async () => {
    const { status, body } = await post({ action: 'benchmark' })
    expect(status).toBe(200)
    const { benchmarks, contacts } = body as BenchmarkReport
    expect(contacts).toBeGreaterThan(0)
    expect(benchmarks.map(({ name }) => name)).toEqual(expect.arrayContaining(['CRM query', 'Contact search', 'Pipeline analysis', 'Question in the chat']))
    for (const { p50, p95, max, runs } of benchmarks) {
      expect(p50).toBeGreaterThan(0)
      expect(p95).toBeGreaterThanOrEqual(p50)
      expect(max).toBeGreaterThanOrEqual(p95)
      expect(runs).toBeGreaterThan(1)
    }
  })
})

describe('what is asked for', () => {
  it('is refused with the names there are, when there is no such suite or action', async () => {
    for (const answer of [await app.request('GET', '/api/test?suite=Nonsense'), await post({ action: 'run_suite', suite: 'Nonsense' })]) {
      expect(answer.status).toBe(404)
      const { error } = answer.body as { error: { details: { message: string }[] } }
      expect(error.details.map(({ message }) => message)).toEqual(selfTestSuites)
    }
    expect((await post({ action: 'nonsense' })).status).toBe(400)
    expect((await app.request('GET', '/api/test?format=xml')).status).toBe(400)
    expect((await app.request('GET', '/api/test/runs/nonsense')).status).toBe(404)
  })
})
