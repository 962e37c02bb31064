import type { Transaction } from '#backend/infra/database/database.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import type { QueryResult, TypedQueryInput } from '#contracts/query.ts'
import { renderAnswer } from './answer/answer.ts'
import { currencyNote } from './answer/currencies.ts'
import { beyondReason, clarify, decline, greeting, writeReason } from './answer/declines.ts'
import { withoutOne } from './answer/nothing-found.ts'
import { periodBefore } from './language/calendar.ts'
import { ambiguousName } from './plan/ambiguity.ts'
import { compileFrame, defaultPageSize } from './plan/compile.ts'
import { applyFollowUp, isFollowUp } from './plan/follow-up.ts'
import type { Frame } from './plan/frame.ts'
import { type Interpretation, interpret } from './plan/interpret.ts'
import { attachRecords } from './plan/phrase.ts'
import { type ReadQuestion, readQuestion } from './plan/read-question.ts'
import type { PlannerContext, PlannerMemory, PlannerOutcome } from './planner.types.ts'

/** An outcome, and whether it changed the answer before rather than stood alone. */
export type SingleOutcome = PlannerOutcome & { followed?: true }

/** Below this score something in the question stayed unexplained. */
const answerable = -2.4
/** Names the parser has for parts of a question that nobody writes. */
const internal = new Set(['entity', 'field', 'bucket', 'measure', 'sort', 'any', 'count', 'future'])
const mostTies = 50

/**
 * Answers one question about the workspace's records by a typed query, asks back, or declines; no model is involved.
 * @throws AppError when the database does not answer
 */
export async function answerSingle(tx: Transaction, question: string, context: PlannerContext): Promise<SingleOutcome> {
  const read = await readQuestion(tx, question, context)
  const { world } = read
  const beyond = read.lexemes.find((lexeme) => lexeme.readings[0]?.reading.kind === 'beyond')?.readings[0]?.reading
  if (beyond?.kind === 'beyond') return decline(beyondReason(beyond.topic), world)
  if (read.write !== undefined) return decline(writeReason, world)
  if (read.lexemes.length === 0) return decline('There is no question in that.', world)
  const { previous } = context
  const hasMemory = previous !== undefined
  const own = interpret(read.lexemes, world, { hasMemory })
  let best: Interpretation | undefined = own[0]
  let frame: Frame | undefined = best?.frame
  let followed = false
  const pointed = best === undefined || previous === undefined ? undefined : pointedBack(best, previous)
  if (pointed !== undefined) frame = pointed
  else if (previous !== undefined) {
    const inContext = interpret(read.lexemes, world, { hasMemory, context: previous.frame.entity })[0]
    if (inContext !== undefined && isFollowUp(inContext, previous) && inContext.score >= answerable && inContext.unexplained.length === 0) {
      const changed = applyFollowUp(inContext, previous, context.pageSize ?? defaultPageSize)
      if (changed !== undefined) {
        best = inContext
        frame = changed
        followed = true
      }
    }
  }
  const pointsBack = hasMemory && pointed === undefined && !followed && best !== undefined && pointingWord(best)
  if (pointsBack) return decline(`I could not tell what ${pointsBack} means after the answer before.`, world)
  if (hasMemory && pointed === undefined && !followed && best !== undefined && onlyShapes(best))
    return decline('I could not apply that to the answer before.', world)
  if (best === undefined && read.lexemes.every((lexeme) => lexeme.readings[0]?.reading.kind === 'filler')) return decline(greeting, world)
  if (best === undefined || frame === undefined) return decline('I could not tell what is asked.', world)
  const unknown = best.chosen.filter(({ reading }) => reading.kind === 'unknown').map(({ lexeme }) => lexeme.text)
  if (unknown.length > 0)
    return decline(
      `I do not know what ${unknown.map((word) => `“${word}”`).join(' and ')} means here: it is neither a word I understand nor a name or value in your records.`,
      world,
    )
  if (JSON.stringify(frame.constraints).includes(`"offset":${periodBefore}`)) return decline('I do not know which period that would be before.', world)
  if (best.unexplained.includes('future')) return decline(beyondReason('forecast'), world)
  const lead = best.chosen.find(({ reading }) => reading.kind === 'record' && reading.exact && reading.options.every((option) => option.entity === 'leads'))
  if (lead !== undefined && best.unexplained.length > 0) return decline(`I know “${lead.lexeme.text}” only as a lead, of which that is not recorded.`, world)
  if (best.unexplained.length > 0 || best.score < answerable)
    return decline(`I understood only part of that${saidWords(best)}, and would rather not guess.`, world)
  const ambiguous = ambiguousName(question, frame, best.chosen)
  if (ambiguous !== undefined) return clarify(ambiguous.question, ambiguous.options, 0.5)
  const query = compileFrame(frame, context.currency, context.pageSize)
  const result = await runWithTies(tx, query, context)
  const note = await currencyNote(tx, frame, query, context)
  const noted = note === undefined ? frame : { ...frame, assumptions: [...frame.assumptions, note] }
  const confidence = Math.max(0.5, Math.min(1, 1 + best.score / 10))
  const outcome = renderAnswer(noted, query, result, context.timeZone, confidence, namesIn(best, world))
  const complete = result.total > 0 || frame.kind === 'figure' || frame.kind === 'share' ? outcome : await withoutOne(tx, frame, outcome, context)
  return followed ? { ...complete, followed: true } : complete
}

