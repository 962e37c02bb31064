/** E-mails over HTTP: messages that are records, and the outbox of what people approved. */
import { z } from 'zod'

export const messageStatuses = ['pending', 'analysed', 'drafted', 'approved', 'sent', 'rejected', 'failed'] as const
export const outboxStatuses = ['queued', 'sent', 'failed', 'cancelled'] as const
export const outboxKinds = ['send', 'reply', 'forward'] as const

export const emailMessageSchema = z.object({
  id: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string().nullable(),
  text: z.string().nullable(),
  sentAt: z.string().nullable(),
  direction: z.enum(['inbound', 'outbound']).nullable(),
  /** `approved` has an answer in the outbox; `sent` was written here or is answered. */
  status: z.enum(messageStatuses),
  externalId: z.string().nullable(),
  /** Whom it was exchanged with. */
  contact: z.object({ id: z.string(), label: z.string() }).nullable(),
  relatedType: z.string().nullable(),
  relatedId: z.string().nullable(),
  createdAt: z.string(),
})
export type EmailMessage = z.infer<typeof emailMessageSchema>

export const emailMessageQuerySchema = z.object({
  status: z.enum(messageStatuses).optional(),
  q: z.string().max(200).optional().describe('Search words'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional(),
})
export const emailMessageListSchema = z.object({ items: z.array(emailMessageSchema), nextCursor: z.string().nullable(), total: z.int().nullable() })

export const outboxMailSchema = z.object({
  id: z.string(),
  kind: z.enum(outboxKinds),
  /** The mail that is answered or forwarded. */
  emailId: z.string().nullable(),
  inReplyTo: z.string().nullable(),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  status: z.enum(outboxStatuses),
  proposalId: z.string().nullable(),
  createdBy: z.string(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
  attempts: z.int(),
  error: z.string().nullable(),
})
export type OutboxMail = z.infer<typeof outboxMailSchema>

export const outboxQuerySchema = z.object({
  status: z.enum(outboxStatuses).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional(),
})
export const outboxListSchema = z.object({ items: z.array(outboxMailSchema), nextCursor: z.string().nullable(), total: z.int().nullable() })
