import type { Config } from './config.ts'
import { variables } from './schema.ts'

/** Variables that take effect while the process runs; every other one needs a new process. */
const hotVariables: ReadonlySet<string> = new Set(['LOG_LEVEL', 'DEBUG', 'FEATURE_FLAGS', 'RATE_LIMIT_MAX', 'RATE_LIMIT_WINDOW_MS'])

export interface ConfigChanges {
  /** Names of variables whose new values are used from now on. */
  applied: string[]
  /** Names of variables whose new values wait for a restart. */
  needRestart: string[]
}

/** Which variables differ between two configurations, by name: their values may be secret. */
export function compareConfigs(before: Config, after: Config): ConfigChanges {
  const textOf = (config: Config, group: string, key: string) => JSON.stringify((config as Record<string, Record<string, unknown>>)[group]?.[key])
  const changed = variables.filter(({ group, key }) => textOf(before, group, key) !== textOf(after, group, key)).map(({ variable }) => variable.name)
  return { applied: changed.filter((name) => hotVariables.has(name)), needRestart: changed.filter((name) => !hotVariables.has(name)) }
}
