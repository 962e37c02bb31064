import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Figure } from './figures.ts'
import { guideTargets, missingTargets, yardsticks } from './guide.ts'
import { toMarkdown, toTextTable } from './table.ts'

const figures: Figure[] = [
  { name: 'search p95', value: 120, unit: 'ms', target: 1000, goal: 25, note: 'typos | included' },
  { name: 'search, bare SQL p95', value: 60, unit: 'ms' },
  { name: 'pipeline p95', value: 4000, unit: 'ms', target: 3000 },
  { name: 'lightest request, p50', value: 2, unit: 'ms', yardstick: 1 },
]
const run = { figures, unmeasured: [{ what: 'Mastra loop', why: 'could not\nbe installed', isTolerated: true }], before: new Map([['search p95', 130]]) }
const rowOf = (table: string, name: string) => table.split('\n').find((line) => line.startsWith(name))

describe('the table of a run', () => {
  it('shows a figure beside its yardstick, the runs before, the guide’s target and the goal', () => {
    const table = toTextTable(run)
    expect(rowOf(table, 'search p95')?.split(/ {2,}/)).toEqual([
      'search p95',
      '120.0 ms',
      '60.0 ms',
      '130.0 ms',
      '≤ 1,000.0 ms (Contact Search)',
      '≤ 25.0 ms',
      'ok, goal not reached',
    ])
    expect(rowOf(table, 'pipeline p95')).toMatch(/MISSED$/)
    expect(rowOf(table, 'lightest request, p50')?.split(/ {2,}/)).toEqual(['lightest request, p50', '2.00 ms', '1.00 ms'])
    expect(table).toContain('not measured: Mastra loop: could not be installed')
  })

  it('tells how much of the guide’s targets is used up', () => {
    const table = toTextTable(run)
    expect(rowOf(table, 'Contact Search')?.split(/ {2,}/)).toEqual(['Contact Search', '< 1 s', 'search p95', '120.0 ms', '12.0 %', 'ok'])
    expect(rowOf(table, 'Pipeline Analysis')).toMatch(/133\.3 % +MISSED$/)
    expect(rowOf(table, 'CPU Usage')).toBeUndefined()
  })

  it('is Markdown with notes as well', () => {
    const markdown = toMarkdown(run, 'Measured today.')
    expect(markdown).toMatch(/^Measured today\.\n\n\| the guide /)
    expect(rowOf(markdown, '| search p95')).toBe(
      '| search p95 | 120.0 ms | 60.0 ms | 130.0 ms | ≤ 1,000.0 ms (Contact Search) | ≤ 25.0 ms | ok, goal not reached | typos \\| included |',
    )
    expect(markdown).toMatch(/\n- not measured: Mastra loop: could not be installed\n$/)
  })
})

describe('the guide’s targets', () => {
  it('are missing where one of their figures is', () => {
    expect(missingTargets(figures).map(({ name }) => name)).toEqual([
      'CRM Query Response',
      'Memory Usage',
      'CPU Usage',
      'Response time',
      'Concurrent processing',
    ])
  })

  it('and the yardsticks name figures that scenarios report', () => {
    const folder = fileURLToPath(new URL('.', import.meta.url))
    const sources = [`${folder}serving.ts`, ...readdirSync(`${folder}scenarios`).map((file) => `${folder}scenarios/${file}`)]
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n')
      .replaceAll(/\$\{openStreams\}/g, '1000')
    const named = [...guideTargets.flatMap(({ figures: names }) => names), ...Object.entries(yardsticks).flat()]
    expect(named.filter((name) => !new RegExp(`['\`]${name.replaceAll(/[.()]/g, '\\$&')}['\`]`).test(sources))).toEqual([])
  })
})
