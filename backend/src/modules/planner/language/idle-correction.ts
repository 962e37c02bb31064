import type { Lexicon } from './lexicon.ts'
import type { Reading } from './reading.ts'
import { says } from './says.ts'
import type { Token } from './tokenise.ts'

/** Pairs of letters that are swapped in haste at the beginning of a word: "hwich", "hsow", "htis". */
const hasty = /^(?:wh|sh|th)/

/** Letters of a word that one mistake makes another word. */
const shortName = 4

const idle = new Set<Reading['kind']>(['filler', 'comparator', 'shape', 'contains', 'named', 'followUp'])

/**
 * Whether putting a word right would make it say nothing where something was said: "contacts at acme" is no "contacts at came", and
 * "deals of lisa" no "deals of list". A word put right so would be dropped in silence.
 */
export function losesWord(tokens: readonly Token[], at: number, corrected: string, { phrases, vocabulary }: Lexicon): boolean {
  const typed = tokens[at]?.norm ?? ''
  const readings = phrases.get(corrected)
  const swapped = [...typed].sort().join('') === [...corrected].sort().join('')
  const replaced = typed.length === corrected.length && !swapped
  // "Contacts at dell" have no deal there, and "reseller" is no mistyped "seller".
  if (readings?.every(({ reading }) => reading.kind === 'entity' && !reading.plural))
    return typed[0] !== corrected[0] || (replaced && typed.length <= shortName)
  if (tokens[at + 1]?.kind === 'number' || !(readings?.every(saysLittle) ?? false)) return false
  if (typed[0] !== corrected[0] && !hasty.test(corrected)) return true
  if (replaced) return true
  if (typed.startsWith(corrected) && typed.length > corrected.length + 1) return true
  let before = at - 1
  while (before >= 0 && says(tokens[before]?.norm ?? '', 'linking', vocabulary.language)) before--
  const previous = phrases.get(tokens[before]?.norm ?? '') ?? []
  const isField = previous.some(({ reading }) => reading.kind === 'field')
  return isField || (before === at - 1 && previous.some(({ reading }) => reading.kind === 'preposition'))
}

/** What has no part in a plan by itself. */
function saysLittle({ reading }: { reading: Reading }): boolean {
  if (reading.kind === 'concept') return reading.concept === 'similar'
  return idle.has(reading.kind) || (reading.kind === 'verb' && reading.verb === 'relate') || (reading.kind === 'field' && reading.concept === 'name')
}
