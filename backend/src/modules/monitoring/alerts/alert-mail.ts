import type { Alert } from '#contracts/alerts.ts'
import { type AlertDelivery, type AlertDeliveryOptions, createAlertDelivery, sentenceOf, statusOf } from './alert-delivery.ts'

export interface AlertMailOptions extends Omit<AlertDeliveryOptions, 'way' | 'send'> {
  /** Hands a mail to the mail server. */
  mail(message: { to: string; subject: string; text: string }): Promise<void>
  /** Addresses of those who look after the installation. */
  recipients(): Promise<readonly string[]>
  appUrl: string
}

/** Mails alerts to the owners and admins of the installation's first workspace. */
export function createAlertMail({ mail, recipients, appUrl, ...options }: AlertMailOptions): AlertDelivery {
  let known: readonly string[] = []
  /** A retry after half of the mails were sent sends the rest. */
  const told = new WeakMap<Alert, Set<string>>()

  async function readRecipients(): Promise<readonly string[]> {
    try {
      known = await recipients()
    } catch (error) {
      // That the database is gone has to be told as well.
      if (known.length === 0) throw error
    }
    return known
  }
  // Who is told that the database is gone is known before it goes.
  void readRecipients().catch((error: unknown) => options.logger.warn({ err: error, way: 'mail' }, 'Who is to be mailed of alerts could not be read yet'))

  return createAlertDelivery({
    timeLimitMs: 30_000,
    ...options,
    way: 'mail',
    async send(alert, signal) {
      const done = told.get(alert) ?? new Set<string>()
      told.set(alert, done)
      const when = alert.resolvedAt ?? alert.raisedAt
      const text = `${sentenceOf(alert)}\n\nWhen: ${when}\nSeverity: ${alert.severity}\n\nLook at it under ${appUrl}/settings/health.\n`
      for (const to of await readRecipients()) {
        if (done.has(to)) continue
        signal.throwIfAborted()
        await mail({ to, subject: `ChatSG alert ${statusOf(alert)}: ${alert.name.replaceAll('_', ' ')}`, text })
        done.add(to)
      }
    },
  })
}
