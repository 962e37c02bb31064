import { DateTime } from 'luxon'
import type { Transaction } from '#backend/infra/database/database.ts'
import { actorId } from '#backend/kernel/actor.ts'
import { isMomentary, momentKey } from '#backend/modules/crm/index.ts'
import { declineHidden } from './answer/declines.ts'
import { answerSingle, type SingleOutcome } from './answer-single.ts'
import { answerCommand } from './commands/command.service.ts'
import { languageOf } from './language/languages.ts'
import { tidy } from './language/tidy.ts'
import { phraseBook } from './phrases/phrases.ts'
import { agendaOf } from './plan/dialogue/agenda.ts'
import { withLost } from './plan/dialogue/lost.ts'
import { splitQuestions } from './plan/dialogue/split.ts'
import { withoutStatement } from './plan/dialogue/statement.ts'
import type { PlannerContext, PlannerOutcome } from './planner.types.ts'

const mostQuestions = 6
const mostCitations = 20

/**
 * Answers a message about the workspace's records by typed queries, asks back, or declines; no model is involved.
 * Several questions in one message are answered one after the other, each on the ground of the one before.
 * @throws AppError when the database does not answer
 */
export async function answerQuestion(tx: Transaction, asked: string, context: PlannerContext): Promise<PlannerOutcome> {
  const message = tidy(asked)
  const language = languageOf(message, context.previous?.language ?? context.language)
  const command = await answerCommand(tx, message, { ...context, language }).catch((error: unknown) => declineHidden(error, language))
  if (command !== undefined) return { ...command, language }
  // What leans on an answer before is seldom asked again.
  if (context.previous !== undefined) return answerAnew(tx, message, context)
  const { now, timeZone, currency, pageSize, actor } = context
  const day = DateTime.fromJSDate(now, { zone: timeZone }).toISODate()
  const key = `planner.answer ${day} ${timeZone} ${currency} ${pageSize} ${context.language ?? 'en'} ${actorId(actor)} ${message}`
  const { outcome, isLasting } = await tx.cached(
    key,
    () =>
      tx.cached(`${key} ${momentKey(now)}`, async () => {
        const made = await answerAnew(tx, message, context)
        return { outcome: made, isLasting: holdsForTheDay(made) }
      }),
    (kept) => kept.isLasting,
  )
  // Nothing has changed since it was made, so it is as of now.
  return !isLasting || outcome.coverage === null ? outcome : { ...outcome, coverage: { ...outcome.coverage, asOf: await tx.asOf(now) } }
}

/** An instant that may have been reckoned from the moment of asking. */
const timeOfDay = /\dT(?!00:00:00)\d\d:\d\d/

/** Its plans name days and nothing shorter. */
function holdsForTheDay({ parts, memory }: PlannerOutcome): boolean {
  const plans = JSON.stringify([parts.filter(({ type }) => type === 'data-plan'), memory])
  return !isMomentary(plans) && !timeOfDay.test(plans)
}

/** The answer in the language of the message, which the conversation keeps. */
async function answerAnew(tx: Transaction, message: string, asked: PlannerContext): Promise<PlannerOutcome> {
  const language = languageOf(message, asked.previous?.language ?? asked.language)
  const outcome = await answerAll(tx, message, { ...asked, language })
  return { ...outcome, language, memory: outcome.memory === null ? null : { ...outcome.memory, language } }
}

async function answerAll(tx: Transaction, said: string, context: PlannerContext): Promise<PlannerOutcome> {
  const message = withoutStatement(said, context.language, context)
  const questions = splitQuestions(message, context.language).flatMap((question) => agendaOf(question, context.language, context) ?? [question])
  const [first] = questions
  // What is chosen among readings is one message, whatever it looks like.
  if (first === undefined || questions.length === 1) {
    const outcome = await answerSingle(tx, first ?? message, context)
    return outcome.lost === true ? { ...alone(outcome), memory: withLost(context.previous) } : alone(outcome)
  }
  const outcomes: PlannerOutcome[] = []
  let { previous } = context
  for (const question of questions.slice(0, mostQuestions)) {
    const lost = outcomes.at(-1)?.kind !== undefined && outcomes.at(-1)?.kind !== 'answer'
    const outcome = await answerSingle(tx, question, { ...context, ...(previous === undefined ? {} : { previous }) }, lost)
    // "... only the open ones" mends the answer before instead of adding one.
    if (outcome.narrowed === true) outcomes.pop()
    outcomes.push(alone(outcome))
    previous = outcome.memory ?? previous
  }
  // What cannot be told apart is taken as one.
  if (outcomes.some(({ kind }) => kind !== 'answer')) {
    const whole = await answerSingle(tx, message, context)
    // The plan of the first question alone has dropped the others.
    const isWhole = whole.kind === 'answer' && !outcomes.some(({ plan }) => plan !== null && JSON.stringify(plan) === JSON.stringify(whole.plan))
    if (isWhole || outcomes.every(({ kind }) => kind === 'decline')) return alone(whole)
  }
  return together(outcomes, questions.length - mostQuestions, context.language)
}

function alone({ followed: _, narrowed: __, lost: ___, ...outcome }: SingleOutcome): PlannerOutcome {
  return outcome
}

/** The answers as one, numbered; each with its own plan, and what one could not answer said in its place. */
function together(outcomes: readonly PlannerOutcome[], left: number, language: PlannerContext['language']): PlannerOutcome {
  const [only] = outcomes
  if (outcomes.length === 1 && only !== undefined) return only
  const lines = outcomes.map(({ text }, index) => `${index + 1}. ${text}`)
  if (left > 0) lines.push(phraseBook(language).dialogue.tooMany(mostQuestions, left))
  const text = lines.join('\n')
  const answered = outcomes.filter(({ kind }) => kind === 'answer')
  const last = answered.at(-1) ?? (outcomes.at(-1) as PlannerOutcome)
  const remembering = outcomes.findLast(({ memory }) => memory !== null)
  return {
    kind: last.kind,
    confidence: Math.min(...outcomes.map((outcome) => outcome.confidence)),
    text,
    parts: [{ type: 'text', text }, ...outcomes.flatMap((outcome) => outcome.parts.filter((part) => part.type !== 'text'))],
    citations: outcomes.flatMap((outcome) => outcome.citations).slice(0, mostCitations),
    coverage: coverageOf(answered),
    memory: remembering?.memory ?? null,
    plan: last.plan,
    ...(outcomes.some(({ repairs }) => repairs) ? { repairs: true } : {}),
  }
}

/** All that was found and shown, as of the first look. */
function coverageOf(outcomes: readonly PlannerOutcome[]): PlannerOutcome['coverage'] {
  const coverages = outcomes.flatMap(({ coverage }) => coverage ?? [])
  const [first] = coverages
  if (first === undefined) return null
  const sum = (of: 'matched' | 'shown') => coverages.reduce((total, coverage) => total + coverage[of], 0)
  return { matched: sum('matched'), shown: sum('shown'), asOf: first.asOf }
}
