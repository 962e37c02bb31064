import { says } from '#backend/modules/planner/language/says.ts'
import { type Item, next, type ParseState } from './parse-state.ts'
import { readStateWord } from './parse-states.ts'
import { newPhrase } from './phrase.ts'
import { isObliged } from './unmeant.ts'

/** What the records do, or what was done with them. */
export function readVerb(state: ParseState, item: Item, said: string): void {
  // "Tasks I have to finish this week" are to be done by then.
  const obliged = isObliged(state.items[item.index - 1], state.world.language)
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
  state.verb = verb
  state.verbNegated = state.negated
  state.link = 'verb'
  state.preposition = undefined
  if (verb === 'worth' && following?.reading.kind !== 'comparison' && following?.reading.kind !== 'number' && (state.asks.includes('howMuch') || state.anaphor))
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
