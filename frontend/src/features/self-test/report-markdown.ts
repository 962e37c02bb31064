import type { BenchmarkReport, Latency, SelfTestReport, SystemReport } from '#contracts/self-test.ts'

export type Report = SelfTestReport | BenchmarkReport | SystemReport

const cell = (value: string | number | null | undefined): string =>
  String(value ?? '')
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replace(/\s+/g, ' ')

function table(heads: readonly string[], rows: readonly (readonly (string | number | null | undefined)[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map((row) => line(row.map(cell)))].join('\n')
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`
const figures = (latency: Latency | undefined) => [latency?.p50, latency?.p95, latency?.max, latency?.target]

/** A report as a document for people. */
export function toMarkdown(report: Report): string {
  const verdict = `${report.success ? 'Passed' : 'Failed'} in ${seconds(report.durationMs)} (${report.startedAt})`
  if ('suites' in report) {
    const blocks = report.suites.map(({ name, tests }) => {
      const rows = tests.map((test) => [test.name, test.status, test.durationMs, ...figures(test.latencyMs), test.error])
      return `## ${name}\n\n${table(['test', 'result', 'ms', 'p50 ms', 'p95 ms', 'max ms', 'target ms', 'what went wrong'], rows)}`
    })
    return `${['# ChatSG self-test', `${verdict}: ${report.passed} passed, ${report.failed} failed.`, ...blocks].join('\n\n')}\n`
  }
  if ('benchmarks' in report) {
    const rows = report.benchmarks.map((one) => [one.name, one.success ? 'passed' : 'failed', one.runs, ...figures(one)])
    const head = `${verdict}, with ${report.contacts} contacts.`
    return `${['# ChatSG timing', head, table(['operation', 'result', 'runs', 'p50 ms', 'p95 ms', 'max ms', 'target ms'], rows)].join('\n\n')}\n`
  }
  const rows = report.checks.map(({ name, status, durationMs, detail }) => [name, status.replace('_', ' '), durationMs, detail])
  return `${['# ChatSG: what is configured', `${verdict}.`, table(['part', 'result', 'ms', 'found'], rows)].join('\n\n')}\n`
}
