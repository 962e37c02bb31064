import { beforeAll, describe, expect, it } from 'vitest'
import type { TestWorkspace } from '../../../test/harness.ts'
import { answerQuestion, type PlannerMemory, type PlannerOutcome } from './index.ts'
import { createPlannerWorld, now } from './planner.fixture.ts'

let world: TestWorkspace

beforeAll(async () => {
  world = await createPlannerWorld()
})

async function ask(...messages: string[]): Promise<PlannerOutcome> {
  let previous: PlannerMemory | undefined
  let outcome: PlannerOutcome | undefined
  for (const message of messages) {
    const context = { now, timeZone: 'UTC', actor: world.actor, ...(previous === undefined ? {} : { previous }) }
    outcome = await world.database.transaction(world.actor, (tx) => answerQuestion(tx, message, context), { readOnly: true })
    if (outcome.memory !== null) previous = JSON.parse(JSON.stringify(outcome.memory)) as PlannerMemory
  }
  return outcome as PlannerOutcome
}

function namesIn(outcome: PlannerOutcome): unknown[] {
  return outcome.parts.flatMap((part) => (part.type === 'data-table' ? part.data.rows.map(({ name }) => name) : [])).sort()
}

describe('a question about what was just shown', () => {
  it('asks for the records of another kind that belong to them', async () => {
    expect(namesIn(await ask('open deals over 50k', 'which companies?'))).toEqual(['Open Door'])
    expect(namesIn(await ask('open deals over 50k', 'which contacts?'))).toEqual(['Sarah Connor'])
  })
  it('asks for all there are when it says so', async () => {
    expect(namesIn(await ask('open deals over 50k', 'which companies do we have?'))).toHaveLength(4)
  })
  it('asks for a field of the contact that was told, not of the company', async () => {
    expect((await ask('Open Door pilot', 'who is the contact?', 'and the phone?')).text).toContain('+1 415 555 0100')
  })
  it('takes away those without something', async () => {
    expect(namesIn(await ask('companies in Germany', 'exclude the ones without open deals'))).toEqual(['Nordwind GmbH'])
    expect(namesIn(await ask('companies in Germany', 'drop the ones with open deals'))).toEqual(['Acme Corp'])
  })
})
