import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { SecurityEvent, SecurityEventType, Severity } from '#contracts/security.ts'
import type { EventRow } from './event-row.ts'

/** Stores events of the transaction's workspace; storing one twice is storing it once. */
export async function insertEvents(tx: Transaction, events: readonly EventRow[]): Promise<void> {
  await tx.query(sql`
    insert into security_events (workspace_id, id, type, severity, ip, user_id, user_agent, details, at)
    select ${tx.workspaceId}, e.id, e.type, e.severity, e.ip, e."userId", e."userAgent", e.details, e.at
    from rows from (jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
      as (id uuid, type text, severity text, ip text, "userId" text, "userAgent" text, details jsonb, at timestamptz)) with ordinality as e
    order by e.ordinality on conflict do nothing`)
}

export interface EventFilter {
  limit: number
  type?: SecurityEventType | undefined
  severity?: Severity | undefined
  /** Id of an event, or an instant: older ones are wanted. */
  before?: { id: string } | { at: string } | undefined
}

/** The API shows no more of a workspace; the database keeps all. */
const newest = 1000

const shown = (tx: Transaction) => sql`
  select id, type, severity, ip, user_id, user_agent, details, at, sequence from security_events
  where workspace_id = ${tx.workspaceId}
    and sequence > coalesce((select cleared_through from security_event_marks where workspace_id = ${tx.workspaceId}), 0)
  order by at desc, sequence desc limit ${newest}`

/** Newest first, and how many there are of the kind. */
export async function listEvents(tx: Transaction, { limit, type, severity, before }: EventFilter): Promise<{ events: SecurityEvent[]; total: number }> {
  const ofKind = sql`(${type ?? null}::text is null or type = ${type ?? null}) and (${severity ?? null}::text is null or severity = ${severity ?? null})`
  const older =
    before === undefined
      ? sql`true`
      : 'at' in before
        ? sql`at < ${before.at}`
        : sql`(at, sequence) < (select at, sequence from security_events where workspace_id = ${tx.workspaceId} and id = ${before.id})`
  const [row] = await tx.query<{ events: EventRecord[]; total: number }>(sql`
    with kind as (select * from (${shown(tx)}) newest where ${ofKind}), page as (select * from kind where ${older} order by at desc, sequence desc limit ${limit})
    select (select count(*) from kind) as total,
      coalesce((select jsonb_agg(to_jsonb(page) order by at desc, sequence desc) from page), '[]') as events`)
  return { events: (row?.events ?? []).map(toEvent), total: row?.total ?? 0 }
}

interface EventRecord {
  id: string
  type: SecurityEventType
  severity: Severity
  ip: string | null
  user_id: string | null
  user_agent: string | null
  details: Record<string, unknown>
  at: string
}

function toEvent({ id, type, severity, ip, user_id, user_agent, details, at }: EventRecord): SecurityEvent {
  return { id, type, severity, ip, ...(user_id === null ? {} : { userId: user_id }), userAgent: user_agent, details, timestamp: new Date(at).toISOString() }
}

export interface EventCount {
  type: SecurityEventType
  severity: Severity
  hour: number
  day: number
  all: number
}

/** Counts by kind since the list was cleared. */
export async function countEvents(tx: Transaction, now: Date): Promise<EventCount[]> {
  return tx.query<EventCount>(sql`
    select type, severity, count(*) filter (where at > ${ago(now, 1)}) as hour, count(*) filter (where at > ${ago(now, 24)}) as day, count(*) as all
    from security_events where workspace_id = ${tx.workspaceId}
      and sequence > coalesce((select cleared_through from security_event_marks where workspace_id = ${tx.workspaceId}), 0)
    group by type, severity`)
}

/** Addresses with the most events of the last day. */
export async function topAddresses(tx: Transaction, now: Date): Promise<{ ip: string; events: number }[]> {
  return tx.query(sql`
    select ip, count(*) as events from security_events where workspace_id = ${tx.workspaceId} and at > ${ago(now, 24)} and ip is not null
      and sequence > coalesce((select cleared_through from security_event_marks where workspace_id = ${tx.workspaceId}), 0)
    group by ip order by count(*) desc, ip limit 10`)
}

/** Hides what is there now; how many events that is. */
export async function hideEvents(tx: Transaction, { now, by }: { now: string; by: string }): Promise<number> {
  const [row] = await tx.query<{ hidden: number }>(sql`
    select count(*) as hidden from security_events where workspace_id = ${tx.workspaceId}
      and sequence > coalesce((select cleared_through from security_event_marks where workspace_id = ${tx.workspaceId}), 0)`)
  await tx.query(sql`
    insert into security_event_marks (workspace_id, cleared_through, cleared_at, cleared_by)
    select ${tx.workspaceId}, coalesce(max(sequence), 0), ${now}, ${by} from security_events where workspace_id = ${tx.workspaceId}
    on conflict (workspace_id) do update set cleared_through = excluded.cleared_through, cleared_at = excluded.cleared_at, cleared_by = excluded.cleared_by`)
  return row?.hidden ?? 0
}

function ago(now: Date, hours: number): string {
  return new Date(now.getTime() - hours * 3_600_000).toISOString()
}
