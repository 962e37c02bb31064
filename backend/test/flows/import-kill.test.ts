import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { ImportRun } from '#contracts/import.ts'
import { removeFolder, type ServerProcess, scratchFolder, startServer } from '../server-process.ts'

const rows = 40_000
const kills = Number(process.env.IMPORT_KILLS ?? 2)
/** Every so many rows one cannot be taken. */
const badEvery = 1000

let folder: string
const servers: ServerProcess[] = []
beforeAll(async () => {
  folder = await scratchFolder()
})
afterAll(async () => {
  for (const { child } of servers) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await removeFolder(folder)
})

async function start(): Promise<ServerProcess> {
  const server = await startServer(folder)
  servers.push(server)
  return server
}

async function ask<T>(server: ServerProcess, path: string, init?: RequestInit): Promise<T> {
  const response = await server.fetch(path, init)
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

/** Waits until the import has gone on by itself, or has ended. */
function proceeded(server: ServerProcess, id: string, beyond: number): Promise<ImportRun> {
  return vi.waitFor(
    async () => {
      const run = await ask<ImportRun>(server, `/api/crm/imports/${id}`)
      expect(run.status === 'done' || run.processed > beyond).toBe(true)
      return run
    },
    { timeout: 60_000, interval: 20 },
  )
}

it('brings an accepted import to its end although the server is killed again and again, each row once', { timeout: 300_000 }, async () => {
  // Without external ids or e-mails nothing but the import's own place in the file tells a row that landed from one that did not.
  const lines = Array.from({ length: rows }, (_, index) => (index % badEvery === 0 ? `Person${index},nowhere` : `Person${index},`))
  let server = await start()
  const headers = { 'content-type': 'text/csv' }
  const body = `last_name,email\n${lines.join('\n')}\n`
  const mapping = encodeURIComponent(JSON.stringify({ last_name: 'last_name', email: 'email' }))
  const { importId } = await ask<{ importId: string }>(server, `/api/crm/import?entity=contacts&background=true&mapping=${mapping}`, {
    method: 'POST',
    headers,
    body,
  })
  let landed = 0
  for (let kill = 0; kill < kills; kill++) {
    const run = await proceeded(server, importId, landed)
    expect(run.processed).toBeGreaterThanOrEqual(landed)
    landed = run.processed
    await sleep(kill * 90)
    await server.stop('SIGKILL')
    server = await start()
  }
  expect(landed, 'the import was killed before it was done').toBeLessThan(rows)
  await vi.waitFor(async () => expect((await ask<ImportRun>(server, `/api/crm/imports/${importId}`)).status).toBe('done'), { timeout: 120_000, interval: 100 })
  const run = await ask<ImportRun>(server, `/api/crm/imports/${importId}`)
  const bad = rows / badEvery
  expect(run).toMatchObject({ total: rows, processed: rows, created: rows - bad, updated: 0, skipped: 0, errorCount: bad, failure: null, secondsLeft: null })
  expect(run.errors.map(({ row }) => row)).toEqual(Array.from({ length: bad }, (_, index) => index * badEvery + 2))
  const names = await ask<{ rows: Record<string, number>[] }>(server, '/api/crm/query', {
    method: 'POST',
    body: JSON.stringify({ entity: 'contacts', measures: [{ fn: 'count' }, { fn: 'countDistinct', field: 'last_name' }] }),
  })
  expect(Object.values(names.rows[0] ?? {})).toEqual([rows - bad, rows - bad])
  expect(await readdir(join(folder, 'imports'))).toEqual([])
  expect(await server.stop()).toBe(0)
})
