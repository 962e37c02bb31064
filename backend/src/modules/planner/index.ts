export { answerQuestion } from './planner.service.ts'
export type { PlannerContext, PlannerMemory, PlannerOutcome } from './planner.types.ts'
