import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createQuestionWorld, type QuestionWorld, questionStride, scoreOf } from '../question-world.ts'
import { loadFiles } from '../world-files.ts'
import { generateLarkhill } from './larkhill.ts'
import { asker, owners } from './names.ts'
import { larkhillNow } from './timeline.ts'

const timeout = 600_000

/** A tenth company, in three currencies and three pipelines; an examiner's questions in six voices, written before anything of the planner was read. */
describe('questions about a caterer who hires out marquees', () => {
  let world: QuestionWorld
  let hanna: Actor

  beforeAll(async () => {
    world = await createQuestionWorld(createClock(larkhillNow.toISOString()), 'USD', async ({ database, actor, member, gold, workspaceId }) => {
      // "My" and "I" need somebody who owns something: the import finds her by name. Sam Rivers has left, so the import keeps him as inactive.
      hanna = await member('manager', asker)
      for (const owner of owners) if (owner !== asker && owner !== 'Sam Rivers') await member('rep', owner)
      // The mails are written from and to these addresses.
      await gold("update users set email = lower(replace(name, ' ', '.')) || '@larkhill-events.example' where workspace_id = $1 and role <> 'owner'", [
        workspaceId,
      ])
      await loadFiles(database, actor, generateLarkhill(), larkhillNow)
    })
  }, timeout)
  afterAll(() => world?.close())

  it('has the same files every time', () => {
    expect(generateLarkhill()).toEqual(generateLarkhill())
  })

  it('are answered right, or declined rather than answered wrong', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('larkhill/questions.jsonl', hanna, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(240 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.95)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.025)
  })
  it('are answered so when they come after the grammar was mended', { timeout }, async () => {
    const { overall, report } = scoreOf(await world.ask('larkhill/unseen.jsonl', hanna, questionStride))
    expect(overall.asked).toBeGreaterThanOrEqual(80 / questionStride)
    expect(overall.right / overall.asked, report).toBeGreaterThanOrEqual(0.9)
    expect(overall.wrong / overall.asked, report).toBeLessThanOrEqual(0.02)
  })
})
