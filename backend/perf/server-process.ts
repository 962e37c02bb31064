import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readProc, readProcessorTime } from './processor-time.ts'

const entry = fileURLToPath(new URL('../server.js', import.meta.url))
const healthyWithinMs = 60_000

export const apiKey = 'performance-only-admin-key-0123456789abcdef'

export interface ServerProcess {
  url: string
  pid: number
  /** Milliseconds from the start of the process to the first healthy answer. */
  startedInMs: number
  /** Megabytes of memory the Node process holds now, and held at most; undefined where the system does not tell. */
  memory(): Promise<{ now: number; most: number } | undefined>
  /** Milliseconds of processor time the Node process has used. */
  processorMs(): Promise<number | undefined>
  stop(): Promise<void>
}

/** Starts the server as an operator does and waits until it is healthy. */
export async function startServer(variables: Record<string, string>): Promise<ServerProcess> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const started = performance.now()
  const child = spawn(process.execPath, [entry], {
    env: {
      ...process.env,
      LOG_LEVEL: 'info',
      RATE_LIMIT_MAX: '10000000',
      ...variables,
      HOST: '127.0.0.1',
      PORT: String(port),
      APP_URL: url,
      ADMIN_API_KEY: apiKey,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000)
  })
  while (!(await isHealthy(url))) {
    if (child.exitCode !== null) throw new Error(`The server ended before it was healthy: ${complaint}`)
    if (performance.now() - started > healthyWithinMs) {
      child.kill('SIGKILL')
      throw new Error(`The server was not healthy within ${healthyWithinMs / 1000} s: ${complaint}`)
    }
    await sleep(10)
  }
  const startedInMs = performance.now() - started
  const pid = child.pid as number
  return {
    url,
    pid,
    startedInMs,
    memory: () => readMemory(pid),
    processorMs: () => readProcessorTime(pid),
    stop: () => stop(child),
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/health`)).ok
  } catch {
    // Not listening yet.
    return false
  }
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null) return done()
    child.once('exit', () => done())
    child.kill('SIGTERM')
  })
}

async function readMemory(pid: number): Promise<{ now: number; most: number } | undefined> {
  const status = await readProc(`/proc/${pid}/status`)
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status ?? '')?.[1])
  return status === undefined ? undefined : { now: kilobytes('VmRSS') / 1024, most: kilobytes('VmHWM') / 1024 }
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer()
    server.once('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address !== null && typeof address === 'object' ? done(address.port) : failed(new Error('No free port was found.'))))
    })
  })
}
