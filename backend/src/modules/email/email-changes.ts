import { z } from 'zod'
import type { Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import {
  type AppliedChange,
  type Change,
  type ChangeContext,
  deleteRecords,
  getRecord,
  keepingRows,
  labelOf,
  type RecordJson,
  undoKeptRows,
} from '#backend/modules/crm/index.ts'
import { entities, entityBySingular, entityNames } from '#contracts/entities.ts'
import { forwardBody, forwardSubject, listRecipients, replySubject } from './mail-texts.ts'
import { cancelMail, type NewMail, queueMail } from './outbox.repository.ts'

// As records take it: a host of one's own network has no dot. What separates addresses or begins a name is no part of one.
const address = z
  .string()
  .trim()
  .max(320)
  .regex(/^[^\s@,;:<>"()[\]\\\p{Cc}]+@[^\s@,;:<>"()[\]\\\p{Cc}]+$/u, 'Write it like name@example.com.')
const addresses = z.array(address).min(1).max(50)
// A line break in a subject would begin another header.
const subject = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^\P{Cc}*$/u, 'One line of text.')
const body = z.string().min(1).max(100_000)
const emailId = z.uuid().describe('Id of the e-mail')

const sendInput = z.strictObject({
  to: addresses,
  cc: z.array(address).max(50).optional(),
  subject,
  body,
  relatedEntity: z.string().max(40).optional(),
  relatedId: z.uuid().optional(),
})
const replyInput = z.strictObject({ emailId, body })
const forwardInput = z.strictObject({ emailId, to: addresses, body: z.string().max(100_000).optional() })
const deleteInput = z.strictObject({ emailId })

/** Sending, answering, forwarding and deleting e-mails. */
export function emailChanges(): Change[] {
  return [send, reply, forward, remove]
}

const outgoing = {
  effect: 'proposes',
  scope: 'crm:write',
  sends: true,
  async undo(tx: Transaction, { records }: AppliedChange) {
    for (const { id } of records) await cancelMail(tx, id)
  },
} as const

const send: Change<z.infer<typeof sendInput>> = {
  ...outgoing,
  name: 'emails.send',
  title: 'Send an e-mail',
  description: 'Proposes a new e-mail to one or more addresses. relatedEntity and relatedId name the record it is about.',
  input: sendInput,
  risk: () => 'high',
  async apply(tx, input, context) {
    const related = await relatedOf(tx, input)
    const mail = {
      kind: 'send',
      emailId: null,
      inReplyTo: null,
      to: input.to,
      cc: input.cc ?? [],
      subject: input.subject,
      body: input.body,
      ...related,
    } as const
    return queued(tx, mail, context, `Send "${input.subject}" to ${listRecipients(input.to)}`)
  },
}

const reply: Change<z.infer<typeof replyInput>> = {
  ...outgoing,
  name: 'emails.reply',
  title: 'Answer an e-mail',
  description: 'Proposes an answer to whoever wrote an e-mail; of a mail that was sent from here, to those who got it.',
  input: replyInput,
  risk: () => 'medium',
  async apply(tx, input, context) {
    const mail = await getRecord(tx, 'emails', input.emailId)
    const to = recipientsOf(mail)
    const answer = { ...about(mail), kind: 'reply', to, cc: [], subject: replySubject(mail.subject), body: input.body } as const
    return queued(tx, answer, context, `Answer "${labelOf('emails', mail)}" to ${listRecipients(to)}`)
  },
}

const forward: Change<z.infer<typeof forwardInput>> = {
  ...outgoing,
  name: 'emails.forward',
  title: 'Forward an e-mail',
  description: 'Proposes to pass an e-mail on, with a text of your own above it.',
  input: forwardInput,
  risk: () => 'high',
  async apply(tx, input, context) {
    const mail = await getRecord(tx, 'emails', input.emailId)
    const passedOn = {
      ...about(mail),
      kind: 'forward',
      to: input.to,
      cc: [],
      subject: forwardSubject(mail.subject),
      body: forwardBody(input.body ?? '', mail),
    } as const
    return queued(tx, passedOn, context, `Forward "${labelOf('emails', mail)}" to ${listRecipients(input.to)}`)
  },
}

const remove: Change<z.infer<typeof deleteInput>> = {
  effect: 'proposes',
  scope: 'crm:write',
  sends: false,
  name: 'emails.delete',
  title: 'Delete an e-mail',
  description: 'Proposes to delete an e-mail; undo brings it back.',
  input: deleteInput,
  risk: () => 'high',
  async apply(tx, input, context) {
    const before = await getRecord(tx, 'emails', input.emailId)
    await keepingRows(tx, context.id, () => deleteRecords(tx, 'emails', [before.id], { now: context.now }))
    const label = labelOf('emails', before)
    return { title: `Delete the e-mail ${label}`, records: [{ entity: 'emails', id: before.id, label, before, after: null }] }
  },
  undo: undoKeptRows,
}

/** One's own sent mail is answered to those who got it, every other one to its sender. */
function recipientsOf(mail: RecordJson): string[] {
  const to = mail.direction === 'outbound' ? (mail.to as string[]) : [mail.from as string]
  const known = [...new Set(to.map((each) => each.trim()).filter((each) => address.safeParse(each).success))]
  if (known.length > 0) return known.slice(0, 50)
  throw new AppError('VALIDATION', 'This e-mail has no address to answer to; send a new one instead.', {
    details: [{ field: 'emailId', message: 'has no address to answer to' }],
  })
}

function about(mail: RecordJson): Pick<NewMail, 'emailId' | 'inReplyTo' | 'relatedType' | 'relatedId'> {
  return {
    emailId: mail.id,
    inReplyTo: (mail.external_id as string | null) ?? null,
    relatedType: (mail.related_type as string | null) ?? null,
    relatedId: (mail.related_id as string | null) ?? null,
  }
}

/** @throws AppError VALIDATION, NOT_FOUND when there is no such record, or it is not the person's to see */
async function relatedOf(tx: Transaction, { relatedEntity, relatedId }: { relatedEntity?: string | undefined; relatedId?: string | undefined }) {
  if (relatedEntity === undefined && relatedId === undefined) return { relatedType: null, relatedId: null }
  const name = entityNames.find((each) => each === relatedEntity) ?? entityBySingular(relatedEntity ?? '')?.name
  const allowed = entities.emails.fields.related_type?.choices ?? []
  if (name === undefined || relatedId === undefined || !allowed.includes(entities[name].singular))
    throw new AppError('VALIDATION', `relatedEntity is one of ${allowed.join(', ')}, and relatedId the id of that record.`, {
      details: [{ field: 'relatedEntity', message: 'is not right' }],
    })
  await getRecord(tx, name, relatedId)
  return { relatedType: entities[name].singular, relatedId }
}

async function queued(tx: Transaction, mail: NewMail, { id: proposalId, now }: ChangeContext, title: string): Promise<AppliedChange> {
  const id = await queueMail(tx, mail, { proposalId, now })
  const { kind, to, cc, subject: line, body: text, emailId: original, relatedType, relatedId } = mail
  const after = { id, kind, to, cc, subject: line, body: text, email_id: original, related_type: relatedType, related_id: relatedId, status: 'queued' }
  return { title, records: [{ entity: 'email_outbox', id, label: line, before: null, after }] }
}
