import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../test/fakes/insightly/main.ts', import.meta.url))
const key = 'performance-only-insightly-key'

/** Calls in any window of milliseconds. */
export interface Rate {
  requests: number
  windowMs: number
}

export interface FakeCall {
  /** Milliseconds since 1970, with fractions. */
  at: number
  method: string
  path: string
  status?: number
}

/** The stand-in for Insightly as a process of its own. */
export interface InsightlyProcess {
  /** What INSIGHTLY_API_URL is set to. */
  url: string
  key: string
  calls(): Promise<FakeCall[]>
  forgetCalls(): Promise<void>
  /** The most calls that arrived in any window. */
  busiest(windowMs: number): Promise<number>
  /** Records by the name of their collection. */
  counts(): Promise<Record<string, number>>
  /** Changes so many records, spread evenly, and tells how many that were. */
  change(entity: string, count: number, values: Record<string, string>): Promise<number>
  /** Records of a collection in whose text this stands. */
  find(entity: string, text: string): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
}

/** Starts it on a free port. */
export async function startInsightly(records: number, { requests, windowMs }: Rate): Promise<InsightlyProcess> {
  const options = { port: 0, key, records, rate: `${requests}/${windowMs}`, daily: 100_000_000 }
  const child = spawn(process.execPath, [entry, ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => [''])])) as [string]
  const url = / at (\S+\/v3\.1),/.exec(line)?.[1]
  if (url === undefined) {
    child.kill('SIGKILL')
    throw new Error(`The fake Insightly did not start: ${line}`)
  }
  const ask = async (method: string, path: string, body?: object): Promise<Response> => {
    const answer = await fetch(new URL(`/_fake/${path}`, url), {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    if (!answer.ok) throw new Error(`${method} /_fake/${path} answered ${answer.status}: ${await answer.text()}`)
    return answer
  }
  const read = async <T>(method: string, path: string, body?: object) => (await ask(method, path, body)).json() as Promise<T>
  return {
    url,
    key,
    calls: async () => (await read<{ calls: FakeCall[] }>('GET', 'calls')).calls,
    forgetCalls: async () => void (await read('DELETE', 'calls')),
    busiest: async (window) => (await read<{ busiest: number }>('GET', `calls/busiest?windowMs=${window}`)).busiest,
    counts: () => read('GET', 'counts'),
    change: async (entity, count, values) => (await read<{ ids: number[] }>('POST', 'changes', { entity, count, action: 'update', values })).ids.length,
    async find(entity, text) {
      const { body } = await ask('GET', `dump/${entity}`)
      const found: Record<string, unknown>[] = []
      if (body === null) return found
      for await (const row of createInterface(Readable.fromWeb(body))) if (row.includes(text)) found.push(JSON.parse(row))
      return found
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
