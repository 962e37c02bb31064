import { readFileSync } from 'node:fs'
import { it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { answerQuestion } from '#backend/modules/planner/index.ts'
import { loadScenario } from '../../seeds/index.ts'
import { createQuestionWorld } from './harbour/question-world.ts'

const clock = createClock('2026-11-20T15:00:00Z')
it('probe', { timeout: 300_000 }, async () => {
  const world = await createQuestionWorld(clock, 'USD', ({ database, workspaceId }) =>
    loadScenario(database, { type: 'system', workspaceId, job: 'seed' }, { scenario: 'demo', scale: 500, now: clock.now() }),
  )
  const { database, workspaceId } = world.workspace
  const [raj] = await world.workspace.gold<{ id: string; name: string; role: string }>(
    "select id, name, role from users where workspace_id = $1 and name = 'Raj Patel'",
  )
  const actor = { type: 'user', workspaceId, userId: raj?.id, name: raj?.name, role: raj?.role, via: 'session' } as never
  for (const q of readFileSync('/tmp/fixb/d.txt', 'utf8').split('\n').filter(Boolean)) {
    const r = await database.transaction(actor, (tx) => answerQuestion(tx, q, { now: clock.now(), timeZone: 'UTC', currency: 'USD', pageSize: 50, actor } as never))
    const text = r.text.slice(0, 130).replaceAll('\n', ' / ')
    process.stdout.write(`> ${q}\n   ${r.kind} ${r.confidence} | ${text}\n   ${JSON.stringify((r.plan as { query?: unknown } | null)?.query ?? r.plan)?.slice(0, 420)}\n`)
  }
  await world.close()
})
