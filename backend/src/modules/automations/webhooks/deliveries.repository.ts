import { sql, type Transaction } from '#backend/infra/database/database.ts'

export interface ClaimedDelivery {
  id: string
  webhookId: string
  url: string
  eventId: string
  type: string
  data: Record<string, unknown>
  at: string
  attempts: number
  createdAt: string
}

/** Webhooks with something to be told. */
export async function listDueWebhooks(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    select h.id from webhooks h where h.workspace_id = ${tx.workspaceId} and h.enabled and exists (
      select 1 from webhook_deliveries w where w.workspace_id = h.workspace_id and w.webhook_id = h.id and w.state = 'queued' and w.next_at <= clock_timestamp())`)
  return rows.map(({ id }) => id)
}

/** Takes the oldest that is due, for so long that nobody else sends it meanwhile. */
export async function claimDelivery(tx: Transaction, webhookId: string, leaseMs: number): Promise<ClaimedDelivery | undefined> {
  const [row] = await tx.query<ClaimedDelivery & Record<string, unknown>>(sql`
    with taken as (
      update webhook_deliveries d set attempts = attempts + 1, next_at = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
      where d.workspace_id = ${tx.workspaceId} and d.id = (
        select w.id from webhook_deliveries w join webhooks h on h.workspace_id = w.workspace_id and h.id = w.webhook_id and h.enabled
        where w.workspace_id = ${tx.workspaceId} and w.webhook_id = ${webhookId} and w.state = 'queued' and w.next_at <= clock_timestamp()
        order by w.n limit 1 for update of w skip locked)
      returning d.*)
    select t.id, t.webhook_id as "webhookId", h.url, t.event_id as "eventId", e.type, e.data, e.at, t.attempts, t.created_at as "createdAt"
    from taken t join webhooks h on h.workspace_id = t.workspace_id and h.id = t.webhook_id join webhook_events e on e.workspace_id = t.workspace_id and e.id = t.event_id`)
  return row
}

/** What was asked of the other side, and what it said. */
export interface Attempt {
  status: number | null
  response: string | null
  error: string | null
}

export async function noteDelivered(tx: Transaction, { id, webhookId }: ClaimedDelivery, { status, response }: Attempt): Promise<void> {
  await tx.query(sql`
    update webhook_deliveries set state = 'delivered', status = ${status}, response = ${response}, error = null, finished_at = clock_timestamp()
    where workspace_id = ${tx.workspaceId} and id = ${id}`)
  await tx.query(sql`update webhooks set failing_since = null where workspace_id = ${tx.workspaceId} and id = ${webhookId} and failing_since is not null`)
}

/** @param waitMs until the next attempt; undefined when there is none */
export async function noteFailed(
  tx: Transaction,
  { id, webhookId }: ClaimedDelivery,
  { status, response, error }: Attempt,
  waitMs: number | undefined,
): Promise<void> {
  await tx.query(sql`
    update webhook_deliveries set status = ${status}, response = ${response}, error = ${error},
      ${waitMs === undefined ? sql`state = 'failed', finished_at = clock_timestamp()` : sql`next_at = clock_timestamp() + ${waitMs} * interval '1 millisecond'`}
    where workspace_id = ${tx.workspaceId} and id = ${id}`)
  await tx.query(
    sql`update webhooks set failing_since = coalesce(failing_since, clock_timestamp()) where workspace_id = ${tx.workspaceId} and id = ${webhookId}`,
  )
}

/** Switches off what has failed for too long, or does not want to be told any more; what waits is given up. */
export async function disableWebhook(tx: Transaction, webhookId: string, reason: string, { failingForMs }: { failingForMs: number }): Promise<boolean> {
  const rows = await tx.query(sql`
    update webhooks set enabled = false, disabled_reason = ${reason}
    where workspace_id = ${tx.workspaceId} and id = ${webhookId} and enabled and failing_since <= clock_timestamp() - ${failingForMs} * interval '1 millisecond' returning id`)
  if (rows.length === 0) return false
  await tx.query(sql`
    update webhook_deliveries set state = 'failed', finished_at = clock_timestamp(), error = coalesce(error, ${reason})
    where workspace_id = ${tx.workspaceId} and webhook_id = ${webhookId} and state = 'queued'`)
  return true
}

/** Forgets what ended long ago. */
export async function tidyDeliveries(tx: Transaction, days: number): Promise<void> {
  await tx.query(sql`
    delete from webhook_events e where e.workspace_id = ${tx.workspaceId} and e.at < clock_timestamp() - ${days} * interval '1 day'
      and not exists (select 1 from webhook_deliveries d where d.workspace_id = e.workspace_id and d.event_id = e.id and d.state = 'queued')`)
}
