import { beforeAll, describe, expect, it } from 'vitest'
import type { TypedQueryInput } from '#contracts/query.ts'
import type { TestWorkspace } from '../../../test/harness.ts'
import { answerQuestion, type PlannerOutcome } from './index.ts'
import { createPlannerWorld, now } from './planner.fixture.ts'
import { recordCases, recordContradictions, recordDeclined } from './records.cases.ts'

let world: TestWorkspace
const names = new Map<string, string>()

beforeAll(async () => {
  world = await createPlannerWorld()
  const rows = await world.gold<{ id: string; name: string }>(
    ['organisations', 'contacts', 'opportunities', 'products', 'users']
      .map((table) => `select id, name from ${table} where workspace_id = $1`)
      .join(' union all '),
  )
  for (const { id, name } of rows) names.set(id, name)
})

function ask(question: string): Promise<PlannerOutcome> {
  return world.database.transaction(world.actor, (tx) => answerQuestion(tx, question, { now, timeZone: 'UTC', actor: world.actor }), { readOnly: true })
}

function readable(plan: TypedQueryInput | null): TypedQueryInput {
  return JSON.parse(JSON.stringify(plan).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => `«${names.get(id) ?? id}»`)) as TypedQueryInput
}

describe('which records are meant', () => {
  it.each(recordCases.map((one) => [String(one.ask), one] as const))('%s', async (_, one) => {
    const outcome = await ask(String(one.ask))
    expect(outcome.kind, outcome.text).toBe('answer')
    const { limit, select: _select, ...plan } = readable(outcome.plan)
    expect(plan).toEqual(one.query)
    if (one.limit !== undefined) expect(limit).toBe(one.limit)
  })

  it.each(recordContradictions)('names the conditions of "%s" that contradict each other', async (question, said) => {
    const { kind, text } = await ask(question)
    expect(kind).toBe('decline')
    expect(text).toContain(said)
  })

  it.each(recordDeclined)('declines "%s"', async (question) => {
    expect(await ask(question)).toMatchObject({ kind: 'decline', plan: null })
  })
})
