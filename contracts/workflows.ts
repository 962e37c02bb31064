/** Work of several agents one after the other: `/api/workflows`. */
import { z } from 'zod'

export const workflowNames = ['new_lead_mail'] as const
export type WorkflowName = (typeof workflowNames)[number]

export const startWorkflowSchema = z.strictObject({
  name: z.enum(workflowNames),
  emailId: z.uuid().describe('The mail it is about, an e-mail of the CRM'),
})
export type StartWorkflow = z.infer<typeof startWorkflowSchema>

const stepSchema = z.object({
  /** Id of the agent that did it. */
  agent: z.string(),
  title: z.string(),
  /** What it found or did, in a sentence. */
  said: z.string(),
  at: z.string(),
})
export type WorkflowStep = z.infer<typeof stepSchema>

export const workflowRunSchema = z.object({
  id: z.string(),
  name: z.enum(workflowNames),
  status: z.enum(['running', 'done', 'failed', 'cancelled']),
  source: z.object({ entity: z.string(), recordId: z.string(), label: z.string() }),
  /** What was done so far, in its order. */
  steps: z.array(stepSchema),
  /** Titles of the steps that are left. */
  next: z.array(z.string()),
  /** Its proposals, once it has made them. */
  batchId: z.string().nullable(),
  error: z.string().nullable(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
})
export type WorkflowRun = z.infer<typeof workflowRunSchema>

export const workflowListSchema = z.object({ items: z.array(workflowRunSchema), nextCursor: z.string().nullable(), total: z.int().nullable() })
