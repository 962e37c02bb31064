import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sql } from '#backend/infra/database/database.ts'
import { createOutgoing } from '#backend/infra/http-client/outgoing.ts'
import { createRecordsService } from '#backend/modules/crm/index.ts'
import { createAutomationWorld, startReceiver } from '../../../../test/automations.ts'

const all = ['record.created', 'record.updated', 'record.deleted'] as const

async function createWorld() {
  const world = await createAutomationWorld()
  const receiver = await startReceiver()
  const { operations, clock } = world
  return { ...world, receiver, records: createRecordsService({ operations, clock }), events: () => receiver.received.map(({ body }) => JSON.parse(body)) }
}
const hook = (url: string, more: object = {}) => ({ url, events: [...all], description: '', enabled: true, ...more })

describe('webhooks', () => {
  it('are told of what happens to records: what, which and which fields, not what is in them', async () => {
    const { actor, automations, records, receiver, events, workspaceId } = await createWorld()
    const made = await automations.webhooks.create(actor, hook(receiver.url))
    expect(made.secret).toMatch(/^whsec_/)
    const { id } = await records.createRecord(actor, 'contacts', { first_name: 'Ada', last_name: 'Zebra', email: 'ada@zebra.example' })
    await records.updateRecord(actor, 'contacts', String(id), { title: 'Boss' })
    await records.deleteRecord(actor, 'contacts', String(id))
    await automations.tick()
    const told = events()
    expect(told.map(({ type, data }) => [type, data])).toEqual([
      ['record.created', { entity: 'contacts', id }],
      ['record.updated', { entity: 'contacts', id, changed: ['title'] }],
      ['record.deleted', { entity: 'contacts', id }],
    ])
    expect(told.every((event) => event.workspaceId === workspaceId && !Number.isNaN(Date.parse(event.timestamp)))).toBe(true)
    expect(receiver.received.map(({ body }) => body).join()).not.toMatch(/Zebra|Boss/)
    for (const { headers, body } of receiver.received) {
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
      const key = Buffer.from(made.secret.replace('whsec_', ''), 'base64')
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
      expect(headers['webhook-id']).toBe(JSON.parse(body).id)
    }
    const { items, total } = await automations.webhooks.deliveries(actor, made.id, { limit: 2 })
    expect(total).toBe(3)
    expect(items[0]).toMatchObject({ type: 'record.deleted', state: 'delivered', status: 200, response: 'ok', attempts: 1, error: null })
  })

  it('are told of quotes and their lines too', async () => {
    const { actor, automations, records, receiver, events } = await createWorld()
    await automations.webhooks.create(actor, hook(receiver.url))
    const { id } = await records.createRecord(actor, 'quotes', { name: 'Roof' })
    const line = await records.createRecord(actor, 'quote_lines', { quote_id: id, quantity: 1 })
    await records.updateRecord(actor, 'quotes', id, { status: 'Sent' })
    await records.deleteRecord(actor, 'quote_lines', line.id)
    await automations.tick()
    expect(events().map(({ type, data }) => [type, data])).toEqual([
      ['record.created', { entity: 'quotes', id }],
      ['record.created', { entity: 'quote_lines', id: line.id }],
      ['record.updated', { entity: 'quotes', id, changed: ['status'] }],
      ['record.deleted', { entity: 'quote_lines', id: line.id }],
    ])
  })

  it('hear nothing of what was taken back, nor of what they do not want, nor while they are off', async () => {
    const { actor, automations, records, database, receiver, gold, workspaceId } = await createWorld()
    const { id } = await automations.webhooks.create(actor, hook(receiver.url, { events: ['record.deleted'] }))
    await records.createRecord(actor, 'contacts', { first_name: 'Ada' })
    await automations.webhooks.change(actor, id, { events: [...all] })
    await expect(
      database.transaction(actor, async (tx) => {
        await tx.query(
          sql`insert into organisations (workspace_id, id, name, created_at, updated_at) values (${tx.workspaceId}, gen_random_uuid(), 'x', now(), now())`,
        )
        throw new Error('taken back')
      }),
    ).rejects.toThrow('taken back')
    await automations.webhooks.change(actor, id, { enabled: false })
    await records.createRecord(actor, 'contacts', { first_name: 'Bob' })
    await automations.tick()
    expect(receiver.received).toEqual([])
    expect(await gold('select 1 from webhook_events where workspace_id = $1', [workspaceId])).toEqual([])
  })

  it('are told again under the same id until they say 2xx, and once more when somebody asks', async () => {
    const { actor, automations, records, receiver, later } = await createWorld()
    const { id } = await automations.webhooks.create(actor, hook(receiver.url))
    receiver.answer.status = 500
    receiver.answer.text = 'x'.repeat(5000)
    await records.createRecord(actor, 'contacts', { first_name: 'Ada' })
    await automations.tick()
    const [failed] = (await automations.webhooks.deliveries(actor, id, { limit: 5 })).items
    expect(failed).toMatchObject({ state: 'queued', status: 500, error: 'It answered 500.', attempts: 1 })
    expect(failed?.response).toHaveLength(1000)
    expect((await automations.webhooks.list(actor))[0]).toMatchObject({ pending: 1, failingSince: expect.any(String) })
    Object.assign(receiver.answer, { status: 204, text: '' })
    await later()
    await automations.tick()
    expect((await automations.webhooks.list(actor))[0]).toMatchObject({ pending: 0, failingSince: null })
    const [done] = (await automations.webhooks.deliveries(actor, id, { limit: 5 })).items
    expect(done).toMatchObject({ state: 'delivered', attempts: 2 })
    await automations.webhooks.replay(actor, id, done?.id ?? '')
    await automations.tick()
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([done?.eventId]))
    expect(receiver.received).toHaveLength(3)
    expect((await automations.webhooks.deliveries(actor, id, { limit: 5 })).total).toBe(2)
  })

  it('are given up on after a day, and switched off after three or when they say 410', async () => {
    const { actor, automations, records, receiver, gold, workspaceId } = await createWorld()
    const { id } = await automations.webhooks.create(actor, hook(receiver.url))
    receiver.answer.status = 500
    await records.createRecord(actor, 'contacts', { first_name: 'Ada' })
    await gold("update webhook_deliveries set created_at = created_at - interval '25 hours' where workspace_id = $1", [workspaceId])
    await automations.tick()
    expect((await automations.webhooks.deliveries(actor, id, { limit: 5 })).items).toMatchObject([{ state: 'failed', nextAt: null }])
    expect((await automations.webhooks.list(actor))[0]?.enabled).toBe(true)
    await gold("update webhooks set failing_since = now() - interval '73 hours' where workspace_id = $1", [workspaceId])
    await records.createRecord(actor, 'contacts', { first_name: 'Bob' })
    await automations.tick()
    expect((await automations.webhooks.list(actor))[0]).toMatchObject({ enabled: false, pending: 0, disabledReason: expect.stringContaining('three days') })
    expect(await automations.webhooks.change(actor, id, { enabled: true })).toMatchObject({ disabledReason: null, failingSince: null })
    receiver.answer.status = 410
    await records.createRecord(actor, 'contacts', { first_name: 'Cleo' })
    await automations.tick()
    expect((await automations.webhooks.list(actor))[0]).toMatchObject({ enabled: false, disabledReason: expect.stringContaining('410') })
  })

  it('do not wait for each other: one that dawdles or answers too much costs its own time', async () => {
    const { actor, build, records, receiver } = await createWorld()
    const automations = build({ outgoing: createOutgoing({ allowed: ['127.0.0.1'], timeoutMs: 300, maxBytes: 2000 }) })
    const slow = await startReceiver()
    slow.answer.delayMs = 30_000
    const loud = await startReceiver()
    loud.answer.text = 'x'.repeat(100_000)
    const ids = []
    for (const { url } of [slow, loud, receiver]) ids.push((await automations.webhooks.create(actor, hook(url))).id)
    await records.createRecord(actor, 'contacts', { first_name: 'Ada' })
    await automations.tick()
    const states = []
    for (const id of ids) states.push((await automations.webhooks.deliveries(actor, id, { limit: 1 })).items[0])
    expect(states).toMatchObject([{ state: 'queued', error: expect.stringContaining('300 ms') }, { state: 'queued', status: null }, { state: 'delivered' }])
  })

  it('lead nowhere inside, by name, number or redirect', async () => {
    const { actor, build, receiver, records } = await createWorld()
    const guarded = build({ outgoing: createOutgoing({ allowed: [], timeoutMs: 1000, maxBytes: 1000 }), allowHttp: false })
    for (const url of [
      'https://127.0.0.1/',
      'https://localhost/',
      'https://10.0.0.8/',
      'https://169.254.169.254/latest/meta-data/',
      'https://[::1]/',
      'https://2130706433/',
      'http://example.com/',
      'https://u:p@example.com/',
    ])
      await expect(guarded.webhooks.create(actor, hook(url)), url).rejects.toMatchObject({ code: 'VALIDATION' })
    const trap = await startReceiver()
    const redirecting = await startReceiver()
    Object.assign(redirecting.answer, { status: 302, location: trap.url })
    const automations = build()
    const { id } = await automations.webhooks.create(actor, hook(redirecting.url))
    await records.createRecord(actor, 'contacts', { first_name: 'Ada' })
    await automations.tick()
    expect((await automations.webhooks.deliveries(actor, id, { limit: 1 })).items[0]).toMatchObject({
      state: 'queued',
      error: expect.stringContaining('redirects'),
    })
    expect(trap.received.every(({ headers }) => headers['webhook-signature'] === undefined)).toBe(true)
    expect(receiver.received).toEqual([])
  })

  it('are for owners and admins, and their secrets are encrypted and shown once', async () => {
    const { actor, member, automations, receiver, gold, workspaceId } = await createWorld()
    for (const role of ['manager', 'rep', 'viewer'] as const)
      await expect(automations.webhooks.create(await member(role), hook(receiver.url))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const { id, secret } = await automations.webhooks.create(actor, hook(receiver.url))
    expect(JSON.stringify(await automations.webhooks.list(actor))).not.toContain(secret)
    const [stored] = await gold<{ value: string }>("select value from secrets where workspace_id = $1 and purpose = 'webhook'", [workspaceId])
    expect(stored?.value).not.toContain(secret.slice(8, 30))
    const changed = await automations.webhooks.change(actor, id, { newSecret: true })
    expect(changed.secret).toMatch(/^whsec_/)
    expect(changed.secret).not.toBe(secret)
    await automations.webhooks.delete(actor, id)
    expect(await gold("select 1 from secrets where workspace_id = $1 and purpose = 'webhook'", [workspaceId])).toEqual([])
  })

  it('of a large import are told how many there were', async () => {
    const { actor, automations, database, events, receiver } = await createWorld()
    await automations.webhooks.create(actor, hook(receiver.url))
    await database.transaction(actor, (tx) =>
      tx.query(
        sql`insert into organisations (workspace_id, id, name, created_at, updated_at) select ${tx.workspaceId}, gen_random_uuid(), 'n' || n, now(), now() from generate_series(1, 600) n`,
      ),
    )
    await automations.tick()
    expect(events().map(({ type, data }) => [type, data])).toEqual([['record.created', { entity: 'organisations', id: null, count: 600 }]])
  })
})
