import { describe, expect, it } from 'vitest'
import { summarise, type TestReport } from './test-summary.ts'

const file = (name: string, tests: Record<string, string>, status = 'passed') => ({
  name: `/repository/${name}`,
  status,
  assertionResults: Object.entries(tests).map(([fullName, result]) => ({ fullName, status: result })),
})
const run = (report: TestReport | undefined, skipped: Parameters<typeof summarise>[1] = [], options: { exitCode?: number; requireAll?: boolean } = {}) =>
  summarise(report, skipped, { exitCode: 0, requireAll: false, root: '/repository', ...options })

describe('summarise', () => {
  const green = { success: true, testResults: [file('a.test.ts', { one: 'passed', two: 'passed' })] }
  const browser = { success: true, testResults: [...green.testResults, file('b.test.ts', { 'Browser shows a table': 'skipped', 'Browser sorts': 'skipped' })] }

  it('ends with what passed and failed', () => {
    expect(run(green)).toEqual({ lines: ['2 passed, 0 failed'], failed: 0 })
    expect(run({ success: false, testResults: [file('a.test.ts', { one: 'passed', two: 'failed' }, 'failed')] }, [], { exitCode: 1 }).lines.at(-1)).toBe(
      '1 passed, 1 failed',
    )
  })

  it('names the suites that were skipped, and why', () => {
    expect(run(browser, [{ suite: 'Browser', program: 'chromium' }]).lines).toEqual([
      'skipped: Browser (chromium is not installed)',
      '2 passed, 0 failed, 2 skipped',
    ])
    expect(run(browser).lines[0]).toBe('skipped: b.test.ts: Browser shows a table; Browser sorts')
  })

  it('fails what was skipped when everything is required', () => {
    const { lines, failed } = run(browser, [{ suite: 'Browser', program: 'chromium' }], { requireAll: true })
    expect(failed).toBe(2)
    expect(lines.at(-1)).toBe('2 passed, 2 failed')
  })

  it('fails a file that cannot be loaded, a run without a report and an error outside of every test', () => {
    expect(run({ success: false, testResults: [...green.testResults, file('c.test.ts', {}, 'failed')] }, [], { exitCode: 1 }).lines.at(-1)).toBe(
      '2 passed, 1 failed',
    )
    expect(run(undefined, [], { exitCode: 1 })).toEqual({ lines: ['0 passed, 1 failed'], failed: 1 })
    expect(run(green, [], { exitCode: 1 }).lines.at(-1)).toBe('2 passed, 1 failed')
  })
})
