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
}

export function phrasesOf(list: string): Phrases {
  const parts = list.split('|').map((phrase) => wordsOf(phrase).map(({ norm }) => norm))
  return { whole: new Set(parts.map((words) => words.join(' '))), parts: parts.sort((a, b) => b.length - a.length) }
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
export function beginning(words: readonly Word[], { parts }: Phrases, at = 0): number {
  return parts.find((phrase) => phrase.length > 0 && phrase.every((word, index) => words[at + index]?.norm === word))?.length ?? 0
}

export function ending(words: readonly Word[], { parts }: Phrases): number {
  return (
    parts.find((phrase) => phrase.length > 0 && phrase.length <= words.length && beginning(words.slice(-phrase.length), { parts: [phrase], whole }) > 0)
      ?.length ?? 0
  )
}

const whole: ReadonlySet<string> = new Set()

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
