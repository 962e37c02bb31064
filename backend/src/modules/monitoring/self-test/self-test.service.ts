import { type Actor, actorName } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid, newId } from '#backend/kernel/ids.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import {
  type BenchmarkReport,
  type SelfTestReport,
  type SelfTestRunDetail,
  type SelfTestRuns,
  type SystemReport,
  selfTestSuites,
} from '#contracts/self-test.ts'
import { runBenchmark } from './benchmark.ts'
import { rounded } from './percentiles.ts'
import { runSuites, within } from './run-suites.ts'
import * as repository from './self-test.repository.ts'
import type { Suite, TestWorld } from './suite.ts'
import { checkSystem, type SystemCheckSource } from './system-checks.ts'

export interface SelfTestDependencies {
  operations: Operations
  clock: Clock
  logger: { warn(fields: object, message: string): void; error(fields: object, message: string): void }
  /** Whose owners and admins may run it: what it does is the installation's. */
  homeWorkspaceId: string
  /** The product over a scratch database; undefined where this process may make none. */
  openWorld: ((now: Date) => Promise<TestWorld>) | undefined
  loadSuites: () => Promise<readonly Suite[]>
  systemChecks: readonly SystemCheckSource[]
  limits?: Partial<SelfTestLimits>
}

export interface SelfTestLimits {
  /** Milliseconds of one test, and of a whole run: what is silent for two minutes is cut by the server. */
  testMs: number
  runMs: number
}

export type SelfTestService = ReturnType<typeof createSelfTestService>

type Report = SelfTestReport | BenchmarkReport | SystemReport

const keptRuns = 50
const everySuite = 'all suites'

