import { setTimeout as sleep } from 'node:timers/promises'
import type { Alert } from '#contracts/alerts.ts'

/** Tells people of an alert that was raised or resolved. */
export type TellAlert = (alert: Alert) => void

export interface AlertDeliveryOptions {
  /** Such as `webhook`. */
  way: string
  /** @throws Error when it did not arrive */
  send(alert: Alert, signal: AbortSignal): Promise<void>
  logger: { warn(fields: object, message: string): void; error(fields: object, message: string): void }
  /** Milliseconds before each further attempt. */
  retryDelaysMs?: readonly number[]
  timeLimitMs?: number
}

export interface AlertDelivery {
  tell: TellAlert
  /** Sends what waits, within five seconds. */
  close(): Promise<void>
}

const mostWaiting = 100
const closeWithinMs = 5000

/** Sends alerts in order, each a bounded number of times; what never arrives is logged. */
export function createAlertDelivery({ way, send, logger, retryDelaysMs = [1000, 4000, 16_000], timeLimitMs = 5000 }: AlertDeliveryOptions): AlertDelivery {
  const closing = new AbortController()
  let waiting = 0
  let last: Promise<void> = Promise.resolve()

  async function attempt(alert: Alert): Promise<void> {
    const fields = { way, alert: alert.name, status: statusOf(alert) }
    for (const delayMs of [...retryDelaysMs, undefined]) {
      try {
        await send(alert, AbortSignal.any([closing.signal, AbortSignal.timeout(timeLimitMs)]))
        return
      } catch (error) {
        if (delayMs === undefined || closing.signal.aborted) return logger.error({ ...fields, err: error }, 'An alert could not be delivered')
        logger.warn({ ...fields, err: error }, 'An alert is sent again')
        // An abort only ends the wait: the last attempt is still made, and fails at once.
        await sleep(delayMs, undefined, { signal: closing.signal, ref: false }).catch(() => undefined)
      }
    }
  }

  return {
    tell(alert) {
      if (waiting >= mostWaiting) return logger.error({ way, alert: alert.name }, 'Too many alerts wait to be told; this one is not sent')
      waiting += 1
      last = last
        .then(() => attempt(alert))
        .finally(() => {
          waiting -= 1
        })
    },
    async close() {
      const limit = setTimeout(() => closing.abort(), closeWithinMs)
      await last
      clearTimeout(limit)
    },
  }
}

export function statusOf({ resolvedAt }: Alert): 'raised' | 'resolved' {
  return resolvedAt === null ? 'raised' : 'resolved'
}

/** The alert as one sentence. */
export function sentenceOf(alert: Alert): string {
  return `${alert.resolvedAt === null ? 'Alert' : 'Resolved'}: ${alert.message}`
}
