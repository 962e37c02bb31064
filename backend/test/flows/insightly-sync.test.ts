import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { SyncRunJson, SyncStatus } from '#contracts/sync.ts'
import { adminKey, removeFolder, repositoryRoot, type ServerProcess, scratchFolder } from '../server-process.ts'
import { createFakeProcess, type FakeProcess } from './insightly-fake.ts'
import { ask, mirrorEnvironment, readStatus, runDone, startMirror } from './insightly-installation.ts'

/** Unlike any other text, so that finding it anywhere means that it got out. */
const secret = () => randomBytes(24).toString('hex')
const formsOf = (key: string) => [key, Buffer.from(`${key}:`).toString('base64'), Buffer.from(key).toString('base64').replace(/=+$/, '')]

const questions = [
  'How many contacts are there?',
  'How many organisations are there?',
  'How many leads are there?',
  'How many open opportunities do we have?',
  'How many tasks are there?',
  'How many events are there?',
  'How many notes are there?',
  'How many products are there?',
  'List all contacts',
  'Show the five newest contacts',
  'Show the ten largest open opportunities',
  'List open tasks',
  'Contacts in London',
  'Organisations in Germany',
  'Leads by status',
  'Opportunities by stage',
  'Opportunities by owner',
  'Contacts by country',
  'Show the pipeline',
  'What is the total value of open opportunities?',
  'What is the win rate?',
  'Won deals by owner last quarter',
  'Which opportunities are stalled?',
  'Opportunities closing this month',
  'Who has no e-mail address?',
  'Leads created this year',
  'Newest notes',
  'Contacts without an organisation',
  'Average value of won opportunities',
]

let fakeFolder: string
let folder: string
let fake: FakeProcess
let server: ServerProcess
const metricsToken = 'metrics-token-of-the-flow-test-0123456789'
const key = secret()
const told: string[] = []

const settings = () => ({ LOG_LEVEL: 'debug', LOG_FILE: join(folder, 'logs/application.log'), METRICS_TOKEN: metricsToken })

beforeAll(async () => {
  fakeFolder = await scratchFolder()
  folder = await scratchFolder()
  fake = await createFakeProcess(fakeFolder, { records: 300, key })
  server = await startMirror(folder, fake, settings())
}, 60_000)
afterAll(async () => {
  await server?.stop('SIGKILL')
  await fake?.kill()
  await removeFolder(folder)
  await removeFolder(fakeFolder)
})

async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await server.fetch(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const text = await response.text()
  told.push(text)
  return { status: response.status, body: (response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text) as Record<string, unknown> }
}

async function command(...args: string[]): Promise<Record<string, string>> {
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', DATA_DIR: folder, ADMIN_API_KEY: adminKey, ...mirrorEnvironment(fake) }
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['backend/cli.js', ...args, '--json'], { cwd: repositoryRoot, env })
  told.push(stdout, stderr)
  return JSON.parse(stdout) as Record<string, string>
}

const callCount = async () => (await fake.calls()).length
const crm = async () => (await send('GET', '/api/agents/crm/health')).body.crm as { reachable: boolean; mode: string; lastSync: string | null }
const slow = () => fake.tell('POST', 'faults', { kind: 'delay', delayMs: 300, probability: 1 })

