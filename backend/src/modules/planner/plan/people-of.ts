import type { ReadingKind } from '#backend/modules/planner/language/reading.ts'
import type { ParseState } from './parse-state.ts'
import { newPhrase, type Phrase } from './phrase.ts'

const between = new Set<ReadingKind>(['filler', 'preposition', 'verb', 'value', 'state', 'me', 'possessive'])
const places = new Set(['at', 'from'])

/** "Everybody working for customers who bought X", "anyone at biotech companies": people there are asked for, not the firms. */
export function peopleOf({ phrases, items, world }: ParseState): Phrase | undefined {
  const [firms] = phrases
  if (firms === undefined || firms.entity !== 'organisations' || firms.at < 0 || (world.counts.contacts ?? 0) === 0) return undefined
  const who = items.find(({ reading, index }) => index < firms.at && reading.kind === 'ask' && reading.word === 'who')
  if (who === undefined) return undefined
  const link = items.slice(who.index + 1, firms.at)
  if (link.some(({ reading }) => !between.has(reading.kind) || (reading.kind === 'verb' && reading.verb !== 'work'))) return undefined
  const works = link.some(({ reading }) => reading.kind === 'verb' || (reading.kind === 'preposition' && places.has(reading.word)))
  return works ? newPhrase('contacts', false, world, who.index) : undefined
}
