import { execFile, spawn } from 'node:child_process'
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { freePort } from './server-process.ts'

export interface ExternalPostgres {
  /** Connection string of its superuser. */
  superuserUrl: string
  port: number
  /** Where its data are. */
  data: string
  /** Process id of its first process. */
  pid(): number
  /** Ends it and keeps its data: SIGINT in order, SIGQUIT as in a crash. */
  halt(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>
  /** Starts it again on the same port. */
  resume(): Promise<void>
  stop(): Promise<void>
}

export interface ExternalPostgresOptions {
  /** Lines of a configuration file, beside what it is started with. */
  settings?: string
  /** Folder of a socket through which the superuser needs no password; without it there is none. */
  socketFolder?: string
  /** What its processes find in their environment. */
  env?: Record<string, string>
}

/** A program with its arguments as somebody who is not root: PostgreSQL refuses to run as root, so root starts it in a user namespace. */
export function asPlainUser(program: string, args: string[]): [string, string[]] {
  return process.getuid?.() === 0 ? ['unshare', ['--user', program, ...args]] : [program, args]
}

/** A PostgreSQL of this machine's own, in a scratch folder. */
export async function startExternalPostgres(
  binaries: string,
  { settings = '', socketFolder = '', env = {} }: ExternalPostgresOptions = {},
): Promise<ExternalPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'chatsg-external-'))
  const data = join(folder, 'data')
  const password = 'test-only-password'
  await writeFile(join(folder, 'password'), password)
  const trusted = ['--auth-host=scram-sha-256', `--auth-local=${socketFolder === '' ? 'scram-sha-256' : 'trust'}`]
  await promisify(execFile)(
    ...asPlainUser(join(binaries, 'initdb'), [
      '-D',
      data,
      '-U',
      'postgres',
      ...trusted,
      `--pwfile=${join(folder, 'password')}`,
      '-E',
      'UTF8',
      '--no-locale',
      '-N',
    ]),
  )
  await appendFile(join(data, 'postgresql.conf'), `\n${settings}\n`)
  const port = await freePort()
  const superuserUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  const start = async () => {
    const given = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', socketFolder, '-F', '-c', 'max_connections=200']
    const server = spawn(...asPlainUser(join(binaries, 'postgres'), given), { stdio: 'ignore', env: { ...process.env, ...env } })
    const exited = new Promise((done) => server.once('exit', done))
    while (server.exitCode === null && !(await answers(superuserUrl))) await sleep(50)
    return { server, exited }
  }
  let running = await start()
  const halt = async (signal: NodeJS.Signals = 'SIGINT') => {
    running.server.kill(signal)
    await running.exited
  }
  return {
    superuserUrl,
    port,
    data,
    pid: () => running.server.pid as number,
    halt,
    async resume() {
      running = await start()
    },
    async stop() {
      await halt()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString })
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}