describe('a new installation with a key', () => {
  it('copies everything by itself and tells how that went', async () => {
    const run = await runDone(server, 'full')
    expect(run).toMatchObject({
      mode: 'full',
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      finishedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      apiCalls: (await fake.calls()).filter(({ counted }) => counted).length,
      counts: { contacts: { created: 300, updated: 0, deleted: 0 }, opportunities: { created: 150, updated: 0, deleted: 0 } },
    })
    const status = (await send('GET', '/api/crm/sync')).body as unknown as SyncStatus
    expect(status).toMatchObject({
      mode: 'insightly',
      state: 'idle',
      lastRun: { id: run.id },
      quota: { limit: 100_000, remaining: 100_000 - run.apiCalls },
      lagSeconds: expect.any(Number),
      outbox: { pending: 0, failed: 0 },
    })
    expect(status.lastRun).not.toHaveProperty('error')
    expect(await crm()).toMatchObject({ mode: 'insightly', reachable: true, lastSync: expect.any(String) })
  })

  it('answers questions without a call', async () => {
    const [person] = await fake.dump('Contacts')
    const before = await callCount()
    const asked = [...questions, `What is the phone number of ${person?.FIRST_NAME} ${person?.LAST_NAME}?`]
    expect(asked).toHaveLength(30)
    const answers = await Promise.all(asked.map(async (message) => (await send('POST', '/api/chat', { message })).body))
    expect(answers.map(({ answeredBy }) => answeredBy)).toEqual(asked.map(() => 'planner'))
    // They are answers from the records, not thirty apologies.
    expect(answers.filter(({ coverage }) => coverage !== null && coverage !== undefined).length).toBeGreaterThan(24)
    expect(answers[0]?.text).toContain('300')
    expect(await callCount()).toBe(before)
  })

  it('starts one run at a time, which can be paused, resumed and cancelled', async () => {
    expect(await send('POST', '/api/crm/sync', { mode: 'everything' })).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION' } } })
    await slow()
    const started = await send('POST', '/api/crm/sync', { mode: 'full' })
    expect(started).toEqual({ status: 202, body: { runId: expect.any(String) } })
    const { runId } = started.body
    expect(await send('POST', '/api/crm/sync', { mode: 'incremental' })).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' }, runId } })
    expect(await send('POST', '/api/crm/sync/pause')).toMatchObject({ status: 200, body: { state: 'paused', lastRun: { id: runId, state: 'paused' } } })
    expect(await send('POST', '/api/crm/sync', { mode: 'full' })).toMatchObject({ status: 409, body: { runId } })
    expect((await send('POST', '/api/crm/sync/pause')).status).toBe(409)
    expect(await send('POST', '/api/crm/sync/resume')).toMatchObject({ status: 200, body: { state: 'running' } })
    expect((await send('POST', '/api/crm/sync/resume')).status).toBe(409)
    await fake.tell('DELETE', 'faults')
    await runDone(server, 'full', runId as string)
    await slow()
    const { runId: second } = (await send('POST', '/api/crm/sync', { mode: 'reconcile' })).body
    expect(await send('POST', '/api/crm/sync/cancel')).toMatchObject({ status: 200, body: { state: 'idle', lastRun: { id: second, state: 'cancelled' } } })
    expect((await send('POST', '/api/crm/sync/cancel')).status).toBe(409)
    await fake.tell('DELETE', 'faults')
    const { items } = (await send('GET', '/api/crm/sync/runs')).body as unknown as { items: SyncRunJson[] }
    expect(items.slice(0, 2).map(({ id, state }) => [id, state])).toEqual([
      [second, 'cancelled'],
      [runId, 'done'],
    ])
  })

  it('shows its state to whoever reads records, and lets only admins act on it', async () => {
    await command('users', 'create', '--email', 'rep@example.com', '--name', 'Rita Rep', '--role', 'rep', '--password', 'four words nobody guesses')
    const { key: repKey } = await command('api-keys', 'create', '--user', 'rep@example.com', '--name', 'rep', '--scopes', 'crm:read,crm:write,chat')
    const headers = { authorization: `Bearer ${repKey}` }
    expect(await send('GET', '/api/crm/sync', undefined, headers)).toMatchObject({ status: 200, body: { mode: 'insightly' } })
    for (const path of ['', '/pause', '/resume', '/cancel', '/leave', '/connect', '/test'])
      expect(await send('POST', `/api/crm/sync${path}`, { mode: 'full' }, headers), path).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } })
  })

  it('fetches what a workflow says was changed, and believes nothing else it says', async () => {
    const { hookUrl } = await readStatus(server)
    const hook = new URL(hookUrl as string).pathname
    const [contact] = await fake.dump('Contacts')
    await fake.asOther('PUT', 'Contacts', { CONTACT_ID: contact?.CONTACT_ID, TITLE: 'Known by its hook' })
    const post = (path: string, body: unknown) =>
      fetch(`${server.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    expect((await post(`${hook.slice(0, -1)}${hook.endsWith('A') ? 'B' : 'A'}`, { entity: { CONTACT_ID: contact?.CONTACT_ID } })).status).toBe(404)
    expect((await post('/api/hooks/insightly/short', {})).status).toBe(404)
    expect((await post(hook, { entity: { CONTACT_ID: contact?.CONTACT_ID, TITLE: 'Said by a stranger' } })).status).toBe(202)
    await vi.waitFor(
      async () => {
        const { body } = await send('POST', '/api/crm/query', {
          entity: 'contacts',
          select: ['title'],
          filter: { field: 'external_id', op: 'eq', value: String(contact?.CONTACT_ID) },
        })
        expect((body.rows as { title: string }[])[0]?.title).toBe('Known by its hook')
      },
      { timeout: 20_000, interval: 200 },
    )
    // Once: a run of ten calls later nobody has asked for it again.
    const { runId } = await ask<{ runId: string }>(server, '/api/crm/sync', { mode: 'incremental' })
    await runDone(server, 'incremental', runId)
    expect((await fake.calls()).filter(({ path }) => path.endsWith(`/Contacts/${contact?.CONTACT_ID}`))).toHaveLength(1)
  })
})

describe('while Insightly is away', () => {
  it('goes on answering, says so, and recovers by itself', { timeout: 120_000 }, async () => {
    const [contact] = await fake.dump('Contacts')
    await fake.asOther('PUT', 'Contacts', { CONTACT_ID: contact?.CONTACT_ID, TITLE: 'Changed before it went' })
    await fake.kill()
    const { runId } = await ask<{ runId: string }>(server, '/api/crm/sync', { mode: 'incremental' })
    await vi.waitFor(async () => expect((await crm()).reachable).toBe(false), { timeout: 60_000, interval: 200 })
    const detailed = (await send('GET', '/api/health?check=detailed')).body as { status: string; services: { name: string; status: string }[] }
    expect(detailed.status).toBe('degraded')
    expect(detailed.services.find(({ name }) => name === 'crm')?.status).toBe('degraded')
    const { body: answer } = await send('POST', '/api/chat', { message: 'How many contacts are there?' })
    const { asOf, lastRun: waiting } = await readStatus(server)
    // As of the last copy, not as of the question.
    expect(answer).toMatchObject({ text: expect.stringContaining('300'), coverage: { asOf } })
    expect(waiting).toMatchObject({ id: runId, state: 'running', error: expect.stringMatching(/Insightly/) })
    await fake.start()
    await runDone(server, 'incremental', runId)
    await vi.waitFor(async () => expect((await crm()).reachable).toBe(true), { timeout: 30_000, interval: 200 })
    const after = await readStatus(server)
    expect(after.lastRun).not.toHaveProperty('error')
    expect(Date.parse(after.asOf as string)).toBeGreaterThan(Date.parse(asOf as string))
  })
})

/** Everything that can be asked for, so that all of it can be searched. */
async function askEverything(): Promise<void> {
  const paths = ['/api/crm/sync', '/api/crm/sync/runs', '/api/crm/outbox', '/api/crm/sync/conflicts', '/api/agents/crm/health', '/api/health?check=detailed']
  paths.push('/api/audit?limit=200', '/api/openapi.json', '/api/crm/export?entity=contacts&format=csv', '/api/security?action=events')
  for (const path of paths) expect((await send('GET', path)).status, path).toBe(200)
  expect((await send('GET', '/metrics', undefined, { authorization: `Bearer ${metricsToken}` })).status).toBe(200)
  await send('POST', '/api/chat', { message: 'What is the Insightly API key?' })
}

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

async function expectNowhere(wanted: string): Promise<void> {
  const forms = formsOf(wanted)
  const printed = [...told, server.output()]
  expect(printed.filter((text) => forms.some((form) => text.includes(form)))).toEqual([])
  const files = await filesBelow(folder)
  expect(files.length).toBeGreaterThan(100)
  for (const file of files) {
    // The database removes files of its own meanwhile.
    const content = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0)
      throw error
    })
    for (const form of forms) expect(content.includes(form), file).toBe(false)
  }
}

describe('the API key', () => {
  it('of the environment appears nowhere, even when Insightly says it back', { timeout: 60_000 }, async () => {
    for (const body of formsOf(key)) {
      await fake.tell('POST', 'faults', { kind: 'status', status: 401, body: `Denied: ${body}`, contentType: 'text/plain' })
      const { runId } = (await send('POST', '/api/crm/sync', { mode: 'incremental' })).body
      const failed = { id: runId, state: 'failed', error: expect.stringContaining('INSIGHTLY_API_KEY') }
      await vi.waitFor(async () => expect((await readStatus(server)).lastRun).toMatchObject(failed), { timeout: 20_000, interval: 100 })
    }
    await askEverything()
    await Promise.all([command('crm', 'connectivity'), command('sync', 'status')])
    // What is looked for is there to be found: these failures are in the log, with what was said in place of the key.
    const log = (await Promise.all((await readdir(join(folder, 'logs'))).map((name) => readFile(join(folder, 'logs', name), 'utf8')))).join('\n')
    expect(log).toContain('Denied: [redacted]')
    await expectNowhere(key)
  })

  it('is not used at all in SAFE_MODE', { timeout: 60_000 }, async () => {
    await server.stop()
    const before = await callCount()
    server = await startMirror(folder, fake, { ...settings(), SAFE_MODE: 'true' })
    expect((await send('GET', '/api/crm/sync')).body).toMatchObject({ mode: 'insightly', serverKey: true })
    await send('POST', '/api/crm/sync', { mode: 'full' })
    await send('POST', '/api/crm/contacts', { first_name: 'Kept', last_name: 'Here' })
    await send('POST', '/api/chat', { message: 'How many contacts are there?' })
    // Longer than any turn of the mirror.
    await sleep(2500)
    expect(await callCount()).toBe(before)
  })

  it('that was typed appears nowhere either, and is gone after leaving', { timeout: 90_000 }, async () => {
    await send('POST', '/api/crm/sync/leave')
    await fake.kill()
    await server.stop()
    const typed = secret()
    const wrong = secret()
    const other = await createFakeProcess(join(fakeFolder, 'other'), { records: 100, key: typed })
    try {
      server = await startMirror(folder, other, { ...settings(), INSIGHTLY_API_KEY: '' })
      expect((await send('POST', '/api/crm/sync/connect', { url: other.url, key: wrong })).status).toBe(400)
      expect((await send('POST', '/api/crm/sync/connect', { url: `${other.url}/nowhere`, key: typed })).status).toBe(400)
      expect((await send('POST', '/api/crm/sync/connect', { url: 'ftp://127.0.0.1/v3.1', key: typed })).status).toBe(400)
      expect((await send('POST', '/api/crm/sync/connect', { url: other.url, key: typed, more: typed })).status).toBe(400)
      expect((await send('POST', '/api/crm/sync/test', { url: other.url, key: typed })).status).toBe(200)
      const connected = await send('POST', '/api/crm/sync/connect', { url: other.url, key: typed })
      expect(connected.status).toBe(202)
      await runDone(server, 'full', connected.body.runId as string)
      await askEverything()
      await expectNowhere(typed)
      await expectNowhere(wrong)
      const left = await send('POST', '/api/crm/sync/leave')
      expect(left).toMatchObject({ status: 200, body: { mode: 'builtin', connection: null } })
      expect((await send('GET', '/api/crm/contacts?limit=1')).body.total).toBeGreaterThanOrEqual(300)
      expect((await send('POST', '/api/crm/sync', { mode: 'full' })).status).toBe(409)
    } finally {
      await other.kill()
    }
  })
})
