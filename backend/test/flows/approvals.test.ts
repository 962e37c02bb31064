import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApprovalPolicy, Proposal } from '#contracts/approvals.ts'
import { createTestApp, type TestApp } from '../app.ts'

let app: TestApp

beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

async function call<T>(method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown): Promise<{ status: number; body: T }> {
  const { status, body: answer } = await app.request(method, url, body)
  return { status, body: answer as T }
}
const task = (title: string) => ({ tool: 'records.create', input: { entity: 'tasks', values: { title } } })

describe('/api/approvals', () => {
  it('takes a change from proposal to undo', async () => {
    const asked = await call<{ batchId: string; proposals: Proposal[] }>('POST', '/api/approvals', { calls: [task('Over HTTP'), task('Second')] })
    expect(asked.status).toBe(201)
    expect(asked.body.proposals).toMatchObject([
      {
        tool: 'records.create',
        status: 'pending',
        source: { kind: 'api' },
        untrusted: false,
        requestedBy: { agent: null },
        changes: expect.arrayContaining(['title']),
      },
      { position: 1 },
    ])
    const [first, second] = asked.body.proposals as [Proposal, Proposal]
    const pending = await call<{ items: Proposal[]; total: number }>('GET', '/api/approvals?status=pending')
    expect(pending.body).toMatchObject({ total: 2, items: [{ id: first.id }, { id: second.id }] })
    const approved = await call<Proposal>('POST', `/api/approvals/${first.id}`, { decision: 'approve' })
    expect(approved).toMatchObject({ status: 200, body: { status: 'approved', decidedBy: { policyId: null } } })
    expect(await call('GET', `/api/crm/tasks/${approved.body.recordId}`)).toMatchObject({ status: 200, body: { title: 'Over HTTP' } })
    expect(await call('POST', `/api/approvals/${first.id}`, { decision: 'reject' })).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } })
    expect(await call('POST', `/api/approvals/${second.id}/undo`)).toMatchObject({ status: 409 })
    expect(await call('POST', `/api/approvals/${first.id}/undo`)).toMatchObject({ status: 200, body: { status: 'undone' } })
    expect(await call('GET', `/api/crm/tasks/${approved.body.recordId}`)).toMatchObject({ status: 404 })
    expect(await call('POST', `/api/approvals/batches/${asked.body.batchId}`, { decision: 'reject', note: 'Not needed' })).toMatchObject({
      status: 200,
      body: { proposals: [{ status: 'undone' }, { status: 'rejected' }] },
    })
    expect(await call('GET', `/api/approvals/${second.id}`)).toMatchObject({ status: 200, body: { status: 'rejected' } })
  })

  it('refuses nonsense with 400 and what is not there with 404', async () => {
    const id = '01a00000-0000-7000-8000-000000000000'
    for (const body of [
      {},
      { calls: [] },
      { calls: [{ tool: 'x'.repeat(100), input: {} }] },
      { calls: [task('')] },
      { calls: [{ tool: 'records.create' }] },
      { calls: [task('x')], extra: 1 },
    ])
      expect(await call('POST', '/api/approvals', body), JSON.stringify(body)).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION' } } })
    for (const body of [{}, { decision: 'maybe' }, { decision: 'approve', extra: 1 }])
      expect((await call('POST', `/api/approvals/${id}`, body)).status).toBe(400)
    for (const path of [`/${id}`, '/nonsense', `/batches/${id}`])
      expect((await call('POST', `/api/approvals${path}`, { decision: 'approve' })).status, path).toBe(404)
    for (const path of [`/${id}/undo`, '/nonsense/undo', `/batches/${id}/undo`, '/batches/nonsense/undo'])
      expect((await call('POST', `/api/approvals${path}`)).status, path).toBe(404)
    for (const path of [`/${id}`, '/nonsense']) expect((await call('GET', `/api/approvals${path}`)).status, path).toBe(404)
    for (const query of ['status=nonsense', 'limit=0', 'limit=1000', 'cursor=nonsense', 'batchId=1'])
      expect((await call('GET', `/api/approvals?${query}`)).status, query).toBe(400)
  })

  it('keeps one batch under one idempotency key', async () => {
    const ask = () =>
      app.server.inject({
        method: 'POST',
        url: '/api/approvals',
        headers: { authorization: `Bearer ${'test-admin-key-test-admin-key-test-admin-key'}`, 'idempotency-key': 'k1' },
        payload: { calls: [task('Keyed')] },
      })
    const answers = await Promise.all([ask(), ask(), ask()])
    expect(new Set(answers.map((answer) => answer.json().batchId)).size).toBe(1)
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201])
  })

  it('approves by policy until it is revoked', async () => {
    const made = await call<ApprovalPolicy>('POST', '/api/approvals/policies', { tool: 'records.create', mode: 'auto' })
    expect(made).toMatchObject({ status: 201, body: { role: null, limit: null, revokedAt: null } })
    expect((await call('POST', '/api/approvals', { calls: [task('By policy')] })).body).toMatchObject({
      proposals: [{ status: 'approved', decidedBy: { policyId: made.body.id } }],
    })
    const told = () => call<{ text: string }>('POST', '/api/chat', { message: 'Add a task "Ring the plumber" for tomorrow' })
    expect((await told()).body.text).toMatch(/It is done: a policy allows it without asking\.$/)
    expect((await call('DELETE', `/api/approvals/policies/${made.body.id}`)).status).toBe(204)
    expect((await told()).body.text).toMatch(/It waits for your approval\.$/)
    expect((await call('DELETE', `/api/approvals/policies/${made.body.id}`)).status).toBe(404)
    expect((await call('POST', '/api/approvals', { calls: [task('Asked again')] })).body).toMatchObject({ proposals: [{ status: 'pending' }] })
    expect((await call<{ items: unknown[] }>('GET', '/api/approvals/policies')).body.items).toEqual([])
    expect((await call<{ items: unknown[] }>('GET', '/api/approvals/policies?history=true')).body.items).toHaveLength(1)
    for (const body of [
      { tool: 'records.create' },
      { tool: 'nonsense', mode: 'auto' },
      { tool: '*', mode: 'askAbove' },
      { tool: '*', mode: 'askAbove', limit: '-1', currency: 'USD' },
    ])
      expect((await call('POST', '/api/approvals/policies', body)).status, JSON.stringify(body)).toBe(400)
  })

  it('sends a change to Insightly once, and its undo as well', async () => {
    await app.gold(
      `insert into insightly_connections (workspace_id, url, key_source, connected_at) values ($1, 'https://api.na1.insightly.com/v3.1', 'workspace', now())`,
    )
    const { id } = (await call<{ id: string }>('POST', '/api/crm/contacts', { first_name: 'Mirrored', phone: '1' })).body
    const outbox = () =>
      app.gold<{ operation: string; after: unknown }>('select operation, after from insightly_outbox where workspace_id = $1 and record_id = $2 order by id', [
        app.workspaceId,
        id,
      ])
    const { proposals } = (
      await call<{ proposals: Proposal[] }>('POST', '/api/approvals', {
        calls: [{ tool: 'records.update', input: { entity: 'contacts', id, values: { phone: '2' } } }],
      })
    ).body
    expect(await outbox()).toMatchObject([{ operation: 'create' }])
    await Promise.all([1, 2, 3].map(() => call('POST', `/api/approvals/${proposals[0]?.id}`, { decision: 'approve' })))
    expect(await outbox()).toMatchObject([{ operation: 'create' }, { operation: 'update', after: { phone: '2' } }])
    await call('POST', `/api/approvals/${proposals[0]?.id}/undo`)
    expect(await outbox()).toMatchObject([{ operation: 'create' }, { operation: 'update' }, { operation: 'update', after: { phone: '1' } }])
    await app.gold('delete from insightly_connections where workspace_id = $1')
  })

  it('forgets a person who is erased', async () => {
    const { id } = (
      await call<{ id: string }>('POST', '/api/crm/contacts', {
        first_name: 'Wilhelmina',
        last_name: 'Vergeten',
        email: 'wilhelmina@example.com',
        title: 'Boss',
      })
    ).body
    const values = { title: 'Chief' }
    const calls = [
      { tool: 'records.update', input: { entity: 'contacts', id, values } },
      { tool: 'emails.send', input: { to: ['wilhelmina@example.com'], subject: 'Dear Wilhelmina Vergeten', body: 'Hello Wilhelmina Vergeten' } },
    ]
    const asked = (await call<{ batchId: string }>('POST', '/api/approvals', { calls, source: { text: 'Write to wilhelmina@example.com' } })).body
    await call('POST', `/api/approvals/batches/${asked.batchId}`, { decision: 'approve' })
    const mentions = () =>
      app.gold<{ n: number }>(
        `select (select count(*) from proposals p where workspace_id = $1 and to_jsonb(p)::text ~* 'wilhelmina.{0,3}vergeten|wilhelmina@|"first_name": *"wilhelmina')::int + (select count(*) from change_rows c where workspace_id = $1
          and to_jsonb(c)::text ~* 'wilhelmina.{0,3}vergeten|wilhelmina@|"first_name": *"wilhelmina')::int + (select count(*) from email_outbox o where workspace_id = $1 and to_jsonb(o)::text ~* 'wilhelmina.{0,3}vergeten|wilhelmina@|"first_name": *"wilhelmina')::int as n`,
      )
    expect((await mentions())[0]?.n).toBeGreaterThan(3)
    expect((await call('POST', '/api/privacy/erase', { email: 'wilhelmina@example.com' })).status).toBe(200)
    expect(await mentions()).toEqual([{ n: 0 }])
    expect((await call('GET', `/api/approvals?batchId=${asked.batchId}`)).status).toBe(200)
  })

  it('moves a deal to a stage by its name alone', async () => {
    await call('POST', '/api/crm/pipelines', { name: 'Sales', stages: ['First', 'Second', 'Won'] })
    const { id } = (await call<{ id: string }>('POST', '/api/crm/opportunities', { name: 'Deal', pipeline: 'Sales', stage: 'First' })).body
    expect((await app.request('PATCH', `/api/crm/opportunities/${id}`, { pipeline: 'Sales', stage: 'Second' })) as object).toMatchObject({
      status: 200,
      body: { stage: 'Second', state: 'open' },
    })
    expect((await app.request('PATCH', `/api/crm/opportunities/${id}`, { pipeline: 'Sales', stage: 'Won' })) as object).toMatchObject({
      status: 200,
      body: { stage: 'Won', state: 'won' },
    })
  })
})

