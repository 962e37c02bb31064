import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { killAll, postmasterOf, treeOf, untilGone } from '../process-tree.ts'
import { removeFolder, type ServerProcess, scratchFolder, startServer } from '../server-process.ts'
import { type Ledger, startWriting } from './recovery-ledger.ts'

/** `RPO_ROUNDS=200` for the whole figure. */
const rounds = Number(process.env.RPO_ROUNDS ?? 2)
const importRows = 100

/**
 * What is killed in a round: everything at once, the database in the midst of its writes, of one process or of a primary with its workers; or
 * the server alone, after which its database has to end by itself.
 */
const manners = [
  { workers: '1', kills: 'everything' },
  { workers: '2', kills: 'everything' },
  { workers: '1', kills: 'server' },
] as const

let folder: string
let serving: ServerProcess | undefined
beforeAll(async () => {
  folder = await scratchFolder()
})
afterAll(async () => {
  if (serving !== undefined && serving.child.exitCode === null && serving.child.signalCode === null) await serving.stop('SIGKILL')
  await removeFolder(folder)
})

interface Acknowledged {
  answers: { sessionId: string; messageId: string; question: string }[]
  imports: string[]
  ledgers: Ledger[]
}

/** A machine on which too much runs at once; nothing was acknowledged. */
const isBusy = ({ status }: Response): boolean => status === 503

/** Asks, imports and changes records without pause until the server is gone; remembers what was acknowledged. */
async function work(server: ServerProcess, round: number, acknowledged: Acknowledged, isOver: () => boolean): Promise<void> {
  const chat = async () => {
    for (let turn = 0; !isOver(); turn++) {
      const question = `How many contacts are there? (${round}.${turn})`
      const response = await server.fetch('/api/chat', { method: 'POST', body: JSON.stringify({ message: question }) })
      if (isBusy(response)) continue
      if (!response.ok) throw new Error(`chat answered ${response.status}: ${await response.text()}`)
      const answer = (await response.json()) as { sessionId: string; messageId: string }
      acknowledged.answers.push({ ...answer, question })
    }
  }
  const importFiles = async () => {
    for (let turn = 0; !isOver(); turn++) {
      const key = `r${round}t${turn}`
      const rows = Array.from({ length: importRows }, (_, index) => `${key}-${index},Round${round},Person${index},${key}.${index}@example.com`)
      const response = await server.fetch('/api/crm/import?entity=contacts', {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: `external_id,first_name,last_name,email\n${rows.join('\n')}\n`,
      })
      if (isBusy(response)) continue
      if (!response.ok) throw new Error(`import answered ${response.status}: ${await response.text()}`)
      const result = (await response.json()) as { created: number }
      if (result.created !== importRows) throw new Error(`import created ${result.created}`)
      acknowledged.imports.push(key)
    }
  }
  const writers = [0, 1].map((writer) => startWriting(server.fetch, `Round ${round} writer ${writer}:`, isOver))
  acknowledged.ledgers.push(...writers.map(({ ledger }) => ledger))
  const loops = [chat(), importFiles(), ...writers.map(({ ended }) => ended)]
  // Only the kill may end the work.
  const unlessOver = (error: unknown) => {
    if (!isOver()) throw error
  }
  await Promise.all(loops.map((loop) => loop.catch(unlessOver)))
}

/** Everything acknowledged is there, and no import is half there without saying so. */
async function check(server: ServerProcess, acknowledged: Acknowledged): Promise<void> {
  for (const { sessionId, messageId, question } of acknowledged.answers) {
    const { items } = (await (await server.fetch(`/api/sessions/${sessionId}/messages`)).json()) as { items: { id: string; text: string; status: string }[] }
    expect(items.map(({ text }) => text)).toContain(question)
    expect(items.find(({ id }) => id === messageId)).toMatchObject({ status: 'done' })
    // Its last line may be the one that the start is still putting back.
    await vi.waitFor(async () => expect(await readFile(join(folder, 'sessions', `${sessionId}.jsonl`), 'utf8')).toContain(question), {
      timeout: 30_000,
      interval: 50,
    })
  }
  for (const ledger of acknowledged.ledgers) {
    expect(await ledger.compare(server.fetch)).toEqual([])
    expect(ledger.wrong).toEqual([])
  }
  for (const key of acknowledged.imports) expect([key, await rowsOf(server, key)]).toEqual([key, importRows])
  const total = (await (await server.fetch('/api/crm/contacts?limit=1')).json()) as { total: number }
  const imports = await importsOf(server)
  expect(imports.filter(({ status }) => status === 'running')).toEqual([])
  // What every import says it created, finished or broken off, is what is there.
  expect(imports.reduce((sum, { created }) => sum + created, 0)).toBe(total.total)
}

