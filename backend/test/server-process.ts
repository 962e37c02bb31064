import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export const repositoryRoot = fileURLToPath(new URL('../../', import.meta.url))
export const adminKey = 'process-test-key-process-test-key-process-test'

export interface ServerProcess {
  child: ChildProcess
  url: string
  /** Everything printed so far. */
  output(): string
  /** JSON over HTTP as the workspace's owner. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export function scratchFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'chatsg-process-'))
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}

/** Below the ports that the system gives to connections of its own, any of which could take one that was free a moment ago. */
const [lowestPort, highestPort] = [20_000, 32_000]

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowestPort, highestPort)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)))
  })
}

/** Starts `node backend/server.js` as an operator would, without waiting for it. */
export function spawnServer(
  env: Record<string, string>,
  command: readonly string[] = ['backend/server.js'],
): { child: ChildProcess; output: () => string; exited: Promise<number | null> } {
  const child = spawn(process.execPath, [...command], {
    cwd: repositoryRoot,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      ADMIN_API_KEY: adminKey,
      DEMO_DATA: 'none',
      LOG_LEVEL: 'warn',
      RATE_LIMIT_MAX: '1000000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
  const exited = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
  return { child, output: () => output, exited }
}

/** Starts a server on a free port and waits until it is healthy. */
export async function startServer(dataDir: string, env: Record<string, string> = {}): Promise<ServerProcess> {
  const port = await freePort()
  const { child, output, exited } = spawnServer({ DATA_DIR: dataDir, PORT: String(port), ...env })
  const url = `http://127.0.0.1:${port}`
  let ended = false
  exited.then(() => {
    ended = true
  })
  for (let attempt = 0; ; attempt++) {
    if (ended || attempt > 1200) throw new Error(`The server did not start:\n${output()}`)
    const healthy = await fetch(`${url}/api/health`).then(
      (response) => response.ok,
      () => false,
    )
    if (healthy) break
    await sleep(50)
  }
  return {
    child,
    url,
    output,
    fetch: (path, init) =>
      fetch(`${url}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${adminKey}`, ...(init?.body === undefined ? {} : { 'content-type': 'application/json' }), ...init?.headers },
      }),
    stop(signal = 'SIGTERM') {
      child.kill(signal)
      return exited
    },
  }
}
