import { accessSync, appendFileSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export type Program = 'chromium' | 'postgresql' | 'redis-server' | 'nginx' | 'dovecot' | 'promtool' | 'sqlmap' | 'pgbackrest'

/** A suite that could not run here, as the closing summary of `npm test` names it. */
export interface SkippedSuite {
  suite: string
  program: Program
}

/** Where `npm test` collects the suites that were skipped: one JSON line each. */
export const skippedSuitesVariable = 'CHATSG_SKIPPED_SUITES'

const binaries: Record<Exclude<Program, 'postgresql'>, readonly string[]> = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome'],
  'redis-server': ['redis-server'],
  nginx: ['nginx'],
  dovecot: ['dovecot'],
  promtool: ['promtool'],
  sqlmap: ['sqlmap'],
  pgbackrest: ['pgbackrest'],
}

/** Path of a program on this machine; for `postgresql` the folder that holds `initdb` and `postgres`. */
export function findProgram(program: Program): string | undefined {
  if (program === 'postgresql') return findPostgresql()
  // System programs live where a plain user's PATH does not lead.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin']
  return folders.flatMap((folder) => binaries[program].map((name) => join(folder, name))).find(isExecutable)
}

function findPostgresql(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(delimiter)]
  return folders.find((folder) => isExecutable(join(folder, 'postgres')) && isExecutable(join(folder, 'initdb')))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The program a suite needs, or undefined, and then the suite is named among the skipped ones:
 * `const chromium = requireProgram('chromium', 'Chat in the browser')`, `describe.skipIf(chromium === undefined)(…)`.
 */
export function requireProgram(program: Program, suite: string): string | undefined {
  const path = findProgram(program)
  const list = process.env[skippedSuitesVariable]
  if (path === undefined && list !== undefined) appendFileSync(list, `${JSON.stringify({ suite, program } satisfies SkippedSuite)}\n`)
  return path
}
