import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createQuestionWorld, type QuestionWorld, questionStride, scoreOf } from '../question-world.ts'
import { loadFiles } from '../world-files.ts'
import { generateKestrel } from './kestrel.ts'
import { asker } from './names.ts'
import { kestrelNow } from './timeline.ts'

const timeout = 600_000

/** An eighth company, small and ordinary; its questions were written before anything of the planner was read. */
describe('questions about a reseller of office technology', () => {
  let world: QuestionWorld
  let jordan: Actor

  beforeAll(async () => {
    world = await createQuestionWorld(createClock(kestrelNow.toISOString()), 'USD', async ({ database, actor, member }) => {
      // "My" and "I" need somebody who owns something: the import finds him by name.
      jordan = await member('manager', asker)
      await loadFiles(database, actor, generateKestrel(), kestrelNow)
    })
  }, timeout)
  afterAll(() => world?.close())

  it('has the same files every time', () => {
    expect(generateKestrel()).toEqual(generateKestrel())
  })

  it('are answered right, or declined rather than answered wrong', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('kestrel/questions.jsonl', jordan, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(180 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.9)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.02)
  })
  it('are answered so where words were dropped in silence before', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('kestrel/mended.jsonl', jordan, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(39 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.9)
    expect(overall.wrong, report).toBe(0)
  })
  it('are answered so when an examiner asks', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('kestrel/exam.jsonl', jordan, questionStride))
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.85)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.03)
  })
  it('are understood in rough language: slang, typing mistakes, words of names among them', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('kestrel/rough.jsonl', jordan, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(75 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.9)
    expect(overall.wrong, report).toBe(0)
  })

  it('are answered so in the course of a working day, the unseen ones among them', { timeout }, async () => {
    const seen = await world.ask('kestrel/working-day.jsonl', jordan, questionStride)
    const unseen = await world.ask('kestrel/working-day-unseen.jsonl', jordan, questionStride)
    const { overall, report } = scoreOf([...seen, ...unseen])
    expect(overall.asked).toBeGreaterThanOrEqual(120 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.95)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.03)
  })
})
