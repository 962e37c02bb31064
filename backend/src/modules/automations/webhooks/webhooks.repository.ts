import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Delivery, Webhook } from '#contracts/automations.ts'

const columns = sql`w.id, w.url, w.events, w.description, w.enabled, w.disabled_reason as "disabledReason", w.failing_since as "failingSince", w.created_by as "createdBy",
  w.created_at as "createdAt", w.updated_at as "updatedAt",
  (select count(*) from webhook_deliveries d where d.workspace_id = w.workspace_id and d.webhook_id = w.id and d.state = 'queued') as pending`

export async function listWebhooks(tx: Transaction): Promise<Webhook[]> {
  return tx.query<Webhook>(sql`select ${columns} from webhooks w where w.workspace_id = ${tx.workspaceId} order by w.created_at desc, w.id desc`)
}

export async function findWebhook(tx: Transaction, id: string): Promise<Webhook | undefined> {
  const [row] = await tx.query<Webhook>(sql`select ${columns} from webhooks w where w.workspace_id = ${tx.workspaceId} and w.id = ${id}`)
  return row
}

export interface WebhookRow {
  id: string
  url: string
  events: readonly string[]
  description: string
  enabled: boolean
}

export async function insertWebhook(tx: Transaction, row: WebhookRow, { by, now }: { by: string; now: string }): Promise<void> {
  await tx.query(sql`
    insert into webhooks (workspace_id, id, url, events, description, enabled, created_by, created_at, updated_at)
    values (${tx.workspaceId}, ${row.id}, ${row.url}, ${sql.param([...row.events])}::text[], ${row.description}, ${row.enabled}, ${by}, ${now}, ${now})`)
}

/** Switched on again, it is tried anew. */
export async function updateWebhook(tx: Transaction, row: WebhookRow, now: string): Promise<void> {
  await tx.query(sql`
    update webhooks set url = ${row.url}, events = ${sql.param([...row.events])}::text[], description = ${row.description}, enabled = ${row.enabled}, disabled_reason = null,
      failing_since = null, updated_at = ${now} where workspace_id = ${tx.workspaceId} and id = ${row.id}`)
}

export async function deleteWebhook(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.query(sql`delete from webhooks where workspace_id = ${tx.workspaceId} and id = ${id} returning id`)
  return rows.length > 0
}

const deliveryColumns = sql`d.id, d.webhook_id as "webhookId", d.event_id as "eventId", e.type, e.data, d.state, d.attempts,
  case when d.state = 'queued' then d.next_at end as "nextAt", d.status, d.response, d.error, d.created_at as "createdAt", d.finished_at as "finishedAt"`
const joined = sql`webhook_deliveries d join webhook_events e on e.workspace_id = d.workspace_id and e.id = d.event_id`

export async function listDeliveries(
  tx: Transaction,
  webhookId: string,
  { limit, before }: { limit: number; before: string | undefined },
): Promise<{ items: Delivery[]; total: number }> {
  const items = await tx.query<Delivery>(sql`
    select ${deliveryColumns} from ${joined} where d.workspace_id = ${tx.workspaceId} and d.webhook_id = ${webhookId}
      ${before === undefined ? sql`` : sql`and d.n < (select n from webhook_deliveries where workspace_id = ${tx.workspaceId} and id = ${before})`} order by d.n desc limit ${limit}`)
  const [row] = await tx.query<{ total: number }>(
    sql`select count(*) as total from webhook_deliveries where workspace_id = ${tx.workspaceId} and webhook_id = ${webhookId}`,
  )
  return { items, total: row?.total ?? 0 }
}

export async function findDelivery(tx: Transaction, webhookId: string, id: string): Promise<Delivery | undefined> {
  const [row] = await tx.query<Delivery>(
    sql`select ${deliveryColumns} from ${joined} where d.workspace_id = ${tx.workspaceId} and d.webhook_id = ${webhookId} and d.id = ${id}`,
  )
  return row
}

/** The event once more, under its own id. */
export async function replayDelivery(tx: Transaction, { webhookId, eventId }: Delivery, id: string): Promise<void> {
  await tx.query(sql`
    insert into webhook_deliveries (workspace_id, id, webhook_id, event_id, next_at, created_at)
    values (${tx.workspaceId}, ${id}, ${webhookId}, ${eventId}, clock_timestamp(), clock_timestamp())`)
}
