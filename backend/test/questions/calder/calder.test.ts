import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createQuestionWorld, type QuestionWorld, questionStride, scoreOf } from '../question-world.ts'
import { loadFiles } from '../world-files.ts'
import { generateCalder } from './calder.ts'
import { asker } from './names.ts'
import { calderNow } from './timeline.ts'

const timeout = 600_000

/** A sixth company, whose fiscal year begins in February; its questions were written before anything of the planner was read. */
describe('questions about a maker of laboratory instruments', () => {
  let world: QuestionWorld
  let dana: Actor

  beforeAll(async () => {
    world = await createQuestionWorld(createClock(calderNow.toISOString()), 'USD', async ({ database, actor, member }) => {
      // "My" and "I" need somebody who owns something: the import finds her by name.
      dana = await member('manager', asker)
      const settings = JSON.stringify({ fiscalYearStartMonth: 2 })
      await database.transaction(actor, (tx) => tx.query(sql`update workspaces set settings = settings || ${settings}::jsonb where id = ${tx.workspaceId}`))
      await loadFiles(database, actor, generateCalder(), calderNow)
    })
  }, timeout)
  afterAll(() => world?.close())

  it('has the same files every time', () => {
    expect(generateCalder()).toEqual(generateCalder())
  })

  it('are answered right, or declined rather than answered wrong', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('calder/questions.jsonl', dana, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(350 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.955)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.02)
  })

  it('are answered so by seven other voices', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('calder/voices.jsonl', dana, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(215 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.93)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.015)
  })
})
