import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, vi } from 'vitest'
import { type FakeModel, startFakeModel } from '../fakes/model/server.ts'
import { treeOf } from '../process-tree.ts'
import { removeFolder, repositoryRoot, type ServerProcess, scratchFolder, startServer } from '../server-process.ts'
import { itWhen } from '../when-asked.ts'
import { startMixedLoad } from './soak-load.ts'
import { slopeOf } from './soak-slope.ts'

/** `SOAK_MINUTES=30` for the whole figure; without it, whether anything is left open. */
const minutes = Number(process.env.SOAK_MINUTES ?? 0)
const sampleEveryMs = (minutes * 60_000) / 90
/** Sockets that the pools of a process may open later than its first ones, and files of a moment. */
const spare = 6

interface Sample {
  rss: number
  heap: number
  descriptors: number
}

let folder: string
let server: ServerProcess
let model: FakeModel
beforeAll(async () => {
  folder = await scratchFolder()
  model = await startFakeModel({ script: () => ({ text: 'One word after the other, until there are enough of them.', pieceMs: 20 }) })
  server = await startServer(join(folder, 'data'), {
    WORKERS: '2',
    // Caches are bounded, and take longer to fill than half an hour of this load.
    CACHE_ENABLED: process.env.SOAK_CACHES ?? (minutes > 0 ? 'false' : 'true'),
    // As `npm start` sets it.
    MALLOC_ARENA_MAX: '2',
    SOAK_FOLDER: folder,
    NODE_OPTIONS: `--import ${pathToFileURL(join(repositoryRoot, 'backend/test/flows/soak-probe.ts'))}`,
    OPENAI_API_KEY: 'sk-soak-test-key-soak-test-key',
    OPENAI_BASE_URL: model.url,
  })
  await vi.waitFor(() => expect(serversOf()).toHaveLength(3), { timeout: 60_000, interval: 100 })
}, 180_000)
afterAll(async () => {
  await server?.stop()
  await model?.close()
  await removeFolder(folder)
}, 60_000)

/** The primary and its workers. */
function serversOf(): number[] {
  return treeOf(server.child.pid as number).filter(
    (pid) => existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('server.js'),
  )
}

function samplesOf(pid: number): Sample[] {
  const path = join(folder, `${pid}.jsonl`)
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as Sample)
}

/** What each process holds after everything needless was let go of. */
async function sample(): Promise<Sample[]> {
  const pids = serversOf()
  const before = pids.map((pid) => samplesOf(pid).length)
  for (const pid of pids) process.kill(pid, 'SIGWINCH')
  await vi.waitFor(() => expect(pids.every((pid, index) => samplesOf(pid).length > (before[index] ?? 0))).toBe(true), { timeout: 30_000, interval: 50 })
  return pids.map((pid) => samplesOf(pid).at(-1) as Sample)
}

describe('a server that has much to do', () => {
  itWhen(minutes === 0)('leaves no descriptor and no stream open', { timeout: 180_000 }, async () => {
    const wave = async () => {
      const load = startMixedLoad(server)
      await load.turns(2)
      return load.stop()
    }
    const first = await wave()
    const before = await sample()
    const second = await wave()
    expect([...first.wrong, ...second.wrong]).toEqual([])
    await vi.waitFor(
      async () => {
        const after = await sample()
        for (const [index, { descriptors }] of after.entries()) expect(descriptors).toBeLessThanOrEqual((before[index]?.descriptors ?? 0) + spare)
      },
      // Which worker takes what is chance, and connections to the database that nobody uses are kept for a minute.
      { timeout: 100_000, interval: 500 },
    )
    expect(model.open()).toBe(0)
    expect(Object.keys(second.done).sort()).toEqual(['ask', 'cut stream', 'export', 'import', 'search', 'stream', 'write'])
  })

  itWhen(minutes > 0)(`holds no more after ${minutes} minutes than before`, { timeout: 120_000 + minutes * 90_000 }, async () => {
    const load = startMixedLoad(server)
    const pids = serversOf()
    const samples: { minute: number; of: Sample[] }[] = []
    const beganAt = performance.now()
    const minute = () => (performance.now() - beganAt) / 60_000
    while (minute() < minutes) {
      await sleep(sampleEveryMs)
      samples.push({ minute: minute(), of: await sample() })
    }
    const { done, wrong } = await load.stop()
    expect(wrong).toEqual([])
    expect(serversOf()).toEqual(pids)
    // Compiled code and caches are filled during the first third.
    const steady = samples.filter((one) => one.minute > minutes / 3)
    const figures = pids.map((pid, index) => {
      const trend = (of: (sample: Sample) => number) => slopeOf(steady.map((one) => ({ x: one.minute, y: of(one.of[index] as Sample) })))
      const last = steady.at(-1)?.of[index]
      return {
        pid,
        rss: trend(({ rss }) => rss / 2 ** 20),
        heap: trend(({ heap }) => heap / 2 ** 20),
        descriptors: trend(({ descriptors }) => descriptors),
        last,
      }
    })
    process.stdout.write(`${JSON.stringify({ minutes, samples: steady.length, done, figures })}\n`)
    for (const { rss, descriptors } of figures) {
      // Less than a megabyte an hour is nothing, however surely it is measured.
      expect(Math.abs(rss.t) < 2.6 || rss.slope * 60 < 1).toBe(true)
      expect(Math.abs(descriptors.t) < 2.6 || Math.abs(descriptors.slope) * 60 < 1).toBe(true)
    }
    expect(model.open()).toBe(0)
  })
})
