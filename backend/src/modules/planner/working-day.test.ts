import { beforeAll, describe, expect, it } from 'vitest'
import type { TypedQueryInput } from '#contracts/query.ts'
import type { TestWorkspace } from '../../../test/harness.ts'
import { answerQuestion, type PlannerMemory, type PlannerOutcome } from './index.ts'
import { createPlannerWorld, now } from './planner.fixture.ts'
import { workingDayCases, workingDayDeclined } from './working-day.cases.ts'

let world: TestWorkspace
const names = new Map<string, string>()

beforeAll(async () => {
  world = await createPlannerWorld()
  const rows = await world.gold<{ id: string; name: string }>('select id, name from organisations where workspace_id = $1')
  for (const { id, name } of rows) names.set(id, name)
})

async function ask(messages: readonly string[]): Promise<PlannerOutcome> {
  let previous: PlannerMemory | undefined
  let outcome: PlannerOutcome | undefined
  for (const message of messages) {
    const context = { now, timeZone: 'UTC', actor: world.actor, ...(previous === undefined ? {} : { previous }) }
    outcome = await world.database.transaction(world.actor, (tx) => answerQuestion(tx, message, context), { readOnly: true })
    if (outcome.memory !== null) previous = JSON.parse(JSON.stringify(outcome.memory)) as PlannerMemory
  }
  return outcome as PlannerOutcome
}

function readable(plan: TypedQueryInput | null): TypedQueryInput {
  return JSON.parse(JSON.stringify(plan).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => `«${names.get(id) ?? id}»`)) as TypedQueryInput
}

describe('a working day of questions', () => {
  const cases = workingDayCases.map((one) => ({ ...one, messages: [one.ask].flat() }))
  it.each(cases.map((one) => [one.messages.join(' → '), one] as const))('%s', async (_, one) => {
    const outcome = await ask(one.messages)
    expect(outcome.kind, outcome.text).toBe('answer')
    const { limit, select: _select, ...plan } = readable(outcome.plan)
    expect(plan).toEqual(one.query)
    if (one.limit !== undefined) expect(limit).toBe(one.limit)
  })

  it.each(workingDayDeclined.map((messages) => [messages.join(' → '), messages] as const))('declines "%s"', async (_, messages) => {
    expect(await ask(messages)).toMatchObject({ kind: 'decline', plan: null })
  })
})

describe('a question without an answer', () => {
  it('is no ground for what leans on it, and forgotten after the next answer', async () => {
    const lost = await ask(['frobnications this year', 'only in London'])
    expect(lost.text).toMatch(/^This leans on the question before it/)
    expect((await ask(['frobnications this year', 'contacts in London', 'only engineers'])).kind).toBe('answer')
    expect((await ask(['frobnications this year', 'who owns Acme Corp?'])).kind).toBe('answer')
  })
  it('leaves what was answered before it as it was', async () => {
    const { plan } = await ask(['contacts in London', 'what about their frobnication?', 'how many are there?'])
    expect(plan).toMatchObject({ entity: 'contacts', measures: [{ fn: 'count' }] })
  })
})

describe('birthdays that come up', () => {
  it('are those of people, and no deals', async () => {
    expect((await ask(['whose birthday is coming up in the next two weeks?'])).plan?.entity).toBe('contacts')
  })
})

describe('revenue of a place', () => {
  it('holds what persons without a company bought there, where both buy', async () => {
    const { database, actor } = world
    await database.transaction(actor, async (tx) => {
      await tx.client.query(
        `insert into orders (workspace_id, id, order_number, customer, contact_id, ordered_at, total, currency, line_count, created_at, updated_at)
        select $1, gen_random_uuid(), 'P-1', name, id, '2026-11-18', 70, 'USD', 0, now(), now() from contacts where workspace_id = $1 and name = 'John Smith'`,
        [tx.workspaceId],
      )
    })
    const { plan } = await ask(['orders in London'])
    expect(JSON.stringify(plan?.filter)).toBe(
      JSON.stringify({
        or: [is('organisation.city', 'London'), { and: [{ field: 'organisation', op: 'isEmpty' }, is('contact.city', 'London')] }],
      }),
    )
  })
})

function is(field: string, value: string) {
  return { field, op: 'eq', value }
}
