import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import type { RecordedCall } from '../fakes/insightly/http/recorder.ts'
import type { ServerProcess } from '../server-process.ts'
import { expectExactCopy } from './insightly-copies.ts'
import type { FakeProcess } from './insightly-fake.ts'
import { ask, embeddedUrl, readStatus, runDone } from './insightly-installation.ts'
import { createKilling, type Installation, victims } from './insightly-killing.ts'

/** How often each of the three is killed in a full run, and in an incremental one. */
const rounds = Number(process.env.CHATSG_KILL_ROUNDS ?? 1)
const isLong = rounds > 1
const records = 2600
const limit = { requests: 40, windowMs: 1000 }

/** Pages on their way, waiting for their turn or landing when something is killed, and the first ones of the kinds to come. */
const pagesAtOnce = 7 + 10
/** Users, stages, lists and custom fields, and what changed meanwhile of each kind. */
const overhead = 30

const killing = createKilling()
const { upTo } = killing
afterEach(() => killing.cleanUp())

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

/** Kills each of the three once, in the middle of a run that nobody asks to go on. */
async function killAll(installation: Installation, { firstWithin, nextWithin }: { firstWithin: number; nextWithin: number }): Promise<string> {
  const { fake } = installation
  const order = killing.order()
  const told: string[] = []
  for (const [index, victim] of order.entries()) {
    const from = (await fake.calls()).length
    await fake
      .reached(from + 1 + upTo(index === 0 ? firstWithin : nextWithin), () => isDone(installation.server))
      .catch(async (error: Error) => {
        error.message += ` It stood still after ${told.join(', ')}: ${JSON.stringify(await readStatus(installation.server))}`
        throw error
      })
    await sleep(upTo(120))
    told.push(`${victim} after ${(await fake.calls()).length} calls`)
    await installation.kill(victim)
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
    const installation = await killing.install({ records, limit, delayMs: 60 })
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
    // One kill of each is what a quick look can afford.
    const killedIncremental = isLong ? await killAll(installation, { firstWithin: 8, nextWithin: 8 }) : 'nothing killed'
    const incremental = await runDone(installation.server, 'incremental', runId)
    expect(incremental.counts.contacts, killedIncremental).toMatchObject({ created: 12, updated: 700 })
    await expectExactCopy(fake, await embeddedUrl(folder))
    expect(await fake.busiest(limit.windowMs), told).toBeLessThanOrEqual(limit.requests)

    if (isLong) process.stderr.write(`${told}; incremental: ${killedIncremental} of ${(await fake.calls()).length}\n`)
    await killing.cleanUp()
  }
  // Kills that never met a page on its way would prove nothing.
  if (isLong) expect(Math.max(...repeated)).toBeGreaterThan(0)
})

/** What others do in Insightly between two runs. */
async function change(fake: FakeProcess, round: number): Promise<void> {
  const update = (entity: string, count: number, values: object) => fake.tell('POST', 'changes', { entity, count, action: 'update', values })
  await update('Contacts', 700, { TITLE: `Changed in round ${round}` })
  await update('Opportunities', 300, { BID_AMOUNT: 1000 + round, BID_TYPE: 'Fixed Bid' })
  await update('Quotation', 40, { QUOTE_STATUS: round % 2 === 0 ? 'Accepted' : 'Declined' })
  await update('Tasks', 50, { TITLE: `Task of round ${round}` })
  for (let number = 0; number < 12; number++) {
    const { ORGANISATION_ID } = await fake.asOther('POST', 'Organisations', { ORGANISATION_NAME: `New ${round}.${number}` })
    await fake.asOther('POST', 'Contacts', { FIRST_NAME: 'Nina', LAST_NAME: `New ${round}.${number}`, ORGANISATION_ID })
  }
}
