import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase, sql } from '#backend/infra/database/database.ts'
import { createOutgoing } from '#backend/infra/http-client/outgoing.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createAutomations } from '#backend/modules/automations/index.ts'
import { createKeyRing, createSecretsService } from '#backend/modules/security/index.ts'
import { createTestOperations } from '../operations.ts'

export interface AutomationTask {
  connectionString: string
  workspaceId: string
  encryptionKey: string
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined }

/** A process that does what is due for as long as it lives. */
async function work({ connectionString, workspaceId, encryptionKey }: AutomationTask): Promise<void> {
  const database = openDatabase({ connectionString, maxConnections: 4, connectionTimeoutMs: 5000, onError: () => undefined })
  const clock = createClock()
  const { operations } = createTestOperations(database, clock)
  const automations = createAutomations({
    database,
    operations,
    secrets: createSecretsService({ database, keyRing: createKeyRing({ current: encryptionKey }), clock }),
    clock,
    wallClock: clock,
    logger: silent,
    homeWorkspaceId: workspaceId,
    appUrl: 'http://127.0.0.1:3999',
    async ask(_actor, { message }) {
      await sleep(30)
      return { sessionId: newId(), messageId: newId(), text: `Answer to ${message}`, parts: [] }
    },
    async queueMail(tx, { to, subject, body, userId, now }) {
      const id = newId()
      await tx.query(sql`
        insert into email_outbox (workspace_id, id, kind, "to", subject, body, user_id, created_by, created_at)
        values (${tx.workspaceId}, ${id}, 'send', ${sql.param([to])}::text[], ${subject}, ${body}, ${userId}, 'test', ${now.toISOString()})`)
      return id
    },
    outgoing: createOutgoing({ allowed: ['127.0.0.1'], timeoutMs: 5000, maxBytes: 1000 }),
    allowHttp: true,
    pace: { leaseMs: 800, waitMs: 20, waits: [20] },
  })
  for (;;) {
    await automations.tick(workspaceId)
    await sleep(20)
  }
}

process.once('message', (task: AutomationTask) => {
  work(task).catch((error: unknown) => {
    process.send?.({ error: error instanceof Error ? error.stack : String(error) })
    process.exit(1)
  })
})
process.send?.('ready')
