import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerProcess } from '../server-process.ts'

export interface MixedLoad {
  /** Resolves when each kind of work was done so often. */
  turns(count: number): Promise<void>
  /** Ends it. @returns how often each kind was done, and what went wrong */
  stop(): Promise<{ done: Record<string, number>; wrong: string[] }>
}

const importRows = 300
const restMs = 20

/** People who ask, search, write, read streams to their end and leave in their midst, import and export, until told to stop. */
export function startMixedLoad(server: ServerProcess): MixedLoad {
  let isOver = false
  const done = new Map<string, number>()
  const wrong: string[] = []

  async function text(path: string, init?: RequestInit): Promise<string> {
    const response = await server.fetch(path, init)
    const body = await response.text()
    if (!response.ok) throw new Error(`${init?.method ?? 'GET'} ${path}: ${response.status} ${body.slice(0, 300)}`)
    return body
  }
  const json = async <T>(path: string, init?: RequestInit) => JSON.parse(await text(path, init)) as T
  const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body) })

  async function repeat(kind: string, work: (turn: number) => Promise<unknown>): Promise<void> {
    for (let turn = 0; !isOver; turn += 1) {
      try {
        await work(turn)
        done.set(kind, (done.get(kind) ?? 0) + 1)
      } catch (error) {
        wrong.push(`${kind}: ${(error as Error).message}`)
        await sleep(500)
      }
      await sleep(restMs)
    }
  }

  /** Nothing is there afterwards that was not there before, so that a long run measures the server and not its data. */
  async function importFile(turn: number): Promise<void> {
    const rows = Array.from({ length: importRows }, (_, index) => `Soak${turn},Person${index}`)
    const headers = { 'content-type': 'text/csv' }
    const { importId } = await json<{ importId: string }>('/api/crm/import?entity=contacts', {
      method: 'POST',
      headers,
      body: `first_name,last_name\n${rows.join('\n')}\n`,
    })
    await text(`/api/crm/imports/${importId}/undo`, { method: 'POST' })
  }

  async function write(turn: number): Promise<void> {
    const { id } = await json<{ id: string }>('/api/crm/organisations', post({ name: `Soak ${turn % 50}` }))
    await text(`/api/crm/organisations/${id}`, { method: 'PATCH', body: JSON.stringify({ city: 'Leeds' }) })
    await text(`/api/crm/organisations/${id}`, { method: 'DELETE' })
  }

  const question = (turn: number): RequestInit => post({ message: `/creative a slogan, the ${turn % 20}th` })

  async function leaveStream(turn: number): Promise<void> {
    const leaving = new AbortController()
    const response = await server.fetch('/api/chat/stream', { ...question(turn), signal: leaving.signal })
    await response.body?.getReader().read()
    leaving.abort()
  }

  const loops = [
    repeat('ask', async (turn) => {
      const { sessionId } = await json<{ sessionId: string }>(
        '/api/chat',
        post({ message: `How many organisations are there in ${['Leeds', 'Bonn', 'Lyon'][turn % 3]}?` }),
      )
      await text(`/api/sessions/${sessionId}`, { method: 'DELETE' })
    }),
    repeat('search', (turn) => text(`/api/crm/organisations?q=soak+${turn % 50}&limit=20`)),
    repeat('write', write),
    repeat('stream', (turn) => text('/api/chat/stream', question(turn))),
    repeat('cut stream', leaveStream),
    repeat('import', importFile),
    repeat('export', () => text('/api/crm/export?entity=organisations&format=csv')),
  ]

  return {
    async turns(count) {
      const before = new Map(done)
      const missing = () => loops.length > done.size || [...done].some(([kind, times]) => times < (before.get(kind) ?? 0) + count)
      for (let attempt = 0; missing(); attempt += 1) {
        if (attempt > 1200) throw new Error(`Too little was done: ${JSON.stringify(Object.fromEntries(done))} ${wrong.slice(0, 5).join('; ')}`)
        await sleep(50)
      }
    },
    async stop() {
      isOver = true
      await Promise.all(loops)
      return { done: Object.fromEntries(done), wrong }
    },
  }
}