/** ChatSG tests itself, in a database made for it and dropped afterwards; one run at a time, whichever process was asked. */
export function createSelfTestService(dependencies: SelfTestDependencies) {
  const { operations, clock, logger, homeWorkspaceId, openWorld, loadSuites, systemChecks } = dependencies
  const limits: SelfTestLimits = { testMs: 20_000, runMs: 110_000, ...dependencies.limits }
  const system: Actor = { type: 'system', workspaceId: homeWorkspaceId, job: 'self-test' }

  function requireHome(actor: Actor): void {
    operations.require(actor, 'workspace:admin', 'self_test.run')
    if (actor.workspaceId !== homeWorkspaceId)
      throw new AppError('FORBIDDEN', 'The self-test is about the whole installation; only owners and admins of its first workspace may run it.')
  }

  const write = <T>(name: string, work: Parameters<typeof operations.run<T>>[2]) =>
    operations.run(system, { name, scope: 'workspace:admin', event: null }, work)

  /** Keeps what is running and what came of it. @throws AppError CONFLICT while another run is going on */
  async function asRun<R extends Report>(actor: Actor, name: string, work: (note: (progress: Progress) => void) => Promise<R>): Promise<R> {
    const id = newId()
    const startedAt = clock.now()
    const until = new Date(startedAt.getTime() + limits.runMs + 30_000).toISOString()
    const running = await operations.run(
      actor,
      { name: 'self_test.run', scope: 'workspace:admin', event: 'SETTING_CHANGE', query: { what: name } },
      async (tx) => {
        const began = await repository.beginRun(tx, { id, name, startedBy: actorName(actor), startedAt: startedAt.toISOString(), until })
        return began ? undefined : ((await repository.findRunning(tx)) ?? null)
      },
    )
    if (running !== undefined) {
      const details = running === null ? [] : [{ field: running.id, message: `${running.name}, since ${running.startedAt}` }]
      throw new AppError('CONFLICT', `A self-test is going on${running === null ? '' : ` (${running.name})`}; ask again when it has ended.`, { details })
    }
    const beganAt = performance.now()
    // Progress is told in order, and never after the end.
    let noted: Promise<unknown> = Promise.resolve()
    const note = (progress: Progress) => {
      noted = noted
        .then(() => write('self_test.progress', (tx) => repository.noteProgress(tx, id, progress)))
        .catch((error: unknown) => logger.warn({ err: error }, 'The progress of the self-test could not be kept'))
    }
    const end = async (ended: Omit<repository.EndedRun, 'durationMs'>) => {
      await noted
      await write('self_test.end', async (tx) => {
        await repository.endRun(tx, id, { ...ended, durationMs: rounded(performance.now() - beganAt) })
        await repository.forgetOldRuns(tx, keptRuns)
      })
    }
    try {
      const report = await work(note)
      await end({ status: report.success ? 'passed' : 'failed', report, error: null })
      return report
    } catch (error) {
      logger.error({ err: error }, 'The self-test could not be carried to its end')
      await end({ status: 'broken', report: undefined, error: error instanceof AppError ? error.message : 'It could not be carried to its end; see the log.' })
      throw error
    }
  }

  /** @throws AppError CONFLICT where no database may be made */
  async function inWorld<T>(work: (world: TestWorld) => Promise<T>): Promise<T> {
    if (openWorld === undefined) throw noScratch()
    const world = await openWorld(clock.now())
    try {
      return await within(work(world), limits.runMs)
    } finally {
      await world.close()
    }
  }

  return {
    /** Runs one suite, or all of them. @throws AppError NOT_FOUND for a suite that there is not, CONFLICT while another run is going on */
    async runSuites(actor: Actor, name?: string): Promise<SelfTestReport> {
      requireHome(actor)
      if (name !== undefined && !isSuite(name)) throw unknownSuite(name)
      if (openWorld === undefined) throw noScratch()
      return asRun(actor, name ?? everySuite, async (note) => {
        const startedAt = clock.now().toISOString()
        const beganAt = performance.now()
        note({ done: 0, total: 0, current: 'Making a database for the tests' })
        const chosen = (await loadSuites()).filter((suite) => name === undefined || suite.name === name)
        const suites = await inWorld((world) => runSuites({ suites: chosen, world, testLimitMs: limits.testMs, onTest: note }))
        const tests = suites.flatMap((suite) => suite.tests)
        const failed = tests.filter(({ status }) => status === 'failed').length
        const durationMs = rounded(performance.now() - beganAt)
        return { success: failed === 0 && tests.length > 0, startedAt, durationMs, passed: tests.length - failed, failed, suites }
      })
    },

    /** Times real operations over HTTP in a scratch database. */
    async benchmark(actor: Actor): Promise<BenchmarkReport> {
      requireHome(actor)
      if (openWorld === undefined) throw noScratch()
      return asRun(actor, 'benchmark', async (note) => {
        const startedAt = clock.now().toISOString()
        const beganAt = performance.now()
        note({ done: 0, total: 0, current: 'Making a database for the tests' })
        const { benchmarks, contacts } = await inWorld(async (world) => ({ benchmarks: await runBenchmark(world, note), contacts: world.contacts }))
        return { success: benchmarks.every(({ success }) => success), startedAt, durationMs: rounded(performance.now() - beganAt), contacts, benchmarks }
      })
    },

    /** Asks everything that is configured whether it answers; changes nothing. */
    async validateSystem(actor: Actor): Promise<SystemReport> {
      requireHome(actor)
      const now = clock.now().toISOString()
      const beganAt = performance.now()
      const checks = await checkSystem(systemChecks, actor)
      const success = checks.every(({ status }) => status !== 'failed')
      const report = { success, startedAt: now, durationMs: rounded(performance.now() - beganAt), checks }
      const run = { id: newId(), name: 'validate_system', startedBy: actorName(actor), startedAt: now, until: now }
      await operations.run(actor, { name: 'self_test.run', scope: 'workspace:admin', event: 'SETTING_CHANGE', query: { what: run.name } }, async (tx) => {
        await repository.addEndedRun(tx, run, { status: success ? 'passed' : 'failed', durationMs: report.durationMs, report, error: null })
        await repository.forgetOldRuns(tx, keptRuns)
      })
      return report
    },

    /** Runs, newest first; the one that is going on has its progress. */
    async listRuns(actor: Actor): Promise<SelfTestRuns> {
      requireHome(actor)
      const reading = { name: 'self_test.list', scope: 'workspace:admin', event: null, readOnly: true } as const
      const items = await operations.run(actor, reading, (tx) => repository.listRuns(tx, keptRuns + 1))
      return { items, nextCursor: null, total: items.length, suites: [...selfTestSuites] }
    },

    async getRun(actor: Actor, id: string): Promise<SelfTestRunDetail> {
      const reading = { name: 'self_test.get', scope: 'workspace:admin', event: null, readOnly: true } as const
      const run = await operations.run(actor, reading, async (tx) => (isUuid(id) ? repository.findRun(tx, id) : undefined))
      if (run === undefined) throw notFound('This run')
      return run
    },
  }
}

type Progress = Parameters<typeof repository.noteProgress>[2]

function isSuite(name: string): boolean {
  return (selfTestSuites as readonly string[]).includes(name)
}

function unknownSuite(name: string): AppError {
  return new AppError('NOT_FOUND', `There is no suite "${name}"; there are: ${selfTestSuites.join(', ')}.`, {
    details: selfTestSuites.map((suite) => ({ field: 'suite', message: suite })),
  })
}

function noScratch(): AppError {
  return new AppError('CONFLICT', 'The self-test needs a database of its own, and this process may make none; run it on the server that owns the database.')
}
