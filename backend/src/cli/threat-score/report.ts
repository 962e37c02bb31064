import type { Figure, ThreatScore } from './score.ts'

/** The figures as lines to read, each with its target. */
export function scoreLines({ figures, missing, medianMs, maximumMs, isMet }: ThreatScore): string[] {
  const width = Math.max(...figures.map(({ name }) => name.length))
  const missed = figures.filter((figure) => !figure.isMet).length + (medianMs > maximumMs ? 1 : 0)
  return [
    ...figures.map((figure) =>
      `${mark(figure)} ${figure.name.padEnd(width)}  ${percent(figure.rate).padStart(8)}  ${`${figure.flagged} of ${figure.total}`.padEnd(16)} ${targetOf(figure)}`.trimEnd(),
    ),
    `${medianMs <= maximumMs ? 'ok    ' : 'MISSED'} ${'Median of an ordinary request'.padEnd(width)}  ${medianMs.toFixed(3).padStart(5)} ms  at most ${maximumMs} ms`,
    ...missing.map((name) => `       ${name.padEnd(width)}  not in this folder`),
    isMet ? 'Every target is met.' : `${missed} ${missed === 1 ? 'target is' : 'targets are'} missed.`,
  ]
}

function mark({ target, isMet }: Figure): string {
  if (target === undefined) return '      '
  return isMet ? 'ok    ' : 'MISSED'
}

const percent = (rate: number): string => `${(rate * 100).toFixed(2)} %`

function targetOf({ target }: Figure): string {
  if (target === undefined) return ''
  return 'atLeast' in target ? `at least ${percent(target.atLeast)}` : `at most ${percent(target.atMost)}`
}
