import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import type { RecordedCall } from '../fakes/insightly/http/recorder.ts'
import { removeFolder, type ServerProcess, scratchFolder } from '../server-process.ts'
import { expectExactCopy } from './insightly-copies.ts'
import { createFakeProcess, type FakeProcess } from './insightly-fake.ts'
import { ask, embeddedUrl, postmaster, readStatus, runDone, startMirror } from './insightly-installation.ts'

const victims = ['server', 'database', 'insightly'] as const
type Victim = (typeof victims)[number]

/** How often each of the three is killed in a full run, and in an incremental one. */
const rounds = Number(process.env.CHATSG_KILL_ROUNDS ?? 1)
const isLong = rounds > 1
const records = 2600
const limit = { requests: 40, windowMs: 1000 }

/** Pages on their way, waiting for their turn or landing when something is killed. */
const pagesAtOnce = 7
/** Users, stages, lists, custom fields and the count of each kind. */
const overhead = 30

let seed = Number(process.env.CHATSG_KILL_SEED ?? 20_261_122)
function upTo(most: number): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return Math.floor((seed / 2_147_483_648) * most)
}

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const pagePattern = /^\/v3\.1\/(\w+)\?(?=.*\btop=500\b)(?=.*count_total=true)(?!.*brief=true)/i
/** Pages of lists that were asked for, with how often. */
function pagesOf(calls: readonly RecordedCall[]): Map<string, number> {
  const pages = new Map<string, number>()
  for (const { path } of calls) {
    const object = pagePattern.exec(path)?.[1]
    if (object === undefined) continue
    const page = `${object} ${/skip=(\d+)/.exec(path)?.[1] ?? 0}`
    pages.set(page, (pages.get(page) ?? 0) + 1)
  }
  return pages
}

interface Installation {
  folder: string
  fake: FakeProcess
  server: ServerProcess
}

async function install(): Promise<Installation> {
  const folder = await scratchFolder()
  cleanUps.push(() => removeFolder(folder))
  const fake = await createFakeProcess(join(folder, 'insightly'), { records })
  cleanUps.push(() => fake.kill())
  // So that there is always something on its way when something is killed.
  await fake.always({ kind: 'delay', method: 'GET', delayMs: 60, probability: 1 })
  const installation = { folder, fake, server: undefined as unknown as ServerProcess }
  installation.server = await start(installation)
  return installation
}

async function start({ folder, fake }: Pick<Installation, 'folder' | 'fake'>): Promise<ServerProcess> {
  const env = { CRM_RATE_LIMIT_MAX_REQUESTS: String(limit.requests), CRM_RATE_LIMIT_WINDOW_MS: String(limit.windowMs) }
  const server = await startMirror(folder, fake, env)
  cleanUps.push(() => server.stop('SIGKILL'))
  return server
}

async function kill(installation: Installation, victim: Victim): Promise<void> {
  if (victim === 'server') {
    await installation.server.stop('SIGKILL')
    installation.server = await start(installation)
  } else if (victim === 'database') process.kill((await postmaster(installation.folder)).pid, 'SIGKILL')
  else {
    await installation.fake.kill()
    await sleep(upTo(1500))
    await installation.fake.start()
  }
}

/** Kills each of the three once, in the middle of a run that nobody asks to go on. */
async function killAll(installation: Installation, { firstWithin, nextWithin }: { firstWithin: number; nextWithin: number }): Promise<string> {
  const { fake } = installation
  const order = [...victims].sort(() => upTo(3) - 1)
  const told: string[] = []
  for (const [index, victim] of order.entries()) {
    const from = (await fake.calls()).length
    await fake.reached(from + 1 + upTo(index === 0 ? firstWithin : nextWithin), () => isDone(installation.server))
    await sleep(upTo(120))
    told.push(`${victim} after ${(await fake.calls()).length} calls`)
    await kill(installation, victim)
  }
  return told.join(', ')
}

async function isDone(server: ServerProcess): Promise<boolean> {
  const status = await readStatus(server).catch(() => undefined)
  return status?.lastRun?.state === 'done'
}

it(`copies exactly although server, database and Insightly are killed in the middle, ${rounds} times each of full and incremental runs`, {
  timeout: 180_000 + rounds * 240_000,
}, async () => {
  const repeated: number[] = []
  for (let round = 0; round < rounds; round++) {
    const installation = await install()
    const { fake, folder } = installation

    // Nobody asks for it: a new installation with a key copies by itself, and goes on by itself.
    const killedFull = await killAll(installation, { firstWithin: 40, nextWithin: 36 })
    const full = await runDone(installation.server, 'full')
    const calls = await fake.calls()
    const pages = pagesOf(calls)
    const again = [...pages.values()].reduce((sum, times) => sum + times - 1, 0)
    repeated.push(again)
    const told = `round ${round}, full run: ${killedFull} of ${calls.length}; ${again} of ${pages.size} pages again`
    expect(again, told).toBeLessThanOrEqual(pagesAtOnce * victims.length)
    expect(calls.length, told).toBeLessThanOrEqual(pages.size + overhead + victims.length * (pagesAtOnce + overhead))
    expect(await expectExactCopy(fake, await embeddedUrl(folder)), told).toBeGreaterThan(records * 2.8)
    expect(full.counts.contacts?.created, told).toBe(records)

    await change(fake, round)
    const { runId } = await ask<{ runId: string }>(installation.server, '/api/crm/sync', { mode: 'incremental' })
    const killedIncremental = await killAll(installation, { firstWithin: 8, nextWithin: 8 })
    const incremental = await runDone(installation.server, 'incremental', runId)
    expect(incremental.counts.contacts, killedIncremental).toMatchObject({ created: 12, updated: 700 })
    await expectExactCopy(fake, await embeddedUrl(folder))
    expect(await fake.busiest(limit.windowMs), told).toBeLessThanOrEqual(limit.requests)

    if (isLong) process.stderr.write(`${told}; incremental: ${killedIncremental} of ${(await fake.calls()).length}\n`)
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  }
  // Kills that never met a page on its way would prove nothing.
  if (isLong) expect(Math.max(...repeated)).toBeGreaterThan(0)
})

/** What others do in Insightly between two runs. */
async function change(fake: FakeProcess, round: number): Promise<void> {
  const update = (entity: string, count: number, values: object) => fake.tell('POST', 'changes', { entity, count, action: 'update', values })
  await update('Contacts', 700, { TITLE: `Changed in round ${round}` })
  await update('Opportunities', 300, { BID_AMOUNT: 1000 + round, BID_TYPE: 'Fixed Bid' })
  await update('Tasks', 50, { TITLE: `Task of round ${round}` })
  for (let number = 0; number < 12; number++) {
    const { ORGANISATION_ID } = await fake.asOther('POST', 'Organisations', { ORGANISATION_NAME: `New ${round}.${number}` })
    await fake.asOther('POST', 'Contacts', { FIRST_NAME: 'Nina', LAST_NAME: `New ${round}.${number}`, ORGANISATION_ID })
  }
}