const shaping = new Set([
  'superlative',
  'top',
  'number',
  'sort',
  'direction',
  'shape',
  'filler',
  'followUp',
  'conjunction',
  'preposition',
  'group',
  'bucket',
  'ask',
])

/** It says how many or in what order, and nothing of what. */
function onlyShapes({ state, selfSufficient }: Interpretation): boolean {
  return !selfSufficient && state.items.every(({ reading }) => shaping.has(reading.kind))
}

/** The word by which a message points to the answer before, unless it stands for nothing there. */
function pointingWord({ state, selfSufficient }: Interpretation): string | undefined {
  const word = state.items.find((item) => item.reading.kind === 'anaphor')?.lexeme.text
  if (word === undefined || (selfSufficient && !/\b(?:them|those|these)\b/i.test(word))) return undefined
  return `“${word}”`
}

function saidWords({ unexplained }: Interpretation): string {
  const words = [
    ...new Set(unexplained.filter((word) => word !== '?' && !internal.has(word)).map((word) => word.replace(/^custom\./, '').replaceAll('_', ' '))),
  ]
  return words.length === 0 ? '' : ` (not ${words.map((word) => `“${word}”`).join(', ')})`
}

/** "Who works there?", "their open deals": the one record shown before, asked for with another subject. */
function pointedBack(own: Interpretation, previous: PlannerMemory): Frame | undefined {
  const { shown } = previous
  const [id] = shown.ids
  const { state, frame } = own
  if (!state.anaphor || id === undefined || shown.ids.length !== previous.matched || frame.entity === shown.entity || own.unexplained.length > 0)
    return undefined
  if (!own.selfSufficient && state.verb !== 'work') return undefined
  const attachment = attachRecords(
    { entity: frame.entity, constraints: [], at: -1 },
    shown.ids.map((one) => ({ entity: shown.entity, id: one, label: shown.label ?? '' })),
    false,
  )
  return attachment === undefined ? undefined : { ...frame, constraints: [...frame.constraints, attachment.constraint] }
}

/** Runs the query; where one winner is asked for and several are equal, its limit grows to hold them all. */
async function runWithTies(tx: Transaction, query: TypedQueryInput, context: PlannerContext): Promise<QueryResult> {
  const at = { now: context.now, timeZone: context.timeZone }
  const [sort] = query.sort ?? []
  // Equal moments are chance; equal figures are a tie.
  if (query.limit !== 1 || sort === undefined || (query.groupBy === undefined && /_at$|_date$/.test(sort.by))) return runQuery(tx, query, at)
  const result = await runQuery(tx, { ...query, limit: mostTies }, at)
  const [first] = result.rows
  const tied = result.rows.filter(
    (row) => first !== undefined && row[sort.by] !== undefined && row[sort.by] === first[sort.by] && row.currency === first.currency,
  ).length
  query.limit = Math.max(1, tied)
  return { ...result, rows: result.rows.slice(0, query.limit) }
}

/** Names of the people and records that the question mentions, by id. */
function namesIn({ chosen }: Interpretation, { me, users }: ReadQuestion['world']): Map<string, string> {
  const names = new Map(users.map((user) => [user.id, user.name]))
  if (me !== undefined) names.set(me.id, me.name)
  for (const { reading } of chosen) if (reading.kind === 'record') for (const option of reading.options) names.set(option.id, option.label)
  return names
}
