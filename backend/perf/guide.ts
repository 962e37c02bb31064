import type { Figure } from './figures.ts'

/** A figure that the operators' guides promise. */
export interface GuideTarget {
  /** As the guide calls it. */
  name: string
  /** In the guide's words. */
  promise: string
  /** Names of the figures that have to keep it; all of them do. */
  figures: readonly string[]
}

/** The guides' table of benchmarks, and what the second one says of tests of performance. */
export const guideTargets: readonly GuideTarget[] = [
  { name: 'CRM Query Response', promise: '< 2 s', figures: ['question p95', 'question asked for the first time p95'] },
  { name: 'Contact Search', promise: '< 1 s', figures: ['search p95'] },
  { name: 'Pipeline Analysis', promise: '< 3 s', figures: ['pipeline p95'] },
  { name: 'Memory Usage', promise: '< 1 GB', figures: ['node memory, at most'] },
  { name: 'CPU Usage', promise: '< 50 %', figures: ['processors in use with 10 people'] },
  { name: 'Response time', promise: '< 5 s', figures: ['slowest answer of an agent', 'slowest response, 10 at once'] },
  { name: 'Concurrent processing', promise: '10 at once', figures: ['requests that failed, 10 at once'] },
]

/** Which figure is the same without the product, where a scenario reports the two apart. */
export const yardsticks: Readonly<Record<string, string>> = {
  'search p95': 'search, bare SQL p95',
  'question p95': 'question, bare SQL p95',
  'question asked for the first time p95': 'question asked for the first time, bare SQL p95',
  'pipeline p95': 'pipeline, bare SQL p95',
  'full copy': 'copy, bare: the same pages thrown away',
  'node memory with 1000 open streams': 'node memory without a stream',
}

/** What a figure's guide calls it. */
export function guideNameOf(figure: string): string | undefined {
  return guideTargets.find(({ figures }) => figures.includes(figure))?.name
}

/** The figure's own yardstick, or that of the same run. */
export function yardstickOf({ name, yardstick }: Figure, figures: readonly Figure[]): number | undefined {
  return yardstick ?? figures.find((one) => one.name === yardsticks[name])?.value
}

/** The guides' targets that no figure of a run speaks of. */
export function missingTargets(figures: readonly Figure[]): GuideTarget[] {
  return guideTargets.filter((target) => !target.figures.every((name) => figures.some((figure) => figure.name === name)))
}
