import { type AlertDelivery, type AlertDeliveryOptions, createAlertDelivery, sentenceOf, statusOf } from './alert-delivery.ts'

export interface AlertWebhookOptions extends Omit<AlertDeliveryOptions, 'way' | 'send'> {
  url: string
  appUrl: string
  post: (
    url: string,
    init: { method: 'POST'; headers: Record<string, string>; body: string; signal: AbortSignal; redirect: 'error' },
  ) => Promise<{ ok: boolean; status: number }>
}

/** Posts alerts as JSON to ALERT_WEBHOOK_URL. */
export function createAlertWebhook({ url, appUrl, post, ...options }: AlertWebhookOptions): AlertDelivery {
  return createAlertDelivery({
    ...options,
    way: 'webhook',
    async send(alert, signal) {
      const body = JSON.stringify({ source: 'chatsg', installation: appUrl, alert: alert.name, status: statusOf(alert), text: sentenceOf(alert), ...alert })
      const { ok, status } = await post(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal, redirect: 'error' })
      if (!ok) throw new Error(`The webhook answered with status ${status}.`)
    },
  })
}
