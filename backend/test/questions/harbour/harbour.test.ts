import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { createQuestionWorld, type QuestionWorld, questionStride, scoreOf } from '../question-world.ts'
import { loadFiles } from '../world-files.ts'
import { generateHarbour } from './harbour.ts'
import { harbourNow } from './timeline.ts'

const timeout = 300_000

/** Another company than the demo, from imported files, as those who did not write the planner would bring it. */
describe('questions about a company whose files were imported', () => {
  let world: QuestionWorld

  beforeAll(async () => {
    world = await createQuestionWorld(createClock(harbourNow.toISOString()), 'EUR', ({ database, actor }) =>
      loadFiles(database, actor, generateHarbour(), harbourNow),
    )
  }, timeout)
  afterAll(() => world?.close())

  it('has the same files every time', () => {
    expect(generateHarbour()).toEqual(generateHarbour())
  })

  it('are answered right, or declined rather than answered wrong', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('harbour/questions.jsonl', undefined, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(150 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.9)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.03)
  })

  it('are answered so by a salesperson', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('harbour/sales-voice.jsonl', undefined, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(100 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.85)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.03)
  })
})
