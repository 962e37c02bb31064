import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import { createOutgoing } from '#backend/infra/http-client/outgoing.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { type AutomationsDependencies, createAutomations } from '#backend/modules/automations/automations.service.ts'
import { createKeyRing, createSecretsService } from '#backend/modules/security/index.ts'
import { createTestWorkspace, type TestWorkspace } from './harness.ts'
import { createTestOperations } from './operations.ts'

/** A clock that a test sets. */
export function createSetClock(at: string): Clock & { set(at: string): void } {
  let now = new Date(at)
  return {
    now: () => new Date(now),
    set(next) {
      now = new Date(next)
    },
  }
}

export const encryptionKey = 'e'.repeat(40)

/** Automations over the real database; what they ask is told, and mails are kept in a list. */
export async function createAutomationWorld({ workspace, ...options }: Partial<AutomationsDependencies> & { workspace?: TestWorkspace } = {}) {
  const test = workspace ?? (await createTestWorkspace({ timeZone: 'Europe/Berlin' }))
  const clock = createSetClock('2026-11-20T15:00:00.000Z')
  const { operations } = createTestOperations(test.database, clock)
  const logger = pino({ level: 'silent' })
  const secrets = createSecretsService({ database: test.database, keyRing: createKeyRing({ current: encryptionKey }), clock })
  const asked: { as: string; role: string; message: string; timeZone: string }[] = []
  const mails: { to: string; subject: string; body: string }[] = []
  const build = (more: Partial<AutomationsDependencies> = {}) => {
    const automations = createAutomations({
      database: test.database,
      operations,
      secrets,
      clock,
      wallClock: { now: () => new Date() },
      logger,
      homeWorkspaceId: test.workspaceId,
      appUrl: 'http://127.0.0.1:3999',
      async ask(actor, { message, timeZone }) {
        if (actor.type === 'user') asked.push({ as: actor.userId, role: actor.role, message, timeZone })
        return { sessionId: test.workspaceId, messageId: test.workspaceId, text: `Answer to ${message}`, parts: [] }
      },
      async queueMail(_tx, mail) {
        mails.push(mail)
        return test.workspaceId
      },
      outgoing: createOutgoing({ allowed: ['127.0.0.1'], timeoutMs: 10_000, maxBytes: 20_000 }),
      allowHttp: true,
      pace: { waitMs: 0, waits: [3_600_000] },
      ...options,
      ...more,
    })
    onTestFinished(() => automations.close())
    // Other tests have work of their own in the same database.
    return { ...automations, tick: () => automations.tick(test.workspaceId) }
  }
  /** As if the wait before the next attempt were over. */
  const later = () => test.gold("update webhook_deliveries set next_at = now() - interval '1 second' where workspace_id = $1 and state = 'queued'")
  return { ...test, later, clock, operations, secrets, asked, mails, build, automations: build() }
}

export interface Received {
  headers: Record<string, string>
  body: string
}

/** Somebody who is told: a real server on loopback, which answers as it is told to. */
export async function startReceiver() {
  const received: Received[] = []
  const answer = { status: 200, text: 'ok', delayMs: 0, location: undefined as string | undefined }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    received.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString() })
    setTimeout(() => response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location }).end(answer.text), answer.delayMs)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/hook`, received, answer }
}
