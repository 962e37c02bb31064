import type { Vocabulary } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import type { Token } from './tokenise.ts'

/** "Twenty twenty six", "nineteen ninety": a year as it is spoken, which is no sum of numbers. */
export function withSpokenYears(tokens: readonly Token[], { numberWords, multipliers }: Pick<Vocabulary, 'numberWords' | 'multipliers'>): Token[] {
  const result: Token[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    const spoken = readYear(at)
    if (spoken === undefined) result.push(token)
    else {
      const year = String(spoken.year)
      result.push({ ...token, kind: 'number', text: year, norm: year, end: (tokens[spoken.end - 1] as Token).end, capital: false })
      at = spoken.end - 1
    }
  }
  return result

  function readYear(at: number): { year: number; end: number } | undefined {
    const [century, tens, ones] = [valueAt(at), valueAt(at + 1), valueAt(at + 2)]
    if ((century !== 19 && century !== 20) || tens === undefined || tens < 10 || tens > 99) return undefined
    const hasOnes = tens >= 20 && tens % 10 === 0 && ones !== undefined && ones > 0 && ones < 10
    const end = at + (hasOnes ? 3 : 2)
    const following = tokens[end]?.norm ?? ''
    // "Twenty twenty thousand" is none, whatever it is.
    if (multipliers[following] !== undefined || numberWords[following] !== undefined) return undefined
    return { year: century * 100 + tens + (hasOnes ? ones : 0), end }
  }

  function valueAt(at: number): number | undefined {
    const token = tokens[at]
    return token?.kind === 'word' && !token.quoted ? numberWords[token.norm] : undefined
  }
}
