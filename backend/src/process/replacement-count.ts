/** Why a worker's place was taken by another. */
export type ReplacementReason = 'crash' | 'memory' | 'reload'

/** Counts workers that were replaced, as one more process tells its figures: the first process has no metrics of its own. */
export function createReplacementCount() {
  const counts = new Map<ReplacementReason, number>()
  return {
    note(reason: ReplacementReason): void {
      counts.set(reason, (counts.get(reason) ?? 0) + 1)
    },
    asProcess(): unknown[] {
      const values = [...counts].map(([reason, value]) => ({ value, labels: { reason } }))
      return [[{ name: 'worker_replacements_total', help: 'Workers whose place was taken by another.', type: 'counter', aggregator: 'sum', values }]]
    },
  }
}
