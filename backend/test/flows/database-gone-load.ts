import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerProcess } from '../server-process.ts'
import { type Call, type Ledger, startWriting } from './recovery-ledger.ts'

export interface Load {
  /** Resolves when requests of every kind have been answered well. */
  settled(): Promise<void>
  /** Resolves when requests that need the database have been refused. */
  refused(): Promise<void>
  /** Resolves when requests of every kind are answered well again. @returns milliseconds that took */
  served(): Promise<number>
  /** What was seen: answers by kind and status, those that must never be given, and what was acknowledged and is not there. */
  stop(): Promise<{ seen: Record<string, number>; wrong: string[]; lost: string[]; longestMs: number }>
}

/** An answer that takes longer has left whoever asked without one. */
const patienceMs = 30_000
const restMs = 30

/** People who read, ask, sign in and change records, and a probe that looks after the process, until told to stop. */
export function startLoad(server: ServerProcess, name: string, cookie: string): Load {
  let isOver = false
  const isDone = () => isOver
  const seen = new Map<string, number>()
  const wrong: string[] = []
  const asked: { sessionId: string; messageId: string; question: string }[] = []
  let longestMs = 0

  /** Counts what is answered, and how long that took. */
  const watched =
    (kind: string, send: Call = server.fetch): Call =>
    async (path, init) => {
      const beganAt = performance.now()
      try {
        const response = await send(path, { ...init, signal: AbortSignal.timeout(patienceMs) })
        note(kind, response.ok ? 'ok' : response.status)
        return response
      } catch (error) {
        note(kind, 'none')
        wrong.push(`${kind}: ${(error as Error).message}`)
        throw error
      } finally {
        longestMs = Math.max(longestMs, Math.round(performance.now() - beganAt))
      }
    }
  const note = (kind: string, outcome: 'ok' | 'none' | number) => {
    seen.set(`${kind} ${outcome}`, (seen.get(`${kind} ${outcome}`) ?? 0) + 1)
  }
  const count = (kind: string, outcome: 'ok' | 503) => seen.get(`${kind} ${outcome}`) ?? 0

  const withoutKey: Call = (path, init) => fetch(`${server.url}${path}`, init)

  async function repeat(kind: string, once: (call: Call) => Promise<void>, send?: Call): Promise<void> {
    const call = watched(kind, send)
    while (!isOver) {
      await once(call).catch((error: Error) => void wrong.push(`${kind}: ${error.message}`))
      await sleep(restMs)
    }
  }

  /** The database may be away; then it is said so, and when to come again. */
  async function judge(kind: string, response: Response, mayBeAway: boolean): Promise<void> {
    const text = await response.text()
    if (response.ok) return
    const isHonest = response.status === 503 && Number(response.headers.get('retry-after')) > 0 && text.includes('"UNAVAILABLE"')
    if (!mayBeAway || !isHonest) wrong.push(`${kind}: ${response.status} ${text}`)
  }

  const writers = [0, 1].map((writer) => startWriting(watched('write'), `${name} ${writer}:`, isDone, restMs))
  const ledgers: Ledger[] = writers.map(({ ledger }) => ledger)
  const loops = [
    ...writers.map(({ ended }) => ended),
    repeat('read', async (call) => judge('read', await call('/api/crm/organisations?limit=5'), true)),
    repeat('session', async (call) => judge('session', await call('/api/crm/organisations?limit=5', { headers: { cookie } }), true), withoutKey),
    repeat('probe', async (call) => judge('probe', await call('/api/health?check=liveness'), false)),
    repeat('basic', async (call) => judge('basic', await call('/api/health'), false)),
    repeat(
      'stranger',
      async (call) => {
        const response = await call('/api/crm/contacts')
        if (response.status === 401) await response.text()
        else await judge('stranger', response, true)
      },
      withoutKey,
    ),
    repeat('ask', async (call) => {
      const question = `How many organisations are there? (${name} ${asked.length})`
      const response = await call('/api/chat', { method: 'POST', body: JSON.stringify({ message: question }) })
      if (response.ok) asked.push({ ...((await response.json()) as { sessionId: string; messageId: string }), question })
      else await judge('ask', response, true)
    }),
  ]
  const kinds = ['write', 'read', 'session', 'ask'] as const

  async function until(what: string, holds: () => boolean): Promise<number> {
    const beganAt = performance.now()
    while (!holds()) {
      if (performance.now() - beganAt > 60_000)
        throw new Error(`${what} did not happen: ${JSON.stringify(Object.fromEntries(seen))} ${wrong.slice(0, 5).join('; ')}`)
      await sleep(20)
    }
    return Math.round(performance.now() - beganAt)
  }

  return {
    async settled() {
      await until('Answers', () => kinds.every((kind) => count(kind, 'ok') > 3))
    },
    async refused() {
      const before = kinds.map((kind) => count(kind, 503))
      await until('Refusals', () => kinds.every((kind, index) => count(kind, 503) > (before[index] ?? 0)))
    },
    async served() {
      const before = kinds.map((kind) => count(kind, 'ok'))
      return until('Answers', () => kinds.every((kind, index) => count(kind, 'ok') > (before[index] ?? 0) + 3))
    },
    async stop() {
      isOver = true
      await Promise.all(loops)
      const lost = (await Promise.all(ledgers.map((ledger) => ledger.compare(server.fetch)))).flat()
      for (const { sessionId, messageId, question } of asked) {
        const { items } = (await (await server.fetch(`/api/sessions/${sessionId}/messages`)).json()) as {
          items: { id: string; text: string; status: string }[]
        }
        if (!items.some(({ text }) => text === question) || items.find(({ id }) => id === messageId)?.status !== 'done') lost.push(question)
      }
      return { seen: Object.fromEntries([...seen].sort()), wrong: [...wrong, ...ledgers.flatMap((ledger) => ledger.wrong)], lost, longestMs }
    },
  }
}

/** The cookie of a session that begins with the link which the server prints. */
export async function signIn(server: Pick<ServerProcess, 'url' | 'output'>): Promise<string> {
  let token: string | undefined
  for (let attempt = 0; token === undefined; attempt += 1) {
    if (attempt > 600) throw new Error('The server printed no sign-in link.')
    await sleep(50)
    token = /token=(\S+)/.exec(server.output())?.[1]
  }
  const signedIn = await fetch(`${server.url}/api/auth/sign-in/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0]
  if (cookie === undefined) throw new Error(`Nobody was signed in: ${signedIn.status} ${await signedIn.text()}`)
  return cookie
}
