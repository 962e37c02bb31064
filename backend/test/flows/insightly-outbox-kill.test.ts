import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, inject, it, vi } from 'vitest'
import { type OutboxTest, openOutbox } from '#backend/modules/insightly/outbox/outbox.testing.ts'
import { freePort, removeFolder, scratchFolder } from '../server-process.ts'
import { itWhen } from '../when-asked.ts'
import type { OutboxTask } from './insightly-outbox-worker.ts'

const rounds = Number(process.env.OUTBOX_KILL_ROUNDS ?? 1)
const fakeRounds = Math.min(rounds, Math.max(2, Math.floor(rounds / 2)))
const writes = 200
/** A round's calls without a kill are some 430; the moment of the kill lies anywhere among them. */
const callsOfRound = 420
const key = 'key-of-the-outbox-kills'
const insightlyPath = fileURLToPath(new URL('../fakes/insightly/main.ts', import.meta.url))
const workerPath = fileURLToPath(new URL('insightly-outbox-worker.ts', import.meta.url))

let test: OutboxTest
let stage: { id: string; pipeline_id: string; there: number } | undefined
const children = new Set<ChildProcess>()
const told: string[] = []

/** The database stays; whoever is killed comes back to it. */
async function open(options: Parameters<typeof openOutbox>[0]): Promise<void> {
  test = await openOutbox(options)
  ;[stage] = await test.gold(
    `select s.id, s.pipeline_id, r.insightly_id::int as there from stages s join insightly_records r on r.workspace_id = s.workspace_id and r.entity = 'stages' and r.record_id = s.id
     where s.workspace_id = $1 order by s.position, s.id limit 1`,
  )
}
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
  await test.close()
})

