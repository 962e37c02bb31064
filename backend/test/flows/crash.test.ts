import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeFolder, type ServerProcess, scratchFolder, startServer } from '../server-process.ts'

const rounds = 20
const importRows = 300

let folder: string
beforeAll(async () => {
  folder = await scratchFolder()
})
afterAll(() => removeFolder(folder))

interface Acknowledged {
  answers: { sessionId: string; messageId: string; question: string }[]
  imports: string[]
}

/** Asks and imports without pause until the server is gone; remembers what was acknowledged. */
async function work(server: ServerProcess, round: number, acknowledged: Acknowledged, isOver: () => boolean): Promise<void> {
  const chat = async () => {
    for (let turn = 0; !isOver(); turn++) {
      const question = `How many contacts are there? (${round}.${turn})`
      const response = await server.fetch('/api/chat', { method: 'POST', body: JSON.stringify({ message: question }) })
      if (!response.ok) throw new Error(`chat answered ${response.status}`)
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
      if (!response.ok) throw new Error(`import answered ${response.status}: ${await response.text()}`)
      const result = (await response.json()) as { created: number }
      if (result.created !== importRows) throw new Error(`import created ${result.created}`)
      acknowledged.imports.push(key)
    }
  }
  const results = await Promise.allSettled([chat(), importFiles()])
  // Only the kill may end the work.
  for (const result of results) if (result.status === 'rejected' && !isOver()) throw result.reason
}

/** Everything acknowledged is there, and no import is half there without saying so. */
async function check(server: ServerProcess, acknowledged: Acknowledged): Promise<void> {
  for (const { sessionId, messageId, question } of acknowledged.answers) {
    const { items } = (await (await server.fetch(`/api/sessions/${sessionId}/messages`)).json()) as { items: { id: string; text: string; status: string }[] }
    expect(items.map(({ text }) => text)).toContain(question)
    expect(items.find(({ id }) => id === messageId)?.status).toBe('done')
    const transcript = await readFile(join(folder, 'sessions', `${sessionId}.jsonl`), 'utf8')
    expect(transcript).toContain(question)
  }
  const { rows } = (await (
    await server.fetch('/api/crm/query', {
      method: 'POST',
      body: JSON.stringify({
        entity: 'contacts',
        select: ['external_id'],
        filter: { or: [...acknowledged.imports, 'none'].slice(-40).map((key) => ({ field: 'external_id', op: 'startsWith', value: `${key}-` })) },
        limit: 1000,
      }),
    })
  ).json()) as { rows: { external_id: string }[] }
  for (const key of acknowledged.imports.slice(-3)) expect(rows.filter(({ external_id }) => external_id.startsWith(`${key}-`))).toHaveLength(importRows)
  const total = (await (await server.fetch('/api/crm/contacts?limit=1')).json()) as { total: number }
  const imports = (await (await server.fetch('/api/crm/imports?limit=200')).json()) as { items: { status: string; created: number; total: number }[] }
  expect(imports.items.filter(({ status }) => status === 'running')).toEqual([])
  // What every import says it created, finished or broken off, is what is there.
  expect(imports.items.reduce((sum, { created }) => sum + created, 0)).toBe(total.total)
}

async function reached(isReached: () => boolean): Promise<void> {
  for (let attempt = 0; !isReached(); attempt++) {
    if (attempt > 600) throw new Error('Nothing was acknowledged within half a minute.')
    await sleep(50)
  }
}

it(`loses nothing acknowledged when it is killed at ${rounds} random moments of chatting and importing`, { timeout: 600_000 }, async () => {
  const acknowledged: Acknowledged = { answers: [], imports: [] }
  let seed = 20_261_122
  for (let round = 0; round < rounds; round++) {
    const server = await startServer(folder)
    await check(server, { answers: acknowledged.answers.slice(-5), imports: acknowledged.imports })
    let isOver = false
    const before = { answers: acknowledged.answers.length, imports: acknowledged.imports.length }
    const working = work(server, round, acknowledged, () => isOver)
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    // Every third round something of each kind has to be there to be lost, however busy the machine is.
    if (round % 3 === 0) await reached(() => acknowledged.answers.length > before.answers && acknowledged.imports.length > before.imports)
    await sleep(20 + (seed % 900))
    isOver = true
    await server.stop('SIGKILL')
    await working
    // The database ends by itself: nothing runs on in the folder.
    for (let attempt = 0; ; attempt++) {
      const files = await readdir(join(folder, 'postgres/data'))
      if (!files.includes('postmaster.pid')) break
      if (attempt > 300) throw new Error('The database outlived its server.')
      await sleep(100)
    }
  }
  const server = await startServer(folder)
  await check(server, acknowledged)
  expect(acknowledged.answers.length).toBeGreaterThan(rounds / 4)
  expect(acknowledged.imports.length).toBeGreaterThan(rounds / 4)
  expect(await server.stop()).toBe(0)
})
