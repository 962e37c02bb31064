import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createQuestionWorld, type QuestionWorld, questionStride, scoreOf } from '../question-world.ts'
import { loadFiles } from '../world-files.ts'
import { asker } from './names.ts'
import { generateSolway } from './solway.ts'
import { solwayNow } from './timeline.ts'

const timeout = 600_000

/** A seventh company, whose fiscal year begins in April; its questions were written before anything of the planner was read. */
describe('questions about an installer of solar roofs', () => {
  let world: QuestionWorld
  let grace: Actor

  beforeAll(async () => {
    world = await createQuestionWorld(createClock(solwayNow.toISOString()), 'GBP', async ({ database, actor, member }) => {
      // "My" and "I" need somebody who owns something: the import finds her by name.
      grace = await member('manager', asker)
      const settings = JSON.stringify({ fiscalYearStartMonth: 4 })
      await database.transaction(actor, (tx) => tx.query(sql`update workspaces set settings = settings || ${settings}::jsonb where id = ${tx.workspaceId}`))
      await loadFiles(database, actor, generateSolway(), solwayNow)
    })
  }, timeout)
  afterAll(() => world?.close())

  it('has the same files every time', () => {
    expect(generateSolway()).toEqual(generateSolway())
  })

  it('are answered right, or declined rather than answered wrong', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('solway/questions.jsonl', grace, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(300 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.92)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.01)
  })

  it('are answered so by other voices', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('solway/voices.jsonl', grace, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(120 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.9)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.025)
  })
})
