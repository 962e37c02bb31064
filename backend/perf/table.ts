import { type Figure, passes, reachesGoal, toAmount, type Unmeasured } from './figures.ts'
import { guideNameOf, guideTargets, yardstickOf } from './guide.ts'

/** A finished run, for people. */
export interface RunTable {
  figures: readonly Figure[]
  unmeasured: readonly Unmeasured[]
  /** Medians of earlier runs by the name of the figure. */
  before: ReadonlyMap<string, number>
}

const headings = ['figure', 'value', 'yardstick', 'before', 'target', 'goal', 'verdict'] as const
const guideHeadings = ['the guide', 'promises', 'figure', 'value', 'of it', 'verdict'] as const
/** Amounts stand to the right. */
const amounts: readonly string[] = ['value', 'yardstick', 'before', 'of it']

/** The run as text for a terminal. */
export function toTextTable(run: RunTable): string {
  const guide = toGuideRows(run)
  return [layOut(headings, toRows(run)), ...(guide.length === 0 ? [] : ['', layOut(guideHeadings, guide)]), ...toUnmeasuredLines(run)].join('\n')
}

/** The run as Markdown. @param heading what was measured where, as a line */
export function toMarkdown(run: RunTable, heading: string): string {
  const unmeasured = toUnmeasuredLines(run)
  const guide = toGuideRows(run)
  return `${[
    heading,
    '',
    ...(guide.length === 0 ? [] : [toPipes(guideHeadings, guide), '']),
    toPipes(
      [...headings, 'note'],
      toRows(run).map((row, index) => [...row, run.figures[index]?.note ?? '']),
    ),
    ...(unmeasured.length === 0 ? [] : ['', ...unmeasured.map((line) => `- ${line}`)]),
  ].join('\n')}\n`
}

function toRows({ figures, before }: RunTable): string[][] {
  return figures.map((figure) => {
    const { name, value, unit, target, goal, atLeast } = figure
    const sign = atLeast ? '≥' : '≤'
    const optional = (amount: number | undefined) => (amount === undefined ? '' : toAmount(amount, unit))
    const guide = guideNameOf(name)
    return [
      name,
      toAmount(value, unit),
      optional(yardstickOf(figure, figures)),
      optional(before.get(name)),
      target === undefined ? '' : `${sign} ${toAmount(target, unit)}${guide === undefined ? '' : ` (${guide})`}`,
      goal === undefined ? '' : `${sign} ${toAmount(goal, unit)}`,
      verdictOf(figure),
    ]
  })
}

function verdictOf(figure: Figure): string {
  const goal = reachesGoal(figure)
  return [
    ...(figure.target === undefined ? [] : [passes(figure) ? 'ok' : 'MISSED']),
    ...(goal === undefined ? [] : [goal ? 'goal reached' : 'goal not reached']),
  ].join(', ')
}

function toGuideRows({ figures }: RunTable): string[][] {
  return guideTargets.flatMap(({ name: guide, promise, figures: names }) =>
    names.flatMap((name) => {
      const figure = figures.find((one) => one.name === name)
      if (figure === undefined) return []
      const share = figure.target === undefined || figure.target === 0 ? '' : toAmount((figure.value / figure.target) * 100, '%')
      return [[guide, promise, name, toAmount(figure.value, figure.unit), share, figure.target === undefined ? '' : passes(figure) ? 'ok' : 'MISSED']]
    }),
  )
}

function toUnmeasuredLines({ unmeasured }: RunTable): string[] {
  return unmeasured.map(({ what, why }) => `not measured: ${what}: ${why.replace(/\s+/g, ' ')}`)
}

function layOut(titles: readonly string[], rows: readonly string[][]): string {
  const widths = titles.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (amounts.includes(titles[column] ?? '') ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  return [line(titles), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

function toPipes(titles: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(titles), `|${titles.map((title) => (amounts.includes(title) ? '---:|' : '---|')).join('')}`, ...rows.map(line)].join('\n')
}
