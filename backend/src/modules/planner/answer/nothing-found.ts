import type { Transaction } from '#backend/infra/database/database.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import { phraseBook } from '#backend/modules/planner/phrases/phrases.ts'
import { compileFrame } from '#backend/modules/planner/plan/compile.ts'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { PlannerContext, PlannerOutcome } from '#backend/modules/planner/planner.types.ts'

/** Adds to an answer without records what there would be with one condition fewer. */
export async function withoutOne(tx: Transaction, frame: Frame, outcome: PlannerOutcome, context: PlannerContext): Promise<PlannerOutcome> {
  const removable = frame.constraints.filter((constraint) => constraint.slot !== 'ranked')
  const last = removable.at(-1)
  if (last === undefined) return outcome
  const wider: Frame = {
    ...frame,
    kind: 'figure',
    constraints: frame.constraints.filter((constraint) => constraint !== last && constraint.slot !== 'ranked'),
    measures: [{ fn: 'count' }],
    groupBy: [],
    sort: [],
  }
  delete wider.limit
  const result = await runQuery(tx, compileFrame(wider, undefined, context.pageSize), { now: context.now, timeZone: context.timeZone })
  const count = Number(result.rows[0]?.count ?? 0)
  if (count === 0) return outcome
  const text = `${outcome.text.replace(/[^.!?]$/, '$&.')} ${phraseBook(context.language).records.withoutLast(frame.entity, count)}`
  return { ...outcome, text, parts: outcome.parts.map((part) => (part.type === 'text' ? { ...part, text } : part)) }
}
