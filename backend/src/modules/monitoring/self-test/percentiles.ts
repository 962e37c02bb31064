import type { Latency } from '#contracts/self-test.ts'

/** The value below which this share of the sorted values lies, by nearest rank. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}

export function latencyOf(durationsMs: readonly number[], target: number | null): Latency {
  const sorted = durationsMs.toSorted((left, right) => left - right)
  return { runs: sorted.length, p50: rounded(percentile(sorted, 0.5)), p95: rounded(percentile(sorted, 0.95)), max: rounded(sorted.at(-1) ?? 0), target }
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

/** How long each of several runs took, one after the other, in milliseconds. */
export async function timesOf(runs: number, work: (run: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const beganAt = performance.now()
    await work(run)
    times.push(performance.now() - beganAt)
  }
  return times
}
