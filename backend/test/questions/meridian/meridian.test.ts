import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createQuestionWorld, type QuestionWorld, questionStride, scoreOf } from '../question-world.ts'
import { loadFiles } from '../world-files.ts'
import { generateMeridian } from './meridian.ts'
import { asker } from './names.ts'
import { meridianNow } from './timeline.ts'

const timeout = 600_000

/** A fifth company, whose questions were written before anything of the planner was read. */
describe('questions about a company that looks after buildings', () => {
  let world: QuestionWorld
  let talia: Actor

  beforeAll(async () => {
    world = await createQuestionWorld(createClock(meridianNow.toISOString()), 'AUD', async ({ database, actor, member }) => {
      // "My" and "I" need somebody who owns something: the import finds her by name.
      talia = await member('manager', asker)
      await loadFiles(database, actor, generateMeridian(), meridianNow)
    })
  }, timeout)
  afterAll(() => world?.close())

  it('has the same files every time', () => {
    expect(generateMeridian()).toEqual(generateMeridian())
  })

  it('are answered right, or declined rather than answered wrong', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('meridian/questions.jsonl', talia, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(460 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.95)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.02)
  })

  it('are answered so by a salesperson', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('meridian/sales-voice.jsonl', talia, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(100 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.85)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.03)
  })

  it('are answered so in the course of a working day, the unseen ones among them', { timeout }, async () => {
    const seen = await world.ask('meridian/working-day.jsonl', talia, questionStride)
    const unseen = await world.ask('meridian/working-day-unseen.jsonl', talia, questionStride)
    const { overall, report } = scoreOf([...seen, ...unseen])
    expect(overall.asked).toBeGreaterThanOrEqual(120 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.9)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.03)
  })
})
