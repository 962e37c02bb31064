import { tmpdir } from 'node:os'
import { beforeAll, describe, expect, it } from 'vitest'
import { createImportService } from '#backend/modules/crm/index.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { Filter, TypedQueryInput } from '#contracts/query.ts'
import type { TestWorkspace } from '../../../test/harness.ts'
import { createTestOperations } from '../../../test/operations.ts'
import { analyticsCases } from './analytics.cases.ts'
import { figureCases } from './figures.cases.ts'
import { answerQuestion, type PlannerOutcome } from './index.ts'
import { type PlannerCase, plannerCases } from './planner.cases.ts'
import { createPlannerWorld, now } from './planner.fixture.ts'
import { recordCases } from './records.cases.ts'

const files: readonly [EntityName, string][] = [
  [
    'quotes',
    `Quote name,Quote number,External id,Status,Opportunity,Organisation,Contact e-mail,Expires,Subtotal,Tax,Shipping,Total,Currency,Owner,Created
Pilot offer,Q-1,QE1,Sent,Open Door pilot,Open Door,sarah@open-door.example,2026-11-25,60000,0,0,60000,USD,Raj Patel,2026-10-02T09:00:00Z
Rollout offer,Q-2,QE2,Draft,Open Door rollout,Open Door,sarah@open-door.example,2026-12-20,120000,0,500,120500,USD,Raj Patel,2026-11-03T09:00:00Z
Sensors offer,Q-3,QE3,Accepted,Acme sensors,Acme Corp,april@acme.example,2026-10-30,80000,0,0,80000,EUR,Sofia Santos,2026-09-05T09:00:00Z
Service offer,Q-4,QE4,Declined,Acme service,Acme Corp,april@acme.example,2026-10-15,15000,0,0,15000,EUR,Sofia Santos,2026-09-20T09:00:00Z
Renewal offer,Q-5,QE5,Accepted,Blue renewal,Blue River,,2026-11-30,20000,0,0,20000,EUR,Raj Patel,2026-10-12T09:00:00Z
Late offer,Q-6,QE6,Sent,Nordwind deal,Nordwind GmbH,,2026-11-10,30000,0,0,30000,EUR,Sofia Santos,2026-10-20T09:00:00Z
`,
  ],
  [
    'quote_lines',
    `quote,product,description,quantity,unit price,discount,total,currency
Q-1,S-1,Level Sensor,100,150,0,15000,USD
Q-2,S-2,Gas Sensor,200,450,0,90000,USD
Q-3,S-2,Gas Sensor,50,400,0,20000,EUR
`,
  ],
]

let world: TestWorkspace
const names = new Map<string, string>()

beforeAll(async () => {
  world = await createPlannerWorld()
  const { operations } = createTestOperations(world.database)
  const imports = createImportService({ database: world.database, operations, clock: { now: () => now }, folder: tmpdir(), logger: { error: () => undefined } })
  for (const [entity, text] of files) {
    const result = await imports.importFile(world.actor, chunks(text), { entity, createMissing: false })
    expect(result.errors, entity).toEqual([])
  }
  const rows = await world.gold<{ id: string; name: string }>(
    ['organisations', 'contacts', 'opportunities', 'products', 'users', 'quotes']
      .map((table) => `select id, name from ${table} where workspace_id = $1`)
      .join(' union all '),
  )
  for (const { id, name } of rows) names.set(id, name)
})

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

function ask(question: string, language: 'en' | 'de' = 'en'): Promise<PlannerOutcome> {
  return world.database.transaction(world.actor, (tx) => answerQuestion(tx, question, { now, timeZone: 'UTC', actor: world.actor, language }), {
    readOnly: true,
  })
}

function readable(plan: TypedQueryInput | null): TypedQueryInput {
  return JSON.parse(JSON.stringify(plan).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => `«${names.get(id) ?? id}»`)) as TypedQueryInput
}

const is = (field: string, value: string | number): Filter => ({ field, op: 'eq', value })
const accepted = is('status', 'Accepted')
const declined = is('status', 'Declined')
const open: Filter = { field: 'status', op: 'notIn', value: ['Accepted', 'Declined'] }
const acme = is('organisation', '«Acme Corp»')
const total: TypedQueryInput['measures'] = [{ fn: 'sum', field: 'total' }]
const expires = (offset: number): Filter => ({ field: 'expiration_date', op: 'during', value: { period: 'month', offset } })
const expired: Filter = { and: [{ field: 'expiration_date', op: 'lt', value: { now: true } }, open] }
const byMonth = { groupBy: [{ field: 'created_at', bucket: 'month' as const }], sort: [{ by: 'created_at', direction: 'asc' as const }] }

