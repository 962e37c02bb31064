import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '../fakes/insightly/http/faults.ts'
import type { RecordedCall } from '../fakes/insightly/http/recorder.ts'
import { freePort, repositoryRoot } from '../server-process.ts'

export type Row = Record<string, unknown>

/** The stand-in for Insightly as a process of its own, which can be killed and started again at its port with what it had. */
export interface FakeProcess {
  /** What a client of the API is given. */
  url: string
  key: string
  start(): Promise<void>
  kill(): Promise<void>
  /** The tester's side. */
  tell<T = unknown>(method: string, path: string, body?: unknown): Promise<T>
  /** A call as somebody else in Insightly. */
  asOther(method: string, path: string, body?: unknown): Promise<Row>
  calls(): Promise<RecordedCall[]>
  busiest(windowMs: number): Promise<number>
  /** Every record of a collection. */
  dump(collection: string): Promise<Row[]>
  /** Waits until that many calls have arrived, or nothing more is to come. */
  reached(calls: number, isOver?: () => Promise<boolean>): Promise<void>
  /** Goes wrong again after every start. */
  always(fault: Fault): Promise<void>
}

/** @param folder where it keeps what is written and the record of calls */
export async function createFakeProcess(folder: string, options: { records: number; key?: string; rate?: string }): Promise<FakeProcess> {
  const { records, key = 'flow-test-insightly-key', rate = '1000/1000' } = options
  await mkdir(folder, { recursive: true })
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const faults: Fault[] = []
  let child: ChildProcess | undefined

  async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<string> {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return text
  }
  async function tell<T>(method: string, path: string, body?: unknown): Promise<T> {
    return JSON.parse(await ask(method, `/_fake/${path}`, body)) as T
  }
  const calls = async () => (await tell<{ calls: RecordedCall[] }>('GET', 'calls')).calls

  async function start(): Promise<void> {
    const args = ['--port', String(port), '--key', key, '--records', String(records), '--rate', rate, '--data', folder]
    const started = spawn(process.execPath, [join(repositoryRoot, 'backend/test/fakes/insightly/main.ts'), ...args], {
      cwd: repositoryRoot,
      env: { PATH: process.env.PATH ?? '' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child = started
    let said = ''
    started.stderr?.on('data', (chunk) => (said += chunk))
    for (let attempt = 0; ; attempt++) {
      if (started.exitCode !== null || attempt > 600) throw new Error(`The fake did not start:\n${said}`)
      const isUp = await fetch(`${origin}/_fake/clock`).then(
        (response) => response.ok,
        () => false,
      )
      if (isUp) break
      await sleep(30)
    }
    for (const fault of faults) await tell('POST', 'faults', fault)
  }

  await start()
  return {
    url: `${origin}/v3.1`,
    key,
    start,
    async kill() {
      const killed = child
      if (killed === undefined || killed.exitCode !== null || killed.signalCode !== null) return
      const ended = new Promise((done) => killed.once('exit', done))
      killed.kill('SIGKILL')
      await ended
    },
    tell,
    asOther: async (method, path, body) => {
      const text = await ask(method, `/_fake/v3.1/${path}`, body, { 'x-fake-user': '1402114' })
      return text === '' ? {} : (JSON.parse(text) as Row)
    },
    calls,
    busiest: async (windowMs) => (await tell<{ busiest: number }>('GET', `calls/busiest?windowMs=${windowMs}`)).busiest,
    async dump(collection) {
      const text = await ask('GET', `/_fake/dump/${collection}`)
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Row)
    },
    async reached(count, isOver = () => Promise.resolve(false)) {
      for (let attempt = 0; (await calls()).length < count; attempt++) {
        if (attempt > 3000) throw new Error(`Insightly was called ${(await calls()).length} times, not ${count}.`)
        await sleep(15)
        if (attempt % 10 === 9 && (await isOver())) return
      }
    },
    async always(fault) {
      faults.push(fault)
      await tell('POST', 'faults', fault)
    },
  }
}
