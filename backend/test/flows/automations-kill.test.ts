import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, inject, it, onTestFinished, vi } from 'vitest'
import { createRecordsService } from '#backend/modules/crm/index.ts'
import { createAutomationWorld, encryptionKey, startReceiver } from '../automations.ts'
import type { AutomationTask } from './automations-worker.ts'

const kills = Number(process.env.AUTOMATION_KILLS ?? 2)
const records = 40
const runs = 15

it('after kill -9 every event arrives, at least once and under one id, and every run ends with one mail', { timeout: 120_000 }, async () => {
  const { actor, automations, operations, clock, workspaceId, gold } = await createAutomationWorld()
  const receiver = await startReceiver()
  receiver.answer.delayMs = 15
  const service = createRecordsService({ operations, clock })
  await automations.webhooks.create(actor, { url: receiver.url, events: ['record.created'], description: '', enabled: true })
  const made: string[] = []
  for (let index = 0; index < records; index++) made.push(String((await service.createRecord(actor, 'contacts', { first_name: `Told ${index}` })).id))
  for (let index = 0; index < runs; index++) {
    const { id } = await automations.schedules.create(actor, { question: `question ${index}`, when: 'daily', deliver: 'email', enabled: true })
    await automations.schedules.run(actor, id)
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
  await Promise.all([start(), start()])
  for (let index = 0; index < kills; index++) {
    await sleep(40 + Math.random() * 200)
    const [victim] = children
    victim?.kill('SIGKILL')
    if (victim !== undefined) children.delete(victim)
    await start()
  }
  const open = async () => {
    const [row] = await gold<{ n: number }>(
      `select (select count(*) from webhook_deliveries where workspace_id = $1 and state = 'queued')::int
        + (select count(*) from schedule_runs where workspace_id = $1 and state in ('queued', 'running'))::int as n`,
    )
    return row?.n
  }
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
  expect(await gold('select count(*)::int as mails, count(distinct subject)::int as questions from email_outbox where workspace_id = $1')).toEqual([
    { mails: runs, questions: runs },
  ])
})
