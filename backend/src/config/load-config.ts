import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import type { Config } from './config.ts'
import { ConfigError } from './config-error.ts'
import { type Inspection, inspectConfig, parseConfig, repositoryRoot } from './parse-config.ts'
import { mergeSources, type Variables } from './sources.ts'
import { readStoredSecrets } from './stored-secrets.ts'

/**
 * The configuration of this process: its environment, then `backend/.env.<environment>`, then `backend/.env`, then the
 * defaults. Secrets that nobody set come from the data folder, outside production.
 * @throws ConfigError with every problem at once
 */
export function loadConfig(env: Variables = process.env): Config {
  return parseConfig(readSources(env), { secrets: readStoredSecrets })
}

/** What `loadConfig` would find wrong, without touching the data folder. */
export function inspectLoadedConfig(env: Variables = process.env): Inspection {
  try {
    return inspectConfig(readSources(env))
  } catch (error) {
    if (error instanceof ConfigError) return { problems: [...error.problems], warnings: [] }
    throw error
  }
}

function readSources(env: Variables): Variables {
  const general = readEnvFile('.env')
  const environment = mergeSources([env, general]).CHATSG_ENVIRONMENT?.toLowerCase() ?? 'development'
  const specific = /^[a-z]+$/.test(environment) ? readEnvFile(`.env.${environment}`) : {}
  // The file of one environment cannot name another.
  return mergeSources([{ ...env, CHATSG_ENVIRONMENT: environment }, specific, general])
}

function readEnvFile(name: string): Variables {
  try {
    return parseEnv(readFileSync(join(repositoryRoot, 'backend', name), 'utf8')) as Variables
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return {}
    throw new ConfigError([{ variable: `backend/${name}`, problem: `cannot be read (${code ?? 'unknown error'})`, fix: 'Check its permissions.' }])
  }
}
