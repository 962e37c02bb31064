import type { Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { explainQuery, isNotShown, isRefusal } from '#backend/modules/crm/index.ts'
import type { TypedQueryInput } from '#contracts/query.ts'
import { clarify, decline, declineHidden } from './answer/declines.ts'
import { answerFrame } from './answer-frame.ts'
import { answerPlace } from './answer-place.ts'
import { answerRanked } from './answer-ranked.ts'
import { periodAfter, periodBefore } from './language/calendar.ts'
import type { DeclineReason } from './phrases/dialogue-phrases.ts'
import type { NamesById } from './phrases/phrase-book.ts'
import { phraseBook } from './phrases/phrases.ts'
import { ambiguousName } from './plan/ambiguity.ts'
import { defaultPageSize } from './plan/compile.ts'
import { contradiction } from './plan/contradictions.ts'
import { withoutTakenBack } from './plan/corrections.ts'
import { asidesOf, saysNothingOfRecords } from './plan/dialogue/aside.ts'
import { changeOf } from './plan/dialogue/change-of.ts'
import { chooseOption } from './plan/dialogue/choose.ts'
import { beginsAsOrder, clearer, narrows, pointsToSeveral, thanks } from './plan/dialogue/clearer.ts'
import { answerable, confidenceOf } from './plan/dialogue/confidence.ts'
import { readCorrection } from './plan/dialogue/correct.ts'
import { examplesFor } from './plan/dialogue/examples.ts'
import { readExclusion, withoutThose } from './plan/dialogue/exclude.ts'
import { awaitChoice, lastTurn, turnsOf, withoutPending } from './plan/dialogue/memory.ts'
import { readMove } from './plan/dialogue/moves.ts'
import { nearestChoices } from './plan/dialogue/nearest.ts'
import { otherRecords, withRecord } from './plan/dialogue/other-record.ts'
import { pointsOutside } from './plan/dialogue/point-back.ts'
import { reasonsOfLoss } from './plan/dialogue/reasons-of-loss.ts'
import { losesAll } from './plan/dialogue/same-records.ts'
import type { Constraint, Frame } from './plan/frame.ts'
import { type Interpretation, interpret } from './plan/interpret.ts'
import { type ReadQuestion, readQuestion } from './plan/read-question.ts'
import { pastOnly } from './plan/verbs.ts'
import type { PendingChoice, PlannerContext, PlannerMemory, PlannerOutcome, PlannerTurn } from './planner.types.ts'
import { namesWith } from './world/world.ts'

/** An outcome, and whether it changed the answer before rather than stood alone. */
export type SingleOutcome = PlannerOutcome & { followed?: true; narrowed?: true }

/** Names the parser has for parts of a question that nobody writes. */
const internal = new Set(['entity', 'field', 'bucket', 'measure', 'sort', 'any', 'count', 'future', 'birthday'])

/**
 * Answers one question about the workspace's records by a typed query, asks back, or declines; no model is involved.
 * @throws AppError when the database does not answer
 */
export async function answerSingle(tx: Transaction, question: string, context: PlannerContext, afterLost = false): Promise<SingleOutcome> {
  const memory = context.previous
  const chosen = memory?.pending === undefined ? undefined : chooseOption(question, memory.pending, context.language)
  const heard: PlannerContext = memory === undefined ? context : { ...context, previous: withoutPending(memory) }
  return withoutAsides(tx, chosen ?? question, heard, afterLost).catch((error: unknown) => declineHidden(error, context.language))
}

/** What is not understood whole may be a question beside which something was told. */
async function withoutAsides(tx: Transaction, question: string, context: PlannerContext, afterLost: boolean): Promise<SingleOutcome> {
  const outcome = await answerMessage(tx, question, context, afterLost)
  if (outcome.kind !== 'decline') return outcome
  let asked = question
  for (const aside of asidesOf(question, context.language)) {
    const [told, rest] = [await readQuestion(tx, aside.told, context), await readQuestion(tx, aside.question, context)]
    if (!saysNothingOfRecords(told.lexemes, rest.lexemes, aside.isBefore)) break
    asked = aside.question
  }
  const other = asked === question ? outcome : await answerMessage(tx, asked, context, afterLost)
  return other.kind === 'decline' ? outcome : other
}

async function answerMessage(tx: Transaction, question: string, context: PlannerContext, afterLost: boolean): Promise<SingleOutcome> {
  const { previous: memory, language = 'en' } = context
  const turns = turnsOf(memory)
  const move = memory === undefined ? undefined : readMove(question, memory, context.pageSize ?? defaultPageSize, language)
  if (move === undefined) return answerInTurn(tx, question, question, lastTurn(memory), turns, context, afterLost)
  if ('missing' in move) return decline(move.missing, await examplesFor(tx, question, language), language)
  if ('frame' in move) return { ...(await answerFrame(tx, question, move.frame, move.before, context)), followed: true }
  return answerInTurn(tx, question, move.question, move.turn, turns, context, afterLost)
}

/** @param question as said @param said as understood: what it points to may stand in it by then @param afterLost the question before it in the same message has no answer */
async function answerInTurn(
  tx: Transaction,
  question: string,
  said: string,
  previous: PlannerTurn | undefined,
  turns: readonly PlannerTurn[],
  context: PlannerContext,
  afterLost: boolean,
): Promise<SingleOutcome> {
  const { language = 'en' } = context
  const correction = previous === undefined ? undefined : readCorrection(said, previous.question, language)
  if (correction?.text === '') return decline({ reason: 'sayWhat' }, await examplesFor(tx, question, language), language)
  const exclusion = previous === undefined || correction !== undefined ? undefined : await excludeFrom(tx, said, previous, context)
  if (exclusion !== undefined) {
    const { frame, names } = exclusion
    return { ...(await answerFrame(tx, question, frame, turns, context, { names, confidence: exclusion.confidence })), followed: true, narrowed: true }
  }
  const message = previous === undefined ? said : clearer(correction?.text ?? said, language)
  const read = await readQuestion(tx, message, context)
  const { world } = read
  const declined = async (reason: DeclineReason) => decline(reason, await examplesFor(tx, question, language, world), language)
  const reasons = previous === undefined || correction !== undefined ? undefined : reasonsOfLoss(message, previous, world, language)
  if (reasons !== undefined) return { ...(await answerFrame(tx, question, reasons, turns, context)), followed: true }
  const beyond = read.lexemes.find((lexeme) => lexeme.readings[0]?.reading.kind === 'beyond')?.readings[0]?.reading
  if (beyond?.kind === 'beyond') return declined({ reason: 'beyond', topic: beyond.topic })
  if (read.write !== undefined) return declined({ reason: 'write' })
  if (read.lexemes.length === 0) return declined({ reason: 'noQuestion' })
  if (previous !== undefined && correction?.other === true) {
    const outcome = await otherOfThatName(tx, question, read, previous, turns, context)
    if (outcome !== undefined) return outcome
  }
  const ranked = afterLost ? undefined : await answerRanked(message, read, context, (asked, heard) => answerSingle(tx, asked, heard))
  if (ranked !== undefined) return 'ask' in ranked ? askBack(ranked.ask, context.previous) : ranked
  const hasMemory = previous !== undefined
  // Read as after an answer, so that what points back is seen.
  const leaning = afterLost ? interpret(read.lexemes, world, { hasMemory: true })[0] : undefined
  if (afterLost && (leaning === undefined || !leaning.selfSufficient || leaning.state.anaphor || beginsAsOrder(message, language)))
    return declined({ reason: 'leansOnLost' })
  const own = interpret(read.lexemes, world, { hasMemory })
  let best: Interpretation | undefined = own[0]
  let frame: Frame | undefined = best?.frame
  let followed = false
  let pointed: Frame | undefined
  if (previous !== undefined) {
    const change = changeOf(message, read, own[0], previous, correction !== undefined, context)
    if (change !== undefined) {
      best = change.best
      frame = change.frame
      followed = change.followed
      if (!followed) pointed = frame
    }
  }
  const changes = hasMemory || best === undefined ? undefined : changingWord(best)
  if (changes !== undefined) return declined({ reason: 'pointsNowhere', word: changes })
  const pointsBack = hasMemory && pointed === undefined && !followed && best !== undefined && pointingWord(best)
  if (pointsBack) return declined({ reason: 'pointsNowhere', word: pointsBack })
  if (hasMemory && pointed === undefined && !followed && best !== undefined && onlyShapes(best)) return declined({ reason: 'cannotApply' })
  if (previous !== undefined && pointed === undefined && !followed && best !== undefined && losesAll(message, best, previous))
    return declined({ reason: 'cannotApply' })
  if (best === undefined && read.lexemes.every((lexeme) => lexeme.readings[0]?.reading.kind === 'filler'))
    return declined({ reason: thanks(message, language) ? 'thanks' : 'greeting' })
  const standing = best === undefined ? [] : withoutTakenBack(best)
  const unknown = [...new Set(standing.filter(({ reading }) => reading.kind === 'unknown').map(({ lexeme }) => lexeme.text))]
  if (unknown.length > 0) {
    const near = unknown.length === 1 ? await nearestChoices(tx, message, unknown[0] as string, previous, world) : undefined
    if (near !== undefined) return askBack(near, context.previous)
    return declined({ reason: 'unknownWords', words: unknown })
  }
  if (best === undefined || frame === undefined) return declined({ reason: 'notUnderstood' })
  if (JSON.stringify(frame.constraints).includes(`"offset":${periodBefore}`) || JSON.stringify(frame.constraints).includes(`"offset":${periodAfter}`))
    return declined({ reason: 'whichPeriodBefore' })
  if (best.unexplained.includes('birthday')) return declined({ reason: 'beyond', topic: 'birthdays' })
  if (best.unexplained.includes('future') || liesBeyond(frame, context.now)) return declined({ reason: 'beyond', topic: 'forecast' })
  const lead = best.chosen.find(({ reading }) => reading.kind === 'record' && reading.exact && reading.options.every((option) => option.entity === 'leads'))
  if (lead !== undefined && best.unexplained.length > 0) return declined({ reason: 'onlyALead', name: lead.lexeme.text })
  const clash = contradiction(frame)
  if (clash !== undefined) return declined({ reason: 'contradiction', said: saidOf(frame, clash, world, context) })
  if (best.unexplained.length > 0 || best.score < answerable) return declined({ reason: 'partlyUnderstood', words: saidWords(best) })
  const ambiguous = ambiguousName(message, frame, standing, language)
  if (ambiguous !== undefined) return askBack(ambiguous, context.previous)
  const names = namesIn(best, world)
  const confidence = confidenceOf(best.score)
  const answer = (meant: Frame) => answerFrame(tx, question, meant, turns, context, { names, confidence })
  const answered = await answerPlace(message, frame, standing, language, answer).catch((error: unknown) => {
    // Words that make no query were not understood, whatever they seemed to say.
    if (error instanceof AppError && error.code === 'VALIDATION' && !isRefusal(error) && !isNotShown(error)) return undefined
    throw error
  })
  if (answered === undefined) return declined({ reason: 'partlyUnderstood', words: saidWords(best) })
  if ('ask' in answered) return askBack(answered.ask, context.previous)
  const outcome: SingleOutcome = correction === undefined ? answered : { ...answered, repairs: true }
  if (!followed) return outcome
  return {
    ...outcome,
    followed: true,
    ...(previous !== undefined &&
    narrows(previous.frame, frame) &&
    !best.state.count &&
    !(best.state.whether && best.state.anaphor) &&
    best.state.asks.length === 0
      ? { narrowed: true }
      : {}),
  }
}

/** Two conditions in words: "Opportunities where state is open and closed is last month". */
function saidOf({ entity }: Frame, clash: readonly Constraint[], world: ReadQuestion['world'], { language }: PlannerContext): string {
  const query: TypedQueryInput = { entity, filter: { and: clash.map(({ filter }) => filter) }, measures: [{ fn: 'count' }] }
  const known = { names: namesWith(world, new Map()), customFields: world.customFields }
  return phraseBook(language).explanation(query, explainQuery(query, world.customFields), known)
}

/** What has been recorded lies behind, so nothing of it is after now. */
function liesBeyond({ constraints }: Frame, now: Date): boolean {
  return constraints.some(({ filter }) => {
    if (!('field' in filter) || filter.op !== 'during' || !pastOnly.test(filter.field) || typeof filter.value !== 'object') return false
    return 'from' in filter.value && filter.value.from !== undefined && Date.parse(filter.value.from) > now.getTime()
  })
}

/** The answer before without what a message takes away from it: "exclude Sofia". */
async function excludeFrom(tx: Transaction, said: string, previous: PlannerTurn, context: PlannerContext) {
  const rest = readExclusion(said, context.language ?? 'en')
  if (rest === undefined) return undefined
  // "The ones without an open deal": a noun of its own needs the one it is said of.
  const noun = phraseBook(context.language).nouns.heading(previous.frame.entity).toLowerCase()
  for (const text of [rest, `${noun} ${rest}`]) {
    const read = await readQuestion(tx, text, context)
    const best = interpret(read.lexemes, read.world, { hasMemory: true, context: previous.frame.entity })[0]
    const frame = best === undefined || best.score < answerable ? undefined : withoutThose(previous.frame, best, text !== rest)
    if (best !== undefined && frame !== undefined) return { frame, names: namesIn(best, read.world), confidence: confidenceOf(best.score) }
  }
  return undefined
}

/** "No, the other Smith": another record of that name in place of the one before. */
async function otherOfThatName(
  tx: Transaction,
  question: string,
  read: ReadQuestion,
  previous: PlannerTurn,
  turns: readonly PlannerTurn[],
  context: PlannerContext,
): Promise<SingleOutcome | undefined> {
  const others = otherRecords(read.lexemes, previous)
  if (others === undefined) return undefined
  const [only] = others.options
  if (only === undefined)
    return decline({ reason: 'noOther', entity: others.entity }, await examplesFor(tx, question, read.world.language, read.world), read.world.language)
  if (others.options.length > 1) {
    const asked = previous.question ?? ''
    const options = others.options.map(({ label, detail }) => ({ label: detail ? `${label} (${detail})` : label, message: others.messageFor(asked, label) }))
    return askBack({ question: phraseBook(context.language).dialogue.whichOther(others.name), options }, context.previous)
  }
  return { ...(await answerFrame(tx, question, withRecord(previous.frame, only), turns, context)), followed: true }
}

function askBack(pending: PendingChoice, memory: PlannerMemory | undefined): PlannerOutcome {
  return { ...clarify(pending.question, pending.options, 0.5), memory: awaitChoice(memory, pending) }
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

/** "By month instead", "the same for Canada": the word that changes an answer, where there is none before. */
function changingWord({ state, selfSufficient }: Interpretation): string | undefined {
  if (selfSufficient) return undefined
  const said = state.items.filter(({ reading }) => reading.kind !== 'filler')
  // "What was his job again?" says nothing by it.
  const change = said.find(({ reading }, at) => reading.kind === 'followUp' && (reading.word === 'instead' || (reading.word === 'same' && at === 0)))
  return change?.lexeme.text
}

/** The word by which a message points to the answer before, unless it stands for nothing there. */
function pointingWord(interpretation: Interpretation): string | undefined {
  const { state, selfSufficient } = interpretation
  const word = pointsOutside(interpretation) ? state.items.find((item) => item.reading.kind === 'anaphor')?.lexeme.text : undefined
  if (word === undefined || (selfSufficient && !pointsToSeveral(word, state.world.language))) return undefined
  return word
}

function saidWords({ unexplained }: Interpretation): string[] {
  return [...new Set(unexplained.filter((word) => word !== '?' && !internal.has(word)).map((word) => word.replace(/^custom\./, '').replaceAll('_', ' ')))]
}

/** Names of the people and records that the question mentions, by id. */
function namesIn({ chosen }: Interpretation, world: ReadQuestion['world']): NamesById {
  const names = new Map(world.me === undefined ? [] : [[world.me.id, world.me.name]])
  for (const { reading } of chosen) if (reading.kind === 'record') for (const option of reading.options) names.set(option.id, option.label)
  return namesWith(world, names)
}
