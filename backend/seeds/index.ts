import type { Database } from '#backend/infra/database/database.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { loadScenario } from './load-scenario.ts'

export { hasRecords, loadScenario, type ScenarioName, type ScenarioOptions, type SeedProgress, scenarios } from './load-scenario.ts'

/** Number of contacts that a new development installation starts with. */
export const firstStartScale = 500

export interface SeedDemoDependencies {
  database: Database
  workspaceId: string
  clock: Clock
  logger: { info(details: object, message: string): void }
}

/** Loads the demo company into an empty workspace, as the first development start does. */
export async function seedDemo({ database, workspaceId, clock, logger }: SeedDemoDependencies): Promise<void> {
  const started = performance.now()
  const { counts } = await loadScenario(database, { type: 'system', workspaceId, job: 'seed' }, { scenario: 'demo', scale: firstStartScale, now: clock.now() })
  logger.info({ counts, durationMs: Math.round(performance.now() - started) }, 'Loaded the demo workspace')
}
