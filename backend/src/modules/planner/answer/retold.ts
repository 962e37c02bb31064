import type { PlannerOutcome } from '#backend/modules/planner/planner.types.ts'

/** The outcome with another text, in its parts too. */
export function retold(outcome: PlannerOutcome, text: string, ...more: PlannerOutcome['parts']): PlannerOutcome {
  const [first, ...rest] = outcome.parts
  return { ...outcome, text, parts: first?.type === 'text' ? [{ ...first, text }, ...more, ...rest] : [...outcome.parts, ...more] }
}
