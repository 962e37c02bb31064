import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { SecurityAlert } from './security-alerts.ts'

/** One way to tell people. */
export interface Delivery {
  /** Such as `webhook`. */
  name: string
  /** @throws Error when it did not arrive */
  send(alert: SecurityAlert, signal: AbortSignal): Promise<void>
}

interface DeliveryRules {
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
  retryDelaysMs: readonly number[]
  timeLimitMs: number
  closing: AbortSignal
}

/** Sends an alert, again when it fails, a bounded number of times; what never arrives is logged. */
export async function deliver(delivery: Delivery, alert: SecurityAlert, { logger, retryDelaysMs, timeLimitMs, closing }: DeliveryRules): Promise<void> {
  for (const delayMs of [...retryDelaysMs, undefined]) {
    try {
      await within(delivery.send(alert, AbortSignal.any([closing, AbortSignal.timeout(timeLimitMs)])), timeLimitMs)
      return
    } catch (error) {
      if (delayMs === undefined || closing.aborted) {
        logger.error({ err: error, delivery: delivery.name, event: alert.event.id }, 'A security alert could not be delivered')
        return
      }
      logger.warn({ err: error, delivery: delivery.name, event: alert.event.id }, 'A security alert is sent again')
      // An abort only ends the wait: the last attempt is still made, and fails at once.
      await sleep(delayMs, undefined, { signal: closing, ref: false }).catch(() => undefined)
    }
  }
}

/** Not every way out can be aborted. */
async function within(work: Promise<void>, timeLimitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_done, failed) => {
    timer = setTimeout(() => failed(new Error(`No answer within ${timeLimitMs} ms.`)), timeLimitMs)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
