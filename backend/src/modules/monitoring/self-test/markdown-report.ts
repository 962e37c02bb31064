import type { SelfTestReport } from '#contracts/self-test.ts'

/** The report for people: a table for each suite. */
export function toMarkdown({ success, startedAt, durationMs, passed, failed, suites }: SelfTestReport): string {
  const head = [
    '# ChatSG self-test',
    '',
    `${success ? 'Passed' : 'Failed'}: ${passed} passed, ${failed} failed, in ${(durationMs / 1000).toFixed(1)} s (${startedAt}).`,
  ]
  const blocks = suites.map((suite) =>
    [
      `## ${suite.name}`,
      '',
      '| test | result | ms | p50 ms | p95 ms | what went wrong |',
      '|---|---|---:|---:|---:|---|',
      ...suite.tests.map(
        ({ name, status, durationMs: ms, latencyMs, error }) =>
          `| ${cell(name)} | ${status} | ${ms} | ${latencyMs?.p50 ?? ''} | ${latencyMs?.p95 ?? ''} | ${cell(error ?? '')} |`,
      ),
    ].join('\n'),
  )
  return `${[head.join('\n'), ...blocks].join('\n\n')}\n`
}

function cell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/\s+/g, ' ')
}
