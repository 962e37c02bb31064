/** Questions that are asked by themselves, and webhooks, over HTTP. */
import { z } from 'zod'

export const scheduleDeliveries = ['email', 'chat', 'webhook'] as const
export const runStates = ['queued', 'running', 'done', 'failed', 'missed'] as const

export const timeZoneSchema = z
  .string()
  .max(60)
  .refine((name) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
    } catch {
      return false
    }
  }, 'Not a time zone; write one such as Europe/London.')

export const scheduleRunSchema = z.object({
  id: z.string(),
  scheduleId: z.string(),
  dueAt: z.string(),
  /** `late`: it was caught up; `asked`: somebody started it. */
  reason: z.enum(['schedule', 'late', 'asked']),
  state: z.enum(runStates),
  attempts: z.int(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** The conversation that holds the answer. */
  sessionId: z.string().nullable(),
  messageId: z.string().nullable(),
  /** The mail in the outbox. */
  mailId: z.string().nullable(),
  answer: z.string().nullable(),
  error: z.string().nullable(),
})
export type ScheduleRun = z.infer<typeof scheduleRunSchema>

export const scheduleSchema = z.object({
  id: z.string(),
  question: z.string(),
  /** As it was written. */
  when: z.string(),
  cron: z.string(),
  timeZone: z.string(),
  deliver: z.enum(scheduleDeliveries),
  enabled: z.boolean(),
  nextAt: z.string().nullable(),
  /** The next few times. */
  upcoming: z.array(z.string()),
  /** In a row. */
  failures: z.int(),
  /** Why it was switched off by itself. */
  pausedReason: z.string().nullable(),
  lastRun: scheduleRunSchema.nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Schedule = z.infer<typeof scheduleSchema>

const questionSchema = z.string().trim().min(2, 'Write what to ask.').max(1000)
const whenSchema = z
  .string()
  .trim()
  .min(3)
  .max(120)
  .describe('Plain words such as "every Monday 8:00", "weekdays at 9", "monthly on the 1st 7:30", or five fields of cron')

export const newScheduleSchema = z.strictObject({
  question: questionSchema,
  when: whenSchema,
  timeZone: timeZoneSchema.optional().describe('The workspace’s when left out'),
  deliver: z.enum(scheduleDeliveries).default('chat'),
  enabled: z.boolean().default(true),
})
export type NewSchedule = z.infer<typeof newScheduleSchema>

export const changeScheduleSchema = z
  .strictObject({ question: questionSchema, when: whenSchema, timeZone: timeZoneSchema, deliver: z.enum(scheduleDeliveries), enabled: z.boolean() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'Nothing to change.')
export type ChangeSchedule = z.infer<typeof changeScheduleSchema>

/** What a time would mean, before a schedule is made of it. */
export const schedulePreviewQuerySchema = z.object({ when: whenSchema, timeZone: timeZoneSchema.optional() })
export const schedulePreviewSchema = z.object({ cron: z.string(), timeZone: z.string(), upcoming: z.array(z.string()) })
export type SchedulePreview = z.infer<typeof schedulePreviewSchema>

export const webhookEventTypes = [
  'proposal.created',
  'proposal.approved',
  'proposal.rejected',
  'proposal.undone',
  'proposal.failed',
  'record.created',
  'record.updated',
  'record.deleted',
  'answer.finished',
  'schedule.finished',
] as const

export const webhookSchema = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.enum(webhookEventTypes)),
  description: z.string(),
  enabled: z.boolean(),
  /** Why it was switched off by itself. */
  disabledReason: z.string().nullable(),
  failingSince: z.string().nullable(),
  /** Deliveries that wait. */
  pending: z.int(),
  createdBy: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Webhook = z.infer<typeof webhookSchema>
/** The secret is shown once, when it is made. */
export const madeWebhookSchema = webhookSchema.extend({ secret: z.string() })
export type MadeWebhook = z.infer<typeof madeWebhookSchema>

const webhookFields = {
  url: z.url({ protocol: /^https?$/, message: 'A web address such as https://example.com/hook.' }).max(2000),
  events: z
    .array(z.enum(webhookEventTypes))
    .min(1, 'Choose at least one event.')
    .max(webhookEventTypes.length)
    .transform((events) => [...new Set(events)]),
  description: z.string().trim().max(200),
}
export const newWebhookSchema = z.strictObject({ ...webhookFields, description: webhookFields.description.default(''), enabled: z.boolean().default(true) })
export type NewWebhook = z.infer<typeof newWebhookSchema>
export const changeWebhookSchema = z
  .strictObject({ ...webhookFields, enabled: z.boolean(), newSecret: z.literal(true).describe('Makes another secret, shown in the answer') })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'Nothing to change.')
export type ChangeWebhook = z.infer<typeof changeWebhookSchema>

export const deliverySchema = z.object({
  id: z.string(),
  webhookId: z.string(),
  /** The same for every attempt and replay; receivers tell repetitions by it. */
  eventId: z.string(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
  state: z.enum(['queued', 'delivered', 'failed']),
  attempts: z.int(),
  nextAt: z.string().nullable(),
  /** Of the last answer. */
  status: z.int().nullable(),
  /** Its beginning. */
  response: z.string().nullable(),
  error: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
})
export type Delivery = z.infer<typeof deliverySchema>

export const scheduleListSchema = z.object({ items: z.array(scheduleSchema), nextCursor: z.null(), total: z.int() })
export const runListSchema = z.object({ items: z.array(scheduleRunSchema), nextCursor: z.string().nullable(), total: z.int() })
export const webhookListSchema = z.object({ items: z.array(webhookSchema), nextCursor: z.null(), total: z.int() })
export const deliveryListSchema = z.object({ items: z.array(deliverySchema), nextCursor: z.string().nullable(), total: z.int() })
export type DeliveryList = z.infer<typeof deliveryListSchema>
