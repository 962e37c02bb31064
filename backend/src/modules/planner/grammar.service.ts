import type { Transaction } from '#backend/infra/database/database.ts'
import type { Grammar } from '#contracts/questions.ts'
import { describeGrammar } from './plan/dialogue/grammar.ts'
import { answerQuestion } from './planner.service.ts'
import type { PlannerContext } from './planner.types.ts'

/** What this workspace can be asked, with those examples alone that are answered here. */
export async function explainGrammar(tx: Transaction, context: PlannerContext): Promise<Grammar> {
  const grammar = await describeGrammar(tx, context.language)
  const { previous: _, ...alone } = context
  const families: Grammar['families'] = []
  for (const { name, examples } of grammar.families) {
    const answered: typeof examples = []
    for (const example of examples) if ((await answerQuestion(tx, example.question, alone)).kind === 'answer') answered.push(example)
    if (answered.length > 0) families.push({ name, examples: answered })
  }
  return { ...grammar, families }
}
