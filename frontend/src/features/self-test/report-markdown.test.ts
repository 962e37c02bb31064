import { describe, expect, it } from 'vitest'
import { toMarkdown } from './report-markdown.ts'

const head = { success: false, startedAt: '2026-11-22T10:00:00.000Z', durationMs: 1234 }

describe('a report as a document', () => {
  it('has a table for each suite, with percentiles where they were measured', () => {
    const suites = [
      {
        name: 'CRM Agent',
        success: false,
        durationMs: 1200,
        tests: [
          { name: 'counts contacts', status: 'passed' as const, durationMs: 12, latencyMs: { runs: 5, p50: 2, p95: 4, max: 5, target: 2000 } },
          { name: 'adds a | b', status: 'failed' as const, durationMs: 3, error: 'expected 1,\nfound 2' },
        ],
      },
    ]
    expect(toMarkdown({ ...head, passed: 1, failed: 1, suites })).toBe(`# ChatSG self-test

Failed in 1.2 s (2026-11-22T10:00:00.000Z): 1 passed, 1 failed.

## CRM Agent

| test | result | ms | p50 ms | p95 ms | max ms | target ms | what went wrong |
| --- | --- | --- | --- | --- | --- | --- | --- |
| counts contacts | passed | 12 | 2 | 4 | 5 | 2000 |  |
| adds a \\| b | failed | 3 |  |  |  |  | expected 1, found 2 |
`)
  })

  it('tells what was timed, and what was found of the parts', () => {
    const benchmarks = [{ name: 'search', success: true, runs: 30, p50: 1.5, p95: 3, max: 9, target: 1000 }]
    expect(toMarkdown({ ...head, success: true, contacts: 200, benchmarks })).toContain('| search | passed | 30 | 1.5 | 3 | 9 | 1000 |')
    const checks = [{ name: 'redis', status: 'not_configured' as const, durationMs: 0, detail: 'REDIS_URL is not set.' }]
    expect(toMarkdown({ ...head, checks })).toContain('| redis | not configured | 0 | REDIS_URL is not set. |')
  })
})
