import type { Language } from '#backend/modules/planner/language/languages.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import { asksWhat, before, type Item, next, type ParseState } from './parse-state.ts'
import { readStateWord } from './parse-states.ts'
import { newPhrase } from './phrase.ts'
import { isObliged } from './unmeant.ts'

/** "Bought nothing this year": what denies a verb is read before it. */
export function denialsFirst(items: readonly Item[], language: Language): Item[] {
  const said = [...items]
  for (const [at, item] of items.entries()) {
    const verb = said[at - 1]
    if (verb?.reading.kind !== 'verb' || item.reading.kind !== 'negation' || !says(item.lexeme.text, 'nothing', language)) continue
    said[at - 1] = { ...item, index: at - 1 }
    said[at] = { ...verb, index: at }
  }
  return said
}

/** What the records do, or what was done with them. */
export function readVerb(state: ParseState, item: Item, said: string): void {
  // "Tasks I have to finish this week" are to be done by then.
  const doer = state.items[item.index - 1]
  const obliged = isObliged(doer?.reading.kind === 'me' ? state.items[item.index - 2] : doer, state.world.language)
  const verb = said === 'complete' && obliged ? 'due' : said
  const following = next(state, item.index)
  if (verb === 'create' && says(item.lexeme.text, 'newly', state.world.language)) state.newOnes = true
  // "Who complained about delivery" asks for what was noted.
  if (verb === 'mention' && state.phrases.length === 0 && !state.items.some(({ reading }) => reading.kind === 'entity')) {
    const notes = newPhrase('notes', false, state.world, item.index)
    state.phrases.push(notes)
    state.current = notes
    state.assumptions.push({ note: 'mentionsOnly' })
  }
  // "Top 3 selling brands".
  if (verb === 'sell' && state.superlative?.by === 'top' && says(item.lexeme.text, 'selling', state.world.language)) {
    state.superlative.by = 'sold'
    return
  }
  // "Insurance that expires": the date of its label.
  const named = before(state, item.index)
  if (verb === 'due' && following?.reading.kind === 'period' && named?.reading.kind === 'field' && named.reading.part === true) {
    state.time = named.reading.options[0]?.path
    state.link = undefined
    ;(item as { reading: Item['reading'] }).reading = { kind: 'filler' }
    return
  }
  state.verb = verb
  state.verbNegated = state.negated
  state.link = 'verb'
  state.preposition = undefined
  // "Companies that never ordered have open deals": what they have is not denied.
  if (state.negated && following?.reading.kind === 'have') state.negated = false
  if (
    verb === 'worth' &&
    following?.reading.kind !== 'comparison' &&
    following?.reading.kind !== 'number' &&
    (state.asks.includes('howMuch') || asksWhat(state) || state.anaphor)
  )
    state.aggregate ??= 'sum'
  if (state.negated && following?.reading.kind !== 'period') {
    applyNegatedVerb(state, verb)
    return
  }
}

/** "never contacted", "haven't ordered", "not converted". */
function applyNegatedVerb(state: ParseState, verb: string): void {
  if (verb === 'own') return
  if (verb === 'convert') {
    // The word says itself what it denies.
    state.negated = false
    readStateWord(state, state.items[0] as Item, 'unconverted', false)
  }
}
