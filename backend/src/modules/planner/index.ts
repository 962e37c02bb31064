export type { PlannerContext, PlannerMemory, PlannerOutcome } from './planner.types.ts'
export { answerQuestion } from './planner.service.ts'
