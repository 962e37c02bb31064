import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { perLanguage, vocabularyOf } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { fold } from '#contracts/fold.ts'
import type { Filter } from '#contracts/query.ts'
import type { Constraint, Frame } from '../frame.ts'
import { slotOf } from '../phrase.ts'
import { fieldsNamed } from './named-fields.ts'
import { beginning, ending, hear, isWhole, type Phrases, phraseOf, phrasesOf, type Said, textFrom, wordsOf } from './phrases.ts'

/** Records shown at most when all are asked for. */
const mostShown = 200

type Kind = 'place' | 'time' | 'owner' | 'state'
type OfKind = readonly (readonly [Phrases, Kind])[]
const compiled = perLanguage(({ dialogue }) => ({
  everything: phrasesOf(dialogue.everything),
  all: phrasesOf(dialogue.all),
  drop: phrasesOf(dialogue.drop),
  dropEnd: phrasesOf(dialogue.dropEnd),
  limits: phrasesOf(dialogue.limits),
  groups: phrasesOf(dialogue.groups),
  wholes: [
    [phrasesOf(dialogue.anywhere), 'place'],
    [phrasesOf(dialogue.anyTime), 'time'],
    [phrasesOf(dialogue.anyone), 'owner'],
    [phrasesOf(dialogue.anyState), 'state'],
  ] as OfKind,
  nouns: [
    [phrasesOf(dialogue.places), 'place'],
    [phrasesOf(dialogue.dates), 'time'],
    [phrasesOf(dialogue.people), 'owner'],
    [phrasesOf(dialogue.states), 'state'],
  ] as OfKind,
}))

/** The frame with conditions lifted that the message names ("everywhere", "drop the owner", "ignore London"); undefined when it names none that there is. */
export function widen(said: Said, { frame: before, matched, shown }: PlannerTurn): Frame | undefined {
  const { everything, all, wholes, drop } = compiled(said.language)
  if (isWhole(said, everything)) return without(before, before.constraints)
  if (isWhole(said, all) && before.limit !== undefined && before.kind !== 'figure') return unlimited(before)
  if (isWhole(said, all) && before.kind === 'list' && matched > shown.ids.length) return { ...unlimited(before), limit: Math.min(matched, mostShown) }
  for (const [phrases, kind] of wholes) if (isWhole(said, phrases)) return withoutKind(before, kind)
  const length = beginning(said.words, drop)
  if (length === 0 || length === said.words.length) return undefined
  return dropNamed(hear(textFrom(said.text, said.words, length), said.language), before)
}

/** What "drop", "ignore", "forget" are followed by. */
function dropNamed(said: Said, before: Frame): Frame | undefined {
  const { text, words: all, language } = said
  const { dropEnd, limits, groups, nouns } = compiled(language)
  const articles = vocabularyOf(language).dialogue.article.split('|')
  let words = all
  while (words.length > 1 && articles.includes(words[0]?.norm ?? '')) words = words.slice(1)
  const end = words.length > 1 ? ending(words, dropEnd) : 0
  if (end > 0 && end < words.length) words = words.slice(0, -end)
  const phrase = phraseOf(words)
  if (limits.whole.has(phrase) && before.limit !== undefined) return unlimited(before)
  if (groups.whole.has(phrase) && before.groupBy.length > 0) return ungrouped(before)
  for (const [phrases, kind] of nouns) {
    if (!phrases.whole.has(phrase)) continue
    const found = withoutKind(before, kind)
    if (found !== undefined) return found
  }
  const wanted = wordsOf(textFrom(text, words, 0)).map(({ norm }) => norm)
  const value = before.constraints.filter((constraint) => valuesIn(constraint.filter).some((one) => sameWords(one, wanted)) || constraint.filter === undefined)
  if (value.length > 0) return without(before, value)
  const fields = fieldsNamed(phrase, language)
  const named = before.constraints.filter((constraint) =>
    fields.some(
      (field) => constraint.slot === field || constraint.slot === slotOf(field) || constraint.slot === `time:${field}` || constraint.slot === `record:${field}`,
    ),
  )
  return named.length > 0 ? without(before, named) : undefined
}

function isOfKind({ slot, filter }: Constraint, kind: Kind): boolean {
  if (kind === 'time') return slot.startsWith('time:') || JSON.stringify(filter).includes('"op":"during"')
  if (kind === 'state') return slot === 'state' || slot === 'stage' || slot === 'status'
  return slot === kind
}

function withoutKind(before: Frame, kind: Kind): Frame | undefined {
  const found = before.constraints.filter((constraint) => isOfKind(constraint, kind))
  return found.length > 0 ? without(before, found) : undefined
}

/** The frame without some of its conditions. */
export function without(before: Frame, removed: readonly Constraint[]): Frame {
  const frame = structuredClone(before)
  const gone = new Set(removed.filter((constraint) => constraint.slot !== 'ranked').map((constraint) => JSON.stringify(constraint)))
  frame.constraints = frame.constraints.filter((constraint) => !gone.has(JSON.stringify(constraint)))
  frame.assumptions = []
  delete frame.offset
  if (frame.kind === 'lookup' && gone.size > 0) frame.kind = 'list'
  return frame
}

function unlimited(before: Frame): Frame {
  const frame = structuredClone(before)
  frame.assumptions = []
  delete frame.limit
  delete frame.offset
  frame.constraints = frame.constraints.filter((constraint) => constraint.slot !== 'ranked')
  return frame
}

function ungrouped(before: Frame): Frame {
  const frame = structuredClone(before)
  frame.assumptions = []
  frame.kind = 'figure'
  frame.groupBy = []
  frame.sort = []
  delete frame.limit
  delete frame.having
  frame.constraints = frame.constraints.filter((constraint) => constraint.slot !== 'ranked')
  return frame
}

function sameWords(value: string, wanted: readonly string[]): boolean {
  const words = wordsOf(value).map(({ norm }) => norm)
  return wanted.length > 0 && (words.join(' ') === wanted.join(' ') || words.join(' ') === wanted.join(' ').replace(/s$/, ''))
}

/** Texts that a filter compares with. */
export function valuesIn(filter: Filter): string[] {
  if ('and' in filter) return filter.and.flatMap(valuesIn)
  if ('or' in filter) return filter.or.flatMap(valuesIn)
  if ('not' in filter) return valuesIn(filter.not)
  if ('relation' in filter) return filter.where === undefined ? [] : valuesIn(filter.where)
  return [filter.value].flat().flatMap((value) => (typeof value === 'string' ? [fold(value)] : []))
}
