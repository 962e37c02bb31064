import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Alert } from '#contracts/alerts.ts'

const columns = sql`id, name, severity, value, threshold, message, raised_at as "raisedAt", resolved_at as "resolvedAt",
  acknowledged_at as "acknowledgedAt", acknowledged_by as "acknowledgedBy"`
type Row = Alert & Record<string, unknown>

/** Takes the lead, or keeps it. @returns whether this process has it */
export async function takeLead(tx: Transaction, holder: string, now: string, until: string): Promise<boolean> {
  const rows = await tx.query(sql`
    insert into alert_leaders (workspace_id, holder, until) values (${tx.workspaceId}, ${holder}, ${until})
    on conflict (workspace_id) do update set holder = excluded.holder, until = excluded.until
    where alert_leaders.holder = excluded.holder or alert_leaders.until < ${now} returning holder`)
  return rows.length === 1
}

export async function giveUpLead(tx: Transaction, holder: string): Promise<void> {
  await tx.query(sql`delete from alert_leaders where workspace_id = ${tx.workspaceId} and holder = ${holder}`)
}

/** Alerts of the installation, newest first. */
export async function listAlerts(tx: Transaction, status: 'active' | 'resolved' | undefined, limit: number): Promise<{ items: Alert[]; total: number }> {
  const wanted = status === undefined ? sql`` : status === 'active' ? sql`and resolved_at is null` : sql`and resolved_at is not null`
  const items = await tx.query<Row>(
    sql`select ${columns} from alerts where workspace_id = ${tx.workspaceId} ${wanted} order by raised_at desc, id desc limit ${limit}`,
  )
  const [row] = await tx.query<{ n: number }>(sql`select count(*)::int as n from alerts where workspace_id = ${tx.workspaceId} ${wanted}`)
  return { items, total: row?.n ?? 0 }
}

/** Keeps an alert as it is now; one that was resolved meanwhile is kept with its end. */
export async function putAlert(tx: Transaction, alert: Alert): Promise<void> {
  await tx.query(sql`
    insert into alerts (workspace_id, id, name, severity, value, threshold, message, raised_at, resolved_at)
    values (${tx.workspaceId}, ${alert.id}, ${alert.name}, ${alert.severity}, ${alert.value}, ${alert.threshold}, ${alert.message}, ${alert.raisedAt}, ${alert.resolvedAt})
    on conflict (workspace_id, id) do update set resolved_at = excluded.resolved_at`)
}

export async function acknowledge(tx: Transaction, id: string, who: string, now: string): Promise<Alert | undefined> {
  const [row] = await tx.query<Row>(sql`
    update alerts set acknowledged_at = coalesce(acknowledged_at, ${now}), acknowledged_by = coalesce(acknowledged_by, ${who})
    where workspace_id = ${tx.workspaceId} and id = ${id} returning ${columns}`)
  return row
}
