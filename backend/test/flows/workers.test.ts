import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPeople } from '../../perf/people.ts'
import { type FakeModel, startFakeModel } from '../fakes/model/server.ts'
import { adminKey, removeFolder, type ServerProcess, scratchFolder, spawnServer, startServer } from '../server-process.ts'
import { itWhen } from '../when-asked.ts'
import { wordsOf } from './streams-words.ts'
import { startLoad, startTalks } from './workers-load.ts'

/** `RELOADS=10 RELOAD_RATE=200 RELOAD_STREAMS=200` for the whole figure. */
const reloads = Number(process.env.RELOADS ?? 1)
const perSecond = Number(process.env.RELOAD_RATE ?? 60)
const streams = Number(process.env.RELOAD_STREAMS ?? 8)
/** An answer takes twelve seconds. */
const words = 600

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

describe('workers', { timeout: 600_000 }, () => {
  let folder: string
  let server: ServerProcess
  let model: FakeModel
  let keys: string[]
  const env = () => ({ WORKERS: '2', OPENAI_API_KEY: 'sk-workers-test-key-workers-test-key', OPENAI_BASE_URL: model.url, LLM_MAX_CONCURRENCY: '500' })

  beforeAll(async () => {
    folder = await scratchFolder()
    model = await startFakeModel({ script: () => ({ text: wordsOf(String(words)).join(''), pieceMs: 20 }) })
    server = await startServer(folder, env())
    keys = await addPeople({ DATA_DIR: folder }, Math.ceil(streams / 4))
    await until('two workers', () => workersOf(server).length === 2)
    for (let index = 0; index < 5; index += 1)
      await server.fetch('/api/crm/contacts', { method: 'POST', body: JSON.stringify({ first_name: `Ada ${index}`, last_name: 'Stone' }) })
  }, 180_000)
  afterAll(async () => {
    await server.stop('SIGKILL')
    await model.close()
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

  it('are replaced one by one on SIGHUP, and no request fails and no answer breaks', async () => {
    const talks = startTalks(server.url, keys, streams, words)
    await until('answers', () => model.open() >= streams / 2, 20_000).catch((error: Error) => expect.fail(`${error.message}: ${talks.broken.slice(0, 3)}`))
    const load = startLoad(server.url, headers, perSecond)
    for (let round = 0; round < reloads; round += 1) {
      await until('requests', () => load.served() > (round + 1) * 20)
      server.child.kill('SIGHUP')
      // Those that are replaced wait for clients that keep a connection, and are there for a while.
      await until('two new workers', async () => (await readMetrics()).includes(`worker_replacements_total{reason="reload"} ${(round + 1) * 2}\n`))
    }
    await Promise.all([load.stop(), talks.stop()])
    expect(load.failures).toEqual([])
    expect(talks.broken).toEqual([])
    expect(talks.whole()).toBeGreaterThanOrEqual(streams)
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
      const load = startLoad(guarded.url, headers, perSecond)
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
