import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { TimelineItem } from '#contracts/records.ts'
import { getRecord } from './get-record.ts'
import { fromPlace, toPlace } from './place-cursor.ts'

export interface HistoryItem {
  at: string
  operation: 'create' | 'update' | 'delete' | 'restore'
  field: string | null
  oldValue: unknown
  newValue: unknown
  actor: { type: string; id: string | null; name: string }
  changeId: string
}

interface Part {
  limit: number
  cursor?: string | undefined
}

/** A page; how many there are in all is not counted. */
interface PageOf<T> {
  items: T[]
  nextCursor: string | null
  total: null
}

/** What happened to a record, and with it. */
export function createTimelineService({ operations }: { operations: Operations }) {
  /** Changes of a record's fields, newest first, a page at a time. */
  async function pageHistory(actor: Actor, entity: EntityName, id: string, part: Part): Promise<PageOf<HistoryItem>> {
    return operations.run(actor, { name: `${entity}.history`, scope: 'crm:read', query: { id, ...part }, readOnly: true }, (tx) =>
      historyOf(tx, entity, id, part),
    )
  }

  /** Everything about a record in order of time, newest first: its changes, notes, tasks, events, e-mails, opportunities, quotes and orders. */
  async function pageTimeline(actor: Actor, entity: EntityName, id: string, part: Part): Promise<PageOf<TimelineItem>> {
    return operations.run(actor, { name: `${entity}.timeline`, scope: 'crm:read', query: { id, ...part }, readOnly: true }, (tx) =>
      timelineOf(tx, entity, id, part),
    )
  }

  return {
    pageHistory,
    pageTimeline,
    /** The newest changes of a record's fields. */
    listHistory: async (actor: Actor, entity: EntityName, id: string, limit: number) => (await pageHistory(actor, entity, id, { limit })).items,
    /** The newest of what happened to a record, and with it. */
    listTimeline: async (actor: Actor, entity: EntityName, id: string, limit: number) => (await pageTimeline(actor, entity, id, { limit })).items,
  }
}

type HistoryRow = Omit<HistoryItem, 'actor'> & { place: string; actorType: string; actorId: string | null; actorName: string }

async function historyOf(tx: Transaction, entity: EntityName, id: string, { limit, cursor }: Part): Promise<PageOf<HistoryItem>> {
  const [after] = cursor === undefined ? [] : fromPlace(cursor, [(place) => /^\d{1,18}$/.test(place)])
  await getRecord(tx, entity, id)
  const rows = await tx.query<HistoryRow>(sql`
    select id::text as place, at, operation, field, old_value as "oldValue", new_value as "newValue", change_id as "changeId",
      actor_type as "actorType", actor_id as "actorId", actor_name as "actorName"
    from field_history where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = ${id}
      ${after === undefined ? sql`` : sql`and id < ${after}::bigint`} order by id desc limit ${limit + 1}`)
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map(({ place, actorType, actorId, actorName, ...row }) => ({ ...row, actor: { type: actorType, id: actorId, name: actorName } })),
    nextCursor: last === undefined ? null : toPlace([last.place]),
    total: null,
  }
}

function quotesOf(belongs: SQL): SQL {
  return sql`select x.created_at, 'quote', 'quote', x.id, x.name, concat_ws(' · ', x.status, trim_scale(x.total)::text || coalesce(' ' || x.currency, '')), u.name
    from quotes x left join users u on u.workspace_id = x.workspace_id and u.id = x.owner_id where ${belongs}`
}

/** Where an item stands: its time to the microsecond, its kind and its id, or that of the change. */
const placeTests = [isMoment, (kind: string) => /^[a-z]{1,20}$/.test(kind), isUuid]

function isMoment(text: string): boolean {
  return /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/.test(text) && !Number.isNaN(Date.parse(`${text.replace(' ', 'T').slice(0, 19)}Z`))
}

