import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AskedQuestion } from '#backend/cli/ask-file/ask-questions.ts'
import type { Role } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { loadScenario } from '../../seeds/index.ts'
import { createQuestionWorld, type QuestionWorld, scoreOf } from '../questions/question-world.ts'

// A Friday afternoon; the questions' gold statements count from here.
const clock = createClock('2026-11-20T15:00:00Z')
const files = [
  'voices/first.jsonl',
  'voices/second.jsonl',
  'voices/third.jsonl',
  'voices/fourth.jsonl',
  'voices/fifth.jsonl',
  'voices/sixth.jsonl',
  'voices/seventh.jsonl',
]
const timeout = 300_000

/** Questions by many voices over the demo company, against hand-written SQL. */
describe('questions by many voices', () => {
  let world: QuestionWorld

  beforeAll(async () => {
    world = await createQuestionWorld(clock, 'USD', ({ database, workspaceId }) =>
      loadScenario(database, { type: 'system', workspaceId, job: 'seed' }, { scenario: 'demo', scale: 500, now: clock.now() }),
    )
  }, timeout)
  afterAll(() => world?.close())

  it('are answered right, or declined rather than answered wrong, in every family', { timeout }, async () => {
    const results: AskedQuestion[] = []
    for (const file of files) results.push(...(await world.ask(file)))
    // "My" and "I" need somebody who owns something.
    const { workspaceId } = world.workspace
    const [raj] = await world.workspace.gold<{ id: string; name: string; role: Role }>(
      "select id, name, role from users where workspace_id = $1 and name = 'Raj Patel'",
    )
    if (raj === undefined) throw new Error('The demo company has no Raj Patel.')
    results.push(...(await world.ask('voices/personal.jsonl', { type: 'user', workspaceId, userId: raj.id, name: raj.name, role: raj.role, via: 'session' })))

    const { families, overall, report } = scoreOf(results)
    expect(overall.asked).toBeGreaterThanOrEqual(420)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.95)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.02)
    expect(
      families.filter(({ asked, right }) => right / asked < 0.85),
      report,
    ).toEqual([])
  })
})
