import { setTimeout as sleep } from 'node:timers/promises'
import type { Figure } from '../figures.ts'
import { clients } from '../load.ts'
import { type Mirror, readStatus, secondsAllowed, sortCalls, waitUntil } from './sync-mirror.ts'

const creates = 100
const updates = 100
const singles = 8
/** A promise to whoever writes. */
const longestMs = 1000

const titleOf = (index: number) => `Changed here ${index}.`
const emailOf = (index: number) => `written-here-${index}@performance.example`

interface Known {
  id: string
  external_id: string
}

/** Half of them make contacts, half change contacts that came from there. */
export async function measureWrites(mirror: Mirror): Promise<Figure[]> {
  const { client, insightly, rate } = mirror
  const known = await knownContacts(mirror, updates)
  await insightly.forgetCalls()
  const began = performance.now()
  await together([
    ...known.map(
      ({ id }, index) =>
        () =>
          client.patch(`/api/crm/contacts/${id}`, { title: titleOf(index) }),
    ),
    ...Array.from(
      { length: creates },
      (_, index) => () => client.post('/api/crm/contacts', { first_name: 'Written', last_name: `Here ${index}`, email: emailOf(index) }),
    ),
  ])
  const writtenSeconds = (performance.now() - began) / 1000
  const { outbox } = await waitUntil(
    () => readStatus(client),
    ({ outbox: { pending } }) => pending === 0,
  )
  const seconds = (performance.now() - began) / 1000
  const calls = await insightly.calls()
  const missing = await countMissing(mirror, known)
  const writes = known.length + creates
  return [
    {
      name: 'writes here, until all have arrived there',
      value: seconds,
      unit: 's',
      note: `${writes} writes, made in ${writtenSeconds.toFixed(1)} s; the limit takes ${secondsAllowed(calls.length, rate).toFixed(1)} s`,
    },
    { name: 'calls per write', value: calls.length / writes, unit: 'ratio', note: `${known.length} changes, ${creates} new contacts` },
    { name: 'calls of writes that were refused or lost', value: sortCalls(calls).refused, unit: 'errors', target: 0 },
    { name: 'busiest window of the writes', value: await insightly.busiest(rate.windowMs), unit: 'calls', target: rate.requests },
    { name: 'writes that failed', value: outbox.failed, unit: 'errors', target: 0 },
    { name: 'writes that did not arrive once', value: missing, unit: 'errors', target: 0 },
  ]
}

/** One write while nothing else happens: how long it takes until Insightly is called for it. */
export async function measureOneWrite(mirror: Mirror): Promise<Figure> {
  const { client, insightly } = mirror
  const durations: number[] = []
  for (const [index, { id }] of (await knownContacts(mirror, singles)).entries()) {
    // At another moment of whatever comes round regularly.
    await sleep(1000 + index * 130)
    await insightly.forgetCalls()
    await client.patch(`/api/crm/contacts/${id}`, { title: `Changed here alone ${index}.` })
    const answeredAt = performance.timeOrigin + performance.now()
    const [first] = await waitUntil(insightly.calls, (calls) => calls.length > 0)
    durations.push((first?.at ?? Number.NaN) - answeredAt)
    await waitUntil(
      () => readStatus(client),
      ({ outbox: { pending } }) => pending === 0,
    )
  }
  return { name: 'one write, until it is on its way', value: Math.max(...durations), unit: 'ms', target: longestMs, note: `longest of ${durations.length}` }
}

function knownContacts({ sql }: Mirror, count: number): Promise<Known[]> {
  return sql.query<Known>(
    `select id, external_id from contacts where workspace_id = $1 and deleted_at is null and external_id ~ '^[0-9]+$' and email not like 'written-here-%'
     order by md5(id::text) limit $2`,
    [sql.workspaceId, count],
  )
}

async function together(tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  const waiting = tasks.values()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (const task of waiting) await task()
    }),
  )
}

/** By Insightly's own records, and not by what the outbox says of itself. */
async function countMissing({ insightly }: Mirror, known: readonly Known[]): Promise<number> {
  const changed = new Map((await insightly.find('Contacts', 'Changed here ')).map((row) => [String(row.CONTACT_ID), row.TITLE]))
  const made = (await insightly.find('Contacts', 'written-here-')).map((row) => row.EMAIL_ADDRESS)
  const wrongUpdates = known.filter(({ external_id }, index) => changed.get(external_id) !== titleOf(index)).length
  const wrongCreates = Array.from({ length: creates }, (_, index) => made.filter((email) => email === emailOf(index)).length).filter(
    (times) => times !== 1,
  ).length
  return wrongUpdates + wrongCreates
}
