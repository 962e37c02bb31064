import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createQuestionWorld, type QuestionWorld, questionStride, scoreOf } from '../question-world.ts'
import { loadFiles } from '../world-files.ts'
import { generateAtlas } from './atlas.ts'
import { asker } from './names.ts'
import { atlasNow } from './timeline.ts'

const timeout = 600_000

/** A fourth company, whose questions were written before anything of the planner was read. */
describe('questions about a company that sells courses', () => {
  let world: QuestionWorld
  let nadia: Actor

  beforeAll(async () => {
    world = await createQuestionWorld(createClock(atlasNow.toISOString()), 'GBP', async ({ database, actor, member }) => {
      // "My" and "I" need somebody who owns something: the import finds her by name.
      nadia = await member('manager', asker)
      await loadFiles(database, actor, generateAtlas(), atlasNow)
    })
  }, timeout)
  afterAll(() => world?.close())

  it('has the same files every time', () => {
    expect(generateAtlas()).toEqual(generateAtlas())
  })

  it('are answered right, or declined rather than answered wrong', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('atlas/questions.jsonl', nadia, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(380 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.9)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.03)
  })
})
