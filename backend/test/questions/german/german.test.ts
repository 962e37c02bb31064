import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { explainGrammar } from '#backend/modules/planner/index.ts'
import { loadScenario } from '../../../seeds/index.ts'
import { createQuestionWorld, type QuestionWorld, scoreOf } from '../question-world.ts'

// A Friday afternoon; the questions' gold statements count from here.
const clock = createClock('2026-11-20T15:00:00Z')
const timeout = 300_000

/** The demo company asked in German: formal and familiar, with and without umlauts, mistyped, and in conversation. */
describe('questions in German', () => {
  let world: QuestionWorld

  beforeAll(async () => {
    world = await createQuestionWorld(clock, 'USD', ({ database, workspaceId }) =>
      loadScenario(database, { type: 'system', workspaceId, job: 'seed' }, { scenario: 'demo', scale: 500, now: clock.now() }),
    )
  }, timeout)
  afterAll(() => world?.close())

  it('are answered right, or declined rather than answered wrong', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('german/questions.jsonl'))
    expect(overall.asked).toBeGreaterThanOrEqual(150)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.95)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.02)
  })

  it('are offered in German, and those that are offered are answered', { timeout }, async () => {
    const { database, actor } = world.workspace
    const context = { now: clock.now(), timeZone: 'Europe/Berlin', actor, language: 'de' as const }
    const grammar = await database.transaction(actor, (tx) => explainGrammar(tx, context), { readOnly: true })
    expect(grammar.families.map(({ name }) => name)).toEqual([
      'Datensätze finden',
      'Etwas nachschlagen',
      'Zählen und summieren',
      'Gruppen vergleichen',
      'Ranglisten',
      'Zeit',
      'Quoten und Anteile',
      'Pipeline',
      'Über Datensätze hinweg',
      'Bestellungen und Produkte',
      'Aufgaben und Termine',
    ])
    expect(grammar.families.flatMap(({ examples }) => examples)).toHaveLength(48)
  })
})
