import type { Logger } from 'pino'
import type { Database } from '#backend/infra/database/database.ts'
import type { OutgoingInit } from '#backend/infra/http-client/outgoing.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { traced } from '#backend/kernel/tracing.ts'
import type { SecretsService } from '#backend/modules/security/index.ts'
import { type AutomationWork, inJob } from '../automation-job.ts'
import {
  type Attempt,
  type ClaimedDelivery,
  claimDelivery,
  disableWebhook,
  listDueWebhooks,
  noteDelivered,
  noteFailed,
  tidyDeliveries,
} from './deliveries.repository.ts'
import { signedHeaders } from './signature.ts'

export interface DeliveryWorkDependencies {
  database: Database
  /** The machine's time: receivers refuse what seems old, whatever CHATSG_NOW says. */
  wallClock: Clock
  secrets: Pick<SecretsService, 'find'>
  /** Public hosts only, each pinned to the address that was judged; bounded in time and size. */
  fetch(url: string, init: OutgoingInit): Promise<Response>
  logger: Pick<Logger, 'info' | 'warn'>
  /** Is told of every delivery that arrived, or is tried no more. */
  observe?: ((outcome: 'done' | 'failed') => void) | undefined
  /** Longer than an attempt can take. */
  leaseMs?: number
  /** Milliseconds before each further attempt; the last one counts for all after it. */
  waits?: readonly number[]
}

export const webhookSecret = (id: string) => ({ purpose: 'webhook', name: id })

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const usualWaits = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour]
const giveUpAfterMs = 24 * hour
const disableAfterMs = 72 * hour
const keptDays = 30
const keptResponse = 1000

/** Sends what waits, at least once each: until the other side says 2xx, for a day. */
export function createDeliveryWork({
  database,
  wallClock,
  secrets,
  fetch,
  logger,
  observe,
  leaseMs = 60_000,
  waits = usualWaits,
}: DeliveryWorkDependencies): AutomationWork {
  async function attempt(workspaceId: string, delivery: ClaimedDelivery): Promise<Attempt & { isDone: boolean }> {
    const { webhookId, eventId, type, data, at, url } = delivery
    const secret = await inJob(database, workspaceId, (tx) => secrets.find(tx, webhookSecret(webhookId)))
    if (secret === undefined) return { status: null, response: null, error: 'The secret of this webhook is gone; make a new one.', isDone: false }
    const body = JSON.stringify({ id: eventId, type, timestamp: at, workspaceId, data })
    try {
      const headers = { 'content-type': 'application/json', 'user-agent': 'ChatSG', ...signedHeaders(secret, { id: eventId, at: wallClock.now(), body }) }
      const response = await fetch(url, { method: 'POST', headers, body })
      const text = (await response.text()).replaceAll('\u0000', '').slice(0, keptResponse)
      // Elsewhere nobody has agreed to be told; and a redirected POST may arrive as an empty GET.
      const isElsewhere = response.url !== '' && response.url !== new URL(url).href
      const error = isElsewhere ? 'It redirects; enter the address it leads to.' : response.ok ? null : `It answered ${response.status}.`
      return { status: response.status, response: text, error, isDone: error === null }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { status: null, response: null, error: error.message, isDone: false }
    }
  }

  async function deliver(workspaceId: string, delivery: ClaimedDelivery): Promise<void> {
    const { isDone, ...outcome } = await attempt(workspaceId, delivery)
    const age = wallClock.now().getTime() - Date.parse(delivery.createdAt)
    const wait = waits[Math.min(delivery.attempts, waits.length) - 1] ?? hour
    const isGivenUp = !isDone && age + wait > giveUpAfterMs
    const isDisabled = await inJob(database, workspaceId, async (tx) => {
      if (isDone) {
        await noteDelivered(tx, delivery, outcome)
        return false
      }
      await noteFailed(tx, delivery, outcome, isGivenUp ? undefined : wait)
      if (outcome.status === 410)
        return disableWebhook(tx, delivery.webhookId, 'The other side said 410: it does not want to be told any more.', { failingForMs: 0 })
      return disableWebhook(tx, delivery.webhookId, `Every delivery has failed for three days, the last one because: ${outcome.error}`, {
        failingForMs: disableAfterMs,
      })
    })
    if (isDone || isGivenUp) observe?.(isDone ? 'done' : 'failed')
    if (isDisabled) logger.warn({ webhookId: delivery.webhookId, error: outcome.error }, 'A webhook was switched off')
    else
      logger.info(
        { webhookId: delivery.webhookId, deliveryId: delivery.id, attempts: delivery.attempts, status: outcome.status },
        isDone ? 'A webhook was told' : 'A webhook could not be told',
      )
  }

  /** One after the other, in the order in which it happened as long as each is taken at once. */
  async function tell(workspaceId: string, webhookId: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const delivery = await inJob(database, workspaceId, (tx) => claimDelivery(tx, webhookId, leaseMs))
      if (delivery === undefined) return
      const attributes = { 'chatsg.webhook.event': delivery.type, 'chatsg.webhook.attempt': delivery.attempts }
      await traced(
        'webhook.deliver',
        () => ({ kind: 'consumer', attributes }),
        () => deliver(workspaceId, delivery),
      )
    }
  }

  return {
    async workOn(workspaceId, signal) {
      const due = await inJob(database, workspaceId, listDueWebhooks)
      // One that stumbles leaves the others alone; what it had taken is free again when its lease ends.
      const ended = await Promise.allSettled(due.map((webhookId) => tell(workspaceId, webhookId, signal)))
      for (const one of ended) if (one.status === 'rejected') logger.warn({ err: one.reason }, 'A delivery stumbled; it is tried again')
      if (due.length > 0) await inJob(database, workspaceId, (tx) => tidyDeliveries(tx, keptDays))
    },
  }
}
