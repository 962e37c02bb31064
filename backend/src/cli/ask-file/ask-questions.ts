import type { Database } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { type ChatAnswer, chatAnswerSchema } from '#contracts/chat.ts'
import { viewAnswer } from './answer-view.ts'
import { runGold } from './gold.ts'
import { type Gold, type Judgement, judge } from './judge.ts'
import type { Question } from './question.ts'

/** Asks one message, in the session given or a new one. */
export type Ask = (message: string, sessionId: string | undefined) => Promise<Omit<ChatAnswer, 'routing'>>

export interface AskedQuestion extends Judgement {
  question: Question
  gold: Gold
  /** Undefined when asking failed. */
  answer: Omit<ChatAnswer, 'routing'> | undefined
}

export interface AskOptions {
  database: Database
  actor: Actor
  now: Date
  ask: Ask
  onAsked?: (asked: AskedQuestion) => void
}

/** Asks each question in a session of its own and judges the last answer by its gold statement. */
export async function askQuestions(questions: readonly Question[], { database, actor, now, ask, onAsked }: AskOptions): Promise<AskedQuestion[]> {
  const results: AskedQuestion[] = []
  for (const question of questions) {
    const statement = question.sql
    const gold =
      statement === undefined ? { columns: [], rows: [] } : await database.transaction(actor, (tx) => runGold(tx, statement, now), { readOnly: true })
    const asked = { question, gold, ...(await askOne(question, gold, ask)) }
    results.push(asked)
    onAsked?.(asked)
  }
  return results
}

async function askOne(question: Question, gold: Gold, ask: Ask): Promise<Judgement & { answer: AskedQuestion['answer'] }> {
  let answer: AskedQuestion['answer']
  try {
    for (const message of question.ask) answer = await ask(message, answer?.sessionId)
  } catch (error) {
    // A question that breaks the service is a wrong answer, not the end of the run.
    return { answer: undefined, verdict: 'wrong', reason: `the question failed: ${error instanceof Error ? error.message : String(error)}` }
  }
  // What is judged is what a client could read.
  const read = chatAnswerSchema.parse(answer)
  return { answer: read, ...judge(question, gold, viewAnswer(read)) }
}
