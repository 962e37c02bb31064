import type { Lexeme } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import { can, type Place, type Weighted } from './narrow-place.ts'

/** What a word can only be beside those that stand next to it; undefined when they tell nothing. */
export function toldBeside(lexeme: Lexeme, place: Place): Weighted[] | undefined {
  const { previous, following, world } = place
  const filler: Weighted[] = [{ reading: { kind: 'filler' }, weight: 0 }]
  // "As of today": how things stand now is what is asked anyway.
  if (says(lexeme.text, 'asOfNow', world.language)) return filler
  if (saysNoRecord(lexeme, place)) return lexeme.readings.filter(({ reading }) => reading.kind !== 'record' && reading.kind !== 'filler')
  if (namesKindOfProduct(lexeme, place)) return filler
  // "When was the last time that we spoke": the last.
  if ((previous?.kind === 'top' || previous?.kind === 'superlative') && says(lexeme.text, 'oneTime', world.language)) return filler
  // "Ordered by at least 5": by whom it was ordered, and no order of what is shown.
  if (can(lexeme, 'sort') && can(following, 'comparator', 'comparison')) return [{ reading: { kind: 'verb', verb: 'buy' }, weight: 0 }]
  // "The average among won deals": what they are.
  const deed = can(lexeme, 'verb') && can(lexeme, 'state') && previous?.kind === 'preposition' && previous.word === 'among'
  return deed && can(following, 'entity') ? lexeme.readings.filter(({ reading }) => reading.kind === 'state') : undefined
}

/** "The best credit score": a figure that is not kept, and no firm that has "Credit" in its name. */
function saysNoRecord({ text, readings }: Lexeme, { previous, following, lexemes, index }: Place): boolean {
  const part = readings.some(({ reading }) => reading.kind === 'record' && !reading.exact) && readings.some(({ reading }) => reading.kind === 'text')
  const ranked = previous?.kind === 'superlative' || can(lexemes[index - 1], 'superlative')
  return part && ranked && !/^\p{Lu}/u.test(text) && can(following, 'field')
}

/** "SafeCopy Backup licences": the word behind a whole name says what it is, whatever other product has that word in its name. */
function namesKindOfProduct({ text, readings }: Lexeme, { previous, lexemes, index }: Place): boolean {
  const named = previous?.kind === 'record' && previous.exact && previous.options.every(({ entity }) => entity === 'products')
  const part = readings.some(({ reading }) => reading.kind === 'record' && !reading.exact && reading.options.some(({ entity }) => entity === 'products'))
  const told = lexemes.some((lexeme) => can(lexeme, 'verb', 'count', 'measure'))
  return named && part && told && lexemes[index - 1] !== undefined && !/^\p{Lu}/u.test(text)
}
