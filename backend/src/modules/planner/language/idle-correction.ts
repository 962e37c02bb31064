import type { Lexicon } from './lexicon.ts'
import type { Reading } from './reading.ts'
import { says } from './says.ts'
import type { Token } from './tokenise.ts'

/** Pairs of letters that are swapped in haste at the beginning of a word: "hwich", "hsow", "htis". */
const hasty = /^(?:wh|sh|th)/

const idle = new Set<Reading['kind']>(['filler', 'comparator', 'shape', 'contains', 'named', 'followUp'])

/**
 * Whether putting a word right would make it say nothing where something was said: "contacts at acme" is no "contacts at came", and
 * "deals of lisa" no "deals of list". A word put right so would be dropped in silence.
 */
export function losesWord(tokens: readonly Token[], at: number, corrected: string, { phrases, vocabulary }: Lexicon): boolean {
  const typed = tokens[at]?.norm ?? ''
  if (tokens[at + 1]?.kind === 'number' || !(phrases.get(corrected)?.every(saysLittle) ?? false)) return false
  const swapped = [...typed].sort().join('') === [...corrected].sort().join('')
  if (typed[0] !== corrected[0] && !hasty.test(corrected)) return true
  if (typed.length === corrected.length && !swapped) return true
  if (typed.startsWith(corrected) && typed.length > corrected.length + 1) return true
  let before = at - 1
  while (before >= 0 && says(tokens[before]?.norm ?? '', 'linking', vocabulary.language)) before--
  const previous = phrases.get(tokens[before]?.norm ?? '') ?? []
  const isField = previous.some(({ reading }) => reading.kind === 'field')
  return isField || (before === at - 1 && previous.some(({ reading }) => reading.kind === 'preposition'))
}

/** What has no part in a plan by itself. */
function saysLittle({ reading }: { reading: Reading }): boolean {
  return idle.has(reading.kind) || (reading.kind === 'verb' && reading.verb === 'relate') || (reading.kind === 'field' && reading.concept === 'name')
}
