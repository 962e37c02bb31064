import type { SkippedSuite } from '../backend/test/requirements.ts'

/** The parts of Vitest's JSON report that are used here. */
export interface TestReport {
  success: boolean
  testResults: readonly {
    name: string
    status: string
    message?: string
    assertionResults: readonly { status: string; fullName: string }[]
  }[]
}

export interface TestSummary {
  /** Everything to print; the last line is `N passed, N failed`, and `, N skipped` when some were. */
  lines: string[]
  failed: number
}

/**
 * What a test run comes to.
 * @param report undefined when the run ended before it could write one
 * @param requireAll whether a test that was skipped counts as failed
 */
export function summarise(
  report: TestReport | undefined,
  skippedSuites: readonly SkippedSuite[],
  options: { exitCode: number; requireAll: boolean; root: string },
): TestSummary {
  const files = report?.testResults ?? []
  const count = (...statuses: string[]) => files.reduce((sum, file) => sum + file.assertionResults.filter(({ status }) => statuses.includes(status)).length, 0)
  const passed = count('passed')
  const skipped = count('pending', 'skipped', 'todo', 'disabled')
  let failed = count('failed')
  // A file that could not even be loaded has no test to fail.
  failed += files.filter((file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')).length
  if (options.requireAll) failed += Math.max(skipped, skippedSuites.length)
  if (failed === 0 && options.exitCode !== 0) failed = 1

  const lines = skippedSuites.map(({ suite, program }) => `skipped: ${suite} (${program} is not installed)`)
  for (const file of files) {
    const names = file.assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ fullName }) => fullName.trim())
    const isExplained = skippedSuites.some(({ suite }) => names.every((name) => name.startsWith(suite)))
    if (names.length > 0 && !isExplained) lines.push(`skipped: ${file.name.replace(`${options.root}/`, '')}: ${names.join('; ')}`)
  }
  if (options.requireAll && (skipped > 0 || skippedSuites.length > 0)) lines.push('REQUIRE_ALL is set, so what was skipped counts as failed.')
  const isCounted = skipped > 0 && !options.requireAll
  lines.push(`${passed} passed, ${failed} failed${isCounted ? `, ${skipped} skipped` : ''}`)
  return { lines, failed }
}
