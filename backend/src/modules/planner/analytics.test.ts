import { beforeAll, describe, expect, it } from 'vitest'
import type { TypedQueryInput } from '#contracts/query.ts'
import type { TestWorkspace } from '../../../test/harness.ts'
import { analyticsCases, analyticsDeclined } from './analytics.cases.ts'
import { answerQuestion, type PlannerOutcome } from './index.ts'
import { createPlannerWorld, now } from './planner.fixture.ts'

let world: TestWorkspace
const names = new Map<string, string>()

beforeAll(async () => {
  world = await createPlannerWorld()
  const rows = await world.gold<{ id: string; name: string }>('select id, name from users where workspace_id = $1')
  for (const { id, name } of rows) names.set(id, name)
})

function ask(question: string): Promise<PlannerOutcome> {
  return world.database.transaction(world.actor, (tx) => answerQuestion(tx, question, { now, timeZone: 'UTC', actor: world.actor }), { readOnly: true })
}

function readable(plan: TypedQueryInput | null): TypedQueryInput {
  return JSON.parse(JSON.stringify(plan).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => `«${names.get(id) ?? id}»`)) as TypedQueryInput
}

function figures(outcome: PlannerOutcome): { value: number; currency?: string | undefined }[] {
  return outcome.parts.flatMap((part) => (part.type === 'data-metric' ? [{ value: Number(part.data.value), currency: part.data.currency }] : []))
}

function rows(outcome: PlannerOutcome): Record<string, unknown>[] {
  return outcome.parts.flatMap((part) => (part.type === 'data-table' ? part.data.rows : []))
}

describe('times, amounts and figures', () => {
  it.each(analyticsCases.map((one) => [String(one.ask), one] as const))('%s', async (_, one) => {
    const outcome = await ask(String(one.ask))
    expect(outcome.kind, outcome.text).toBe('answer')
    const { limit, select: _select, ...plan } = readable(outcome.plan)
    expect(plan).toEqual(one.query)
    if (one.limit !== undefined) expect(limit).toBe(one.limit)
  })

  it.each(analyticsDeclined)('declines "%s"', async (question) => {
    expect(await ask(question)).toMatchObject({ kind: 'decline', plan: null })
  })
})

describe('what is made of the figures', () => {
  it('weights a forecast by the probability of its deals', async () => {
    const gold = await world.gold<{ currency: string; weighted: string; value: string }>(
      `select currency, sum(value * probability / 100) as weighted, sum(value) as value from opportunities where workspace_id = $1 and state = 'open' group by 1 order by 1`,
    )
    const told = figures(await ask('weighted pipeline'))
    for (const { currency, weighted, value } of gold)
      expect(told.filter((figure) => figure.currency === currency).map((figure) => figure.value)).toEqual([Number(weighted), Number(value)])
  })

  it('says how a figure moved, and by how much', async () => {
    const outcome = await ask('how did orders change from October to November?')
    expect(outcome.text).toContain('2 in November 2026 against 2 in October 2026, unchanged')
    expect((await ask('did revenue go up or down this month?')).text).toMatch(/\$600 in November 2026 against \$2,000 in October 2026, down 70%/)
  })

  it('adds up, month by month', async () => {
    const outcome = await ask('cumulative number of orders by month')
    expect(rows(outcome).map((row) => row.running)).toEqual([2, 4])
  })

  it('takes the mean of groups, not of records', async () => {
    expect(figures(await ask('average number of orders per customer'))).toEqual([{ value: 2, currency: undefined }])
    expect(figures(await ask('average monthly orders'))).toEqual([{ value: 2, currency: undefined }])
  })

  it('sets one count against another', async () => {
    expect(figures(await ask('ratio of won to lost deals'))).toEqual([{ value: 2, currency: undefined }])
    expect(figures(await ask('loss rate'))).toMatchObject([{ value: 33.33 }])
  })

  it('says what it took for granted', async () => {
    expect((await ask('stalled deals')).text).toContain('60 days')
    await world.gold(`update workspaces set settings = '{"fiscalYearStartMonth": 4, "stalledDays": 30}' where id = $1`)
    const outcome = await ask('orders last fiscal quarter')
    expect(outcome.text).toContain('The fiscal year here starts in April.')
    expect(readable(outcome.plan).filter).toEqual({ field: 'ordered_at', op: 'during', value: { from: '2026-07-01', to: '2026-10-01' } })
    expect((await ask('stalled deals')).text).toContain('30 days')
    await world.gold(`update workspaces set settings = '{}' where id = $1`)
  })
})

describe('whatever is asked', () => {
  it('finds no more records when a condition is added', async () => {
    const matched = async (question: string) => (await ask(question)).coverage?.matched ?? Number.NaN
    for (const [wide, narrow] of [
      ['deals', 'deals over 20k'],
      ['open deals', 'open deals closing soon'],
      ['orders in 2026', 'orders in Q4 2026'],
    ] as const)
      expect(await matched(narrow)).toBeLessThanOrEqual(await matched(wide))
  })

  it('splits a total into groups that add up to it', async () => {
    const sum = (list: readonly Record<string, unknown>[], key: string) => list.reduce((total, row) => total + Number(row[key]), 0)
    const [total] = figures(await ask('how many deals do we have'))
    for (const question of ['deals by owner', 'deals by state', 'deals by month', 'deals by stage and currency'])
      expect(sum(rows(await ask(question)), 'count')).toBe(total?.value)
  })

  it.each([
    ['revenue by quarter', 'pls show me the revnue per quarter', 'REVENUE BY QUARTER', 'quarterly revenue'],
    ['deals won last month', 'which deals did we win last month?', 'deals wonn lst month', 'please list the deals that were won last month'],
    ['win rate by owner', 'what is our win rate per owner', 'win rate for each owner', 'win rtae by owner'],
    ['orders between March 1 and April 15', 'orders from 2026-03-01 to 2026-04-15', 'orders 1 March - 15 April', 'orders between 1 march 2026 and april 15th'],
  ])('reads "%s" alike however it is said', async (first, ...others) => {
    const plan = readable((await ask(first)).plan)
    for (const other of others) expect(readable((await ask(other)).plan), other).toEqual(plan)
  })
})
