import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { TimelineItem } from '#contracts/records.ts'
import { getRecord } from './get-record.ts'

export interface HistoryItem {
  at: string
  operation: 'create' | 'update' | 'delete' | 'restore'
  field: string | null
  oldValue: unknown
  newValue: unknown
  actor: { type: string; id: string | null; name: string }
  changeId: string
}

/** What happened to a record, and with it. */
export function createTimelineService({ operations }: { operations: Operations }) {
  return {
    /** Changes of a record's fields, newest first. */
    async listHistory(actor: Actor, entity: EntityName, id: string, limit: number): Promise<HistoryItem[]> {
      return operations.run(actor, { name: `${entity}.history`, scope: 'crm:read', query: { id, limit }, readOnly: true }, async (tx) => {
        await getRecord(tx, entity, id)
        const rows = await tx.query<HistoryItem & { actorType: string; actorId: string | null; actorName: string }>(sql`
            select at, operation, field, old_value as "oldValue", new_value as "newValue", change_id as "changeId",
              actor_type as "actorType", actor_id as "actorId", actor_name as "actorName"
            from field_history where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = ${id} order by id desc limit ${limit}`)
        return rows.map(({ actorType, actorId, actorName, ...row }) => ({ ...row, actor: { type: actorType, id: actorId, name: actorName } }))
      })
    },

    /** Everything about a record in order of time, newest first: its changes, notes, tasks, events, e-mails, opportunities, quotes and orders. */
    async listTimeline(actor: Actor, entity: EntityName, id: string, limit: number): Promise<TimelineItem[]> {
      return operations.run(actor, { name: `${entity}.timeline`, scope: 'crm:read', query: { id, limit }, readOnly: true }, (tx) =>
        timelineOf(tx, entity, id, limit),
      )
    },
  }
}

function quotesOf(belongs: SQL): SQL {
  return sql`select x.created_at, 'quote', 'quote', x.id, x.name, concat_ws(' · ', x.status, trim_scale(x.total)::text || coalesce(' ' || x.currency, '')), u.name
    from quotes x left join users u on u.workspace_id = x.workspace_id and u.id = x.owner_id where ${belongs}`
}

async function timelineOf(tx: Transaction, entity: EntityName, id: string, limit: number): Promise<TimelineItem[]> {
  const record = await getRecord(tx, entity, id)
  const { singular } = entities[entity]
  const about = sql`x.workspace_id = ${tx.workspaceId} and x.related_type = ${singular} and x.related_id = ${id} and x.deleted_at is null`
  const parts = [
    sql`select h.at, case h.operation when 'update' then 'changed' when 'create' then 'created' when 'delete' then 'deleted' else 'restored' end as kind,
          ${singular} as entity, ${id}::uuid as id, string_agg(coalesce(h.field, ''), ', ' order by h.id) as title, null as detail, h.actor_name as actor
        from field_history h where h.workspace_id = ${tx.workspaceId} and h.entity = ${entity} and h.record_id = ${id} and h.operation <> 'create' group by h.change_id, h.at, h.operation, h.actor_name`,
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
  const items = await tx.query<TimelineItem & Record<string, unknown>>(
    sql`select at, kind, entity, id, title, detail, actor from (${sql.join(parts, sql` union all `)}) t order by at desc nulls last limit ${limit}`,
  )
  if (items.length < limit && typeof record.created_at === 'string') {
    const [creator] = await tx.query<{ name: string | null }>(
      sql`select created_by as name from ${sql.identifier(entities[entity].table)} where workspace_id = ${tx.workspaceId} and id = ${id}`,
    )
    items.push({ at: record.created_at, kind: 'created', entity: singular, id, title: '', detail: null, actor: creator?.name ?? null })
  }
  return items
}
