/** Proposals over HTTP: what agents want to change, and what people decide. */
import { z } from 'zod'

export const proposalStatuses = ['pending', 'approved', 'rejected', 'expired', 'failed', 'undone'] as const

/** Why it was asked for. */
export const proposalSourceSchema = z.object({
  kind: z.enum(['sentence', 'record', 'email', 'api', 'mcp', 'workflow', 'schedule']),
  /** The sentence, or what the record or mail says. */
  text: z.string().optional(),
  sessionId: z.string().optional(),
  messageId: z.string().optional(),
  entity: z.string().optional(),
  recordId: z.string().optional(),
})
export type ProposalSource = z.infer<typeof proposalSourceSchema>

const recordSchema = z.record(z.string(), z.unknown())

export const proposalSchema = z.object({
  id: z.string(),
  /** The writes of one request, decided on one by one or all at once. */
  batchId: z.string(),
  position: z.int(),
  tool: z.string(),
  /** What it does, as one line. */
  title: z.string(),
  input: recordSchema,
  /** `approved` is carried out as well. */
  status: z.enum(proposalStatuses),
  risk: z.enum(['low', 'medium', 'high']),
  requestedBy: z.object({ id: z.string(), name: z.string(), agent: z.string().nullable() }),
  source: proposalSourceSchema,
  /** Asked for by a model that had read words of others. */
  untrusted: z.boolean(),
  entity: z.string().nullable(),
  recordId: z.string().nullable(),
  label: z.string().nullable(),
  before: recordSchema.nullable(),
  after: recordSchema.nullable(),
  /** Names of the fields in which `before` and `after` differ. */
  changes: z.array(z.string()),
  createdAt: z.string(),
  expiresAt: z.string(),
  decidedAt: z.string().nullable(),
  decidedBy: z.object({ id: z.string(), name: z.string(), policyId: z.string().nullable() }).nullable(),
  /** It was changed before it was approved. */
  edited: z.boolean(),
  undoneAt: z.string().nullable(),
  undoneBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Why it could not be carried out, or not be undone. */
  error: z.string().nullable(),
})
export type Proposal = z.infer<typeof proposalSchema>

export const decisionSchema = z.strictObject({
  decision: z.enum(['approve', 'reject']),
  /** Takes the place of what was proposed. */
  input: recordSchema.optional(),
  note: z.string().trim().max(1000).optional(),
})
export type Decision = z.infer<typeof decisionSchema>

/** `GET /api/approvals`. */
export const proposalQuerySchema = z.object({
  status: z.enum(proposalStatuses).optional(),
  batchId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})

/** The proposals of one batch, in order. */
export const proposalBatchSchema = z.object({ batchId: z.string(), proposals: z.array(proposalSchema) })

export const batchDecisionSchema = decisionSchema.omit({ input: true })

/** Changes that a client asks for itself, through the same door as an agent's. */
export const proposeSchema = z.strictObject({
  calls: z
    .array(z.strictObject({ tool: z.string().max(80), input: recordSchema }))
    .min(1)
    .max(200),
  source: proposalSourceSchema.partial({ kind: true }).optional(),
})

export const approvalListSchema = z.object({ items: z.array(proposalSchema), nextCursor: z.string().nullable(), total: z.int().nullable() })

export const approvalPolicySchema = z.object({
  id: z.string(),
  /** Name of a tool, or `*`. */
  tool: z.string(),
  /** Whose requests it is about; null is everybody's. */
  role: z.string().nullable(),
  /** `askAbove` carries out what is worth at most `limit`. */
  mode: z.enum(['ask', 'askAbove', 'auto']),
  limit: z.string().nullable(),
  currency: z.string().nullable(),
  createdAt: z.string(),
  createdBy: z.object({ id: z.string(), name: z.string() }),
  /** It no longer counts; kept as history. */
  revokedAt: z.string().nullable(),
})
export type ApprovalPolicy = z.infer<typeof approvalPolicySchema>

export const newApprovalPolicySchema = z
  .strictObject({
    tool: z.string().min(1).max(80),
    role: z.enum(['owner', 'admin', 'manager', 'rep', 'viewer']).nullable().default(null),
    mode: z.enum(['ask', 'askAbove', 'auto']),
    limit: z
      .string()
      .regex(/^\d{1,15}(\.\d{1,4})?$/, 'An amount such as 5000 or 99.50.')
      .nullable()
      .default(null),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'Three letters, such as USD.')
      .nullable()
      .default(null),
  })
  .refine(({ mode, limit, currency }) => mode !== 'askAbove' || (limit !== null && currency !== null), {
    path: ['limit'],
    message: 'Say above which amount, and in which currency, to ask.',
  })
export type NewApprovalPolicy = z.infer<typeof newApprovalPolicySchema>
