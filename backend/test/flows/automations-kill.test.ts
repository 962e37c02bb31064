import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, inject, it, onTestFinished, vi } from 'vitest'
import { createRecordsService } from '#backend/modules/crm/index.ts'
import { createAutomationWorld, encryptionKey, startReceiver } from '../automations.ts'
import type { AutomationTask } from './automations-worker.ts'

/** `AUTOMATION_KILLS=50` for the whole figure. */
const kills = Number(process.env.AUTOMATION_KILLS ?? 2)
/** Begun before each kill. */
const recordsEach = 15
const questions = 6
const records = recordsEach * kills
const runs = questions * kills

it(`after ${kills} times kill -9 every event arrives, at least once and under one id, and every run ends with one mail`, {
  timeout: 120_000 + kills * 10_000,
}, async () => {
  const { actor, automations, operations, clock, workspaceId, gold } = await createAutomationWorld()
  const receiver = await startReceiver()
  receiver.answer.delayMs = 15
  const service = createRecordsService({ operations, clock })
  await automations.webhooks.create(actor, { url: receiver.url, events: ['record.created'], description: '', enabled: true })
  const schedules: string[] = []
  for (let index = 0; index < questions; index++) {
    const { id } = await automations.schedules.create(actor, { question: `question ${index}`, when: 'daily', deliver: 'email', enabled: true })
    schedules.push(id)
  }
  // What is asked for is all that runs: by the workers' clock, today's time of a daily question may just have been.
  await gold("update schedules set next_at = clock_timestamp() + interval '1 day' where workspace_id = $1")
  const made: string[] = []
  const begin = async (kill: number) => {
    for (let index = 0; index < recordsEach; index++)
      made.push(String((await service.createRecord(actor, 'contacts', { first_name: `Told ${kill}.${index}` })).id))
    for (const id of schedules) await automations.schedules.run(actor, id)
  }

  const children = new Set<ChildProcess>()
  onTestFinished(() => {
    for (const child of children) child.kill('SIGKILL')
  })
  const failures: string[] = []
  const start = async () => {
    const child = fork(fileURLToPath(new URL('automations-worker.ts', import.meta.url)), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    children.add(child)
    await once(child, 'message')
    child.on('message', ({ error }: { error: string }) => failures.push(error))
    child.send({ connectionString: inject('applicationUrl'), workspaceId, encryptionKey } satisfies AutomationTask)
  }
  const open = async () => {
    const [row] = await gold<{ n: number }>(
      `select (select count(*) from webhook_deliveries where workspace_id = $1 and state = 'queued')::int
        + (select count(*) from schedule_runs where workspace_id = $1 and state in ('queued', 'running'))::int as n`,
    )
    return row?.n
  }
  await Promise.all([start(), start()])
  let wasAtWork = 0
  for (let kill = 0; kill < kills; kill++) {
    await begin(kill)
    await sleep(Math.random() * 200)
    const victim = [...children][Math.floor(Math.random() * children.size)] as ChildProcess
    victim.kill('SIGKILL')
    children.delete(victim)
    if ((await open()) !== 0) wasAtWork++
    await start()
  }
  expect(wasAtWork).toBeGreaterThan(0)
  await vi.waitFor(async () => expect(await open()).toBe(0), { timeout: 60_000, interval: 100 })

  expect(failures).toEqual([])
  const told = receiver.received.map(({ body, headers }) => ({ record: (JSON.parse(body) as { data: { id: string } }).data.id, event: headers['webhook-id'] }))
  expect(new Set(told.map(({ record }) => record))).toEqual(new Set(made))
  expect(new Set(told.map(({ record, event }) => `${record} ${event}`)).size).toBe(records)
  expect(await gold('select state, count(*)::int as n from webhook_deliveries where workspace_id = $1 group by 1')).toEqual([
    { state: 'delivered', n: records },
  ])
  expect(await gold("select state, count(*)::int as n from schedule_runs where workspace_id = $1 and reason = 'asked' group by 1")).toEqual([
    { state: 'done', n: runs },
  ])
  expect(await gold('select subject, count(*)::int as n from email_outbox where workspace_id = $1 group by 1 order by 1')).toEqual(
    schedules.map((_, index) => ({ subject: `question ${index}`, n: kills })),
  )
  if (kills > 10) process.stdout.write(`${JSON.stringify({ kills, wasAtWork, events: told.length, records, runs })}\n`)
})
