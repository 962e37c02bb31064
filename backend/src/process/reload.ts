import { type Config, type ConfigChanges, ConfigError, compareConfigs, describeProblem, loadConfig } from '../config/index.ts'
import type { Logs } from '../infra/logger/logger.ts'

/** Reads the configuration anew, and keeps the one before when the new one is wrong. */
export interface Reload {
  /** @returns the new configuration, or undefined where it was refused; the log says why */
  read(): { config: Config; changes: ConfigChanges } | undefined
}

/** Of the environment of this process, which stays as it was at the start, and of the files beside it. */
export function createReload(config: Config, { logger }: Pick<Logs, 'logger'>): Reload {
  let current = config
  return {
    read() {
      try {
        const next = loadConfig()
        // What waits for a restart is named each time, until there was one.
        const changes = { applied: compareConfigs(current, next).applied, needRestart: compareConfigs(config, next).needRestart }
        current = next
        return { config: next, changes }
      } catch (error) {
        const problems = error instanceof ConfigError ? error.problems.map(describeProblem) : [String(error)]
        logger.error({ problems }, 'The configuration is refused; everything goes on with the one before')
        return undefined
      }
    },
  }
}
