import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ExternalPostgres, startExternalPostgres } from '../external-postgres.ts'
import { findPostmaster, killAll, treeOf } from '../process-tree.ts'
import { requireProgram } from '../requirements.ts'
import { removeFolder, type ServerProcess, scratchFolder, spawnServer, startServer } from '../server-process.ts'
import { itWhen } from '../when-asked.ts'
import { signIn, startLoad } from './database-gone-load.ts'

/** `DATABASE_GONE_SECONDS=60` for the whole figure. */
const goneSeconds = Number(process.env.DATABASE_GONE_SECONDS ?? 1)
const timeout = 120_000 + goneSeconds * 4000

/** 0 while nobody listens. */
const readiness = (server: ServerProcess): Promise<number> =>
  server.fetch('/api/health?check=readiness').then(
    ({ status }) => status,
    () => 0,
  )

/** Milliseconds until readiness is what it should be; fails with the bounds of docs/monitoring.md. */
async function untilReadiness(server: ServerProcess, status: 200 | 503, withinMs: number): Promise<number> {
  const beganAt = performance.now()
  while ((await readiness(server)) !== status) {
    if (performance.now() - beganAt > withinMs) throw new Error(`Readiness did not become ${status} within ${withinMs} ms.`)
    await sleep(50)
  }
  return Math.round(performance.now() - beganAt)
}

/** Takes the database away under load and gives it back; everything that a client may rely on is looked at. */
async function loseDatabase(
  { server, cookie }: { server: ServerProcess; cookie: string },
  name: string,
  { take, give }: { take(): Promise<void>; give(): Promise<void> },
): Promise<void> {
  const atFirst = treeOf(server.child.pid as number)
  const load = startLoad(server, name, cookie)
  await load.settled()
  // Some have work of a moment only, and end by themselves.
  const processes = treeOf(server.child.pid as number).filter((pid) => atFirst.includes(pid)).length
  await take()
  const noticedMs = await untilReadiness(server, 503, 10_000)
  await load.refused()
  const whileGone = await server.fetch('/api/health?check=detailed')
  // The admin key works without the database, and says which part is missing.
  expect([whileGone.status, await whileGone.json()]).toMatchObject([503, { status: 'unhealthy', metrics: {} }])
  await sleep(goneSeconds * 1000)
  await give()
  const readyMs = await untilReadiness(server, 200, 30_000)
  const servedAgainMs = await load.served()
  const { seen, wrong, lost, longestMs } = await load.stop()
  expect(wrong).toEqual([])
  expect(lost).toEqual([])
  expect(server.child.exitCode).toBeNull()
  expect(server.output()).not.toMatch(/A worker ended by itself/)
  // One that was still starting waits for the database, and is started again once it is back.
  await vi.waitFor(() => expect(treeOf(server.child.pid as number).length).toBeGreaterThanOrEqual(processes), { timeout: 30_000, interval: 200 })
  if (goneSeconds > 10) process.stdout.write(`${JSON.stringify({ name, goneSeconds, noticedMs, readyMs, servedAgainMs, longestMs, seen })}\n`)
}

const binaries = requireProgram('postgresql', 'A database that goes away')

describe.skipIf(binaries === undefined)('a PostgreSQL of one’s own', { timeout }, () => {
  let folder: string
  let postgres: ExternalPostgres
  let server: ServerProcess
  let cookie: string

  beforeAll(async () => {
    folder = await scratchFolder()
    postgres = await startExternalPostgres(binaries as string)
    server = await startServer(folder, { WORKERS: '2', DATABASE_URL: postgres.superuserUrl, ENCRYPTION_KEY: 'e'.repeat(40), DB_CONNECTION_TIMEOUT: '2000' })
    cookie = await signIn(server)
  }, 120_000)
  afterAll(async () => {
    await server?.stop('SIGKILL')
    await postgres?.stop()
    await removeFolder(folder)
  })

  it('may be stopped and started again', () => loseDatabase({ server, cookie }, 'Stopped', { take: () => postgres.halt(), give: () => postgres.resume() }))

  it('may crash', () => loseDatabase({ server, cookie }, 'Crashed', { take: () => postgres.halt('SIGQUIT'), give: () => postgres.resume() }))

  // In short, silence-watch.test.ts.
  itWhen(goneSeconds >= 10)('may fall silent without breaking a connection', async () => {
    let frozen: number[] = []
    const signal = (name: NodeJS.Signals) => {
      for (const pid of frozen) process.kill(pid, name)
    }
    await loseDatabase({ server, cookie }, 'Silent', {
      async take() {
        frozen = treeOf(postgres.pid())
        signal('SIGSTOP')
      },
      async give() {
        signal('SIGCONT')
      },
    })
  })

  it('may be away when a worker ends, and the next one waits for it; the data folder stays claimed', async () => {
    const workers = () => treeOf(server.child.pid as number).slice(1)
    await vi.waitFor(() => expect(workers()).toHaveLength(2), { timeout: 60_000, interval: 100 })
    const [victim = 0] = workers()
    await postgres.halt()
    killAll([victim])
    await vi.waitFor(() => expect(server.output()).toMatch(/A worker found no database/), { timeout: 30_000, interval: 50 })
    await postgres.resume()
    await untilReadiness(server, 200, 30_000)
    await vi.waitFor(() => expect([workers().length, workers().includes(victim)]).toEqual([2, false]), { timeout: 60_000, interval: 100 })
    // The claim went with the connection that held it, and was taken anew.
    const second = spawnServer({ DATA_DIR: folder, PORT: '0', DATABASE_URL: postgres.superuserUrl, ENCRYPTION_KEY: 'e'.repeat(40) })
    expect([await second.exited, second.output()]).toEqual([1, expect.stringContaining('already uses the data folder')])
  })

  it('is let go of in order afterwards', async () => {
    expect(await server.stop('SIGTERM')).toBe(0)
  })
})

describe('the database that comes along', { timeout }, () => {
  let folder: string
  let server: ServerProcess
  let cookie: string
  beforeAll(async () => {
    folder = await scratchFolder()
    server = await startServer(folder)
    cookie = await signIn(server)
  }, 120_000)
  afterAll(async () => {
    await server?.stop('SIGKILL')
    await removeFolder(folder)
  })

  it('may be killed again and again, and is started anew each time', async () => {
    let isGone = false
    let killing: Promise<void> | undefined
    const killOn = async () => {
      while (isGone) {
        const postmaster = findPostmaster(folder)
        if (postmaster !== undefined) killAll(treeOf(postmaster))
        await sleep(100)
      }
    }
    await loseDatabase({ server, cookie }, 'Killed', {
      async take() {
        isGone = true
        killing = killOn()
      },
      async give() {
        isGone = false
        await killing
      },
    })
    expect(await server.stop('SIGTERM')).toBe(0)
  })
})
