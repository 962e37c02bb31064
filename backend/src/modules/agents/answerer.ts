import type { Transaction } from '#backend/infra/database/database.ts'
import type { PlannerContext, PlannerMemory, PlannerOutcome } from '#backend/modules/planner/index.ts'
import type { ToolActivity } from './model/model-runner.types.ts'

export type { PlannerMemory, PlannerOutcome }

export interface AnswerContext extends PlannerContext {
  /** Fires when the reader stops the answer. */
  signal: AbortSignal
  /** Streams text that is already certain; the outcome's `text` begins with all that was said. */
  say(text: string): void
  /** Tells what is being looked up. */
  onTool?(activity: ToolActivity): void
}

/** Whatever turns a question into an answer; it reads, and never writes. */
export interface Answerer {
  answer(tx: Transaction, message: string, context: AnswerContext): Promise<PlannerOutcome>
}
