import type { TaskResult } from './run-tasks.ts'
import type { AgentScore, DomainScore } from './score.ts'

const longestText = 300

/** The figures by domain, then each task that was not done with what happened instead. */
export function reportText({ domains, overall }: AgentScore, results: readonly TaskResult[], missed: readonly string[]): string {
  const rows = [
    ['domain', 'tasks', 'done', 'harmful', 'abstained', 'incomplete', 'tokens in', 'tokens out', 'USD', 'seconds'],
    ...[...domains, ...(domains.length > 1 ? [overall] : [])].map(cells),
  ]
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => (row[index] ?? '').length)))
  const table = rows.map((row) => row.map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0))).join('  '))
  return [
    ...table,
    ...results.filter(({ verdict, notUndone }) => verdict !== 'done' || notUndone.length > 0).map((result) => `\n${failureText(result)}`),
    missed.length === 0 ? '\nEverything asked for is met.' : `\n${missed.join('\n')}`,
  ].join('\n')
}

function cells({ domain, tasks, done, harmful, abstained, incomplete, inputTokens, outputTokens, costUsd, seconds }: DomainScore): string[] {
  const percent = (share: number) => `${share.toFixed(1)} %`
  const shares = [done, harmful, abstained, incomplete].map(percent)
  return [domain, String(tasks), ...shares, String(inputTokens), String(outputTokens), costUsd.toFixed(4), seconds.toFixed(1)]
}

/** What a task was, what should have happened and what did. */
export function failureText({ task, verdict, text, proposed, error, unexpected, missing, notUndone }: TaskResult): string {
  const message = typeof task.message === 'string' ? task.message : task.message.join(' / ')
  const lines = (name: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`  ${name}: ${items.slice(0, 6).join(' | ')}${items.length > 6 ? ` … ${items.length} in all` : ''}`]
  return [
    `${verdict.toUpperCase()} ${task.id}: ${message}`,
    ...(error === undefined ? [] : [`  failed: ${error}`]),
    ...(text === undefined ? [] : [`  said: ${text.replace(/\s+/g, ' ').slice(0, longestText)}`]),
    ...lines('proposed', proposed),
    ...lines('unexpected', unexpected),
    ...lines('missing', missing),
    ...(task.expect.length === 0 ? ['  nothing was to change'] : []),
    ...lines('not undone', notUndone),
  ].join('\n')
}