describe('questions about quotes', () => {
  it.each<[string, TypedQueryInput]>([
    ['quotes of Acme', { entity: 'quotes', filter: acme }],
    ['open quotes', { entity: 'quotes', filter: open }],
    ['accepted quotes', { entity: 'quotes', filter: accepted }],
    ['sent quotes', { entity: 'quotes', filter: is('status', 'Sent') }],
    ['declined quotes of Acme Corp', { entity: 'quotes', filter: { and: [declined, acme] } }],
    ['rejected quotes', { entity: 'quotes', filter: declined }],
    ['quotes expiring this month', { entity: 'quotes', filter: expires(0) }],
    ['which quotes expire next month', { entity: 'quotes', filter: expires(1) }],
    ['expired quotes', { entity: 'quotes', filter: expired }],
    ['overdue quotes', { entity: 'quotes', filter: expired }],
    ['total value of accepted quotes by month', { entity: 'quotes', filter: accepted, measures: total, ...byMonth }],
    ['value of open quotes', { entity: 'quotes', filter: open, measures: total }],
    ['how many quotes do we have', { entity: 'quotes', measures: [{ fn: 'count' }] }],
    ['quotes over 50000', { entity: 'quotes', filter: { field: 'total', op: 'gt', value: 50_000 } }],
    ['quotes for the Open Door rollout', { entity: 'quotes', filter: is('opportunity', '«Open Door rollout»') }],
    ['which quotes contain Gas Sensor', { entity: 'quotes', filter: { relation: 'quote_lines', where: is('product', '«Gas Sensor»') } }],
    ['quote Q-3', { entity: 'quotes', filter: is('id', '«Sensors offer»') }],
    ['quote lines of Q-2', { entity: 'quote_lines', filter: is('quote', '«Rollout offer»') }],
    ['deals with open quotes', { entity: 'opportunities', filter: { relation: 'quotes', where: open } }],
    ['companies without quotes', { entity: 'organisations', filter: { relation: 'quotes', count: { op: 'eq', value: 0 } } }],
    [
      'total of quotes by customer',
      { entity: 'quotes', measures: total, groupBy: [{ field: 'organisation' }], sort: [{ by: 'sum_total', direction: 'desc' }] },
    ],
  ])('%s', async (question, wanted) => {
    const outcome = await ask(question)
    const { limit: _, select: _select, ...plan } = readable(outcome.plan)
    expect(plan, outcome.text).toEqual(wanted)
  })

  it.each<[string, TypedQueryInput]>([
    ['offene Angebote', { entity: 'quotes', filter: open }],
    ['Angebote von Acme', { entity: 'quotes', filter: acme }],
    ['abgelehnte Angebote', { entity: 'quotes', filter: declined }],
    ['welche Angebote laufen diesen Monat ab', { entity: 'quotes', filter: expires(0) }],
    ['Wert der angenommenen Angebote nach Monat', { entity: 'quotes', filter: accepted, measures: total, ...byMonth }],
  ])('in German: %s', async (question, wanted) => {
    const outcome = await ask(question, 'de')
    const { limit: _, select: _select, ...plan } = readable(outcome.plan)
    expect(plan, outcome.text).toEqual(wanted)
  })

  it('names the biggest one with its amount', async () => {
    for (const question of ['who has the biggest quote', 'biggest quote']) {
      const outcome = await ask(question)
      expect(readable(outcome.plan)).toMatchObject({ entity: 'quotes', sort: [{ by: 'total', direction: 'desc' }], limit: 1 })
      expect(outcome.text).toContain('Rollout offer ($120,500)')
    }
  })
})

describe('what was offered is not what was sold', () => {
  it.each<[string, string]>([
    ['total revenue', 'order_lines'],
    ['revenue by month', 'order_lines'],
    ['how much have we sold', 'order_lines'],
    ['top customers by revenue', 'order_lines'],
    ['who bought Gas Sensor', 'organisations'],
    ['win rate', 'opportunities'],
    ['pipeline value', 'opportunities'],
    ['how have our sales declined', 'order_lines'],
    ['open deals', 'opportunities'],
    ['average order value', 'orders'],
  ])('%s', async (question, entity) => {
    const { plan, text } = await ask(question)
    expect(plan?.entity, text).toBe(entity)
    expect(JSON.stringify(plan)).not.toContain('quote')
  })

  it('says of a customer what it bought, whatever it was offered', async () => {
    const [revenue] = await world.gold<{ value: string }>(`select sum(amount)::text as value from order_lines where workspace_id = $1 and currency = 'EUR'`)
    expect((await ask('revenue of Acme')).text).toContain(Number(revenue?.value).toLocaleString('en'))
    expect((await ask('customers who bought Level Sensor')).text).toContain('Open Door')
  })
})

/** Quotes have names, statuses, totals and owners like everything else; beside them nothing else may be read otherwise. */
describe('where there are quotes, every other question means what it meant', () => {
  const others = [...plannerCases, ...recordCases, ...figureCases, ...analyticsCases].filter(
    (one): one is PlannerCase & { ask: string } => typeof one.ask === 'string',
  )
  it.each(others.map((one) => [one.ask, one] as const))('%s', async (question, one) => {
    const { plan, text } = await ask(question)
    const { limit: _, select: _select, ...found } = readable(plan)
    expect(found, text).toEqual(one.query)
  })
})
