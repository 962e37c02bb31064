export { explainGrammar } from './grammar.service.ts'
export { answerQuestion } from './planner.service.ts'
export type { PlannerContext, PlannerMemory, PlannerOutcome } from './planner.types.ts'
