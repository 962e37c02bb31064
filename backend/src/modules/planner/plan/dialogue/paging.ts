import type { DeclineReason } from '#backend/modules/planner/phrases/dialogue-phrases.ts'
import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import type { Frame } from '../frame.ts'
import { isWhole, phrasesOf, readTemplate, type Said } from './phrases.ts'

const compiled = perLanguage(({ dialogue }) => ({
  nextPage: phrasesOf(dialogue.nextPage),
  previousPage: phrasesOf(dialogue.previousPage),
  firstPage: phrasesOf(dialogue.firstPage),
  nextCount: phrasesOf(dialogue.nextCount),
  previousCount: phrasesOf(dialogue.previousCount),
  page: phrasesOf(dialogue.page),
}))
const furthest = 100_000

export type Paged = { frame: Frame } | { missing: DeclineReason }

/** "Next 10", "previous page", "page 3" of a list; undefined for anything else. */
export function turnPage(said: Said, { frame: before, matched }: PlannerTurn, pageSize: number): Paged | undefined {
  if (before.kind !== 'list' && before.kind !== 'groups' && before.kind !== 'lookup') return undefined
  const { nextPage, previousPage, firstPage, nextCount, previousCount, page } = compiled(said.language)
  const at = before.offset ?? 0
  const size = before.limit ?? pageSize
  const further = readTemplate(said, nextCount)
  const back = readTemplate(said, previousCount)
  const number = readTemplate(said, page)
  if (isWhole(said, nextPage)) return pageOf(before, at + size, before.limit, matched)
  if (further !== undefined) return pageOf(before, at + size, further, matched)
  if (isWhole(said, previousPage) && at > 0) return pageOf(before, Math.max(0, at - size), Math.min(size, at), matched)
  if (back !== undefined && at > 0) return pageOf(before, Math.max(0, at - back), Math.min(back, at), matched)
  if (isWhole(said, firstPage) && at > 0) return pageOf(before, 0, before.limit, matched)
  if (number !== undefined && number > 0) return pageOf(before, (number - 1) * size, before.limit, matched)
  return undefined
}

function pageOf(before: Frame, offset: number, limit: number | undefined, matched: number): Paged {
  if (offset >= matched) return { missing: matched === 0 ? { reason: 'nothingMore' } : { reason: 'allShown', total: matched } }
  if (offset > furthest) return { missing: { reason: 'tooFar', most: furthest } }
  const frame = structuredClone(before)
  frame.assumptions = []
  delete frame.offset
  delete frame.limit
  if (offset > 0) frame.offset = offset
  if (limit !== undefined) frame.limit = limit
  return { frame }
}
