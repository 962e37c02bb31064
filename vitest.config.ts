import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['contracts/**/*.test.ts', 'backend/**/*.test.ts', 'frontend/src/**/*.test.ts', 'scripts/**/*.test.ts'],
    globalSetup: ['backend/test/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Many wait for a browser, a process or a clock most of their time.
    maxWorkers: 3,
  },
})
