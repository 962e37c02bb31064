import { hkdfSync, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config, StoredSecrets } from './config.ts'
import { ConfigError, type ConfigProblem } from './config-error.ts'
import { Unreadable } from './readers.ts'
import { findUnsafe, isPlaceholder, shortestSecret } from './safety.ts'
import { type Environment, type SchemaValues, schema, variables } from './schema.ts'
import { readDefaults, readRaw, type Variables } from './sources.ts'

/** Where relative paths start. */
export const repositoryRoot = fileURLToPath(new URL('../../../', import.meta.url))

export interface ParseOptions {
  /** Reads the files that `<NAME>_FILE` variables name. */
  readFile?: (path: string) => string
  /** The secrets a data folder keeps; without it they are made up for this configuration alone. */
  secrets?: (dataDir: string) => StoredSecrets
}

export interface Inspection {
  /** Everything that keeps the product from starting. */
  problems: ConfigProblem[]
  /** What would be refused in production, and what is ignored. */
  warnings: ConfigProblem[]
}

interface Reading extends Inspection {
  values: SchemaValues
}

/** Finds every problem of a configuration at once, without reading or writing the data folder. */
export function inspectConfig(env: Variables, options: ParseOptions = {}): Inspection {
  const { problems, warnings } = readValues(env, options)
  return { problems, warnings }
}

/**
 * The configuration that an environment describes.
 * @throws ConfigError with every problem at once
 */
export function parseConfig(env: Variables, options: ParseOptions = {}): Config {
  const { values, problems } = readValues(env, options)
  if (problems.length > 0) throw new ConfigError(problems)
  return derive(values, options.secrets ?? randomSecrets)
}

function readEnvironment(env: Variables): Environment {
  const text = env[schema.application.environment.name]?.trim().toLowerCase()
  return text === 'production' || text === 'staging' ? text : 'development'
}

function readValues(env: Variables, options: ParseOptions): Reading {
  const environment = readEnvironment(env)
  const { defaults, problems } = readDefaults(environment)
  const warnings: ConfigProblem[] = []
  const given = new Map<string, string>()
  const values: Record<string, Record<string, unknown>> = {}
  const readFile = options.readFile ?? ((path) => readFileSync(path, 'utf8'))
  const report = { problem: (problem: ConfigProblem) => problems.push(problem), warning: (problem: ConfigProblem) => warnings.push(problem) }
  for (const { group, key, variable } of variables) {
    values[group] ??= {}
    const raw = readRaw(variable, env, defaults, readFile, report)
    if (raw === undefined) continue
    if (raw.name !== undefined) {
      given.set(variable.name, raw.text)
      // Outside production a copied example must not be taken for a key; it is left out, and said.
      if (variable.secret && isPlaceholder(raw.text) && environment !== 'production') continue
    }
    try {
      values[group][key] = variable.read(raw.text)
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      problems.push({ variable: raw.name ?? variable.name, problem: error.message, fix: error.fix })
      // Its default stands in, so that the checks after this one can still find the other problems.
      if (variable.default !== undefined) values[group][key] = variable.read(variable.default)
    }
  }
  const typed = values as SchemaValues
  const unsafe = findUnsafe(typed, given)
  if (environment === 'production') problems.push(...withoutRepeats(unsafe, problems))
  else warnings.push(...unsafe.filter(({ problem, variable }) => given.has(variable) || problem !== 'is missing'))
  const { adminApiKey } = typed.security
  if (adminApiKey !== undefined && adminApiKey.length < shortestSecret) {
    problems.push(
      ...withoutRepeats(
        [{ variable: 'ADMIN_API_KEY', problem: `is shorter than ${shortestSecret} characters`, fix: 'Make one with: openssl rand -hex 32' }],
        problems,
      ),
    )
  }
  const unanswered = findUnansweredMemory(typed)
  if (unanswered !== undefined) (unanswered.isProblem ? problems : warnings).push(unanswered.what)
  return { values: typed, problems, warnings }
}

/** A memory that is to be read by a model which is not there, or not in that way. */
function findUnansweredMemory({ memory, models }: SchemaValues): { isProblem: boolean; what: ConfigProblem } | undefined {
  if (memory.model === 'off' || models.openaiBaseUrl !== undefined || models.openaiApiKey !== undefined) return undefined
  const variable = schema.memory.model.name
  const isAzure = models.azureApiKey !== undefined
  if (!isAzure) return { isProblem: false, what: { variable, problem: 'is set, and no language model is', fix: 'Set OPENAI_API_KEY, or remove it.' } }
  if (memory.model === 'calls') return undefined
  return { isProblem: true, what: { variable, problem: 'is batch, which Azure OpenAI is not asked for', fix: 'Set it to calls or off.' } }
}

function withoutRepeats(found: readonly ConfigProblem[], known: readonly ConfigProblem[]): ConfigProblem[] {
  return found.filter(({ variable }) => !known.some((problem) => problem.variable === variable))
}

function derive(values: SchemaValues, secrets: (dataDir: string) => StoredSecrets): Config {
  const { application, security, database, logging, retention } = values
  const dataDir = resolve(repositoryRoot, application.dataDir)
  const stored = secrets(dataDir)
  const atRoot = (path: string | undefined) => (path === undefined ? undefined : resolve(repositoryRoot, path))
  return deepFreeze({
    ...values,
    application: {
      ...application,
      dataDir,
      appUrl: application.appUrl ?? `http://${reachableHost(application.host)}:${application.port}`,
      workers: application.workers === 'auto' ? availableParallelism() : application.workers,
    },
    security: {
      ...security,
      encryptionKey: security.encryptionKey ?? stored.encryptionKey,
      sessionSecret: security.sessionSecret ?? stored.sessionSecret,
      csrfSecret: security.csrfSecret ?? stored.csrfSecret,
      generatedSecrets: (['encryptionKey', 'sessionSecret', 'csrfSecret'] as const)
        .filter((name) => security[name] === undefined)
        .map((name) => schema.security[name].name),
    },
    database: { ...database, ownerPassword: stored.ownerPassword, applicationPassword: applicationPassword(values, stored) },
    logging: { ...logging, file: atRoot(logging.file), auditFile: atRoot(logging.auditFile) },
    retention: { ...retention, backupDir: atRoot(retention.backupDir) ?? join(dataDir, 'backups') },
  })
}

/** An address that listens everywhere is not one a browser can open. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

/** Replicas of one database have data folders of their own, so they draw its login password from the key they share. */
function applicationPassword({ database, security }: SchemaValues, stored: StoredSecrets): string {
  if (database.url === undefined) return stored.applicationPassword
  return Buffer.from(hkdfSync('sha256', security.encryptionKey ?? stored.encryptionKey, 'chatsg', 'database application role', 32)).toString('hex')
}

function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) if (typeof member === 'object' && member !== null) deepFreeze(member)
  return Object.freeze(value)
}

/** Fresh secrets, each of 256 random bits. */
export function randomSecrets(): StoredSecrets {
  const make = () => randomBytes(32).toString('hex')
  return { encryptionKey: make(), sessionSecret: make(), csrfSecret: make(), ownerPassword: make(), applicationPassword: make() }
}
