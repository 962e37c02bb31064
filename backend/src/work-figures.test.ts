import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import { createTestApp, type TestApp } from '../test/app.ts'

interface Letter {
  to: string[]
  text: string
}

const letters: Letter[] = []
const office = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString() })
      done()
    })
  },
})
let well: TestApp
let lame: TestApp

beforeAll(async () => {
  await new Promise<void>((done) => office.listen(0, '127.0.0.1', done))
  const { port } = office.server.address() as AddressInfo
  // Any process occupies more than nothing, so two readings raise the alert.
  const alerts = { HEALTH_CHECK_INTERVAL: '200', ALERT_MEMORY_USAGE: '0.0001', ALERT_CPU_USAGE: '1' }
  well = await createTestApp({ env: { SMTP_URL: `smtp://127.0.0.1:${port}`, ...alerts } })
  lame = await createTestApp({ env: { SMTP_URL: 'smtp://127.0.0.1:9', REDIS_URL: 'redis://127.0.0.1:9' } })
}, 60_000)
afterAll(async () => {
  await Promise.all([well.close(), lame.close()])
  await new Promise<void>((done) => office.close(() => done()))
})

async function partsOf(app: TestApp): Promise<Record<string, string>> {
  const { services } = (await app.request('GET', '/api/health?check=detailed')).body as { services: { name: string; status: string }[] }
  return Object.fromEntries(services.map(({ name, status }) => [name, status]))
}

async function metricOf(app: TestApp, sample: string): Promise<number | undefined> {
  const line = ((await app.request('GET', '/metrics')).body as string).split('\n').find((each) => each.startsWith(`${sample} `))
  return line === undefined ? undefined : Number(line.split(' ').at(-1))
}

describe('parts of the health', () => {
  it('are looked at where they are configured', async () => {
    expect(await partsOf(well)).toMatchObject({ redis: 'not_configured', mail: 'healthy', queue: 'healthy' })
    expect(await partsOf(lame)).toMatchObject({ redis: 'degraded', mail: 'degraded', queue: 'healthy' })
  })

  it('say when work that could be done is not', async () => {
    const [webhook, event, delivery] = [newId(), newId(), newId()]
    await lame.gold("insert into webhook_events (workspace_id, id, type, data, at) values ($1, $2, 'record.created', '{}', now())", [lame.workspaceId, event])
    await lame.gold(
      "insert into webhooks (workspace_id, id, url, events, enabled, created_by, created_at, updated_at) values ($1, $2, 'https://hooks.example.com', '{}', false, 'Test', now(), now())",
      [lame.workspaceId, webhook],
    )
    const queue = (minutes: number) =>
      lame.gold(
        `insert into webhook_deliveries (workspace_id, id, webhook_id, event_id, next_at, created_at) values ($1, $2, $3, $4, now() - make_interval(mins => $5), now())
         on conflict (workspace_id, id) do update set next_at = excluded.next_at`,
        [lame.workspaceId, delivery, webhook, event, minutes],
      )
    await queue(1)
    expect(await metricOf(lame, 'queue_waiting{queue="webhooks"}')).toBe(1)
    expect(await partsOf(lame)).toMatchObject({ queue: 'healthy' })
    await queue(60)
    expect(await metricOf(lame, 'queue_oldest_seconds{queue="webhooks"}')).toBeGreaterThanOrEqual(3600)
    expect(await partsOf(lame)).toMatchObject({ queue: 'degraded' })
  })
})

it('people, approvals and what they were worth are counted', async () => {
  expect(await metricOf(lame, 'people_active{days="7"}')).toBe(0)
  await lame.request('POST', '/api/chat', { message: 'How many contacts do we have?' })
  expect(await metricOf(lame, 'people_active{days="7"}')).toBe(1)
  const { body: deal } = await lame.request('POST', '/api/crm/opportunities', { name: 'Big one', value: '1200.50', currency: 'EUR' })
  const { id } = deal as { id: string }
  expect(await metricOf(lame, 'approvals_waiting')).toBe(0)
  const [proposed] = (
    await lame.app.services.proposals.propose(lame.actor, {
      calls: [{ tool: 'records.update', input: { entity: 'opportunities', id, values: { name: 'Bigger one' } } }],
      source: { kind: 'sentence', text: 'Rename it' },
      untrusted: false,
    })
  ).proposals
  expect(await metricOf(lame, 'approvals_waiting')).toBe(1)
  expect(await metricOf(lame, 'approved_value{currency="EUR"}')).toBeUndefined()
  expect((await lame.request('POST', `/api/approvals/${proposed?.id}`, { decision: 'approve' })).status).toBe(200)
  expect(await metricOf(lame, 'approvals_waiting')).toBe(0)
  expect(await metricOf(lame, 'approved_value{currency="EUR"}')).toBe(1200.5)
})

it('alerts are mailed to owners and admins', { timeout: 30_000 }, async () => {
  await expect.poll(() => letters.filter(({ text }) => /Subject: ChatSG alert raised: memory/.test(text)).length, { timeout: 20_000 }).toBe(1)
  expect(letters[0]?.to).toEqual([`${well.actor.userId}@example.com`])
})
