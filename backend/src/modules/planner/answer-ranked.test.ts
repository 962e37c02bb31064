import { beforeAll, describe, expect, it } from 'vitest'
import type { TestWorkspace } from '../../../test/harness.ts'
import { answerQuestion, type PlannerOutcome } from './index.ts'
import { createPlannerWorld, now } from './planner.fixture.ts'

let world: TestWorkspace

beforeAll(async () => {
  world = await createPlannerWorld()
})

function ask(message: string, { actor, database } = world): Promise<PlannerOutcome> {
  const context = { now, timeZone: 'UTC', actor }
  return database.transaction(actor, (tx) => answerQuestion(tx, message, context), { readOnly: true })
}

describe('a question about what is ranked first', () => {
  it.each([
    ['contacts at the biggest company', 'The biggest company: Acme Corp (900).\n1 contact: April May.'],
    ['how many contacts does the largest company have?', 'The largest company: Acme Corp (900).\n1 contact.'],
    ['notes on the biggest company', 'The biggest company: Acme Corp (900).\n1 note: Talk'],
    ['which rep has the oldest deal', 'The oldest deal: Acme sensors'],
    ['who bought the most expensive product?', 'The most expensive product: Gas Sensor ($450).\n1 organisation: Acme Corp.'],
    ['which customer placed the newest order?', 'The newest order: A-4'],
    ['contacts of the company with the most open deals', 'The company with the most open deals: Open Door (2 opportunities).\n1 contact: Sarah Connor.'],
    ['who owns the company with the most open deals?', 'The company with the most open deals: Open Door (2 opportunities).\nOpen Door: owner Raj Patel.'],
    ['open deals of the rep with the most open deals', 'The rep with the most open deals: Raj Patel (2 opportunities).\n2 opportunities'],
    ['Kontakte der größten Firma', '„größten Firma“: Acme Corp (900).\n1 Kontakt: April May.'],
  ])('%s', async (question, said) => {
    const { kind, text, parts } = await ask(question)
    expect({ kind, text: text.slice(0, said.length) }).toEqual({ kind: 'answer', text: said })
    expect(parts.filter(({ type }) => type === 'data-plan')).toHaveLength(2)
  })

  it('asks back where more than one is first', async () => {
    const { kind, parts } = await ask('what did our largest customer buy?')
    expect(kind).toBe('clarify')
    expect(JSON.stringify(parts)).toContain('what did our Open Door buy?')
  })

  it('answers of that record or not at all, whatever it is called', async () => {
    const named = await createPlannerWorld()
    await named.gold("update organisations set name = 'biggest company', size = 5000 where workspace_id = $1 and name = 'Acme Corp'")
    const { kind } = await ask('contacts at the biggest company', named)
    expect(['decline', 'clarify']).toContain(kind)
  })

  it.each(['the biggest open deal', 'who owns the biggest deal?', 'email of the newest contact', 'deals with the highest value'])(
    'leaves "%s" to itself',
    async (question) => {
      const { kind, parts } = await ask(question)
      expect(kind).toBe('answer')
      expect(parts.filter(({ type }) => type === 'data-plan')).toHaveLength(1)
    },
  )
})
