import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { createQuestionWorld, type QuestionWorld, questionStride, scoreOf } from '../question-world.ts'
import { loadFiles } from '../world-files.ts'
import { generateCedar } from './cedar.ts'
import { cedarNow } from './timeline.ts'

const timeout = 300_000

/** A third company, whose questions were written before anything of the planner was read. */
describe('questions about a reseller of software', () => {
  let world: QuestionWorld

  beforeAll(async () => {
    world = await createQuestionWorld(createClock(cedarNow.toISOString()), 'USD', ({ database, actor }) =>
      loadFiles(database, actor, generateCedar(), cedarNow),
    )
  }, timeout)
  afterAll(() => world?.close())

  it('has the same files every time', () => {
    expect(generateCedar()).toEqual(generateCedar())
  })

  it('are answered right, or declined rather than answered wrong', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('cedar/questions.jsonl', undefined, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(150 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.9)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.03)
  })
})
