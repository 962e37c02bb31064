export type { Config } from './config.ts'
export { ConfigError, type ConfigProblem, describeProblem } from './config-error.ts'
export { inspectLoadedConfig, loadConfig } from './load-config.ts'
export { type Inspection, inspectConfig, parseConfig, repositoryRoot } from './parse-config.ts'
