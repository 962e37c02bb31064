import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#backend/kernel/actor.ts'
import { answerQuestion } from '#backend/modules/planner/index.ts'
import { createTestWorkspace, type TestWorkspace } from '../../harness.ts'
import { generateCalder } from '../calder/calder.ts'
import { asker } from '../calder/names.ts'
import { calderNow } from '../calder/timeline.ts'
import { loadFiles } from '../world-files.ts'
import { type GoldCommand, parseCommands } from './gold.ts'
import { judge, type Looks, type Verdict } from './judge.ts'

/** What sales people ask to be done, in English and in German, over a maker of laboratory instruments. */
describe('what is asked to be done', () => {
  let workspace: TestWorkspace
  let dana: Extract<Actor, { type: 'user' }>
  let looks: Looks

  beforeAll(async () => {
    workspace = await createTestWorkspace({ currency: 'USD' })
    dana = await workspace.member('manager', asker)
    await loadFiles(workspace.database, workspace.actor, generateCalder(), calderNow)
    const named = await workspace.gold<{ id: string; name: string }>(
      `select id, name from users where workspace_id = $1 union all select id, name from organisations where workspace_id = $1
       union all select id, name from contacts where workspace_id = $1 union all select id, name from leads where workspace_id = $1
       union all select id, name from opportunities where workspace_id = $1`,
    )
    const names = new Map(named.map(({ id, name }) => [id, name]))
    looks = {
      nameOf: (id) => names.get(id) ?? id,
      select: (sql, params) => workspace.gold(sql, [workspace.workspaceId, ...params]),
      asker: { name: asker, email: `${dana.userId}@example.com` },
    }
  }, 120_000)

  async function score(file: string) {
    const commands = parseCommands(await readFile(new URL(`./${file}`, import.meta.url), 'utf8'))
    const verdicts: { command: GoldCommand; verdict: Verdict; told: string }[] = []
    for (const command of commands) {
      const context = { now: calderNow, timeZone: 'UTC', actor: dana }
      const outcome = await workspace.database.transaction(dana, (tx) => answerQuestion(tx, command.ask, context), { readOnly: true })
      const told = `${outcome.kind}: ${outcome.text.slice(0, 160).replace(/\s+/g, ' ')} ${JSON.stringify((outcome.changes ?? []).slice(0, 3)).slice(0, 500)}`
      verdicts.push({ command, verdict: await judge(command, outcome, looks), told })
    }
    const of = (verdict: Verdict) => verdicts.filter((one) => one.verdict === verdict)
    const report = [...of('harmful'), ...of('missed')].map(
      ({ command, verdict, told }) => `${verdict} ${command.id} (${command.voice}): ${command.ask}\n    ${told}`,
    )
    return { asked: commands.length, right: of('right').length, harmful: of('harmful').length, report: report.join('\n') }
  }

  it.each([
    { file: 'first.jsonl', atLeast: 0.95 },
    { file: 'second.jsonl', atLeast: 0.95 },
    { file: 'third.jsonl', atLeast: 0.95 },
    { file: 'fourth.jsonl', atLeast: 0.8 },
  ])('is proposed as it was meant, and nothing else is: $file', { timeout: 300_000 }, async ({ file, atLeast }) => {
    const { asked, right, harmful, report } = await score(file)
    expect(harmful, report).toBe(0)
    expect(right / asked, report).toBeGreaterThanOrEqual(atLeast)
  })
})