async function timelineOf(tx: Transaction, entity: EntityName, id: string, { limit, cursor }: Part): Promise<PageOf<TimelineItem>> {
  const after = cursor === undefined ? undefined : fromPlace(cursor, placeTests)
  const record = await getRecord(tx, entity, id)
  const { singular } = entities[entity]
  const about = sql`x.workspace_id = ${tx.workspaceId} and x.related_type = ${singular} and x.related_id = ${id} and x.deleted_at is null`
  const changes = sql`select h.at, case h.operation when 'update' then 'changed' when 'create' then 'created' when 'delete' then 'deleted' else 'restored' end as kind,
      ${singular} as entity, ${id}::uuid as id, string_agg(coalesce(h.field, ''), ', ' order by h.id) as title, null as detail, h.actor_name as actor, h.change_id as place
    from field_history h where h.workspace_id = ${tx.workspaceId} and h.entity = ${entity} and h.record_id = ${id} and h.operation <> 'create' group by h.change_id, h.at, h.operation, h.actor_name`
  const parts = [
    sql`select x.created_at, 'note', 'note', x.id, coalesce(x.title, left(x.body, 80)), left(x.body, 300), u.name from notes x left join users u on u.workspace_id = x.workspace_id and u.id = x.author_id where ${about}`,
    sql`select coalesce(x.completed_at, x.due_at, x.created_at), 'task', 'task', x.id, x.title, x.status, u.name from tasks x left join users u on u.workspace_id = x.workspace_id and u.id = x.owner_id where ${about}`,
    sql`select coalesce(x.starts_at, x.created_at), 'event', 'event', x.id, x.title, array_to_string(x.attendees, ', '), u.name from events x left join users u on u.workspace_id = x.workspace_id and u.id = x.owner_id where ${about}`,
    sql`select coalesce(x.sent_at, x.created_at), 'email', 'email', x.id, coalesce(x.subject, ''), left(x.body, 300), x.from_address from emails x where ${about}`,
  ]
  if (entity === 'contacts' || entity === 'organisations') {
    const column = sql.identifier(entity === 'contacts' ? 'contact_id' : 'organisation_id')
    const belongs = sql`x.workspace_id = ${tx.workspaceId} and x.${column} = ${id} and x.deleted_at is null`
    parts.push(
      sql`select x.created_at, 'opportunity', 'opportunity', x.id, x.name, concat_ws(' · ', x.state, trim_scale(x.value)::text || coalesce(' ' || x.currency, '')), u.name from opportunities x left join users u on u.workspace_id = x.workspace_id and u.id = x.owner_id where ${belongs}`,
    )
    parts.push(
      sql`select x.ordered_at, 'order', 'order', x.id, x.order_number, trim_scale(x.total)::text || coalesce(' ' || x.currency, ''), null from orders x where ${belongs}`,
    )
    parts.push(quotesOf(belongs))
  }
  if (entity === 'opportunities') parts.push(quotesOf(sql`x.workspace_id = ${tx.workspaceId} and x.opportunity_id = ${id} and x.deleted_at is null`))
  const next = after === undefined ? sql`` : sql`where (at, kind, place) < (${after[0]}::timestamp at time zone 'utc', ${after[1]}, ${after[2]}::uuid)`
  const rows = await tx.query<TimelineItem & { moment: string; place: string }>(sql`
    select at, kind, entity, id, title, detail, actor, (at at time zone 'utc')::text as moment, place
    from (${changes} union all select o.*, o.id from (${sql.join(parts, sql` union all `)}) o(at, kind, entity, id, title, detail, actor)) t ${next}
    order by at desc, kind desc, place desc limit ${limit + 1}`)
  const shown = rows.slice(0, limit)
  const last = rows.length < limit ? undefined : shown.at(-1)
  const items: TimelineItem[] = shown.map(({ moment, place, ...item }) => item)
  if (last === undefined && typeof record.created_at === 'string') {
    const [creator] = await tx.query<{ name: string | null }>(
      sql`select created_by as name from ${sql.identifier(entities[entity].table)} where workspace_id = ${tx.workspaceId} and id = ${id}`,
    )
    items.push({ at: record.created_at, kind: 'created', entity: singular, id, title: '', detail: null, actor: creator?.name ?? null })
  }
  return { items, nextCursor: last === undefined ? null : toPlace([last.moment, last.kind, last.place]), total: null }
}
