import { beforeAll, describe, expect, it } from 'vitest'
import type { TestWorkspace } from '../../../../test/harness.ts'
import { answerQuestion, type PlannerOutcome } from '../index.ts'
import { createPlannerWorld, now } from '../planner.fixture.ts'
import { answerCommand } from './command.service.ts'
import { commandCases, harmlessMessages } from './commands.cases.ts'
import { harmlessOtherwise, otherwiseCases } from './commands-otherwise.cases.ts'
import { loadLexis } from './lexis.ts'
import { readMessage } from './message.ts'
import { readCommand } from './read-command.ts'

let world: TestWorkspace
const names = new Map<string, string>()

beforeAll(async () => {
  world = await createPlannerWorld()
  const rows = await world.gold<{ id: string; name: string }>(
    `select id, name from users where workspace_id = $1 union all select id, name from organisations where workspace_id = $1
     union all select id, name from contacts where workspace_id = $1 union all select id, name from leads where workspace_id = $1
     union all select id, name from opportunities where workspace_id = $1 union all select id, title from tasks where workspace_id = $1
     union all select id, title from events where workspace_id = $1`,
  )
  for (const { id, name } of rows) names.set(id, name)
})

function ask(message: string): Promise<PlannerOutcome> {
  return world.database.transaction(world.actor, (tx) => answerQuestion(tx, message, { now, timeZone: 'UTC', actor: world.actor }), { readOnly: true })
}

/** Calls with names in place of ids. */
function readable({ changes = [] }: PlannerOutcome) {
  return changes.map(({ tool, input }) => {
    const { owner_id, ...values } = (input.values ?? {}) as Record<string, unknown>
    const told = { ...values, ...(owner_id === undefined ? {} : { owner: names.get(String(owner_id)) }) }
    if (tool === 'emails.send') return [tool, (input.to as string[]).join(), { subject: input.subject, body: input.body }]
    const record = tool === 'records.create' ? input.entity : names.get(String(input.id))
    return tool === 'records.delete' ? [tool, record] : [tool, record, told]
  })
}

