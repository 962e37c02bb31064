import { operations } from '../benchmark.ts'
import { expectThat } from '../expect.ts'
import { latencyOf, timesOf } from '../percentiles.ts'
import type { Suite } from '../suite.ts'

const mostBytes = 1024 ** 3

/** The guide's targets, over HTTP in the scratch database. */
export const performanceTestsSuite: Suite = {
  name: 'Performance Tests',
  tests: [
    ...operations.map(({ name, targetMs, runs, work }) => ({
      name: `${name}: 95 of 100 within ${targetMs / 1000} s`,
      async run(world: Parameters<typeof work>[0], notes: { timed(durationsMs: readonly number[], targetMs: number | null): void }) {
        await work(world, 0)
        const times = await timesOf(runs, (run) => work(world, run))
        notes.timed(times, targetMs)
        const { p95 } = latencyOf(times, targetMs)
        expectThat(p95 <= targetMs, `Expected at most ${targetMs} ms, got ${p95} ms.`)
      },
    })),
    {
      name: 'Memory of the process: below 1 GB',
      async run() {
        const bytes = process.memoryUsage.rss()
        expectThat(bytes < mostBytes, `The process occupies ${Math.round(bytes / 1024 ** 2)} MB.`)
      },
    },
  ],
}
