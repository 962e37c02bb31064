import { configDefaults, defineConfig } from 'vitest/config'
import { SlowestFirst } from './backend/test/slowest-first.ts'

export default defineConfig({
  test: {
    include: ['contracts/**/*.test.ts', 'backend/**/*.test.ts', 'frontend/src/**/*.test.ts', 'scripts/**/*.test.ts'],
    // Figures that only a quiet machine can give.
    exclude: [...configDefaults.exclude, ...(process.env.REPLICA_COST === undefined ? ['backend/test/flows/replicas-cost.test.ts'] : [])],
    globalSetup: ['backend/test/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // To load the modules anew for each of 300 files took a quarter of the run.
    isolate: false,
    // Many wait for a browser, a process or a clock most of their time.
    maxWorkers: 3,
    sequence: { sequencer: SlowestFirst },
  },
})
