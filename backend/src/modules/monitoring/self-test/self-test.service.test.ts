import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { createTestOperations } from '../../../../test/operations.ts'
import { toMarkdown } from './markdown-report.ts'
import { percentile } from './percentiles.ts'
import { createSelfTestService, type SelfTestDependencies } from './self-test.service.ts'
import type { TestWorld } from './suite.ts'

let site: TestWorkspace
let isOpen = false
const clock = createClock()
const logger = { warn: () => undefined, error: () => undefined }

beforeAll(async () => {
  site = await createTestWorkspace()
})
afterEach(() => expect(isOpen).toBe(false))

/** No product behind it: what is tested here is how tests are run. */
const emptyWorld = async (): Promise<TestWorld> => {
  isOpen = true
  const none = () => Promise.reject(new Error('There is no product here.'))
  return {
    contacts: 0,
    call: none,
    gold: none,
    metrics: none,
    drillBackup: none,
    async close() {
      isOpen = false
    },
  }
}

function create(options: Partial<SelfTestDependencies> = {}) {
  const { operations } = createTestOperations(site.database, clock)
  return createSelfTestService({
    operations,
    clock,
    logger,
    homeWorkspaceId: site.workspaceId,
    openWorld: emptyWorld,
    loadSuites: async () => [],
    systemChecks: [],
    ...options,
  })
}

const passing = { name: 'passes', run: async () => undefined }
const failing = { name: 'fails', run: async () => Promise.reject(new Error('Expected 2, got 3 | a pipe.')) }
const hanging = { name: 'hangs', run: () => new Promise<void>(() => undefined) }

describe('the self-test', () => {
  it('fails when one test does, runs the others all the same, and leaves nothing open', async () => {
    const service = create({ loadSuites: async () => [{ name: 'CRM Agent', tests: [failing, passing] }] })
    const report = await service.runSuites(site.actor, 'CRM Agent')
    expect(report).toMatchObject({ success: false, passed: 1, failed: 1 })
    expect(report.suites[0]?.tests).toMatchObject([{ status: 'failed', error: 'Expected 2, got 3 | a pipe.' }, { status: 'passed' }])
    expect(toMarkdown(report)).toContain('Expected 2, got 3 \\| a pipe.')
    expect((await service.listRuns(site.actor)).items[0]).toMatchObject({ name: 'CRM Agent', status: 'failed' })
  })

  it('does not wait for ever for a test, nor for a run', async () => {
    const loadSuites = async () => [{ name: 'CRM Agent' as const, tests: [hanging, passing] }]
    const report = await create({ loadSuites, limits: { testMs: 50 } }).runSuites(site.actor)
    expect(report.suites[0]?.tests.map(({ status }) => status)).toEqual(['failed', 'passed'])
    const service = create({ loadSuites, limits: { runMs: 50 } })
    await expect(service.runSuites(site.actor)).rejects.toThrow('within 0.05 seconds')
    expect((await service.listRuns(site.actor)).items[0]?.status).toBe('broken')
  })

  it('runs once at a time, and one whose process is gone does not keep the next from running', async () => {
    let end: () => void = () => undefined
    const waiting = { name: 'waits', run: () => new Promise<void>((done) => (end = done)) }
    const service = create({ loadSuites: async () => [{ name: 'Email Agent', tests: [waiting] }] })
    const first = service.runSuites(site.actor, 'Email Agent')
    await expect.poll(async () => (await service.listRuns(site.actor)).items[0]?.progress?.current, { timeout: 20_000 }).toBe('Email Agent: waits')
    const other = create({ loadSuites: async () => [{ name: 'CRM Agent', tests: [passing] }] })
    await expect(other.runSuites(site.actor)).rejects.toMatchObject({
      code: 'CONFLICT',
      details: [{ message: expect.stringContaining('Email Agent') }],
    })
    await site.gold(`update self_test_runs set until = now() - interval '1 minute' where workspace_id = $1 and status = 'running'`)
    expect((await other.runSuites(site.actor)).success).toBe(true)
    end()
    await first
  })

  it('is for owners and admins of the first workspace', async () => {
    const service = create()
    await expect(service.runSuites(await site.member('manager'))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(service.listRuns((await createTestWorkspace()).actor)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(create({ openWorld: undefined }).runSuites(site.actor)).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  it('keeps the last fifty runs', { timeout: 30_000 }, async () => {
    const service = create()
    for (let run = 0; run < 52; run++) await service.validateSystem(site.actor)
    expect((await service.listRuns(site.actor)).items).toHaveLength(50)
  })

  it('says what does not answer, and fails then', async () => {
    const systemChecks = [
      { name: 'database', check: async () => 'PostgreSQL answers.' },
      { name: 'redis', check: async () => undefined },
      { name: 'model', check: () => Promise.reject(new Error('The model does not answer.')) },
    ]
    const report = await create({ systemChecks }).validateSystem(site.actor)
    expect(report.success).toBe(false)
    expect(report.checks).toMatchObject([
      { name: 'database', status: 'ok' },
      { name: 'redis', status: 'not_configured' },
      { name: 'model', status: 'failed', detail: 'The model does not answer.' },
    ])
    expect((await create({ systemChecks: systemChecks.slice(0, 2) }).validateSystem(site.actor)).success).toBe(true)
  })
})

describe('a percentile', () => {
  it('is a value that was measured, by nearest rank', () => {
    const values = Array.from({ length: 20 }, (_, index) => index + 1)
    expect([percentile(values, 0.5), percentile(values, 0.95), percentile(values, 1), percentile([7], 0.95)]).toEqual([10, 19, 20, 7])
  })
})
