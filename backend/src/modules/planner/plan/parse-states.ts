import type { Filter } from '#contracts/query.ts'
import { addConstraint, before, type Item, next, nounAhead, type ParseState } from './parse-state.ts'
import { attachState, newPhrase, type Phrase } from './phrase.ts'
import { place } from './placing.ts'
import { closedByUs } from './verbs.ts'

/** "Not closing this month" denies the month, not that they are open. */
const plans = new Set(['closing', 'upcoming'])

export function readStateWord(state: ParseState, item: Item, said: string, hold = true): void {
  // "The site visit is still to come": the visit is, and not the deal.
  const told = before(state, item.index)?.reading
  if (said === 'upcoming' && told?.kind === 'field' && told.options.every(({ path }) => path.startsWith('custom.'))) {
    state.unexplained.push(item.lexeme.text)
    return
  }
  const isWon = said === 'closed' && closedByUs(state, item)
  if (isWon) state.assumptions.push({ note: 'closedIsWon' })
  const word = isWon ? 'won' : said
  // "Without open deals" denies the deals, not that they are open.
  const planned = state.negated && state.phrases.length > 0 && next(state, item.index)?.reading.kind === 'period' && plans.has(word)
  const isBehind = state.phrases.length > 0 || state.pending.length > 0
  const carried = planned || (state.negated && isBehind && nounAhead(state, item.index))
  const negated = state.negated && !carried
  const last = state.lastConstraint
  // "won or lost"
  const ownNoun = nounAhead(state, item.index) && last !== undefined && last.phrase.at < (before(state, item.index)?.index ?? 0) && last.phrase.at !== -1
  if (last?.constraint.slot === 'state' && before(state, item.index)?.reading.kind === 'conjunction' && !negated && !ownNoun) {
    const other = attachState(last.phrase, word, false, state.world)
    if (other !== undefined && isDenied(last.constraint.filter)) {
      const denied = listsWithOr(state, item) ? attachState(last.phrase, word, true, state.world) : undefined
      if (denied === undefined) placeState(state, item, word, false, hold)
      else {
        state.alternatives.add(before(state, item.index)?.index ?? -1)
        last.constraint.filter = neitherNor(last.constraint.filter, other.constraint.filter) ?? { and: [last.constraint.filter, denied.constraint.filter] }
      }
      return
    }
    if (other !== undefined) {
      const joined: Filter = joinStates(last.constraint.filter, other.constraint.filter)
      state.alternatives.add(before(state, item.index)?.index ?? -1)
      last.constraint.filter = joined
      return
    }
  }
  if (negated && deniedAgain(state, item, word)) return
  placeState(state, item, word, negated, hold)
  if (carried) state.negated = true
}

function placeState(state: ParseState, item: Item, word: string, negated: boolean, hold: boolean): void {
  place(
    state,
    item,
    (phrase) => {
      const attachment = attachState(phrase, word, negated, state.world)
      if (attachment?.time !== undefined && !negated) phrase.time = attachment.time
      return attachment
    },
    hold,
  )
}

function isDenied(said: Filter): boolean {
  if ('and' in said) return said.and.every(isDenied)
  return 'not' in said || ('field' in said && (said.op === 'ne' || said.op === 'notIn'))
}

/** "Not won, lost or abandoned": none of them; "not won and overdue" says something else. */
function listsWithOr(state: ParseState, item: Item): boolean {
  const rest = state.items.slice(before(state, item.index)?.index ?? item.index)
  const end = rest.findIndex(({ reading }) => !['state', 'conjunction', 'filler'].includes(reading.kind))
  return (end === -1 ? rest : rest.slice(0, end)).some(({ reading }) => reading.kind === 'conjunction' && reading.word === 'or')
}

function neitherNor(said: Filter, other: Filter): Filter | undefined {
  if (!('field' in said) || !('field' in other) || said.field !== other.field || other.op !== 'eq') return undefined
  if (said.op !== 'ne' && said.op !== 'notIn') return undefined
  return { field: said.field, op: 'notIn', value: [said.value, other.value].flat() as string[] }
}

/** "With lost deals but no won ones": the noun is meant again, and there are none of it. */
function deniedAgain(state: ParseState, item: Item, word: string): boolean {
  const { current } = state
  const said = current?.constraints.find(({ slot }) => slot === 'state')?.filter
  if (current?.parent === undefined || said === undefined || !('field' in said) || said.op !== 'eq') return false
  const other = attachState(current, word, false, state.world)
  if (other?.constraint.slot !== 'state') return false
  const again: Phrase = { ...newPhrase(current.entity, false, state.world, item.index), parent: current.parent, negated: true }
  state.phrases.push(again)
  addConstraint(state, again, { ...other.constraint, at: item.index })
  state.current = again
  state.negated = false
  state.link = undefined
  return true
}

function joinStates(a: Filter, b: Filter): Filter {
  if ('field' in a && 'field' in b && a.field === b.field && a.op === 'eq' && b.op === 'eq')
    return { field: a.field, op: 'in', value: [a.value as string, b.value as string] }
  return { or: [a, b] }
}
