import type { Language } from '#backend/modules/planner/language/languages.ts'
import type { DeclineReason } from '#backend/modules/planner/phrases/dialogue-phrases.ts'
import type { PlannerMemory, PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { entities } from '#contracts/entities.ts'
import type { Frame } from '../frame.ts'
import { steppedFrame } from '../stepping.ts'
import { bothOf, comparisonOf } from './both.ts'
import { canonical } from './canonical.ts'
import { lastTurn, turnsOf } from './memory.ts'
import { otherAmount } from './other-amount.ts'
import { turnPage } from './paging.ts'
import { beginning, hear, isWhole, phrasesOf, readTemplate } from './phrases.ts'
import { pointAt } from './position.ts'
import { isRanked, recordsOf, recordsOfRanked } from './records-of.ts'
import { widen, without } from './widen.ts'

const compiled = perLanguage(({ dialogue, words }) => ({
  counts: phrasesOf(words.count ?? ''),
  undo: phrasesOf(dialogue.undo),
  undoFilter: phrasesOf(dialogue.undoFilter),
  first: phrasesOf(dialogue.first),
  nth: phrasesOf(dialogue.nth),
  list: phrasesOf(dialogue.list),
  reverse: phrasesOf(dialogue.reverse),
  shares: phrasesOf(dialogue.shares),
  both: phrasesOf(dialogue.both),
  together: phrasesOf(dialogue.together),
  compareThem: phrasesOf(dialogue.compareThem),
  oneEarlier: phrasesOf(dialogue.oneEarlier),
  oneLater: phrasesOf(dialogue.oneLater),
}))

/**
 * What a message does to the conversation as a whole: shows a frame (after the answers `before` it),
 * asks something of one record shown, or cannot be done.
 */
export type Move = { frame: Frame; before: PlannerTurn[] } | { question: string; turn: PlannerTurn } | { missing: DeclineReason }

/** Reads messages whose meaning lies in the conversation: back, undo, pages, places in a list, wider, the records behind a figure. */
export function readMove(message: string, memory: PlannerMemory, pageSize: number, language: Language): Move | undefined {
  const last = lastTurn(memory)
  if (last === undefined) return undefined
  const said = hear(message, language)
  const { undo, undoFilter, first, nth, both, compareThem, counts, oneEarlier, oneLater } = compiled(language)
  const turns = turnsOf(memory)
  const paged = turnPage(said, last, pageSize)
  if (paged !== undefined) return 'missing' in paged ? paged : { frame: paged.frame, before: turns }
  if (isWhole(said, undo)) return backTo(turns, turns.length - 2)
  if (isWhole(said, undoFilter)) return withoutLast(turns, last)
  if (isWhole(said, first)) return backTo(turns, 0)
  const number = readTemplate(said, nth)
  if (number !== undefined) return backTo(turns, number > 0 ? number - 1 : turns.length + number)
  if (isWhole(said, both) && turns.length > 1) return asked(bothOf(turns, beginning(said.words, counts) > 0), turns)
  // "Together how much?" is of both, and a figure of the last would drop one.
  if (turns.length > 1 && beginning(said.words, compiled(language).together) > 0) return { missing: { reason: 'cannotApply' } }
  const compared = isWhole(said, compareThem) ? comparisonOf(turns) : undefined
  if (isWhole(said, compareThem) && (compared !== undefined || last.frame.kind !== 'groups')) return asked(compared, turns)
  const stepped = isWhole(said, oneEarlier) ? steppedFrame(last.frame, -1) : isWhole(said, oneLater) ? steppedFrame(last.frame, 1) : undefined
  if (isWhole(said, compiled(language).list) && isRanked(last.frame)) return asked(recordsOfRanked(last), turns)
  // One figure has no order.
  if (isWhole(said, compiled(language).reverse) && last.frame.kind !== 'list' && last.frame.kind !== 'groups') return { missing: { reason: 'cannotApply' } }
  const frame = stepped ?? widen(said, last) ?? reshape(said, last.frame) ?? otherAmount(said, last.frame)
  if (frame !== undefined) return { frame, before: turns }
  const listed = last.shown.ids.length < 2 && memory.list !== undefined ? memory.list : last
  const pointed = pointAt(said, listed)
  if (pointed === undefined) return undefined
  if ('missing' in pointed) return pointed
  return pointed.details ? { frame: pointed.turn.frame, before: turns } : { question: pointed.question, turn: pointed.turn }
}

function asked(frame: Frame | undefined, before: PlannerTurn[]): Move {
  return frame === undefined ? { missing: { reason: 'cannotApply' } } : { frame, before }
}

function backTo(turns: readonly PlannerTurn[], index: number): Move {
  const turn = turns[index]
  if (turn === undefined) return { missing: { reason: turns.length < 2 ? 'nothingBefore' : 'noSuchQuestion' } }
  return { frame: { ...turn.frame, assumptions: [] }, before: turns.slice(0, index) }
}

/** The answer before when it was this one with a condition fewer, else this one without the condition said last. */
function withoutLast(turns: readonly PlannerTurn[], { frame }: PlannerTurn): Move {
  const before = turns.at(-2)
  const kept = new Set(frame.constraints.map(({ filter }) => canonical(filter)))
  const narrowed = before !== undefined && before.frame.entity === frame.entity && before.frame.constraints.length < frame.constraints.length
  if (narrowed && before.frame.constraints.every((constraint) => kept.has(canonical(constraint.filter)))) return backTo(turns, turns.length - 2)
  const removed = frame.constraints.findLast((constraint) => constraint.slot !== 'ranked')
  if (removed === undefined) return { missing: { reason: 'noCondition' } }
  return { frame: without(frame, [removed]), before: [...turns] }
}

/** "Which ones?" after a figure, "the other way round", "as percentages". */
function reshape(said: ReturnType<typeof hear>, before: Frame): Frame | undefined {
  const { list, reverse, shares } = compiled(said.language)
  if (isWhole(said, list) && (before.kind === 'figure' || before.kind === 'share' || before.kind === 'groups')) return recordsOf(before)
  if (isWhole(said, reverse)) {
    const [sort, ...rest] = before.sort
    const by = sort ?? { by: before.groupBy[0]?.field ?? entities[before.entity].labelField, direction: 'asc' as const }
    return { ...structuredClone(before), assumptions: [], sort: [{ ...by, direction: by.direction === 'asc' ? 'desc' : 'asc' }, ...rest] }
  }
  if (isWhole(said, shares) && before.kind === 'groups' && !before.measures.some(({ fn }) => fn === 'share')) {
    const [measure] = before.measures
    if (measure?.fn !== 'count' && measure?.fn !== 'sum') return undefined
    const share = measure.field === undefined ? { fn: 'share' as const } : { fn: 'share' as const, field: measure.field }
    return { ...structuredClone(before), assumptions: [], measures: [...before.measures, share] }
  }
  return undefined
}
