import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { actorName } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { OutboxMail } from '#contracts/email.ts'

/** A mail that is to be sent. */
export interface NewMail {
  kind: OutboxMail['kind']
  emailId: string | null
  inReplyTo: string | null
  to: readonly string[]
  cc: readonly string[]
  subject: string
  body: string
  relatedType: string | null
  relatedId: string | null
}

/** Queues a mail in the transaction that approves it; once for each proposal. */
export async function queueMail(tx: Transaction, mail: NewMail, { proposalId, now }: { proposalId: string; now: Date }): Promise<string> {
  const id = newId()
  await tx.query(sql`
    insert into email_outbox (workspace_id, id, kind, email_id, in_reply_to, "to", cc, subject, body, related_type, related_id, proposal_id, user_id, created_by, created_at)
    values (${tx.workspaceId}, ${id}, ${mail.kind}, ${mail.emailId}, ${mail.inReplyTo}, ${sql.param([...mail.to])}::text[], ${sql.param([...mail.cc])}::text[], ${mail.subject},
      ${mail.body}, ${mail.relatedType}, ${mail.relatedId}, ${proposalId}, ${tx.actor.type === 'user' ? tx.actor.userId : null}, ${actorName(tx.actor)}, ${now.toISOString()})`)
  return id
}

/** Takes a mail back that was not sent yet. @throws AppError CONFLICT when it was */
export async function cancelMail(tx: Transaction, id: string): Promise<void> {
  const [mail] = await tx.query<{ status: OutboxMail['status']; subject: string }>(
    sql`select status, subject from email_outbox where workspace_id = ${tx.workspaceId} and id = ${id} for update`,
  )
  if (mail === undefined) throw new AppError('CONFLICT', 'This mail is not in the outbox any more, or is hidden from you; nothing was undone.')
  if (mail.status === 'sent') throw new AppError('CONFLICT', `The mail "${mail.subject}" has been sent and cannot be taken back.`)
  await tx.query(sql`update email_outbox set status = 'cancelled' where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

export async function listOutbox(tx: Transaction, { status, limit, before }: { status: string | undefined; limit: number; before: string | undefined }) {
  const wanted = sql`workspace_id = ${tx.workspaceId} ${status === undefined ? sql`` : sql`and status = ${status}`}`
  const [items, [count]] = await Promise.all([
    tx.query<OutboxMail & Record<string, unknown>>(sql`
      select id, kind, email_id as "emailId", in_reply_to as "inReplyTo", "to", cc, subject, body as text, status, proposal_id as "proposalId", created_by as "createdBy",
        created_at as "createdAt", sent_at as "sentAt", attempts, error
      from email_outbox where ${wanted} ${before === undefined ? sql`` : sql`and id < ${before}`} order by id desc limit ${limit + 1}`),
    tx.query<{ total: number }>(sql`select count(*)::int as total from email_outbox where ${wanted}`),
  ])
  return { items, total: count?.total ?? 0 }
}
