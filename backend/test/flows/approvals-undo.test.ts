import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { ToolCall } from '#backend/kernel/tool.ts'
import { createLinksService, createRecordsService, ensureCustomField } from '#backend/modules/crm/index.ts'
import type { EntityName } from '#contracts/entities.ts'
import { type ApprovalsWorkspace, createApprovalsWorkspace } from '../approvals.ts'
import { dumpRecords } from '../record-dump.ts'

/** How many batches are carried out and undone; 500 with UNDO_RUNS=500. */
const runs = Number(process.env.UNDO_RUNS ?? 25)
const seed = Number(process.env.UNDO_SEED ?? 6)

/** Mulberry32: the same numbers for the same seed. */
function createRandom(start: number) {
  let state = start >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const upTo = (most: number) => Math.floor(next() * most)
  return { upTo, chance: (share: number) => next() < share, pick: <T>(items: readonly T[]): T => items[upTo(items.length)] as T }
}

const random = createRandom(seed)
const words = ['Nordwind', 'Alpha', 'Öztürk', "O'Neil", 'Delta', '北京', 'Zoë', 'Miró', 'Kappa', 'Luna']
const cities = ['Berlin', 'Oslo', 'Zürich', null, 'Lima']
let space: ApprovalsWorkspace
let serial = 0
const changeable = [
  'contacts',
  'organisations',
  'leads',
  'opportunities',
  'products',
  'orders',
  'quotes',
  'quote_lines',
  'tasks',
  'events',
  'notes',
  'tags',
] as const

const unique = (noun: string) => `${noun} ${random.pick(words)} ${++serial}`

/** Ids of live records, read past everything so that the test depends on nothing it tests. */
async function idOf(entity: EntityName): Promise<string | undefined> {
  const live = entity === 'tags' ? '' : 'and deleted_at is null'
  const rows = await space.gold<{ id: string }>(`select id from ${entity} where workspace_id = $1 ${live} order by id`)
  return rows.length === 0 ? undefined : random.pick(rows).id
}

async function related(): Promise<Record<string, unknown>> {
  if (random.chance(0.3)) return {}
  const [entity, singular] = random.pick([
    ['contacts', 'contact'],
    ['organisations', 'organisation'],
    ['opportunities', 'opportunity'],
    ['leads', 'lead'],
  ] as const)
  const id = await idOf(entity)
  return id === undefined ? {} : { related_type: singular, related_id: id }
}

async function valuesOf(entity: (typeof changeable)[number], isNew: boolean): Promise<Record<string, unknown>> {
  const tags = random.pick([[], ['vip'], ['vip', unique('tag')], ['press', 'Berlin']])
  const all: Record<(typeof changeable)[number], () => Promise<Record<string, unknown>>> = {
    contacts: async () => ({
      first_name: random.pick(words),
      last_name: unique('L'),
      phone: `+49 30 ${serial}`,
      city: random.pick(cities),
      tags,
      organisation: random.chance(0.3) ? unique('New Org') : undefined,
      'custom.score': random.upTo(100),
      visibility: random.pick(['everyone', 'team', 'owner']),
    }),
    organisations: async () => ({
      name: unique('Org'),
      domain: `d${serial}.example`,
      size: random.upTo(5000),
      tags,
      country: random.pick(['Germany', 'Peru', null]),
    }),
    leads: async () => ({
      last_name: unique('Lead'),
      email: `l${serial}@example.com`,
      rating: 1 + random.upTo(5),
      status: random.pick(['new', 'open', null]),
      tags,
    }),
    opportunities: async () => ({
      name: unique('Deal'),
      value: `${random.upTo(90000)}.${10 + random.upTo(89)}`,
      state: random.pick(['open', 'won', 'lost']),
      organisation_id: await idOf('organisations'),
      pipeline: 'Sales',
      stage: random.pick(['First', 'Second', 'Third']),
      probability: random.upTo(100),
    }),
    products: async () => ({
      ...(isNew ? { sku: unique('SKU') } : {}),
      name: unique('Product'),
      price: `${random.upTo(500)}.50`,
      stock: random.upTo(9),
      active: random.chance(0.5),
    }),
    orders: async () => ({
      ...(isNew
        ? { order_id: unique('ORD'), customer: `c${random.upTo(5)}@example.com`, ordered_at: '2026-02-03T04:05:06Z' }
        : { currency: random.pick(['USD', 'EUR']) }),
      lines: [
        { sku: 'S0', quantity: 1 + random.upTo(5), unit_price: '9.90' },
        { description: 'Extra', quantity: -1, unit_price: '1' },
      ],
    }),
    quotes: async () => ({
      name: unique('Quote'),
      quote_number: unique('Q'),
      status: random.pick(['Draft', 'Sent', null]),
      organisation: random.chance(0.2) ? unique('Quoted Org') : undefined,
      opportunity_id: (await idOf('opportunities')) ?? null,
      expiration_date: random.pick(['2026-05-06', null]),
      total: `${random.upTo(900)}.50`,
      tags,
    }),
    quote_lines: async () => ({ quote_id: await idOf('quotes'), description: unique('Line'), quantity: 1 + random.upTo(5), total: `${random.upTo(90)}.50` }),
    tasks: async () => ({ title: unique('Task'), status: random.pick(['open', 'done', null]), due_at: '2026-03-04T05:06:07Z', ...(await related()) }),
    events: async () => ({
      title: unique('Event'),
      starts_at: '2026-03-04T05:00:00Z',
      ends_at: '2026-03-04T06:00:00Z',
      attendees: ['a@example.com', unique('B')],
      ...(await related()),
    }),
    notes: async () => ({ body: `${unique('Note')}\nsecond line`, title: random.pick([null, 'Title']), ...(await related()) }),
    tags: async () => ({ name: unique('Tag') }),
  }
  const values = Object.fromEntries(Object.entries(await all[entity]()).filter(([, value]) => value !== undefined))
  if (isNew) return values
  const keys = Object.keys(values).filter(() => random.chance(0.6))
  const kept = keys.length === 0 ? Object.keys(values).slice(0, 1) : keys
  // A related record is named by both of its fields.
  if (kept.includes('related_id') || kept.includes('related_type'))
    kept.push(...['related_id', 'related_type'].filter((key) => key in values && !kept.includes(key)))
  return Object.fromEntries(kept.map((key) => [key, values[key]]))
}

