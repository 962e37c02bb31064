import type { Transaction } from '#backend/infra/database/database.ts'
import { answerSingle, type SingleOutcome } from './answer-single.ts'
import type { PlannerContext, PlannerOutcome } from './planner.types.ts'

const mostQuestions = 4
const boundary = /\?\s+(?=\S)|\s*[;\n]\s*|,?\s+and\s+(?=(?:how many|how much|what|who|which|where|when|show|list|give)\b)/i

/**
 * Answers a message about the workspace's records by typed queries, asks back, or declines; no model is involved.
 * Several questions in one message are answered one after the other, each on the ground of the one before.
 * @throws AppError when the database does not answer
 */
export async function answerQuestion(tx: Transaction, question: string, context: PlannerContext): Promise<PlannerOutcome> {
  const questions = question
    .split(boundary)
    .map((part) => part.trim())
    .filter((part) => /\p{L}{2}/u.test(part))
  if (questions.length < 2 || questions.length > mostQuestions) return alone(await answerSingle(tx, question, context))
  const outcomes: PlannerOutcome[] = []
  let { previous } = context
  for (const part of questions) {
    const outcome = await answerSingle(tx, part, { ...context, ...(previous === undefined ? {} : { previous }) })
    // What cannot be told apart is taken as one.
    if (outcome.kind !== 'answer') return alone(await answerSingle(tx, question, context))
    // "... only the open ones" mends the answer before instead of adding one.
    if (outcome.followed === true && asksAlike(outcome, outcomes.at(-1))) outcomes.pop()
    outcomes.push(alone(outcome))
    previous = outcome.memory ?? previous
  }
  return together(outcomes)
}

/** Records again, or the same figure of other records: no further figure. */
function asksAlike(one: PlannerOutcome, other: PlannerOutcome | undefined): boolean {
  const [a, b] = [one.memory?.frame, other?.memory?.frame]
  return a !== undefined && b !== undefined && a.kind === b.kind && JSON.stringify(a.measures) === JSON.stringify(b.measures)
}

function alone({ followed: _, ...outcome }: SingleOutcome): PlannerOutcome {
  return outcome
}

function together(outcomes: readonly PlannerOutcome[]): PlannerOutcome {
  const last = outcomes.at(-1) as PlannerOutcome
  if (outcomes.length === 1) return last
  const text = outcomes.map((outcome) => outcome.text).join(' ')
  return {
    ...last,
    confidence: Math.min(...outcomes.map((outcome) => outcome.confidence)),
    text,
    parts: [{ type: 'text', text }, ...outcomes.flatMap((outcome) => outcome.parts.filter((part) => part.type !== 'text'))],
    citations: outcomes.flatMap((outcome) => outcome.citations).slice(0, 20),
  }
}
