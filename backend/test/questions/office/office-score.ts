import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { runTasks, type TaskResult } from '#backend/cli/agent-score/run-tasks.ts'
import type { ScoreTask } from '#backend/cli/agent-score/scenario.ts'
import { type OpenedWorld, openScoreWorld } from '#backend/cli/agent-score/world.ts'
import { parseConfig } from '#backend/config/index.ts'
import { createLogs } from '#backend/infra/logger/logger.ts'
import type { CustomerShape } from './office-files.ts'
import type { OfficeRecords } from './office-records.ts'
import { officeWorld } from './office-scenario.ts'

export interface OfficeScore {
  world: OpenedWorld
  run(tasks: readonly ScoreTask[]): Promise<TaskResult[]>
  close(): Promise<void>
}

/** The office in a database of its own beside the tests' one. */
export async function openOffice(records: OfficeRecords, shape: CustomerShape): Promise<OfficeScore> {
  const folder = await mkdtemp(join(tmpdir(), 'chatsg-office-'))
  const config = parseConfig({ LOG_LEVEL: 'fatal' })
  const world = await openScoreWorld({
    scenario: officeWorld(records, folder, shape),
    agent: 'planner',
    config,
    logs: createLogs(config.logging),
    adminUrl: inject('adminUrl'),
    applicationPassword: 'test-only-password',
  })
  return {
    world,
    run: (tasks) => runTasks(tasks, world),
    async close() {
      await world.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
