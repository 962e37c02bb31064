import { type Database, sql } from '#backend/infra/database/database.ts'
import type { Delivery } from './alert-delivery.ts'
import type { SecurityAlert } from './security-alerts.ts'

/** Posts to an address of the operator's own; as `fetch` does it. */
export type PostRequest = (
  url: string,
  init: { method: 'POST'; headers: Record<string, string>; body: string; signal: AbortSignal; redirect: 'error' },
) => Promise<{ ok: boolean; status: number }>

/** Alerts as JSON to ALERT_WEBHOOK_URL. */
export function createWebhookDelivery({ url, post, appUrl }: { url: string; post: PostRequest; appUrl: string }): Delivery {
  return {
    name: 'webhook',
    async send({ event, count }, signal) {
      const { workspaceId, id, type, severity, ip, userId, userAgent, details, at } = event
      const body = JSON.stringify({
        source: 'chatsg',
        installation: appUrl,
        alert: 'security_event',
        // For Slack, Teams and their like, which show this field.
        text: summary({ event, count }),
        count,
        workspaceId,
        event: { id, type, severity, ip, userId, userAgent, details, timestamp: at },
      })
      const { ok, status } = await post(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal, redirect: 'error' })
      if (!ok) throw new Error(`The webhook answered with status ${status}.`)
    },
  }
}

/** Sends mail; there is none when no mail is set up. */
export interface Mailer {
  send(message: { to: string; subject: string; text: string }): Promise<void>
}

/** Alerts by mail to the owners and admins of the workspace. */
export function createMailDelivery({ database, mailer, appUrl }: { database: Database; mailer: Mailer; appUrl: string }): Delivery {
  /** A retry after half of the mails were sent sends the rest. */
  const told = new WeakMap<SecurityAlert, Set<string>>()
  return {
    name: 'mail',
    async send(alert) {
      const { workspaceId, at, id } = alert.event
      const people = await database.transaction(
        { type: 'system', workspaceId, job: 'security alerts' },
        (tx) =>
          tx.query<{ email: string }>(
            sql`select email from users where workspace_id = ${tx.workspaceId} and active and role in ('owner', 'admin') and email is not null order by created_at limit 50`,
          ),
        { readOnly: true },
      )
      const done = told.get(alert) ?? new Set<string>()
      told.set(alert, done)
      const text = `${summary(alert)}\n\nWhen: ${at}\nEvent: ${id}\nDetails: ${JSON.stringify(alert.event.details, null, 2)}\n\nLook at it under ${appUrl}/security.\n`
      for (const { email } of people) {
        if (done.has(email)) continue
        await mailer.send({ to: email, subject: 'ChatSG security alert', text })
        done.add(email)
      }
    },
  }
}

/** One sentence for people. */
function summary({ event, count }: SecurityAlert): string {
  const times = count === 1 ? '' : `, ${count} times within a minute`
  return `Critical security event: ${event.details.what.replaceAll('_', ' ')}${event.ip === null ? '' : ` from ${event.ip}`}${times}.`
}
