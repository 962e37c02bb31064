import { alternatives } from '#backend/modules/planner/language/alternatives.ts'
import type { Lexicon } from '#backend/modules/planner/language/lexicon.ts'
import type { ReadingKind } from '#backend/modules/planner/language/reading.ts'
import type { Token } from '#backend/modules/planner/language/tokenise.ts'

/** What goes before a preposition: "leads form Texas", "bought form us", "revenue form Acme"; "the contact form" is a form. */
const governing = new Set<ReadingKind>(['entity', 'verb', 'measure'])
/** Shouting of fewer words may be an abbreviation or a code. */
const fewestShouted = 3

/** Capitals tell no names where everything has them. */
export function unshouted(question: string): string {
  const shouted = !/\p{Ll}/u.test(question) && (question.match(/\p{Lu}{2,}/gu)?.length ?? 0) >= fewestShouted
  return shouted ? question.toLowerCase() : question
}

/** Writes out short forms, but for words that `isKnown` of the records. */
export function writeOut(tokens: Token[], { vocabulary }: Lexicon, isKnown: (word: string) => boolean): void {
  const { shorthands = {} } = vocabulary
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at] as Token
    const meant = token.kind !== 'word' || token.quoted || token.capital ? undefined : shorthands[token.norm]
    if (meant !== undefined && !isKnown(token.norm)) tokens.splice(at, 1, ...meant.split(' ').map((norm) => ({ ...token, norm })))
  }
}

/** Puts the preposition where another word slipped in. */
export function mendSlips(tokens: readonly Token[], lexicon: Lexicon): void {
  const { slips } = lexicon.vocabulary
  if (slips === undefined) return
  for (const [at, token] of tokens.entries()) {
    const slip = token.kind !== 'word' || token.quoted || token.capital ? undefined : slips[token.norm]
    if (slip !== undefined && tokens[at + 1] !== undefined && governs(tokens[at - 1]?.norm ?? '', slip.after, lexicon)) token.norm = slip.meant
  }
}

function governs(previous: string, after: string, { phrases }: Lexicon): boolean {
  return (
    alternatives(after).has(previous) ||
    phrases.get(previous)?.some(({ reading }) => governing.has(reading.kind) && (reading.kind !== 'entity' || reading.plural)) === true
  )
}
