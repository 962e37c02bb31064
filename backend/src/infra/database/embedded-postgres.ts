import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Binaries, findBinaries, spawnPostgres } from './postgres-binaries.ts'
import { isAlive, otherUsers, startWatchdog } from './postgres-users.ts'

export interface EmbeddedPostgres {
  adminUrl: string
  /** Process id of the postmaster. */
  pid: number
  /** Stops the database unless another ChatSG process still uses it. */
  release(): Promise<void>
}

export interface EmbeddedPostgresOptions {
  folder: string
  password: string
  maxConnections: number
  /** Milliseconds to wait for a database that is starting, stopping or recovering. */
  patienceMs?: number
  /** Further server settings, of a database that is not running yet. */
  settings?: Record<string, string>
  /** Told when a database that ended by itself could not be started again; it is tried until it can. */
  onTrouble?: (error: Error) => void
}

const user = 'chatsg_owner'
/** One that was killed with its parent may be listed for a while yet. */
const leftOverAfterMs = 3000
/** Systems give smaller numbers: Linux up to 2^22. */
const nobodysPid = 2 ** 22 + 1

/**
 * Opens the PostgreSQL that ships as an npm package, in `folder`: makes it when missing, joins it when another process
 * of ours runs it, and sees to it that it ends with its last user, even one that was killed.
 * @throws Error with one sentence for people when it cannot start
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.folder)
  const data = join(folder, 'data')
  const leases = join(folder, 'users')
  const binaries = await findBinaries()
  await mkdir(leases, { recursive: true, mode: 0o700 })
  await writeFile(join(leases, String(process.pid)), '')
  try {
    if (!existsSync(join(data, 'PG_VERSION'))) await initialise(binaries, folder, data, options.password)
    let { port, pid } = await startOrJoin(binaries, folder, data, options)
    const watchdog = startWatchdog(leases, data)
    let isReleased = false
    let isReviving = false
    const revival = setInterval(async () => {
      if (isReleased || isReviving || isAlive(pid)) return
      isReviving = true
      try {
        // On its old port, where our connections look for it.
        ;({ pid } = await startOrJoin(binaries, folder, data, { ...options, port }))
      } catch (error) {
        options.onTrouble?.(error as Error)
      } finally {
        isReviving = false
      }
    }, 1000)
    revival.unref()
    return {
      adminUrl: `postgres://${user}:${encodeURIComponent(options.password)}@127.0.0.1:${port}/postgres${socketParameter(folder, port)}`,
      get pid() {
        return pid
      },
      async release() {
        isReleased = true
        clearInterval(revival)
        // The watchdog does what a killed process would leave to it: it removes the lease and stops an unused database.
        watchdog.ref()
        watchdog.stdin?.end()
        await onceExited(watchdog)
        if ((await otherUsers(leases)).length === 0) await waitUntilGone(pid, 20_000)
      },
    }
  } catch (error) {
    await rm(join(leases, String(process.pid)), { force: true })
    throw error
  }
}

async function initialise(binaries: Binaries, folder: string, data: string, password: string): Promise<void> {
  const fresh = join(folder, `new-${process.pid}`)
  const passwordFile = join(folder, `password-${process.pid}`)
  await rm(fresh, { recursive: true, force: true })
  await writeFile(passwordFile, password, { mode: 0o600 })
  try {
    const child = spawnPostgres(
      binaries.initdb,
      [
        '-D',
        fresh,
        '-U',
        user,
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--locale=C.UTF-8',
        '--no-instructions',
      ],
      'pipe',
    )
    let output = ''
    child.stdout?.on('data', (chunk) => {
      output += chunk
    })
    child.stderr?.on('data', (chunk) => {
      output += chunk
    })
    const code = await onceExited(child)
    if (code !== 0) throw new Error(describeFailure('The embedded database could not be created', output))
    // An interrupted creation never leaves a half-made folder under the real name.
    await rename(fresh, data)
  } finally {
    await rm(passwordFile, { force: true })
    await rm(fresh, { recursive: true, force: true })
  }
}

function describeFailure(what: string, output: string): string {
  if (/No space left/i.test(output)) return `${what}: the disk is full.`
  if (/Permission denied/i.test(output)) return `${what}: the data folder is not writable.`
  const last =
    output
      .trim()
      .split('\n')
      .filter((line) => /FATAL|ERROR|error|unshare/.test(line))
      .at(-1) ?? output.trim().split('\n').at(-1)
  return `${what}: ${last ?? 'no reason was given'}.`
}

/** An eighth of the memory; a million contacts and their records are answered from a gigabyte. */
function sharedBuffersMb(): number {
  // In a container only a part of the machine's memory may be ours.
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY)
  return Math.max(128, Math.min(1024, Math.floor(memory / 8 / 1024 ** 2)))
}

type StartOptions = EmbeddedPostgresOptions & { port?: number }

