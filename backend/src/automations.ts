import type { Config } from './config/index.ts'
import { type Database, sql } from './infra/database/database.ts'
import { createOutgoing } from './infra/http-client/outgoing.ts'
import type { Logs } from './infra/logger/logger.ts'
import type { Metrics } from './infra/metrics/metrics.ts'
import { type Clock, createClock } from './kernel/clock.ts'
import { newId } from './kernel/ids.ts'
import { runInRequest } from './kernel/request-context.ts'
import type { Proposals } from './modules/agents/index.ts'
import { type Automations, createAutomations, type QueueMail, readScheduleRequest, scheduleSentence } from './modules/automations/index.ts'
import type { AnswerCompanion, ChatService } from './modules/chat/index.ts'
import type { Security } from './security.ts'

export interface AutomationParts {
  database: Database
  security: Pick<Security, 'operations' | 'secrets'>
  chat: Pick<ChatService, 'ask'>
  homeWorkspaceId: string
  logs: Logs
  metrics: Pick<Metrics, 'countJob'>
  clock: Clock
}

const webhookTimeoutMs = 10_000
const mostBytes = 64_000
const inside = ['127.0.0.0/8', '::1', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']

/** A mail to a person from themselves, into the outbox with everything else that waits to be sent. */
const queueMail: QueueMail = async (tx, { to, subject, body, userId, now }) => {
  const id = newId()
  await tx.query(sql`
    insert into email_outbox (workspace_id, id, kind, "to", subject, body, user_id, created_by, created_at)
    values (${tx.workspaceId}, ${id}, 'send', ${sql.param([to])}::text[], ${subject}, ${body}, ${userId}, 'Automations', ${now.toISOString()})`)
  return id
}

/** Schedules and webhooks, wired. Nothing leaves, and nothing is asked, while safe mode is on. */
export function createAutomationServices(config: Config, { database, security, chat, homeWorkspaceId, logs, metrics, clock }: AutomationParts): Automations {
  const { application, automations } = config
  const allowPrivate = automations.webhookAllowPrivate && application.environment !== 'production'
  const service = createAutomations({
    database,
    operations: security.operations,
    secrets: security.secrets,
    clock,
    wallClock: createClock(),
    logger: logs.forModule('automations'),
    homeWorkspaceId,
    appUrl: application.appUrl,
    ask(actor, question) {
      const requestId = newId()
      // Whoever waits for a model goes before.
      return runInRequest({ requestId, background: true }, () => chat.ask(actor, question, { requestId }))
    },
    queueMail,
    outgoing: createOutgoing({ allowed: allowPrivate ? inside : [], timeoutMs: webhookTimeoutMs, maxBytes: mostBytes }),
    allowHttp: allowPrivate,
    observe: metrics.countJob,
  })
  return {
    ...service,
    start() {
      if (!application.safeMode) service.start()
    },
  }
}

/** Automations beside a conversation: "every Monday at 8 send me the pipeline status" becomes a schedule to approve. */
export function automationCompanion(proposals: Pick<Proposals, 'propose'>): AnswerCompanion {
  return {
    always: true,
    intercept(actor, message) {
      const request = actor.type === 'user' ? readScheduleRequest(message) : undefined
      if (request === undefined) return undefined
      return async ({ sessionId, questionId, messageId }) => {
        const source = { kind: 'sentence', text: message, sessionId, messageId: questionId } as const
        const batch = await proposals.propose(actor, { calls: [request.call], source, untrusted: false, key: messageId })
        const text = scheduleSentence(request)
        const parts = [
          { type: 'text', text },
          { type: 'data-proposals', data: batch },
        ] as const
        return { text, parts: [...parts], language: request.language }
      }
    },
  }
}
