import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { adminKey, removeFolder, repositoryRoot, type ServerProcess, scratchFolder } from '../server-process.ts'
import { expectExactCopy } from './insightly-copies.ts'
import { createFakeProcess, type FakeProcess } from './insightly-fake.ts'
import { ask, embeddedUrl, mirrorEnvironment, readStatus, runDone, startMirror } from './insightly-installation.ts'

const limit = { requests: 15, windowMs: 500 }
const env = { CRM_RATE_LIMIT_MAX_REQUESTS: String(limit.requests), CRM_RATE_LIMIT_WINDOW_MS: String(limit.windowMs) }
const records = 1000
const writes = 50

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function install(): Promise<{ folder: string; fake: FakeProcess; server: ServerProcess }> {
  const folder = await scratchFolder()
  cleanUps.push(() => removeFolder(folder))
  // It would let pass more, so that what is counted is our own restraint.
  const fake = await createFakeProcess(join(folder, 'insightly'), { records })
  cleanUps.push(() => fake.kill())
  const server = await startMirror(folder, fake, env)
  cleanUps.push(() => server.stop('SIGKILL'))
  return { folder, fake, server }
}

interface Command {
  child: ChildProcess
  ended: Promise<{ code: number | null; printed: string }>
}

/** An operator command on the same data folder, in a process of its own. */
function command(folder: string, fake: FakeProcess, ...args: string[]): Command {
  const child = spawn(process.execPath, ['backend/cli.js', ...args], {
    cwd: repositoryRoot,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', DATA_DIR: folder, ADMIN_API_KEY: adminKey, ...mirrorEnvironment(fake, env) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (printed += chunk))
  const ended = new Promise<{ code: number | null; printed: string }>((done) => child.once('exit', (code) => done({ code, printed })))
  cleanUps.push(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { child, ended }
}

/** People make and change contacts while records are copied. */
async function write(server: ServerProcess, name: string): Promise<void> {
  const made: string[] = []
  for (let number = 0; number < writes; number++) {
    const changes = number % 2 === 1
    const path = changes ? `/api/crm/contacts/${made.at(-1)}` : '/api/crm/contacts'
    const body = changes ? { title: `Changed ${number}` } : { first_name: name, last_name: `Written ${number}`, email: `${name}.${number}@example.com` }
    const response = await server.fetch(path, { method: changes ? 'PATCH' : 'POST', body: JSON.stringify(body) })
    expect(response.status, await response.clone().text()).toBeLessThan(300)
    made.push(((await response.json()) as { id: string }).id)
  }
}

async function delivered(server: ServerProcess, fake: FakeProcess, name: string): Promise<void> {
  await vi.waitFor(async () => expect((await readStatus(server)).outbox).toEqual({ pending: 0, failed: 0 }), { timeout: 60_000, interval: 200 })
  const there = (await fake.dump('Contacts')).filter(({ FIRST_NAME, LAST_NAME }) => FIRST_NAME === name && String(LAST_NAME).startsWith('Written '))
  expect(there).toHaveLength(writes / 2)
  expect(there.every(({ TITLE }) => String(TITLE).startsWith('Changed '))).toBe(true)
}

async function expectWithinLimit(fake: FakeProcess): Promise<void> {
  const busiest = await fake.busiest(limit.windowMs)
  expect(busiest).toBeLessThanOrEqual(limit.requests)
  // One that never comes near the limit keeps it without being asked.
  expect(busiest).toBeGreaterThan(limit.requests / 2)
}

it('keeps the limit with one process and with three, while people write', { timeout: 180_000 }, async () => {
  const { folder, fake, server } = await install()
  await write(server, 'Wanda')
  await runDone(server, 'full')
  await delivered(server, fake, 'Wanda')
  await expectWithinLimit(fake)

  await fake.tell('DELETE', 'calls')
  const first = command(folder, fake, 'sync', 'full')
  const second = command(folder, fake, 'sync', 'full', '--json')
  // Whoever has the run, and whatever the others ask for meanwhile.
  const trials = Array.from({ length: 3 }, () => ask(server, '/api/crm/sync/test', {}))
  await Promise.all([write(server, 'Walter'), ...trials])
  await fake.reached(50)
  first.child.kill('SIGKILL')
  const { code, printed } = await second.ended
  expect(code, printed).toBe(0)
  expect(printed).toContain('"state":"done"')
  await delivered(server, fake, 'Walter')
  await expectWithinLimit(fake)
  // What people wrote came back in the runs as what it is: nothing is there twice, here or in Insightly.
  const { runId } = await ask<{ runId: string }>(server, '/api/crm/sync', { mode: 'incremental' })
  await runDone(server, 'incremental', runId)
  expect(await expectExactCopy(fake, await embeddedUrl(folder))).toBeGreaterThan(records * 2.8)
})