async function rowsOf(server: ServerProcess, key: string): Promise<number> {
  const filter = { field: 'external_id', op: 'startsWith', value: `${key}-` }
  const response = await server.fetch('/api/crm/query', {
    method: 'POST',
    body: JSON.stringify({ entity: 'contacts', select: ['external_id'], filter, limit: 1000 }),
  })
  const { rows } = (await response.json()) as { rows: { external_id: string }[] }
  return rows.length
}

async function importsOf(server: ServerProcess): Promise<{ status: string; created: number }[]> {
  const all: { status: string; created: number }[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await server.fetch(`/api/crm/imports?limit=200${cursor === undefined ? '' : `&cursor=${cursor}`}`)
    const { items, nextCursor } = (await page.json()) as { items: { status: string; created: number }[]; nextCursor: string | null }
    all.push(...items)
    cursor = nextCursor
  }
  return all
}

async function reached(isReached: () => boolean): Promise<void> {
  for (let attempt = 0; !isReached(); attempt++) {
    if (attempt > 600) throw new Error('Nothing was acknowledged within half a minute.')
    await sleep(50)
  }
}

/** Ends the server, or everything there is, without asking. */
async function kill(server: ServerProcess, what: (typeof manners)[number]['kills']): Promise<void> {
  if (what === 'everything') {
    const pids = [...treeOf(postmasterOf(folder)), ...treeOf(server.child.pid as number)]
    killAll(pids)
    await untilGone(pids)
    return
  }
  await server.stop('SIGKILL')
  // The database ends by itself: nothing runs on in the folder.
  for (let attempt = 0; ; attempt++) {
    const files = await readdir(join(folder, 'postgres/data'))
    if (!files.includes('postmaster.pid')) break
    if (attempt > 300) throw new Error('The database outlived its server.')
    await sleep(100)
  }
}

it(`loses nothing acknowledged when everything is killed at ${rounds} random moments of chatting, importing and writing`, {
  timeout: 120_000 + rounds * 30_000,
}, async () => {
  const acknowledged: Acknowledged = { answers: [], imports: [], ledgers: [] }
  const written = () => acknowledged.ledgers.reduce((sum, ledger) => sum + ledger.acknowledged(), 0)
  const returns: number[] = []
  let seed = 20_261_122
  for (let round = 0; round < rounds; round++) {
    const { workers, kills } = manners[round % manners.length] as (typeof manners)[number]
    const startedAt = performance.now()
    const server = await startServer(folder, { WORKERS: workers })
    serving = server
    if (round > 0) returns.push(performance.now() - startedAt)
    await check(server, { answers: acknowledged.answers.slice(-5), imports: acknowledged.imports.slice(-3), ledgers: acknowledged.ledgers.slice(-2) })
    let isOver = false
    const before = { answers: acknowledged.answers.length, imports: acknowledged.imports.length, written: written() }
    const working = work(server, round, acknowledged, () => isOver)
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    // Every third round something of each kind has to be there to be lost, however busy the machine is.
    if (round % 3 === 0)
      await Promise.race([
        working,
        reached(() => acknowledged.answers.length > before.answers && acknowledged.imports.length > before.imports && written() > before.written),
      ])
    await sleep(20 + (seed % 900))
    isOver = true
    await kill(server, kills)
    await working
  }
  const server = await startServer(folder)
  serving = server
  await check(server, acknowledged)
  expect(acknowledged.answers.length).toBeGreaterThan(rounds / 4)
  expect(acknowledged.imports.length).toBeGreaterThan(rounds / 4)
  expect(await server.stop()).toBe(0)
  if (rounds > 10)
    process.stdout.write(
      `${JSON.stringify({ rounds, lost: 0, answers: acknowledged.answers.length, importedRows: acknowledged.imports.length * importRows, writes: written(), longestReturnMs: Math.round(Math.max(...returns)) })}\n`,
    )
})