async function call(): Promise<ToolCall | undefined> {
  const kind = random.pick(['create', 'create', 'update', 'update', 'update', 'delete', 'merge', 'mail', 'mail', 'import'])
  const entity = random.pick(changeable)
  if (kind === 'create') return { tool: 'records.create', input: { entity, values: await valuesOf(entity, true) } }
  if (kind === 'update' || kind === 'delete') {
    const id = await idOf(entity)
    if (id === undefined) return undefined
    return kind === 'delete'
      ? { tool: 'records.delete', input: { entity, id } }
      : { tool: 'records.update', input: { entity, id, values: await valuesOf(entity, false) } }
  }
  if (kind === 'merge') {
    const among = random.pick(['contacts', 'organisations', 'leads'] as const)
    const ids = [...new Set([await idOf(among), await idOf(among), await idOf(among)])]
    const [keepId, ...mergeIds] = ids
    return mergeIds.length === 0 ? undefined : { tool: 'records.merge', input: { entity: among, keepId, mergeIds } }
  }
  if (kind === 'import') {
    const text = `first_name,email,tags,organisation\n${random.pick(words)},c${random.upTo(9)}@example.com,imported;vip,${unique('Imported')}\nNew,n${++serial}@example.com,,\n`
    return { tool: 'imports.run', input: { entity: 'contacts', format: 'csv', text, createMissing: random.chance(0.5) } }
  }
  const emailId = await idOf('emails')
  return random.pick([
    { tool: 'emails.send', input: { to: ['x@example.org'], subject: unique('Hello'), body: 'Text' } },
    { tool: 'emails.reply', input: { emailId, body: 'Text' } },
    { tool: 'emails.forward', input: { emailId, to: ['y@example.org'] } },
    { tool: 'emails.delete', input: { emailId } },
  ])
}