async function startOrJoin(binaries: Binaries, folder: string, data: string, options: StartOptions): Promise<{ port: number; pid: number }> {
  const deadline = Date.now() + (options.patienceMs ?? 30_000)
  let lastFailure = ''
  let blockedSince: number | undefined
  while (Date.now() < deadline) {
    const running = await readPostmaster(data)
    if (running !== undefined) {
      const state = await probe(running.port, options.password)
      if (state === 'ready') return running
      await sleep(20)
      continue
    }
    lastFailure = await start(binaries, folder, data, options, deadline)
    if (lastFailure === '') continue
    if (lastFailure.includes('"postmaster.pid" already exists')) {
      blockedSince ??= Date.now()
      if (Date.now() - blockedSince > leftOverAfterMs) await disownLock(data)
    }
    await sleep(200)
  }
  throw new Error(describeFailure('The embedded database did not start in time', lastFailure))
}

/** The live postmaster of this folder, from its own pid file. */
async function readPostmaster(data: string): Promise<{ port: number; pid: number } | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'postgres')
  if (!commandLine.includes('postgres')) return undefined
  return { pid, port: Number.isInteger(port) ? port : 0 }
}

/**
 * A database that was killed leaves a lock that names its process. When that number is another process's meanwhile, PostgreSQL refuses to start for
 * ever; so the lock gets a number that nobody has. The rest of it stays: PostgreSQL still looks whether anybody uses the memory named there.
 */
async function disownLock(data: string): Promise<void> {
  const path = join(data, 'postmaster.pid')
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined || (await readPostmaster(data)) !== undefined) return
  await writeFile(path, text.replace(/^\d+/, String(nobodysPid)))
}

/** Where a database was that did not end in order: other processes of ours look for it there, and nowhere else. */
async function portLeftBehind(data: string): Promise<number | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const port = Number(text.split('\n')[3])
  return Number.isInteger(port) && port > 0 ? await listenOnce(port) : undefined
}

async function probe(port: number, password: string): Promise<'ready' | 'wait'> {
  if (port === 0) return 'wait'
  const client = new pg.Client({ host: '127.0.0.1', port, user, password, database: 'postgres', connectionTimeoutMillis: 5000 })
  try {
    // What it tells beside a failed statement is the same failure again.
    client.on('error', () => undefined)
    await client.connect()
    await client.end()
    return 'ready'
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === '28P01')
      throw new Error('The embedded database refuses our password: its folder and the secrets beside it do not belong together.', { cause: error })
    // 57P03: starting, stopping or recovering.
    return 'wait'
  }
}

/** @returns '' once it accepts connections, else what it printed before it ended */
async function start(binaries: Binaries, folder: string, data: string, options: StartOptions, deadline: number): Promise<string> {
  const port = options.port ?? (await portLeftBehind(data)) ?? (await freePort())
  const logPath = join(folder, 'postgres.log')
  const log = await open(logPath, 'w', 0o600)
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: mayHoldSocket(folder) ? folder : '',
    unix_socket_permissions: '0700',
    max_connections: String(options.maxConnections),
    shared_buffers: `${sharedBuffersMb()}MB`,
    // What is not in the buffers is in the system's cache nearly always: to copy it at once costs less than to ask another process for it.
    io_method: 'sync',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    effective_cache_size: '1GB',
    random_page_cost: '1.1',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    jit: 'off',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...options.settings,
  }
  const child = spawnPostgres(binaries.postgres, ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])], log.fd)
  // Before anything is waited for: one that is refused at once may have ended by then.
  let exited = false
  child.once('exit', () => {
    exited = true
  })
  child.once('error', () => {
    exited = true
  })
  child.unref()
  await log.close()
  while (!exited && Date.now() < deadline) {
    const running = await readPostmaster(data)
    if (running?.port === port && (await probe(port, options.password)) === 'ready') return ''
    await sleep(15)
  }
  return readFile(logPath, 'utf8').catch(() => 'it ended at once')
}

/** Systems allow about a hundred characters for a socket's path; the setting is a list, divided by commas. */
function mayHoldSocket(folder: string): boolean {
  return process.platform !== 'win32' && Buffer.byteLength(folder) <= 80 && !/[,"']/.test(folder)
}

/** A socket of the file system takes a third off the time of a round trip. A database that somebody else started may not have one. */
function socketParameter(folder: string, port: number): string {
  return mayHoldSocket(folder) && existsSync(join(folder, `.s.PGSQL.${port}`)) ? `?host=${encodeURIComponent(folder)}` : ''
}

async function freePort(): Promise<number> {
  const port = await listenOnce(0)
  if (port === undefined) throw new Error('No free port was found.')
  return port
}

/** The port, any when it is 0, if nobody has it. */
function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(undefined))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(address !== null && typeof address === 'object' ? address.port : undefined))
    })
  })
}

async function waitUntilGone(pid: number, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs
  while (isAlive(pid) && Date.now() < deadline) await sleep(10)
}

function onceExited(child: ChildProcess): Promise<number> {
  return new Promise((done, failed) => {
    if (child.exitCode !== null) return done(child.exitCode)
    child.once('error', failed)
    child.once('exit', (code) => done(code ?? 1))
  })
}
