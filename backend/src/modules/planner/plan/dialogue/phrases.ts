import type { Language } from '#backend/modules/planner/language/languages.ts'
import { perLanguage, vocabularyOf } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { fold } from '#contracts/fold.ts'

/** A message as words, without politeness at its ends. */
export interface Said {
  text: string
  language: Language
  words: readonly Word[]
}

export interface Word {
  norm: string
  from: number
  to: number
}

const wordPattern = /[#@]|[\p{L}\p{N}](?:[\p{L}\p{N}'’.&-]*[\p{L}\p{N}])?/gu

export function wordsOf(text: string): Word[] {
  return [...text.matchAll(wordPattern)].map((match) => ({ norm: fold(match[0]).replace(/['’]/g, ''), from: match.index, to: match.index + match[0].length }))
}

/** Phrases separated by `|` for look-up. */
export interface Phrases {
  readonly whole: ReadonlySet<string>
  /** As words, longest first. */
  readonly parts: readonly (readonly string[])[]
  /** The same by their first and by their last word. */
  readonly byFirst: ReadonlyMap<string, readonly (readonly string[])[]>
  readonly byLast: ReadonlyMap<string, readonly (readonly string[])[]>
}

export function phrasesOf(list: string): Phrases {
  const parts = list.split('|').map((phrase) => wordsOf(phrase).map(({ norm }) => norm))
  parts.sort((a, b) => b.length - a.length)
  return {
    whole: new Set(parts.map((words) => words.join(' '))),
    parts,
    byFirst: Map.groupBy(parts, (words) => words[0] ?? ''),
    byLast: Map.groupBy(parts, (words) => words.at(-1) ?? ''),
  }
}

const politeness = perLanguage(({ dialogue }) => phrasesOf(dialogue.polite))

/** Takes polite words off both ends, unless nothing else is said. */
export function hear(text: string, language: Language): Said {
  const polite = politeness(language)
  let words: readonly Word[] = wordsOf(text)
  for (;;) {
    const opening = beginning(words, polite)
    const closing = ending(words, polite)
    if (opening === words.length || closing === words.length) return { text, words, language }
    if (opening > 0) words = words.slice(opening)
    else if (closing > 0) words = words.slice(0, -closing)
    else return { text, words, language }
  }
}

export function phraseOf(words: readonly Word[]): string {
  return words.map(({ norm }) => norm).join(' ')
}

/** How many words at the beginning are one of the phrases; 0 when none is. */
export function beginning(words: readonly Word[], { byFirst }: Phrases, at = 0): number {
  const phrases = byFirst.get(words[at]?.norm ?? '')
  return phrases?.find((phrase) => stands(phrase, words, at))?.length ?? 0
}

/** How many words at the end are one of the phrases; 0 when none is. */
export function ending(words: readonly Word[], { byLast }: Phrases): number {
  const phrases = byLast.get(words.at(-1)?.norm ?? '')
  return phrases?.find((phrase) => phrase.length <= words.length && stands(phrase, words, words.length - phrase.length))?.length ?? 0
}

function stands(phrase: readonly string[], words: readonly Word[], at: number): boolean {
  return phrase.every((word, index) => words[at + index]?.norm === word)
}

/** Whether the message is one of the phrases, with or without politeness. */
export function isWhole(said: Said, { whole }: Phrases): boolean {
  return whole.has(phraseOf(said.words)) || whole.has(phraseOf(wordsOf(said.text)))
}

/** The number in a message that is one of the templates: `#` is a number, `@` an ordinal. */
export function readTemplate(said: Said, { parts }: Phrases): number | undefined {
  const { words, language } = said
  const { dialogue } = vocabularyOf(language)
  for (const template of parts) {
    if (template.length !== words.length) continue
    let found: number | undefined
    const fits = template.every((part, index) => {
      const word = words[index]?.norm ?? ''
      const number = part === '#' ? numberOf(word, language) : part === '@' ? dialogue.ordinals[word] : undefined
      if (part !== '#' && part !== '@') return part === word
      found = number
      return number !== undefined
    })
    if (fits) return found
  }
  return undefined
}

export function numberOf(word: string, language: Language): number | undefined {
  if (/^\d{1,4}$/.test(word)) return Number(word)
  return vocabularyOf(language).numberWords[word]
}

/** The message from a word on, as written. */
export function textFrom(text: string, words: readonly Word[], from: number, to = words.length): string {
  const [first, last] = [words[from], words[to - 1]]
  return first === undefined || last === undefined || to <= from ? '' : text.slice(first.from, last.to)
}
