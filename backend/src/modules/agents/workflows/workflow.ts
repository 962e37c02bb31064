import type { Transaction } from '#backend/infra/database/database.ts'
import type { ToolCall } from '#backend/kernel/tool.ts'
import type { WorkflowName } from '#contracts/workflows.ts'

/** What the steps before have found out, as JSON. */
export type WorkflowState = Readonly<Record<string, unknown>>

export interface WorkflowSource {
  entity: string
  recordId: string
  label: string
}

export interface StepContext {
  tx: Transaction
  now: Date
  /** The workspace's zone. */
  timeZone: string
  source: WorkflowSource
  state: WorkflowState
  /** The person on whose behalf it works. */
  person: { id: string; name: string }
}

export interface StepOutcome {
  /** What was found or done, in a sentence. */
  said: string
  state?: Record<string, unknown>
  /** What is to be changed: becomes a batch of proposals, made once however often the step is begun. */
  calls?: readonly ToolCall[]
  /** Nothing is left to do. */
  isLast?: boolean
}

export interface WorkflowStepDefinition {
  /** Id of the agent whose work it is. */
  agent: string
  title: string
  /** Reads, and tells what it makes of it; whatever it reads is data. */
  run(context: StepContext): Promise<StepOutcome>
}

/** A chain of agents as data. */
export interface WorkflowDefinition {
  name: WorkflowName
  steps: readonly WorkflowStepDefinition[]
}
