import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it, vi } from 'vitest'
import type { Row } from './insightly-fake.ts'
import { ask, readStatus, runDone } from './insightly-installation.ts'
import { createKilling, type Installation } from './insightly-killing.ts'

/** How often each of the three is killed while two hundred writes are on their way. */
const rounds = Number(process.env.CHATSG_KILL_ROUNDS ?? 1)
const people = 100
const limit = { requests: 30, windowMs: 1000 }

const killing = createKilling()
const { upTo } = killing
afterEach(() => killing.cleanUp())

interface Deal extends Record<string, unknown> {
  id: string
  external_id: string
}

/** A hundred contacts, fifty notes about them and fifty changed deals, all of them acknowledged. */
async function write({ server }: Installation, round: number): Promise<Deal[]> {
  const contacts: { id: string }[] = []
  for (let number = 0; number < people; number++)
    contacts.push(
      await ask(server, '/api/crm/contacts', { first_name: 'Written', last_name: `In ${round}.${number}`, email: `w${round}.${number}@example.org` }),
    )
  for (const [number, { id }] of contacts.slice(0, people / 2).entries())
    await ask(server, '/api/crm/notes', { title: `Note ${round}.${number}`, body: 'Said once', related_type: 'contact', related_id: id })
  const { items } = await ask<{ items: Deal[] }>(server, `/api/crm/opportunities?limit=${people / 2}`)
  for (const [number, { id }] of items.entries()) {
    const response = await server.fetch(`/api/crm/opportunities/${id}`, { method: 'PATCH', body: JSON.stringify({ name: `Renamed ${round}.${number}` }) })
    if (!response.ok) throw new Error(await response.text())
  }
  return items
}

async function isDelivered({ server }: Installation): Promise<boolean> {
  const { outbox } = await readStatus(server)
  return outbox.pending === 0 && outbox.failed === 0
}

const textOf = (rows: readonly Row[], field: string) => rows.flatMap((row) => (typeof row[field] === 'string' ? [row[field]] : []))

it(`brings each of 200 writes to Insightly once although server, database and Insightly are killed, ${rounds} times each`, {
  timeout: 120_000 + rounds * 240_000,
}, async () => {
  for (let round = 0; round < rounds; round++) {
    const installation = await killing.install({ records: 150, limit, delayMs: 30 })
    const { fake } = installation
    await runDone(installation.server, 'full')
    const writing = write(installation, round)
    const told: string[] = []
    const deals = await writing
    for (const victim of killing.order()) {
      const from = (await fake.calls()).length
      await fake.reached(from + 1 + upTo(25), async () => (await isDelivered(installation).catch(() => false)) === true)
      await sleep(upTo(120))
      told.push(`${victim} after ${(await fake.calls()).length} calls`)
      await installation.kill(victim)
    }
    await vi.waitFor(async () => expect(await isDelivered(installation)).toBe(true), { timeout: 150_000, interval: 250 })
    const story = told.join(', ')

    const names = textOf(await fake.dump('Contacts'), 'LAST_NAME').filter((name) => String(name).startsWith(`In ${round}.`))
    expect([...names].sort(), story).toEqual(Array.from({ length: people }, (_, number) => `In ${round}.${number}`).sort())
    const notes = textOf(await fake.dump('Notes'), 'TITLE').filter((title) => String(title).startsWith(`Note ${round}.`))
    expect([...notes].sort(), story).toEqual(Array.from({ length: people / 2 }, (_, number) => `Note ${round}.${number}`).sort())
    const there = new Map((await fake.dump('Opportunities')).map((row) => [String(row.OPPORTUNITY_ID), row.OPPORTUNITY_NAME]))
    for (const [number, { external_id }] of deals.entries()) expect(there.get(external_id), story).toBe(`Renamed ${round}.${number}`)
    expect(await fake.busiest(limit.windowMs), story).toBeLessThanOrEqual(limit.requests)
    if (rounds > 1) process.stderr.write(`round ${round}: ${story}; ${(await fake.calls()).length} calls in all\n`)
    await killing.cleanUp()
  }
})
