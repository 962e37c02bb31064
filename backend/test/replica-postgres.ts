import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { freePort } from './server-process.ts'

export interface ReplicaPostgres {
  /** Connection string of its superuser, who is the primary's. */
  superuserUrl: string
  /** Runs a statement on it as its superuser. */
  run(statement: string): Promise<Record<string, unknown>[]>
  /** Ends it as a crash does. */
  crash(): Promise<void>
  start(): Promise<void>
  /** Holds all of its processes, so that it takes connections and answers nothing. */
  freeze(): Promise<void>
  thaw(): Promise<void>
  stop(): Promise<void>
}

/** A streaming replica of a running PostgreSQL, made by pg_basebackup in a scratch folder. */
export async function startReplica(binaries: string, primaryUrl: string, settings: Record<string, string> = {}): Promise<ReplicaPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'chatsg-replica-'))
  const data = join(folder, 'data')
  const asPlainUser = (program: string, args: string[]): [string, string[]] =>
    process.getuid?.() === 0 ? ['unshare', ['--user', join(binaries, program), ...args]] : [join(binaries, program), args]
  // With -R it writes down where its primary is.
  await promisify(execFile)(...asPlainUser('pg_basebackup', ['-d', primaryUrl, '-D', data, '-R', '-X', 'stream', '-c', 'fast', '--no-sync']))
  const url = new URL(primaryUrl)
  url.port = String(await freePort())
  const superuserUrl = url.toString()
  const given = Object.entries({ max_connections: '200', wal_receiver_status_interval: '1s', ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  let server: ChildProcess
  let frozen: number[] = []

  async function start(): Promise<void> {
    server = spawn(...asPlainUser('postgres', ['-D', data, '-h', '127.0.0.1', '-p', url.port, '-k', '', '-F', ...given]), { stdio: 'ignore' })
    while (server.exitCode === null && server.signalCode === null && !(await answers(superuserUrl))) await sleep(50)
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return
    const exited = new Promise((done) => server.once('exit', done))
    server.kill(signal)
    await exited
  }

  function thaw(): void {
    for (const pid of frozen) signal(pid, 'SIGCONT')
    frozen = []
  }
  await start()
  return {
    superuserUrl,
    async run(statement) {
      const client = new pg.Client({ connectionString: superuserUrl })
      await client.connect()
      try {
        return (await client.query(statement)).rows
      } finally {
        await client.end()
      }
    },
    crash: () => end('SIGQUIT'),
    start,
    async freeze() {
      const pid = server.pid as number
      frozen = [pid, ...(await childrenOf(pid))]
      for (const each of frozen) signal(each, 'SIGSTOP')
    },
    async thaw() {
      thaw()
    },
    async stop() {
      thaw()
      await end('SIGQUIT')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A process of the replica may have ended by itself. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => Number.isInteger(pid))
  return pids.filter((pid) => {
    try {
      // After the name in brackets: the state, then the parent.
      return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]) === parent
    } catch {
      // It has just ended.
      return false
    }
  })
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 1000 })
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}
