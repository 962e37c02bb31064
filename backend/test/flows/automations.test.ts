import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Proposal } from '#contracts/approvals.ts'
import type { DeliveryList, MadeWebhook, Schedule } from '#contracts/automations.ts'
import type { ChatAnswer } from '#contracts/chat.ts'
import { createTestApp, type TestApp } from '../app.ts'
import { startReceiver } from '../automations.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp({ env: { WEBHOOK_ALLOW_PRIVATE: 'true' } })
})
afterAll(() => app.close())

const schedulesPath = '/api/automations/schedules'
const schedules = async () => ((await app.request('GET', schedulesPath)).body as { items: Schedule[] }).items

describe('schedules over HTTP', () => {
  it('ask in a conversation of their person and put the answer into the outbox', async () => {
    const made = await app.request('POST', schedulesPath, {
      question: 'how many contacts are there?',
      when: 'weekdays at 9',
      timeZone: 'Europe/Berlin',
      deliver: 'email',
    })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    const { id } = made.body as Schedule
    expect((await app.request('POST', `${schedulesPath}/${id}/run`)).status).toBe(202)
    await app.app.services.automations.tick(app.workspaceId)
    const { items } = (await app.request('GET', `${schedulesPath}/${id}/runs`)).body as {
      items: { state: string; sessionId: string; mailId: string; answer: string }[]
    }
    expect(items).toMatchObject([{ state: 'done', reason: 'asked' }])
    const messages = (await app.request('GET', `/api/sessions/${items[0]?.sessionId}/messages`)).body as { items: { text: string }[] }
    expect(messages.items.map(({ text }) => text)).toEqual(['how many contacts are there?', items[0]?.answer])
    const outbox = (await app.request('GET', '/api/email/outbox')).body as { items: { id: string; subject: string; text: string }[] }
    expect(outbox.items).toMatchObject([
      { id: items[0]?.mailId, subject: 'how many contacts are there?', text: expect.stringContaining(items[0]?.answer ?? '-') },
    ])
    expect((await app.request('PATCH', `${schedulesPath}/${id}`, { enabled: false })).body).toMatchObject({ enabled: false, nextAt: null, upcoming: [] })
    expect((await app.request('DELETE', `${schedulesPath}/${id}`)).status).toBe(204)
    expect(await schedules()).toEqual([])
  })

  it('refuse what is no schedule', async () => {
    for (const body of [
      {},
      { question: 'x y' },
      { question: 'x y', when: 'sometimes' },
      { question: 'x y', when: '* * * * *' },
      { question: 'x y', when: 'daily', timeZone: 'Mars' },
    ])
      expect((await app.request('POST', schedulesPath, body)).status, JSON.stringify(body)).toBe(400)
  })

  it('are asked for in chat, made when somebody approves, and taken back', async () => {
    const { parts } = (await app.request('POST', '/api/chat', { message: 'Every Monday at 8 send me the pipeline status' })).body as ChatAnswer
    const batch = parts.find((part) => part.type === 'data-proposals')?.data as { proposals: Proposal[] }
    expect(batch.proposals).toMatchObject([{ tool: 'schedules.create', status: 'pending', title: 'Ask "pipeline status" Every Monday at 8' }])
    expect(await schedules()).toEqual([])
    const { id } = batch.proposals[0] as Proposal
    expect((await app.request('POST', `/api/approvals/${id}`, { decision: 'approve' })).body).toMatchObject({ status: 'approved' })
    expect(await schedules()).toMatchObject([{ question: 'pipeline status', cron: '0 8 * * 1', deliver: 'chat', enabled: true }])
    expect((await app.request('POST', `/api/approvals/${id}/undo`)).body).toMatchObject({ status: 'undone' })
    expect(await schedules()).toEqual([])
  })
})

describe('webhooks over HTTP', () => {
  it('tell of proposals, records, answers and schedules, and show what was answered', async () => {
    const receiver = await startReceiver()
    const events = ['proposal.created', 'proposal.approved', 'record.created', 'answer.finished', 'schedule.finished']
    const made = await app.request('POST', '/api/automations/webhooks', { url: receiver.url, events })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    const { id } = made.body as MadeWebhook
    await app.request('POST', '/api/crm/contacts', { first_name: 'Ada' })
    const { body } = await app.request('POST', '/api/approvals', {
      calls: [{ tool: 'records.create', input: { entity: 'contacts', values: { first_name: 'Bob' } } }],
    })
    const [proposal] = (body as { proposals: Proposal[] }).proposals
    await app.request('POST', `/api/approvals/${proposal?.id}`, { decision: 'approve' })
    await app.request('POST', '/api/chat', { message: 'how many contacts are there?' })
    const schedule = (await app.request('POST', schedulesPath, { question: 'how many contacts are there?', when: 'daily', deliver: 'webhook' }))
      .body as Schedule
    await app.request('POST', `${schedulesPath}/${schedule.id}/run`)
    await app.app.services.automations.tick(app.workspaceId)
    await app.app.services.automations.tick(app.workspaceId)
    const told = receiver.received.map(({ body: text }) => JSON.parse(text) as { type: string; data: Record<string, unknown> })
    expect(told.map(({ type }) => type).sort()).toEqual(
      ['record.created', 'proposal.created', 'proposal.approved', 'record.created', 'answer.finished', 'answer.finished', 'schedule.finished'].sort(),
    )
    expect(told.find(({ type }) => type === 'schedule.finished')?.data).toMatchObject({
      scheduleId: schedule.id,
      status: 'done',
      answer: expect.stringContaining('2'),
    })
    expect(told.find(({ type }) => type === 'answer.finished')?.data).toEqual({
      sessionId: expect.any(String),
      messageId: expect.any(String),
      agent: 'crm',
      status: 'done',
    })
    const deliveries = (await app.request('GET', `/api/automations/webhooks/${id}/deliveries?limit=3`)).body as DeliveryList
    expect(deliveries).toMatchObject({ total: 7, items: [{ state: 'delivered', status: 200 }, {}, {}] })
    const next = (await app.request('GET', `/api/automations/webhooks/${id}/deliveries?limit=10&cursor=${deliveries.nextCursor}`)).body as DeliveryList
    expect(next.items).toHaveLength(4)
    expect((await app.request('POST', `/api/automations/webhooks/${id}/deliveries/${deliveries.items[0]?.id}/replay`)).status).toBe(202)
    await app.app.services.automations.tick(app.workspaceId)
    expect(receiver.received).toHaveLength(8)
    expect((await app.request('DELETE', `/api/automations/webhooks/${id}`)).status).toBe(204)
  })
})
