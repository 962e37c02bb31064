import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import { searchRecords } from '#backend/modules/crm/index.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { EmailMessage, OutboxMail } from '#contracts/email.ts'
import { listOutbox } from './outbox.repository.ts'

export interface MessageRequest {
  status?: EmailMessage['status'] | undefined
  q?: string | undefined
  limit: number
  cursor?: string | undefined
}

interface Page<T> {
  items: T[]
  nextCursor: string | null
  total: number | null
}

export type EmailsService = ReturnType<typeof createEmailsService>

/** E-mails of the workspace, and what waits to be sent. */
export function createEmailsService({ operations }: { operations: Operations }) {
  return {
    async listMessages(actor: Actor, request: MessageRequest): Promise<Page<EmailMessage>> {
      const { status, q } = request
      return operations.run(actor, { name: 'emails.list', scope: 'crm:read', query: { status, q }, readOnly: true }, (tx) => listPage(tx, request))
    },

    async getMessage(actor: Actor, id: string): Promise<EmailMessage> {
      if (!isUuid(id)) throw notFound('This e-mail')
      return operations.run(actor, { name: 'emails.get', scope: 'crm:read', query: { id }, readOnly: true }, async (tx) => {
        const [message] = await tx.query<EmailMessage & Record<string, unknown>>(sql`select ${columns} from ${messages(tx)} where m.id = ${id}`)
        if (message === undefined) throw notFound('This e-mail')
        return message
      })
    },

    async listOutbox(
      actor: Actor,
      { status, limit, cursor }: { status?: string | undefined; limit: number; cursor?: string | undefined },
    ): Promise<Page<OutboxMail>> {
      if (cursor !== undefined && !isUuid(cursor)) throw wrongCursor()
      return operations.run(actor, { name: 'emails.outbox', scope: 'crm:read', query: { status }, readOnly: true }, async (tx) => {
        const { items, total } = await listOutbox(tx, { status, limit, before: cursor })
        const shown = items.slice(0, limit)
        return { items: shown, nextCursor: items.length > limit ? (shown.at(-1)?.id ?? null) : null, total }
      })
    },
  }
}

/** Most messages a search finds. */
const mostFound = 200

async function listPage(tx: Transaction, { status, q, limit, cursor }: MessageRequest): Promise<Page<EmailMessage>> {
  const place = cursor === undefined ? undefined : decodeCursor(cursor)
  const isSearch = q !== undefined && q.trim() !== ''
  const found = isSearch ? (await searchRecords(tx, { q, entities: ['emails'], limit: mostFound })).map(({ id }) => id) : undefined
  const wanted = sql`true ${found === undefined ? sql`` : sql`and m.id = any(${sql.param(found)}::uuid[])`} ${status === undefined ? sql`` : sql`and ${statusOf} = ${status}`}`
  const after = place === undefined ? sql`` : sql`and (m.at, m.id) < (${place.at}::timestamptz, ${place.id}::uuid)`
  const [rows, [count]] = await Promise.all([
    tx.query<EmailMessage & { at: string } & Record<string, unknown>>(
      sql`select ${columns}, m.at from ${messages(tx)} where ${wanted} ${after} order by m.at desc, m.id desc limit ${limit + 1}`,
    ),
    tx.query<{ total: number }>(sql`select count(*)::int as total from ${messages(tx)} where ${wanted}`),
  ])
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map(({ at: _, ...message }) => message as EmailMessage),
    nextCursor: last === undefined ? null : encodeCursor(last),
    total: count?.total ?? 0,
  }
}

/** An answer on its way, or sent, says how the message stands. */
const statusOf = sql`coalesce(case a.status when 'queued' then 'approved' else a.status end, case m.direction when 'outbound' then 'sent' else 'pending' end)`

const columns = sql`m.id, m.from_address as "from", m.to_addresses as "to", m.subject, m.body as text, m.sent_at as "sentAt", m.direction, ${statusOf} as status,
  m.external_id as "externalId", m.related_type as "relatedType", m.related_id as "relatedId", m.created_at as "createdAt",
  case when c.id is null then null else json_build_object('id', c.id, 'label', coalesce(c.name, c.email, '')) end as contact`

function messages(tx: Transaction) {
  return sql`(select e.*, date_trunc('milliseconds', coalesce(e.sent_at, e.created_at)) as at from emails e where e.workspace_id = ${tx.workspaceId} and e.deleted_at is null) m
    left join lateral (select o.status from email_outbox o where o.workspace_id = ${tx.workspaceId} and o.email_id = m.id and o.kind = 'reply' and o.status <> 'cancelled'
      order by o.id desc limit 1) a on true
    left join contacts c on c.workspace_id = ${tx.workspaceId} and m.related_type = 'contact' and c.id = m.related_id and c.deleted_at is null`
}

function encodeCursor({ at, id }: { at: string; id: string }): string {
  return Buffer.from(`${at} ${id}`).toString('base64url')
}

function decodeCursor(cursor: string): { at: string; id: string } {
  const [at = '', id] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  if (!isUuid(id) || !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at)) throw wrongCursor()
  return { at, id }
}

function wrongCursor(): AppError {
  return new AppError('VALIDATION', 'This cursor is not one of ours; start again without it.', { details: [{ field: 'cursor', message: 'is not valid' }] })
}
