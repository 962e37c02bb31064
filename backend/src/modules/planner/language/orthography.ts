import type { Orthography } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import { fold } from '#contracts/fold.ts'
import { alternatives } from './alternatives.ts'
import type { Lexicon } from './lexicon.ts'
import type { Token } from './tokenise.ts'

/** Words shorter than this are no part of a compound. */
const shortestPart = 4

/** The tokens as the lexicon has them, where the language writes otherwise than English: points, compounds, letters written as two. */
export function normalise(question: string, tokens: readonly Token[], lexicon: Lexicon): Token[] {
  const { orthography } = lexicon.vocabulary
  if (orthography === undefined) return [...tokens]
  const words = wordsOf(lexicon, orthography)
  return withoutPoints(question, tokens, lexicon, orthography).flatMap((token) => {
    if (token.kind !== 'word' || token.quoted) return [token]
    const norm = words.known.has(token.norm) ? token.norm : (words.bySpelling.get(spelled(token.norm, orthography)) ?? token.norm)
    const isKnown = words.known.has(norm)
    const parts = isKnown ? undefined : compound(norm, words.known, orthography)
    if (parts !== undefined) return parts.map((part) => ({ ...token, norm: part, capital: false }))
    return [{ ...token, norm, capital: token.capital && !(isKnown && orthography.capitalNouns) }]
  })
}

interface KnownWords {
  known: ReadonlySet<string>
  /** By the word with letters written as two taken for one. */
  bySpelling: ReadonlyMap<string, string>
}

const kept = new WeakMap<Lexicon, KnownWords>()

function wordsOf(lexicon: Lexicon, orthography: Orthography): KnownWords {
  const made = kept.get(lexicon)
  if (made !== undefined) return made
  const { vocabulary } = lexicon
  const known = new Set([...lexicon.words, ...lexicon.numberWords.keys(), ...Object.keys(vocabulary.multipliers), ...Object.keys(vocabulary.currencies)])
  const words = { known, bySpelling: new Map([...known].map((word) => [spelled(word, orthography), word])) }
  kept.set(lexicon, words)
  return words
}

function spelled(word: string, { digraphs }: Orthography): string {
  return digraphs.reduce((text, [two, one]) => text.replaceAll(two, one), word)
}

/** A word that is two known ones: "dealwert", "kundenumsatz". */
function compound(word: string, known: ReadonlySet<string>, { joints }: Orthography): string[] | undefined {
  for (let at = word.length - shortestPart; at >= shortestPart; at--) {
    const last = word.slice(at)
    if (!known.has(last)) continue
    for (const joint of joints) {
      const first = word.slice(0, at - joint.length)
      if (first.length >= shortestPart && word.slice(0, at).endsWith(joint) && known.has(first)) return [first, last]
    }
  }
  return undefined
}

/** "3. Quartal", "1,2 Mio. €", "am 31.12. fällig": points that end no sentence. */
function withoutPoints(question: string, tokens: readonly Token[], { vocabulary }: Lexicon, { abbreviations }: Orthography): Token[] {
  const short = new Set(abbreviations.split('|').map(fold))
  const ordinals = new Set([...vocabulary.months.flatMap((list) => list.split('|')), ...Object.keys(vocabulary.units)])
  const named = (token: Token | undefined) =>
    token !== undefined && (ordinals.has(token.norm) || (/^\p{L}/u.test(token.norm) && isPartOfYear(token.norm, vocabulary.time.words)))
  const result: Token[] = []
  tokens.forEach((token, index) => {
    const last = result.at(-1)
    const following = tokens[index + 1]
    const beside = last !== undefined && last.end === token.start && question.slice(token.start, token.end) === '.'
    if (!beside || token.kind !== 'punctuation') {
      result.push(token)
      return
    }
    if (last.kind === 'word' && short.has(last.norm)) return
    if (last.kind === 'number' && /^\d{1,2}$/.test(last.norm) && named(following)) return
    // A day without its year, at the end of a sentence too.
    if (last.kind === 'number' && /^(?:[0-2]?\d|3[01])\.(?:0?[1-9]|1[0-2])$/.test(last.norm)) {
      result[result.length - 1] = { ...last, norm: `${last.norm}.`, end: token.end }
      return
    }
    result.push(token)
  })
  return result
}

function isPartOfYear(norm: string, { quarter, half }: { quarter: string; half: string }): boolean {
  return alternatives(quarter).has(norm) || alternatives(half).has(norm)
}

/** "Annas" before "Telefonnummer" as a name and its genitive, where the data knows the name without its ending and not with it. */
export function splitGenitives(tokens: readonly Token[], lexicon: Lexicon, isKnown: (words: readonly string[]) => boolean): Token[] {
  const { orthography } = lexicon.vocabulary
  if (orthography === undefined) return [...tokens]
  return tokens.flatMap((token, index) => {
    const base = genitiveBase(token, orthography, lexicon)
    if (base === undefined) return [token]
    const before = tokens.slice(Math.max(0, index - 2), index).map(({ norm }) => norm)
    const named = (word: string) => [0, 1, 2].some((from) => from <= before.length && isKnown([...before.slice(from), word]))
    if (named(token.norm) || !named(base)) return [token]
    const at = token.end - orthography.genitive.length
    return [
      { ...token, norm: base, text: token.text.slice(0, -orthography.genitive.length), end: at },
      { ...token, kind: 'possessive' as const, text: "'s", norm: "'s", start: at, end: token.end, capital: false },
    ]
  })
}

/** The name of which a token may be the genitive. */
export function genitiveBase(token: Token, { genitive }: Orthography, lexicon: Lexicon): string | undefined {
  if (token.kind !== 'word' || token.quoted || !/^\p{Lu}/u.test(token.text) || !token.norm.endsWith(genitive)) return undefined
  const base = token.norm.slice(0, -genitive.length)
  return base.length < 3 || lexicon.words.has(token.norm) ? undefined : base
}