describe('/api/email', () => {
  it('lists imported e-mails and what is approved for sending', async () => {
    const imported = await app.server.inject({
      method: 'POST',
      url: '/api/crm/import?entity=emails',
      headers: { authorization: 'Bearer test-admin-key-test-admin-key-test-admin-key', 'content-type': 'text/csv' },
      payload: 'from,to,subject,body,sent_at,direction,external_id\nann@example.com,me@ours.example,Question,How much?,2026-02-03T04:05:06Z,inbound,m-1\n',
    })
    expect(imported.json()).toMatchObject({ created: 1 })
    const { body } = await call<{ items: { id: string }[] }>('GET', '/api/email/messages?status=pending')
    expect(body).toMatchObject({
      total: 1,
      items: [
        {
          from: 'ann@example.com',
          to: ['me@ours.example'],
          subject: 'Question',
          text: 'How much?',
          sentAt: '2026-02-03T04:05:06.000Z',
          direction: 'inbound',
          status: 'pending',
          externalId: 'm-1',
        },
      ],
    })
    const emailId = body.items[0]?.id ?? ''
    expect(await call('GET', `/api/email/messages/${emailId}`)).toMatchObject({ status: 200, body: { id: emailId } })
    const { proposals } = (
      await call<{ proposals: Proposal[] }>('POST', '/api/approvals', { calls: [{ tool: 'emails.reply', input: { emailId, body: 'Ten.' } }] })
    ).body
    expect((await call<{ items: { emailId: string }[] }>('GET', '/api/email/outbox')).body.items.filter((mail) => mail.emailId === emailId)).toEqual([])
    await call('POST', `/api/approvals/${proposals[0]?.id}`, { decision: 'approve' })
    expect((await call('GET', '/api/email/outbox?status=queued')).body).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ kind: 'reply', to: ['ann@example.com'], subject: 'Re: Question', emailId, proposalId: proposals[0]?.id }),
      ]),
    })
    for (const path of ['messages?status=nonsense', 'messages?cursor=x', 'outbox?status=lost', 'outbox?cursor=x'])
      expect((await call('GET', `/api/email/${path}`)).status, path).toBe(400)
    for (const id of ['nonsense', '01a00000-0000-7000-8000-000000000000']) expect((await call('GET', `/api/email/messages/${id}`)).status).toBe(404)
  })
})