async function startWorker(): Promise<ChildProcess> {
  const child = fork(workerPath, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  children.add(child)
  await once(child, 'message')
  child.on('message', (said: { stumbled?: string; error?: string }) => told.push(said.stumbled ?? said.error ?? ''))
  const task: OutboxTask = {
    connectionString: inject('applicationUrl'),
    workspaceId: test.workspaceId,
    url: test.fake.url,
    key,
    leaseMs: 1500,
    settleMs: 250,
  }
  child.send(task)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  children.delete(child)
}

interface Prepared {
  changed: string[]
  deleted: string[]
}

/** Records that both sides have before the round. */
async function prepare(round: number): Promise<Prepared> {
  const changed = []
  for (let index = 0; index < 40; index++) changed.push(await test.make('organisations', { name: `Known ${round}.${index}` }))
  const deleted = []
  for (let index = 0; index < 10; index++) deleted.push(await test.make('contacts', { first_name: `Doomed ${round}.${index}` }))
  await test.deliverAll()
  return { changed, deleted }
}

/** Exactly so many writes, of every kind. */
async function queue(round: number, { changed, deleted }: Prepared): Promise<void> {
  const name = (kind: string, index: number) => `${kind} ${round}.${index}`
  const contacts: string[] = []
  const deals: string[] = []
  for (let index = 0; index < 50; index++) {
    const organisation = await test.make('organisations', { name: name('Made', index), tags: ['made'], domain: `made-${round}-${index}.example` })
    if (index < 30) contacts.push(await test.make('contacts', { first_name: name('Person', index), organisation_id: organisation }))
    if (index < 10)
      deals.push(
        await test.make('opportunities', {
          name: name('Deal', index),
          value: `${index}.50`,
          currency: 'USD',
          contact_id: contacts[index],
          pipeline_id: stage?.pipeline_id,
          stage_id: stage?.id,
          state: 'won',
        }),
      )
  }
  for (const [index, id] of changed.entries()) {
    await test.change('organisations', id, { city: `First ${round}` })
    if (index < 30) await test.change('organisations', id, { city: `Last ${round}`, tags: ['changed'] })
  }
  for (let index = 0; index < 20; index++)
    await test.make('notes', { title: name('Note', index), body: 'words', related_type: 'contact', related_id: contacts[index] })
  for (const id of deleted) await test.remove('contacts', id)
  for (let index = 0; index < 10; index++)
    await test.links.addLink(test.actor, 'opportunities', deals[index] ?? '', { entity: 'organisation', recordId: changed[index] ?? '' })
}

/** What is there of a round is what was queued, each once. */
async function expectAll(round: number): Promise<void> {
  const all = { done: writes + 50 }
  const [statuses] = await test.gold<{ statuses: object }>(
    `select jsonb_object_agg(status, n) as statuses from (select status, count(*)::int as n from insightly_outbox where workspace_id = $1 group by status) s`,
  )
  expect(statuses?.statuses, JSON.stringify((await test.outbox()).filter(({ status }) => status !== 'done').slice(0, 5))).toEqual(all)
  const of = async (collection: string, field: string, kind: string) =>
    (await test.dump(collection)).filter((row) => String(row[field]).startsWith(`${kind} ${round}.`)).sort((a, b) => numberIn(a[field]) - numberIn(b[field]))
  const made = await of('Organisations', 'ORGANISATION_NAME', 'Made')
  expect(made.map(({ ORGANISATION_NAME }) => ORGANISATION_NAME)).toEqual(Array.from({ length: 50 }, (_, index) => `Made ${round}.${index}`))
  for (const [index, row] of made.entries())
    expect(row).toMatchObject({ TAGS: [{ TAG_NAME: 'made' }], EMAILDOMAINS: [{ EMAIL_DOMAIN: `made-${round}-${index}.example` }] })
  const people = await of('Contacts', 'FIRST_NAME', 'Person')
  expect(people.map(({ FIRST_NAME }) => FIRST_NAME)).toEqual(Array.from({ length: 30 }, (_, index) => `Person ${round}.${index}`))
  expect(people.map(({ ORGANISATION_ID }) => ORGANISATION_ID)).toEqual(made.slice(0, 30).map(({ ORGANISATION_ID }) => ORGANISATION_ID))
  const known = await of('Organisations', 'ORGANISATION_NAME', 'Known')
  expect(known).toHaveLength(40)
  for (const [index, row] of known.entries())
    expect(row).toMatchObject({ ADDRESS_BILLING_CITY: index < 30 ? `Last ${round}` : `First ${round}`, TAGS: index < 30 ? [{ TAG_NAME: 'changed' }] : [] })
  const deals = await of('Opportunities', 'OPPORTUNITY_NAME', 'Deal')
  expect(deals).toHaveLength(10)
  for (const [index, row] of deals.entries()) {
    expect(row).toMatchObject({ STAGE_ID: stage?.there, OPPORTUNITY_STATE: 'Won', BID_AMOUNT: index + 0.5 })
    const links = (row.LINKS as { LINK_OBJECT_NAME: string; LINK_OBJECT_ID: number }[]).map((link) => `${link.LINK_OBJECT_NAME} ${link.LINK_OBJECT_ID}`)
    expect(links.toSorted()).toEqual([`Contact ${people[index]?.CONTACT_ID}`, `Organisation ${known[index]?.ORGANISATION_ID}`])
  }
  const notes = await of('Notes', 'TITLE', 'Note')
  expect(notes.map(({ TITLE }) => TITLE)).toEqual(Array.from({ length: 20 }, (_, index) => `Note ${round}.${index}`))
  for (const [index, row] of notes.entries()) expect(row.LINKS).toMatchObject([{ LINK_OBJECT_ID: people[index]?.CONTACT_ID }])
  expect(await of('Contacts', 'FIRST_NAME', 'Doomed')).toEqual([])
  // Each is known as what it is.
  const here = await test.gold<{ external_id: string }>(`select external_id from organisations where workspace_id = $1 and name like $2`, [
    test.workspaceId,
    `Made ${round}.%`,
  ])
  expect(new Set(here.map(({ external_id }) => external_id))).toEqual(new Set(made.map(({ ORGANISATION_ID }) => String(ORGANISATION_ID))))
}

function numberIn(name: unknown): number {
  return Number(String(name).split('.').at(-1))
}

/** Queues a round's writes. */
async function begin(round: number): Promise<void> {
  await test.gold('delete from insightly_outbox where workspace_id = $1')
  await queue(round, await prepare(round))
  const [count] = await test.gold<{ n: number }>(`select count(*)::int as n from insightly_outbox where workspace_id = $1 and status = 'pending'`)
  expect(count?.n).toBe(writes)
}

const standing = async () => {
  const [row] = await test.gold<{ open: number; sending: number }>(
    `select count(*) filter (where status in ('pending', 'sending'))::int as open, count(*) filter (where status = 'sending')::int as sending
     from insightly_outbox where workspace_id = $1`,
  )
  return row ?? { open: 0, sending: 0 }
}
const isDone = () => vi.waitFor(async () => expect((await standing()).open, told.at(-1)).toBe(0), { timeout: 50_000, interval: 50 })

describe(`${writes} queued writes arrive once each`, () => {
  it(`although the process is killed, ${rounds} times`, { timeout: 60_000 * rounds }, async () => {
    await open({ fake: { key, faults: [{ kind: 'delay', delayMs: 4, probability: 0.5 }] }, client: { key } })
    const figures: string[] = []
    for (let round = 1; round <= rounds; round++) {
      await begin(round)
      await test.admin('DELETE', '/calls')
      const moment = 1 + Math.floor(Math.random() * callsOfRound)
      const first = await startWorker()
      await vi.waitFor(() => expect(test.fake.calls().length, told.at(-1)).toBeGreaterThanOrEqual(moment), { timeout: 30_000, interval: 1 })
      await sleep(Math.random() * 5)
      await kill(first)
      const { open, sending } = await standing()
      const second = await startWorker()
      await isDone()
      await kill(second)
      await expectAll(round)
      figures.push(`round ${round}: process killed at call ${moment}, ${open} open, ${sending} on their way, ${test.fake.calls().length} calls in all`)
    }
    tell(figures)
  })

  // The whole server meets the same in insightly-writes-kill.test.ts.
  itWhen(process.env.OUTBOX_KILL_ROUNDS !== undefined)(`although Insightly is killed, ${fakeRounds} times`, { timeout: 90_000 * fakeRounds }, async () => {
    const folder = await scratchFolder()
    const port = await freePort()
    let insightly = await startInsightly(port, folder)
    const origin = `http://127.0.0.1:${port}`
    await open({ other: { url: `${origin}/v3.1`, origin, calls: () => [], close: () => Promise.resolve() }, client: { key } })
    const figures: string[] = []
    for (let round = 1; round <= fakeRounds; round++) {
      await begin(round)
      const worker = await startWorker()
      const left = Math.floor(Math.random() * writes)
      await vi.waitFor(async () => expect((await standing()).open, told.at(-1)).toBeLessThanOrEqual(left), { timeout: 30_000, interval: 5 })
      await kill(insightly)
      const { open, sending } = await standing()
      await sleep(Math.random() * 1000)
      insightly = await startInsightly(port, folder)
      await isDone()
      await kill(worker)
      await expectAll(round)
      figures.push(`round ${round}: Insightly killed with ${open} open, ${sending} on their way`)
    }
    tell(figures)
    await kill(insightly)
    await removeFolder(folder)
  })
})

/** A stand-in of its own, whose writes outlive it. */
async function startInsightly(port: number, folder: string): Promise<ChildProcess> {
  const limits = ['--rate', '1000000/1000', '--daily', '1000000']
  const child = fork(insightlyPath, ['--port', String(port), '--key', key, '--records', '20', '--data', folder, ...limits], { stdio: 'ignore' })
  children.add(child)
  await vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}/_fake/counts`)).ok).toBe(true), { timeout: 20_000, interval: 20 })
  return child
}

function tell(figures: readonly string[]): void {
  if (process.env.OUTBOX_KILL_ROUNDS !== undefined) process.stdout.write(`${figures.join('\n')}\n${told.splice(0).join('\n')}\n`)
}
