import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminKey, removeFolder, type ServerProcess, scratchFolder, spawnServer, startServer } from '../server-process.ts'
import { itWhen } from '../when-asked.ts'

/** `RELOADS=10` for the whole figure. */
const reloads = Number(process.env.RELOADS ?? 1)
const perSecond = Number(process.env.RELOAD_RATE ?? 60)

const headers = { authorization: `Bearer ${adminKey}` }

/** Process ids of the workers: children of the primary that run Node. */
function workersOf(server: ServerProcess): number[] {
  const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(server.child.pid)], { encoding: 'utf8' })
  return children
    .split('\n')
    .filter((line) => line.includes('server.js'))
    .map((line) => Number(line.trim().split(' ')[0]))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 90_000): Promise<void> {
  for (const deadline = Date.now() + withinMs; !(await holds()); await sleep(100)) if (Date.now() > deadline) throw new Error(`${what} did not happen`)
}

/** Requests over connections that are kept, at a steady rate, until told to stop. */
function startLoad(url: string) {
  const agent = new Agent({ connections: 50, keepAliveTimeout: 30_000, pipelining: 1 })
  const failures: string[] = []
  const pending = new Set<Promise<void>>()
  let served = 0
  const timer = setInterval(() => {
    const one = request(`${url}/api/crm/contacts?limit=5`, { dispatcher: agent, headers })
      .then(async ({ statusCode, body }) => {
        await body.text()
        served += 1
        if (statusCode !== 200) failures.push(`status ${statusCode}`)
      })
      .catch((error: Error) => void failures.push(error.message))
      .finally(() => pending.delete(one))
    pending.add(one)
  }, 1000 / perSecond)
  return {
    failures,
    served: () => served,
    async stop() {
      clearInterval(timer)
      await Promise.all(pending)
      await agent.close()
    },
  }
}

describe('workers', { timeout: 600_000 }, () => {
  let folder: string
  let server: ServerProcess

  beforeAll(async () => {
    folder = await scratchFolder()
    server = await startServer(folder, { WORKERS: '2' })
    await until('two workers', () => workersOf(server).length === 2)
    for (let index = 0; index < 5; index += 1)
      await server.fetch('/api/crm/contacts', { method: 'POST', body: JSON.stringify({ first_name: `Ada ${index}`, last_name: 'Stone' }) })
  }, 180_000)
  afterAll(async () => {
    await server.stop('SIGKILL')
    await removeFolder(folder)
  })

  const readMetrics = async () => (await fetch(`${server.url}/metrics`)).text()

  const requestsCounted = async () => {
    const text = await readMetrics()
    const lines = text
      .split('\n')
      .filter((line) => line.startsWith('http_request_duration_seconds_count') && line.includes('/api/crm/contacts"') && line.includes('"GET"'))
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
  }

  it('are replaced one by one on SIGHUP, and no request fails', async () => {
    const load = startLoad(server.url)
    for (let round = 0; round < reloads; round += 1) {
      await until('requests', () => load.served() > (round + 1) * 20)
      server.child.kill('SIGHUP')
      // Those that are replaced wait for clients that keep a connection, and are there for a while.
      await until('two new workers', async () => (await readMetrics()).includes(`worker_replacements_total{reason="reload"} ${(round + 1) * 2}\n`))
    }
    await load.stop()
    expect(load.failures).toEqual([])
    // What the workers that ended had counted is not forgotten.
    expect(await requestsCounted()).toBe(load.served())
    const metrics = await readMetrics()
    expect(metrics).toContain(`worker_replacements_total{reason="reload"} ${reloads * 2}\n`)
    expect(Number(/^process_start_time_seconds (\S+)$/m.exec(metrics)?.[1])).toBeLessThan(Date.now() / 1000)
  })

  it('are started anew when one is killed, and the other goes on', async () => {
    // The youngest: older ones may be on their way out.
    const victim = Math.max(...workersOf(server))
    process.kill(victim, 'SIGKILL')
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        server.fetch('/api/crm/contacts').then(
          ({ status }) => status,
          () => 0,
        ),
      ),
    )
    expect(answers.filter((status) => status === 200).length).toBeGreaterThan(0)
    await until('a new worker', () => workersOf(server).some((pid) => pid > victim))
    await until('its count', async () => (await readMetrics()).includes('worker_replacements_total{reason="crash"} 1\n'))
    expect((await server.fetch('/api/crm/contacts')).status).toBe(200)
  })

  it('end with their primary however it ends, and the next start finds everything free', async () => {
    const workers = workersOf(server)
    const refused = spawnServer({ DATA_DIR: folder, PORT: '0', WORKERS: '2' })
    expect(await refused.exited).toBe(1)
    expect(refused.output()).toContain('already uses the data folder')
    await server.stop('SIGKILL')
    await until('the end of the workers', () => workers.every((pid) => !isAlive(pid)), 10_000)
    server = await startServer(folder, { WORKERS: '2' })
    expect(((await (await server.fetch('/api/crm/contacts')).json()) as { total: number }).total).toBe(5)
    await until('two workers', () => workersOf(server).length === 2)
    expect(await server.stop('SIGTERM')).toBe(0)
  })

  /** Three looks, 10 seconds apart: longer than the gate has. */
  itWhen(process.env.MEMORY_GUARD !== undefined)('are replaced when they occupy more than their share, and nothing fails (MEMORY_GUARD=1)', async () => {
    const scratch = await scratchFolder()
    const preload = join(scratch, 'preload.mjs')
    // As in a control group of 800 MB, in which the first worker holds on to memory.
    await writeFile(
      preload,
      `import cluster from 'node:cluster'
       process.constrainedMemory = () => 800 * 2 ** 20
       if (cluster.worker?.id === 1) globalThis.ballast = Buffer.alloc(600 * 2 ** 20, 1)`,
    )
    const guarded = await startServer(scratch, { CHATSG_ENVIRONMENT: 'staging', HTTPS_ONLY: 'false', NODE_OPTIONS: `--import file://${preload}` })
    try {
      const [first] = workersOf(guarded) as [number]
      expect(readFileSync(`/proc/${first}/cmdline`, 'utf8')).toContain('--max-old-space-size=450')
      const load = startLoad(guarded.url)
      await until('another worker', () => workersOf(guarded).length === 1 && !workersOf(guarded).includes(first))
      await load.stop()
      expect(load.failures).toEqual([])
      expect(guarded.output()).toContain('A worker occupies more than its share of memory')
      expect(await (await fetch(`${guarded.url}/metrics`)).text()).toContain('worker_replacements_total{reason="memory"} 1\n')
    } finally {
      await guarded.stop('SIGTERM')
      await removeFolder(scratch)
    }
  })

  it('give up with one sentence when they cannot start at all', async () => {
    const broken = spawnServer({ DATA_DIR: folder, PORT: '0', WORKERS: '2', DATABASE_URL: 'postgres://nobody:x@127.0.0.1:9/none' })
    expect(await broken.exited).toBe(1)
    expect(broken.output().match(/could not start/g)).toHaveLength(1)
  })
})