beforeAll(async () => {
  space = await createApprovalsWorkspace()
  const records = createRecordsService({ operations: space.operations, clock: createClock() })
  const links = createLinksService({ operations: space.operations, clock: createClock() })
  await space.database.transaction(space.actor, (tx) =>
    ensureCustomField(tx, { entity: 'contacts', key: 'score', label: 'Score', type: 'number', choices: [] }),
  )
  const make = (entity: EntityName, values: Record<string, unknown>) => records.createRecord(space.actor, entity, values)
  await make('pipelines', { name: 'Sales', stages: ['First', 'Second', 'Third'] })
  for (let n = 0; n < 6; n++) {
    const organisation = await make('organisations', { name: `Base ${n}`, domain: `base${n}.example`, tags: n % 2 === 0 ? ['vip'] : [] })
    const contact = await make('contacts', {
      first_name: `C${n}`,
      last_name: 'Base',
      email: `c${n}@example.com`,
      organisation_id: organisation.id,
      custom: { score: n },
    })
    const twin = await make('contacts', { first_name: `C${n}`, last_name: 'Twin', phone: `+49 40 ${n}` })
    await make('leads', { last_name: `Lead ${n}`, rating: 1 + (n % 5) })
    await make('opportunities', {
      name: `Deal ${n}`,
      contact_email: `c${n}@example.com`,
      organisation_id: organisation.id,
      value: '100.10',
      pipeline: 'Sales',
      stage: 'First',
    })
    await make('products', { sku: `S${n}`, name: `Product ${n}`, price: '9.90' })
    await make('orders', {
      order_id: `O-${n}`,
      customer: `c${n}@example.com`,
      ordered_at: '2026-01-02T00:00:00Z',
      lines: [{ sku: `S${n}`, quantity: 2, unit_price: '9.90' }],
    })
    const quote = await make('quotes', { name: `Quote ${n}`, quote_number: `Q-${n}`, contact_email: `c${n}@example.com`, total: '10' })
    await make('quote_lines', { quote_id: quote.id, description: `Line ${n}`, quantity: 2, total: '5' })
    await make('tasks', { title: `Task ${n}`, related_type: 'contact', related_id: contact.id })
    await make('events', { title: `Event ${n}`, starts_at: '2026-01-02T10:00:00Z', related_type: 'organisation', related_id: organisation.id })
    await make('notes', { body: `Note ${n}`, related_type: 'contact', related_id: twin.id })
    await make('emails', { from: `c${n}@example.com`, to: 'me@ours.example', subject: `Mail ${n}`, body: 'x' })
    await links.addLink(space.actor, 'contacts', contact.id, { entity: 'organisation', recordId: organisation.id, role: 'board' })
    await links.addLink(space.actor, 'contacts', contact.id, { entity: 'contact', recordId: twin.id })
  }
})

describe('what was proposed at random', () => {
  it(`leaves every record as it was, ${runs} times carried out and undone`, { timeout: 60_000 + runs * 4000 }, async () => {
    let [done, changes, kept, refused] = [0, 0, 0, 0]
    const tools: Record<string, number> = {}
    while (done < runs) {
      const before = await dumpRecords(space)
      const calls = (await Promise.all(Array.from({ length: 1 + random.upTo(6) }, call))).filter((each) => each !== undefined)
      const batch = await space.proposals.propose(space.actor, { calls, source: { kind: 'api' }, untrusted: false }).catch((error: unknown) => {
        // Chance asks for what cannot be, such as to change what it has just deleted; the product says so and keeps nothing.
        if (error instanceof AppError && ['VALIDATION', 'NOT_FOUND', 'CONFLICT'].includes(error.code)) return undefined
        throw new Error(`Could not propose ${JSON.stringify(calls)}`, { cause: error })
      })
      expect(await dumpRecords(space), 'a proposal changes nothing').toEqual(before)
      if (batch === undefined) {
        refused++
        expect(refused, 'most of what chance asks for can be done').toBeLessThan(200 + runs * 4)
        continue
      }
      const what = JSON.stringify(calls)
      if (random.chance(0.5)) await space.proposals.decideBatch(space.actor, batch.batchId, { decision: 'approve' })
      else for (const { id } of batch.proposals) await space.proposals.decide(space.actor, id, { decision: 'approve' })
      for (const { tool } of calls) tools[tool] = (tools[tool] ?? 0) + 1
      if (random.chance(0.1)) {
        // Some stay, so that later ones meet what earlier ones made.
        kept++
        continue
      }
      if (random.chance(0.5)) await space.proposals.undoBatch(space.actor, batch.batchId)
      else for (const { id } of [...batch.proposals].reverse()) await space.proposals.undo(space.actor, id)
      expect(await dumpRecords(space), what).toEqual(before)
      expect(
        await space.gold(
          "select count(*)::int as n from email_outbox where workspace_id = $1 and status <> 'cancelled' and proposal_id in (select id from proposals where batch_id = $2)",
          [space.workspaceId, batch.batchId],
        ),
      ).toEqual([{ n: 0 }])
      done++
      changes += calls.length
    }
    process.stderr.write(`undone ${done} batches of ${changes} changes, ${kept} kept, ${refused} refused; ${JSON.stringify(tools)}\n`)
    expect(Object.keys(tools).length).toBeGreaterThan(Math.min(5, runs / 5))
    expect(await space.audit.verify(space.actor)).toMatchObject({ valid: true })
  })
})
