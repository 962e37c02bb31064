import { setTimeout as sleep } from 'node:timers/promises'
import type { Alert } from '#contracts/alerts.ts'

/** Tells people of an alert that was raised or resolved. */
export type TellAlert = (alert: Alert) => void

export interface AlertWebhookOptions {
  url: string
  appUrl: string
  post: (
    url: string,
    init: { method: 'POST'; headers: Record<string, string>; body: string; signal: AbortSignal; redirect: 'error' },
  ) => Promise<{ ok: boolean; status: number }>
  logger: { warn(fields: object, message: string): void; error(fields: object, message: string): void }
  /** Milliseconds before each further attempt. */
  retryDelaysMs?: readonly number[]
  timeLimitMs?: number
}

const mostWaiting = 100

/** Posts alerts as JSON to ALERT_WEBHOOK_URL, in order, each a bounded number of times; what never arrives is logged. */
export function createAlertWebhook({ url, appUrl, post, logger, retryDelaysMs = [1000, 4000, 16_000], timeLimitMs = 5000 }: AlertWebhookOptions) {
  const closing = new AbortController()
  let waiting = 0
  let last: Promise<void> = Promise.resolve()

  async function send(alert: Alert): Promise<void> {
    const status = alert.resolvedAt === null ? 'raised' : 'resolved'
    const text = `${status === 'raised' ? 'Alert' : 'Resolved'}: ${alert.message}`
    const body = JSON.stringify({ source: 'chatsg', installation: appUrl, alert: alert.name, status, text, ...alert })
    for (const delayMs of [...retryDelaysMs, undefined]) {
      try {
        const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeLimitMs)])
        const { ok, status: answered } = await post(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal, redirect: 'error' })
        if (!ok) throw new Error(`The webhook answered with status ${answered}.`)
        return
      } catch (error) {
        if (delayMs === undefined || closing.signal.aborted) return logger.error({ err: error, alert: alert.name, status }, 'An alert could not be delivered')
        logger.warn({ err: error, alert: alert.name, status }, 'An alert is sent again')
        // An abort only ends the wait: the last attempt is still made, and fails at once.
        await sleep(delayMs, undefined, { signal: closing.signal, ref: false }).catch(() => undefined)
      }
    }
  }

  return {
    tell: ((alert) => {
      if (waiting >= mostWaiting) return logger.error({ alert: alert.name }, 'Too many alerts wait for the webhook; this one is not sent')
      waiting += 1
      last = last
        .then(() => send(alert))
        .finally(() => {
          waiting -= 1
        })
    }) satisfies TellAlert as TellAlert,
    /** Sends what waits, within five seconds. */
    async close(): Promise<void> {
      const limit = setTimeout(() => closing.abort(), 5000)
      await last
      clearTimeout(limit)
    },
  }
}
