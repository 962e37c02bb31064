import type { TimeVocabulary, TimeWord } from '#backend/modules/planner/vocabulary/time-vocabulary.ts'
import { phrasesIn } from './alternatives.ts'
import type { Token } from './tokenise.ts'

/** Finds the longest phrase for a word of time at a token, and says where it ends. */
export type TimeMatcher = (word: TimeWord, at: number) => number | undefined

/** Phrases by their first word, longest first: at most words none begins. */
type Beginnings = ReadonlyMap<string, readonly (readonly string[])[]>

const none: readonly (readonly string[])[] = []
const compiled = new WeakMap<TimeVocabulary, ReadonlyMap<TimeWord, Beginnings>>()

function phrasesOf(time: TimeVocabulary): ReadonlyMap<TimeWord, Beginnings> {
  const known = compiled.get(time)
  if (known !== undefined) return known
  const phrases = new Map(Object.entries(time.words).map(([word, list]) => [word as TimeWord, byBeginning(list)]))
  compiled.set(time, phrases)
  return phrases
}

function byBeginning(list: string): Beginnings {
  const longestFirst = [...phrasesIn(list)].sort((a, b) => b.length - a.length)
  return Map.groupBy(longestFirst, ([first = '']) => first)
}

export function timeMatcher(time: TimeVocabulary, tokens: readonly Token[]): TimeMatcher {
  const phrases = phrasesOf(time)
  return (word, at) => {
    for (const phrase of phrases.get(word)?.get(tokens[at]?.norm ?? '') ?? none)
      if (phrase.every((part, index) => tokens[at + index]?.norm === part)) return at + phrase.length
    return undefined
  }
}

const firsts = new WeakMap<object, ReadonlySet<string>>()

/** With which words the phrases of a table begin; a genitive stands there as one word, and in a question as two. */
function firstWords(table: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  let known = firsts.get(table)
  if (known === undefined) {
    known = new Set(Object.keys(table).flatMap((phrase) => [phrase.split(' ', 1)[0] ?? '', (phrase.split(' ', 1)[0] ?? '').replace(/s$/, '')]))
    firsts.set(table, known)
  }
  return known
}

/** The entry of a table of phrases whose phrase is the longest at a token. */
export function longestAt<T>(table: Readonly<Record<string, T>>, tokens: readonly Token[], at: number, most = 4): { end: number; value: T } | undefined {
  if (!firstWords(table).has(tokens[at]?.norm ?? '')) return undefined
  for (let words = Math.min(most, tokens.length - at); words >= 1; words--) {
    const phrase = tokens
      .slice(at, at + words)
      .map((token) => token.norm)
      .join(' ')
      .replaceAll(" 's", 's')
    const value = table[phrase]
    if (value !== undefined) return { end: at + words, value }
  }
  return undefined
}
