import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import { createTestWorkspace } from '../../../../test/harness.ts'
import { collectLogs } from '../limits/limits.testing.ts'
import { createMailDelivery, createWebhookDelivery } from './alert-ways.ts'
import type { EventRow } from './event-row.ts'
import { createSecurityAlerts } from './security-alerts.ts'

const critical = (what: string, workspaceId = newId()): EventRow => ({
  id: newId(),
  workspaceId,
  type: 'threat',
  severity: 'critical',
  ip: '192.0.2.8',
  userId: null,
  userAgent: null,
  details: { what },
  at: '2026-03-01T09:00:00.000Z',
})

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections()
})

/** A webhook that answers with these statuses, one after the other and then the last for ever; `0` never answers. */
async function startWebhook(statuses: number[]): Promise<{ url: string; bodies: Record<string, unknown>[] }> {
  const bodies: Record<string, unknown>[] = []
  const server = createServer((request, response) => {
    const status = statuses[Math.min(bodies.length, statuses.length - 1)] ?? 200
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      bodies.push(JSON.parse(text))
      if (status !== 0) response.writeHead(status).end()
    })
  })
  servers.push(server)
  server.unref()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hook`, bodies }
}

const post = (url: string, init: RequestInit) => fetch(url, init)
const appUrl = 'http://127.0.0.1:3000'

describe('alerts by webhook', () => {
  it('are sent at once and again until they arrive', async () => {
    const { url, bodies } = await startWebhook([500, 503, 204])
    const { lines, logger } = collectLogs()
    const alerts = createSecurityAlerts({ logger, deliveries: [createWebhookDelivery({ url, post, appUrl })], retryDelaysMs: [5, 5, 5] })
    const event = critical('audit_chain_broken')
    alerts.raise(event)
    await vi.waitFor(() => expect(bodies).toHaveLength(3), { timeout: 10_000 })
    await alerts.close()
    expect(bodies[2]).toMatchObject({
      source: 'chatsg',
      count: 1,
      text: 'Critical security event: audit chain broken from 192.0.2.8.',
      event: { id: event.id, type: 'threat' },
    })
    expect(lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'error Security alert',
      'warn A security alert is sent again',
      'warn A security alert is sent again',
    ])
  })

  it('are given up after a bounded number of attempts, each of a bounded time, and that is logged', async () => {
    const { url, bodies } = await startWebhook([0])
    const { lines, logger } = collectLogs()
    const alerts = createSecurityAlerts({ logger, deliveries: [createWebhookDelivery({ url, post, appUrl })], retryDelaysMs: [1, 1], timeLimitMs: 30 })
    alerts.raise(critical('x'))
    await vi.waitFor(() => expect(lines.at(-1)?.message).toBe('A security alert could not be delivered'), { timeout: 10_000 })
    expect(bodies.length).toBeLessThanOrEqual(3)
  })

  it('gather repeats of one kind, and tell other kinds at once', async () => {
    const { url, bodies } = await startWebhook([200])
    const { logger } = collectLogs()
    const alerts = createSecurityAlerts({ logger, deliveries: [createWebhookDelivery({ url, post, appUrl })] })
    const workspaceId = newId()
    for (let index = 0; index < 40; index += 1) alerts.raise(critical('flood', workspaceId))
    alerts.raise(critical('other', workspaceId))
    alerts.raise(critical('flood'))
    await vi.waitFor(() => expect(bodies).toHaveLength(3), { timeout: 10_000 })
    expect(bodies.map(({ count }) => count)).toEqual([1, 1, 1])
    await alerts.close()
    expect(bodies.map(({ count }) => count)).toEqual([1, 1, 1, 39])
    expect(bodies[3]?.text).toContain('39 times')
  })

  it('gather for a while and then start anew', async () => {
    const { url, bodies } = await startWebhook([200])
    const { logger } = collectLogs()
    const alerts = createSecurityAlerts({ logger, deliveries: [createWebhookDelivery({ url, post, appUrl })], gatherMs: 30 })
    const workspaceId = newId()
    for (let index = 0; index < 3; index += 1) alerts.raise(critical('flood', workspaceId))
    await vi.waitFor(() => expect(bodies.map(({ count }) => count)).toEqual([1, 2]), { timeout: 10_000 })
    await alerts.close()
  })
})

describe('alerts by mail', () => {
  it("reach the workspace's owners and admins, each once, although a mail fails", async () => {
    const { database, workspaceId, actor, member, gold } = await createTestWorkspace()
    await member('admin')
    await member('rep')
    const wanted = await gold<{ email: string }>(`select email from users where workspace_id = $1 and role in ('owner', 'admin')`)
    const sent: { to: string; text: string }[] = []
    let failures = 1
    const mailer = {
      send: async (mail: { to: string; subject: string; text: string }) => {
        if (sent.length === 1 && failures > 0) {
          failures -= 1
          throw new Error('the mail server hung up')
        }
        sent.push(mail)
      },
    }
    const { lines, logger } = collectLogs()
    const alerts = createSecurityAlerts({ logger, deliveries: [createMailDelivery({ database, mailer, appUrl })], retryDelaysMs: [5] })
    alerts.raise(critical('admin_key_guessed', actor.workspaceId))
    await vi.waitFor(() => expect(sent).toHaveLength(2), { timeout: 10_000 })
    await alerts.close()
    expect(sent.map(({ to }) => to).sort()).toEqual(wanted.map(({ email }) => email).sort())
    expect(sent[0]?.text).toContain('admin key guessed from 192.0.2.8')
    expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1)
    expect(workspaceId).toBe(actor.workspaceId)
  })
})
