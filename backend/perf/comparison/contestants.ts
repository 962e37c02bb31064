import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { LoopOrder, LoopReady, LoopReport } from './loop-process.ts'

const modelEntry = fileURLToPath(new URL('./model.ts', import.meta.url))
const loopEntry = fileURLToPath(new URL('./loop-process.ts', import.meta.url))
const quiet = { NODE_NO_WARNINGS: '1', NODE_OPTIONS: '', OPENAI_AGENTS_DISABLE_TRACING: '1', MASTRA_TELEMETRY_DISABLED: '1' }

/** A loop in a process of its own. */
export interface Contestant {
  readyMs: number
  perform(order: LoopOrder): Promise<LoopReport>
  stop(): Promise<void>
}

/** The stand-in for a model that all of them ask. */
export async function startLoopModel(): Promise<{ url: string; stop(): Promise<void> }> {
  const child = fork(modelEntry, [], { env: { ...process.env, ...quiet } })
  const { url } = await hear<{ url: string }>(child)
  return { url, stop: () => stop(child) }
}

/** @param file module that exports `createLoop` */
export async function startContestant(file: string, modelUrl: string): Promise<Contestant> {
  const child = fork(loopEntry, [file, modelUrl], { env: { ...process.env, ...quiet }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  let complaint = ''
  child.stderr?.on('data', (piece: Buffer) => {
    complaint = (complaint + piece.toString()).slice(-1500)
  })
  const { readyMs } = await hear<LoopReady>(child).catch((error: Error) => {
    child.kill('SIGKILL')
    throw new Error(`${error.message} ${complaint}`.trim())
  })
  return {
    readyMs,
    async perform(order) {
      child.send(order)
      return await hear<LoopReport>(child)
    },
    stop: () => stop(child),
  }
}

/** The next thing that it says. @throws Error when it says that it failed, or ends */
async function hear<T>(child: ChildProcess): Promise<T> {
  const enough = new AbortController()
  try {
    const said = (await Promise.race([
      once(child, 'message', { signal: enough.signal }).then(([message]) => message),
      once(child, 'exit', { signal: enough.signal }).then(([code]) => ({ error: `Its process ended with ${code}.` })),
    ])) as T | { error: string }
    if (typeof said === 'object' && said !== null && 'error' in said) throw new Error(said.error)
    return said as T
  } finally {
    // The one that did not happen is not waited for; its rejection is nobody's.
    enough.abort()
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  if (child.connected) child.disconnect()
  else child.kill('SIGKILL')
  await ended
}
