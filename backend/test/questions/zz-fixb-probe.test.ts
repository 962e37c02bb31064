import { readFileSync } from 'node:fs'
import { it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { answerQuestion } from '#backend/modules/planner/index.ts'
import { loadCedar } from './cedar/load-cedar.ts'
import { cedarNow } from './cedar/timeline.ts'
import { createQuestionWorld } from './harbour/question-world.ts'

it('probe', { timeout: 300_000 }, async () => {
  const world = await createQuestionWorld(createClock(cedarNow.toISOString()), 'USD', ({ database, actor }) => loadCedar(database, actor))
  const { database, actor } = world.workspace
  for (const q of readFileSync('/tmp/fixb/q.txt', 'utf8').split('\n').filter(Boolean)) {
    const r = await database.transaction(actor, (tx) => answerQuestion(tx, q, { now: cedarNow, timeZone: 'America/Chicago', currency: 'USD', pageSize: 50, actor } as never))
    const text = r.text.slice(0, 110).replaceAll('\n', ' / ')
    process.stdout.write(`> ${q}\n   ${r.kind} ${r.confidence} | ${text}\n   ${JSON.stringify((r.plan as { query?: unknown } | null)?.query ?? r.plan)?.slice(0, 420)}\n`)
  }
  await world.close()
})