describe('instructions', () => {
  it.each([...commandCases, ...otherwiseCases].map((one) => [one.say, one] as const))('%s', async (_, { say, calls }) => {
    const outcome = await ask(say)
    const byName = (list: readonly (readonly unknown[])[]) => [...list].sort((a, b) => String(a[1]).localeCompare(String(b[1])))
    expect(byName(readable(outcome)), outcome.text).toEqual(byName(calls))
    expect(outcome.kind, outcome.text).toBe(calls.length > 0 ? 'answer' : outcome.kind)
  })

  it('says what would change, and which records', async () => {
    const outcome = await ask("Hand all of Raj's open deals over to Sofia")
    expect(outcome.text).toContain('2 opportunities would go to Sofia Santos')
    expect(outcome.parts.map(({ type }) => type)).toEqual(['text', 'data-table', 'data-plan'])
    expect(outcome.citations).toHaveLength(2)
    expect(outcome.coverage?.matched).toBe(2)
    expect((await ask('Add a note to April May: prefers calls in the morning')).text).toMatch(/would be added to the contact “April May”/)
    expect((await ask('Notiz zu April May: ruft lieber morgens an')).text).toMatch(/käme zu: .*April May/)
  })

  it('says when something is due as a clock shows it', async () => {
    expect((await ask("Create a task called 'Call Sarah back' due tomorrow at 10:30")).text).toContain('(due at: 21 November 2026, 10:30)')
    expect((await ask('Erinnere mich morgen um 10:30 Uhr, Sarah anzurufen')).text).toContain('fällig: 21. November 2026, 10:30')
  })

  it.each([
    'delete the leads that are not new and not lost, '.repeat(20),
    `move ${Array.from({ length: 30 }, (_, index) => `contact number ${index} in Berlin`).join(' and ')} to Sofia`,
  ])('gives up soon on what is tangled: %s', async (message) => {
    const { sentences, quotes } = readMessage(message)
    const lexis = await world.database.transaction(world.actor, (tx) => loadLexis(tx, message, quotes, { now, timeZone: 'UTC', actor: world.actor }))
    expect(readCommand(sentences, lexis)).toMatchObject({ kind: 'unread' })
    expect(lexis.effort.looks).toBeLessThanOrEqual(0)
    expect((await ask(message)).changes ?? []).toEqual([])
  })

  it.each([
    'create a task for Sofia to call Bob tomorrow at 5pm and then ',
    'set the phone to 5 and the email to a@b.example and ',
    'move the deal to Won and the deal to Lost and ',
    'send an email to Sofia about the offer saying hello and ',
    'schedule a meeting with Sofia tomorrow at 5 for 1 hour and ',
  ])('gives up soon on more than anybody asks for in one sentence: %s', async (piece) => {
    const message = piece.repeat(40).slice(0, 1990)
    const { sentences, quotes } = readMessage(message)
    const lexis = await world.database.transaction(world.actor, (tx) => loadLexis(tx, message, quotes, { now, timeZone: 'UTC', actor: world.actor }))
    expect(readCommand(sentences, lexis)).toMatchObject({ kind: 'unread' })
    expect(lexis.effort.words).toBeLessThanOrEqual(0)
    // Nothing goes on trying.
    expect(lexis.effort.words).toBeGreaterThan(-100_000)
    expect((await ask(message)).changes ?? []).toEqual([])
  })

  it('names words that it does not know once, and of many the first', async () => {
    expect((await ask('They want a discount of 5% and hope for a discount, they hope')).text).toMatch(
      /I do not know what (?:“[^”]+”(?:, | and )?){2} mean here/,
    )
    expect((await ask('contacts ababa in ebebe in ibibi in obobo in ububu in acaca in ecece in icici')).text).toMatch(/and 3 others mean here|, 3 more\)/)
  })

  it('asks which record is meant, and takes the choice', async () => {
    const asked = await ask('delete the Open Door deal')
    expect(asked.kind).toBe('clarify')
    expect(asked.changes).toEqual([])
    const pending = asked.memory?.pending
    expect(pending?.options).toHaveLength(2)
    const chosen = await world.database.transaction(
      world.actor,
      (tx) => answerQuestion(tx, '2', { now, timeZone: 'UTC', actor: world.actor, ...(asked.memory === null ? {} : { previous: asked.memory }) }),
      { readOnly: true },
    )
    expect(chosen.changes, chosen.text).toHaveLength(1)
  })

  it('makes one record of two, and says which stays', async () => {
    const [connor, summers] = ['Sarah Connor', 'Will Summers'].map((name) => [...names].find(([, called]) => called === name)?.[0])
    const outcome = await ask('Merge Will Summers into Sarah Connor')
    expect(outcome.changes, outcome.text).toEqual([{ tool: 'records.merge', input: { entity: 'contacts', keepId: connor, mergeIds: [summers] } }])
    expect(outcome.text).toContain('“Sarah Connor”, which stays')
    const unsure = await ask('Merge Will Summers and Sarah Connor')
    expect(unsure.kind).toBe('clarify')
    expect(unsure.changes ?? []).toEqual([])
  })

  it('links people to organisations', async () => {
    const nordwind = [...names].find(([, called]) => called === 'Nordwind GmbH')?.[0]
    const outcome = await ask('Link Sarah Connor to Nordwind GmbH')
    expect(
      outcome.changes?.map(({ tool, input }) => [tool, input.values]),
      outcome.text,
    ).toEqual([['records.update', { organisation_id: nordwind }]])
  })

  it.each(['undo that', 'Please undo my last change', 'take that back'])('says where "%s" is done', async (message) => {
    const outcome = await ask(message)
    expect(outcome.text).toContain('press Undo')
    expect(outcome.changes ?? []).toEqual([])
  })

  it.each(['leads by source', 'contacts in Berlin', 'What is our win rate?', 'how many open deals over 50k'])('looks nothing up for "%s"', async (message) => {
    const asked = world.database.transaction(
      world.actor,
      (tx) => {
        const query = () => Promise.reject(new Error('A look that costs every question its time.'))
        return answerCommand({ ...tx, query, cached: query }, message, { now, timeZone: 'UTC', actor: world.actor })
      },
      { readOnly: true },
    )
    expect(await asked).toBeUndefined()
  })

  it.each([...harmlessMessages, ...harmlessOtherwise])('changes nothing for "%s"', async (message) => {
    expect((await ask(message)).changes ?? []).toEqual([])
  })
})
