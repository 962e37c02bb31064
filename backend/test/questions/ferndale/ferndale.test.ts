import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createQuestionWorld, type QuestionWorld, questionStride, scoreOf } from '../question-world.ts'
import { loadFiles } from '../world-files.ts'
import { generateFerndale } from './ferndale.ts'
import { asker } from './names.ts'
import { ferndaleNow } from './timeline.ts'

const timeout = 600_000

/** A ninth company, in two currencies; an examiner's questions, family by family, written before anything of the planner was read. */
describe('questions about a seller of dental equipment', () => {
  let world: QuestionWorld
  let nina: Actor

  beforeAll(async () => {
    world = await createQuestionWorld(createClock(ferndaleNow.toISOString()), 'GBP', async ({ database, actor, member }) => {
      // "My" and "I" need somebody who owns something: the import finds her by name.
      nina = await member('manager', asker)
      await loadFiles(database, actor, generateFerndale(), ferndaleNow)
    })
  }, timeout)
  afterAll(() => world?.close())

  it('has the same files every time', () => {
    expect(generateFerndale()).toEqual(generateFerndale())
  })

  it('are answered right, or declined rather than answered wrong', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('ferndale/questions.jsonl', nina, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(160 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.92)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.02)
  })
  it('are answered so when the words are further from the usual ones', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('ferndale/second.jsonl', nina, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(160 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.9)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.02)
  })
  it('are answered so where a word was dropped, or was said of something else, before', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('ferndale/mended.jsonl', nina, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(24 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.9)
    expect(overall.wrong, report).toBe(0)
  })
  it('are answered so when they come after the grammar was mended', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('ferndale/unseen.jsonl', nina, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(40 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.8)
    expect(overall.wrong, report).toBe(0)
  })
})
