import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it, vi } from 'vitest'
import type { Proposal } from '#contracts/approvals.ts'
import type { Schedule, ScheduleRun, Webhook } from '#contracts/automations.ts'
import type { OutboxMail } from '#contracts/email.ts'
import type { WorkflowRun } from '#contracts/workflows.ts'
import { addPeople } from '../../perf/people.ts'
import { startReceiver } from '../automations.ts'
import { removeFolder, scratchFolder } from '../server-process.ts'
import { startTwoWorkers, type TwoWorkers, victimOf } from './two-workers.ts'

/**
 * `WORKFLOW_KILLS=50` for the whole figure. What a worker held when it was killed is taken by others after a minute at most, longer than the gate
 * has: there two workers do the work of one beside each other, and automations-kill.test.ts kills processes that wait less.
 */
const kills = Number(process.env.WORKFLOW_KILLS ?? 0)
/** Of each kind, begun before every kill. */
const atOnce = 4
const patience = { timeout: 180_000, interval: 2000 }

let site: TwoWorkers | undefined
/** Of somebody who has an address to which answers are mailed. */
let personKey: string
let folder: string
afterEach(async () => {
  await site?.remove()
  await removeFolder(folder)
})

async function call<T>(path: string, body?: unknown): Promise<T> {
  const headers = path.startsWith('/api/automations/schedules') ? { authorization: `Bearer ${personKey}` } : {}
  const response = await (site as TwoWorkers).fetch(path, { headers, ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

/** All of a list, page by page. */
async function all<T>(path: string): Promise<T[]> {
  const items: T[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: T[]; nextCursor: string | null } = await call(
      `${path}${path.includes('?') ? '&' : '?'}limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
    )
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return items
}

interface Acknowledged {
  /** Ids of contacts, of whose making the webhook is told. */
  contacts: string[]
  /** E-mails, of whose senders a workflow is to make leads; undefined where nobody said that it had begun. */
  workflows: { emailId: string; runId: string | undefined }[]
  /** Questions whose answer is to be mailed, and which runs of them. */
  schedules: { id: string; question: string; runs: string[] }[]
}

/** Begins work of each kind; what is not answered because somebody was killed is not acknowledged. */
function begin(kill: number, acknowledged: Acknowledged): Promise<unknown> {
  const acknowledgedOr = async <T>(work: Promise<T>): Promise<T | undefined> => work.catch(() => undefined)
  const one = async (index: number) => {
    const name = `${kill}x${index}`
    const contact = await acknowledgedOr(call<{ id: string }>('/api/crm/contacts', { first_name: `Told ${name}` }))
    if (contact !== undefined) acknowledged.contacts.push(contact.id)
    const mail = { from: `new.person${name}@sender${name}.example`, subject: `Offer ${name}`, body: 'Please send an offer.', direction: 'inbound' }
    const email = await acknowledgedOr(call<{ id: string }>('/api/crm/emails', mail))
    if (email !== undefined) {
      const run = await acknowledgedOr(call<WorkflowRun>('/api/workflows', { name: 'new_lead_mail', emailId: email.id }))
      acknowledged.workflows.push({ emailId: email.id, runId: run?.id })
    }
    const schedule = acknowledged.schedules[index] as Acknowledged['schedules'][number]
    const run = await acknowledgedOr(call<ScheduleRun>(`/api/automations/schedules/${schedule.id}/run`, {}))
    if (run !== undefined) schedule.runs.push(run.id)
  }
  return Promise.all(Array.from({ length: atOnce }, (_, index) => one(index)))
}

it(`workflows, scheduled questions and webhooks end once each, when a worker or everything is killed ${kills} times`, {
  timeout: 300_000 + kills * 60_000,
}, async () => {
  folder = await scratchFolder()
  const receiver = await startReceiver()
  receiver.answer.delayMs = 15
  site = await startTwoWorkers(folder, { WEBHOOK_ALLOW_PRIVATE: 'true' })
  personKey = (await addPeople({ DATA_DIR: folder }, 1))[0] as string
  await call('/api/automations/webhooks', { url: receiver.url, events: ['record.created'] })
  const acknowledged: Acknowledged = { contacts: [], workflows: [], schedules: [] }
  for (let index = 0; index < atOnce; index++) {
    const question = `how many contacts are called Told ${index}?`
    // Asked by hand alone, whatever the time of day.
    const { id } = await call<Schedule>('/api/automations/schedules', { question, when: 'daily', deliver: 'email', enabled: false })
    acknowledged.schedules.push({ id, question, runs: [] })
  }
  for (let kill = 0; kill < kills; kill++) {
    const beginning = begin(kill, acknowledged)
    await sleep(Math.random() * 600)
    await site.kill(victimOf(kill))
    await beginning
    await site.mend()
  }
  await begin(kills, acknowledged)

  // Who was not told that a workflow had begun begins it again: it is the same one.
  const runs = await Promise.all(
    acknowledged.workflows.map(async ({ emailId, runId }) => {
      const { id } = await call<WorkflowRun>('/api/workflows', { name: 'new_lead_mail', emailId })
      if (runId !== undefined) expect(id).toBe(runId)
      return { emailId, id }
    }),
  )
  await vi.waitFor(async () => {
    const [{ items: webhooks }, workflows, schedules] = await Promise.all([
      call<{ items: Webhook[] }>('/api/automations/webhooks'),
      Promise.all(runs.map(({ id }) => call<WorkflowRun>(`/api/workflows/${id}`))),
      Promise.all(acknowledged.schedules.map(({ id }) => all<ScheduleRun>(`/api/automations/schedules/${id}/runs`))),
    ])
    const openRuns = schedules.flat().filter(({ state }) => state === 'queued' || state === 'running').length
    const openWorkflows = workflows.filter(({ status }) => status === 'running').length
    expect({ pending: webhooks.map(({ pending }) => pending), openRuns, openWorkflows }).toEqual({ pending: [0], openRuns: 0, openWorkflows: 0 })
  }, patience)

  const told = receiver.received.map(({ body, headers }) => ({
    record: (JSON.parse(body) as { data: { id: string } }).data.id,
    event: headers['webhook-id'],
  }))
  const records = new Set(told.map(({ record }) => record))
  expect(acknowledged.contacts.filter((id) => !records.has(id))).toEqual([])
  expect(new Set(told.map(({ record, event }) => `${record} ${event}`)).size).toBe(records.size)

  const proposals = await all<Proposal>('/api/approvals')
  for (const { emailId, id } of runs) {
    const run = await call<WorkflowRun>(`/api/workflows/${id}`)
    expect(run).toMatchObject({ status: 'done', error: null })
    expect(run.steps.map(({ agent }) => agent)).toEqual(['email', 'sales', 'crm'])
    const made = proposals.filter(({ source }) => source.recordId === emailId)
    expect(made.map(({ batchId, status }) => [batchId, status])).toEqual([
      [run.batchId, 'pending'],
      [run.batchId, 'pending'],
    ])
  }

  const mails = await all<OutboxMail>('/api/email/outbox')
  for (const { id: scheduleId, question, runs: begun } of acknowledged.schedules) {
    // Some may have begun of which nobody was told.
    const asked = await all<ScheduleRun>(`/api/automations/schedules/${scheduleId}/runs`)
    expect(asked.filter(({ state }) => state !== 'done').map(({ state, error }) => [state, error])).toEqual([])
    const known = new Set(asked.map(({ id }) => id))
    expect(begun.filter((id) => !known.has(id))).toEqual([])
    expect(mails.filter(({ subject }) => subject === question)).toHaveLength(asked.length)
  }
  expect(await site.stop()).toBe(0)
  const { contacts, workflows, schedules } = acknowledged
  const figures = {
    kills,
    contactsTold: contacts.length,
    deliveries: told.length,
    workflows: workflows.length,
    workflowsAcknowledged: workflows.filter(({ runId }) => runId !== undefined).length,
    scheduledQuestions: schedules.reduce((sum, { runs: begun }) => sum + begun.length, 0),
  }
  if (kills > 10) process.stdout.write(`${JSON.stringify(figures)}\n`)
})
