import type { ReadingKind } from '#backend/modules/planner/language/reading.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { Item, ParseState } from './parse-state.ts'
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

const described = new Set<ReadingKind>(['filler', 'have', 'state', 'value', 'number'])
/** What somebody of ours has to do. */
const duties = new Set<EntityName>(['opportunities', 'tasks', 'leads'])

/** "Who has no open deals": those of ours without any, and not somebody of the records. */
export function peopleWithout(state: ParseState, who: Item): void {
  const { items, phrases, context, world } = state
  if (phrases.length > 0 || context !== undefined) return
  const denial = items.find(({ reading, index }) => index > who.index && reading.kind !== 'filler' && reading.kind !== 'have')
  if (denial?.reading.kind !== 'negation') return
  const noun = items.slice(denial.index + 1).find(({ reading }) => !described.has(reading.kind))
  if (noun?.reading.kind !== 'entity' || !duties.has(noun.reading.entity)) return
  // "Who has not won deals" is denied of what was done.
  if (items.slice(denial.index + 1, noun.index).some(({ reading }) => reading.kind === 'verb')) return
  const people = newPhrase('users', false, world, who.index)
  state.phrases.push(people)
  state.current = people
}
