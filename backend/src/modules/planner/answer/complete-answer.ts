import type { Transaction } from '#backend/infra/database/database.ts'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { PlannerContext, PlannerOutcome } from '#backend/modules/planner/planner.types.ts'
import { withoutOne } from './nothing-found.ts'
import { withTimeline } from './timeline.ts'
import { withoutException, withReason } from './yes-or-no.ts'

/** Adds to an answer what one query does not give: what happened to a record, why the answer is no, what there is with one condition fewer. */
export async function completeAnswer(tx: Transaction, frame: Frame, outcome: PlannerOutcome, total: number, context: PlannerContext): Promise<PlannerOutcome> {
  if (frame.timeline !== undefined && total > 0) return withTimeline(tx, frame, outcome, context)
  if (total > 0 || frame.kind === 'figure' || frame.kind === 'share') return outcome
  if (frame.exceptions === true) return withoutException(outcome, context)
  if (frame.whether === true) return withReason(tx, frame, outcome, context)
  if (frame.expansion !== undefined) return outcome
  return withoutOne(tx, frame, outcome, context)
}
