import { beforeAll, describe, expect, it } from 'vitest'
import type { TypedQueryInput } from '#contracts/query.ts'
import type { TestWorkspace } from '../../../test/harness.ts'
import { amendedCases, amendedDeclined } from './amended.cases.ts'
import { figureCases, figureDeclined } from './figures.cases.ts'
import { answerQuestion, type PlannerMemory, type PlannerOutcome } from './index.ts'
import { createPlannerWorld, now } from './planner.fixture.ts'

let world: TestWorkspace
const names = new Map<string, string>()

beforeAll(async () => {
  world = await createPlannerWorld()
  const rows = await world.gold<{ id: string; name: string }>(
    'select id, name from users where workspace_id = $1 union all select id, name from organisations where workspace_id = $1 union all select id, name from products where workspace_id = $1',
  )
  for (const { id, name } of rows) names.set(id, name)
})

async function ask(messages: readonly string[]): Promise<PlannerOutcome> {
  let previous: PlannerMemory | undefined
  let outcome: PlannerOutcome | undefined
  for (const message of messages) {
    const context = { now, timeZone: 'UTC', actor: world.actor, ...(previous === undefined ? {} : { previous }) }
    outcome = await world.database.transaction(world.actor, (tx) => answerQuestion(tx, message, context), { readOnly: true })
    // As a session keeps it: JSON.
    if (outcome.memory !== null) previous = JSON.parse(JSON.stringify(outcome.memory)) as PlannerMemory
  }
  return outcome as PlannerOutcome
}

function readable(plan: TypedQueryInput | null): TypedQueryInput {
  return JSON.parse(JSON.stringify(plan).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => `«${names.get(id) ?? id}»`)) as TypedQueryInput
}

describe('figures, and messages that mend them', () => {
  const cases = [...figureCases, ...amendedCases].map((one) => ({ ...one, messages: [one.ask].flat() }))
  it.each(cases.map((one) => [one.messages.join(' → '), one] as const))('%s', async (_, one) => {
    const outcome = await ask(one.messages)
    expect(outcome.kind, outcome.text).toBe('answer')
    const { limit, select: _select, ...plan } = readable(outcome.plan)
    expect(plan).toEqual(one.query)
    if (one.limit !== undefined) expect(limit).toBe(one.limit)
  })

  it.each([...figureDeclined.map((question) => [question]), ...amendedDeclined].map((messages) => [messages.join(' → '), messages] as const))(
    'declines "%s"',
    async (_, messages) => {
      expect(await ask(messages)).toMatchObject({ kind: 'decline', plan: null })
    },
  )
})

describe('shares of amounts', () => {
  it('say in which currency, as does their chart', async () => {
    const { text, parts } = await ask(['share of revenue by category as a pie chart'])
    expect(text).toMatch(/Sensors, USD \(\d/)
    expect(text).toMatch(/Sensors, EUR \(100%\)/)
    const charts = parts.flatMap((part) => (part.type === 'data-chart' ? part.data.series.map(({ currency }) => currency) : []))
    expect(charts.sort()).toEqual(['EUR', 'USD'])
  })
})

describe('a group without a value', () => {
  it('is called so in the table, in the language of the question', async () => {
    const groupColumn = async (question: string) => {
      const parts = (await ask([question])).parts
      return parts.flatMap((part) => (part.type === 'data-table' ? part.data.columns : [])).find(({ key }) => key === 'owner')
    }
    expect(await groupColumn('leads by owner')).toMatchObject({ empty: 'none' })
    expect(await groupColumn('Wie viele Leads gibt es je Betreuer?')).toMatchObject({ empty: 'ohne Angabe' })
  })
})

describe('what is taken for granted', () => {
  it('is said', async () => {
    expect((await ask(['deals won recently'])).text).toContain('Recently means within the last 30 days.')
    expect((await ask(['tell me about Acme Corp', 'any deals?'])).text).toContain('Taken as those of Acme Corp.')
    expect((await ask(['revenue ytd versus last ytd'])).text).toContain('The same period is the year up to 20 November 2025.')
  })
})
