import type { SelfTestResult, SelfTestSuiteResult } from '#contracts/self-test.ts'
import { latencyOf, rounded } from './percentiles.ts'
import type { Suite, SuiteTest, TestWorld } from './suite.ts'

export interface RunOptions {
  suites: readonly Suite[]
  world: TestWorld
  /** Milliseconds that one test may take. */
  testLimitMs: number
  /** Told before each test. */
  onTest?: (progress: { done: number; total: number; current: string }) => void
}

/** Runs suites one after the other; a test that fails, or takes too long, does not keep the others from running. */
export async function runSuites({ suites, world, testLimitMs, onTest }: RunOptions): Promise<SelfTestSuiteResult[]> {
  const total = suites.reduce((sum, { tests }) => sum + tests.length, 0)
  let done = 0
  const results: SelfTestSuiteResult[] = []
  for (const suite of suites) {
    const tests: SelfTestResult[] = []
    for (const test of suite.tests) {
      onTest?.({ done, total, current: `${suite.name}: ${test.name}` })
      tests.push(await runTest(test, world, testLimitMs))
      done += 1
    }
    const durationMs = rounded(tests.reduce((sum, test) => sum + test.durationMs, 0))
    results.push({ name: suite.name, success: tests.every(({ status }) => status === 'passed'), durationMs, tests })
  }
  return results
}

async function runTest(test: SuiteTest, world: TestWorld, limitMs: number): Promise<SelfTestResult> {
  let latency: SelfTestResult['latencyMs']
  const notes = {
    timed(durationsMs: readonly number[], targetMs: number | null) {
      latency = latencyOf(durationsMs, targetMs)
    },
  }
  const beganAt = performance.now()
  const problem = await within(test.run(world, notes), limitMs).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  const durationMs = rounded(performance.now() - beganAt)
  const measured = latency === undefined ? {} : { latencyMs: latency }
  return problem === undefined
    ? { name: test.name, status: 'passed', durationMs, ...measured }
    : { name: test.name, status: 'failed', durationMs, error: problem, ...measured }
}

/** @throws Error when the work is not done in time */
export async function within<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_done, failed) => {
    timer = setTimeout(() => failed(new Error(`It was not done within ${limitMs / 1000} seconds.`)), limitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
