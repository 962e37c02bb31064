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
  answer: Omit<ChatAnswer, 'routing'>
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
    let answer: Awaited<ReturnType<Ask>> | undefined
    for (const message of question.ask) answer = await ask(message, answer?.sessionId)
    // What is judged is what a client could read.
    const read = chatAnswerSchema.parse(answer)
    const statement = question.sql
    const gold = statement === undefined ? { columns: [], rows: [] } : await database.transaction(actor, (tx) => runGold(tx, statement, now), { readOnly: true })
    const asked = { question, gold, answer: read, ...judge(question, gold, viewAnswer(read)) }
    results.push(asked)
    onAsked?.(asked)
  }
  return results
}
