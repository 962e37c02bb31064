import type { TimeVocabulary, TimeWord } from '#backend/modules/planner/vocabulary/time-vocabulary.ts'
import type { Token } from './tokenise.ts'

/** Finds the longest phrase for a word of time at a token, and says where it ends. */
export type TimeMatcher = (word: TimeWord, at: number) => number | undefined

const compiled = new WeakMap<TimeVocabulary, ReadonlyMap<TimeWord, readonly (readonly string[])[]>>()

function phrasesOf(time: TimeVocabulary): ReadonlyMap<TimeWord, readonly (readonly string[])[]> {
  const known = compiled.get(time)
  if (known !== undefined) return known
  const phrases = new Map(
    Object.entries(time.words).map(([word, list]) => [
      word as TimeWord,
      list
        .split('|')
        .map((phrase) => phrase.split(' '))
        .sort((a, b) => b.length - a.length),
    ]),
  )
  compiled.set(time, phrases)
  return phrases
}

export function timeMatcher(time: TimeVocabulary, tokens: readonly Token[]): TimeMatcher {
  const phrases = phrasesOf(time)
  return (word, at) => {
    for (const phrase of phrases.get(word) ?? []) if (phrase.every((part, index) => tokens[at + index]?.norm === part)) return at + phrase.length
    return undefined
  }
}

/** The entry of a table of phrases whose phrase is the longest at a token. */
export function longestAt<T>(table: Readonly<Record<string, T>>, tokens: readonly Token[], at: number, most = 4): { end: number; value: T } | undefined {
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
