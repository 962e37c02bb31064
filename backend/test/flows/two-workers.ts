import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { killAll, postmasterOf, treeOf, untilGone } from '../process-tree.ts'
import { type ServerProcess, startServer } from '../server-process.ts'

/** What is killed: one of the two workers, or both with their primary and the database. */
export type Victim = 'worker' | 'everything'

/** Every third time everything: so often may one worker after the other end by itself without ChatSG giving up. */
export function victimOf(kill: number): Victim {
  return kill % 3 === 1 ? 'everything' : 'worker'
}

export interface TwoWorkers {
  /** The server of the moment: after everything was killed it is another one. */
  fetch: ServerProcess['fetch']
  /** Ends a random worker, or everything, without asking; resolves when they are gone. */
  kill(victim: Victim): Promise<void>
  /** Starts what was killed, unless it is started again by itself, and waits until both workers serve. */
  mend(): Promise<void>
  /** Ends all in order. @returns the exit code */
  stop(): Promise<number | null>
  /** For a test that failed. */
  remove(): Promise<void>
}

const patienceMs = 60_000
const noticedAfterMs = 100

/** Starts `node backend/server.js` with two workers on a data folder. */
export async function startTwoWorkers(folder: string, env: Record<string, string> = {}): Promise<TwoWorkers> {
  const start = () => startServer(folder, { ...env, WORKERS: '2' })
  let server = await start()
  let isGone = false
  const root = () => server.child.pid as number

  function workers(): number[] {
    return treeOf(root()).filter((pid) => pid !== root() && isServer(pid))
  }

  async function untilBothServe(): Promise<void> {
    for (const deadline = performance.now() + patienceMs; ; await sleep(50)) {
      const [pid, ...others] = workers()
      if (pid !== undefined && others.length === 1 && (await filesOfAll()) === 2 * filesOf(pid)) return
      if (performance.now() > deadline) throw new Error(`There were not two workers within a minute:\n${server.output()}`)
    }
  }

  /** Only workers that serve are asked for their figures, and this one is the same for each. */
  async function filesOfAll(): Promise<number> {
    const figures = await fetch(`${server.url}/metrics`).then(
      (response) => response.text(),
      () => '',
    )
    return Number(/^process_max_fds (\S+)$/m.exec(figures)?.[1])
  }

  await untilBothServe()
  return {
    fetch: (path, init) => server.fetch(path, init),
    async kill(victim) {
      const serving = workers()
      const pids =
        victim === 'everything' ? [...treeOf(postmasterOf(folder)), ...treeOf(root())] : [serving[Math.floor(Math.random() * serving.length)] as number]
      isGone = victim === 'everything'
      killAll(pids)
      await untilGone(pids)
      // Whoever keeps connections has to notice which of them are gone.
      await sleep(noticedAfterMs)
    },
    async mend() {
      if (isGone) server = await start()
      isGone = false
      await untilBothServe()
    },
    async stop() {
      isGone = true
      return await server.stop('SIGTERM')
    },
    async remove() {
      if (!isGone) await server.stop('SIGKILL')
      isGone = true
    },
  }
}

function isServer(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('server.js')
  } catch {
    return false
  }
}

function filesOf(pid: number): number {
  try {
    return Number(/^Max open files\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[1])
  } catch {
    return Number.NaN
  }
}
