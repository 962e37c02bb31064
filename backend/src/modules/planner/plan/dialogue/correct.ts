import type { Language } from '#backend/modules/planner/language/languages.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { beginning, ending, hear, type Phrases, phrasesOf, type Said, textFrom, type Word, wordsOf } from './phrases.ts'

const compiled = perLanguage(({ dialogue, words }) => ({
  denies: phrasesOf(words.negation ?? ''),
  correctEnd: phrasesOf(dialogue.correctEnd),
  correct: phrasesOf(dialogue.correct),
  other: phrasesOf(dialogue.other),
  not: phrasesOf(dialogue.before),
  butInstead: phrasesOf(dialogue.butInstead),
  insteadOf: phrasesOf(dialogue.insteadOf),
  instead: phrasesOf(dialogue.instead),
}))

export interface Correction {
  /** What is said in place of something; empty when it only says that the answer is wrong. */
  text: string
  /** Another bearer of this name is meant. */
  other: boolean
}

/**
 * "No, I meant Leeds", "not London but Leeds", "Leeds, not London", "no, the other Smith"; undefined for what corrects nothing.
 * @param asked the message that is corrected
 */
export function readCorrection(message: string, asked = '', language: Language = 'en'): Correction | undefined {
  const said = hear(message, language)
  const { correct, correctEnd, other } = compiled(language)
  const { text } = said
  let { words } = said
  let corrects = false
  for (;;) {
    const length = beginning(words, correct)
    if (length === 0 || !isApart({ text, words, language }, length)) break
    corrects = true
    words = words.slice(length)
  }
  // "Hobart I mean".
  const closing = ending(words, correctEnd)
  if (closing > 0 && closing < words.length) {
    corrects = true
    words = words.slice(0, -closing)
  }
  const names = beginning(words, other)
  if (names > 0 && names < words.length) return { text: textFrom(text, words, names), other: true }
  const swapped = readSwap({ text, words, language }, new Set(wordsOf(asked).map(({ norm }) => norm)))
  if (swapped !== undefined) return { text: swapped, other: false }
  return corrects ? { text: textFrom(text, words, 0), other: false } : undefined
}

/** "No" alone begins "no phone" too: a comma, or more words of a correction, must follow. */
function isApart({ text, words, language }: Said, length: number): boolean {
  const { correct, not, denies } = compiled(language)
  const [last, following] = [words[length - 1], words[length]]
  if (length > 1 || last === undefined || following === undefined || !denies.whole.has(last.norm)) return true
  return /[,.;:!–—-]/.test(text.slice(last.to, following.from)) || beginning(words, correct, length) > 0 || beginning(words, not, length) > 0
}

/** What is meant in "not A but B", "not A, B", "B instead of A", "B, not A". */
function readSwap({ text, words, language }: Said, asked: ReadonlySet<string>): string | undefined {
  const { not, butInstead, insteadOf } = compiled(language)
  const opening = beginning(words, not)
  if (opening > 0) {
    const but = indexOf(words, butInstead, opening + 1)
    if (but !== undefined && but.at + but.length < words.length) return textFrom(text, words, but.at + but.length)
    const comma = words.findIndex((word, index) => index > opening && /[,;:–—]/.test(text.slice(words[index - 1]?.to, word.from)))
    return comma === -1 ? undefined : textFrom(text, words, comma)
  }
  const found = indexOf(words, insteadOf, 1)
  if (found === undefined || found.at + found.length >= words.length || found.at > 4) return undefined
  const isBare = beginning(words, not, found.at) === found.length
  // "Companies not in London" denies; "Leeds, not London" corrects.
  const replaced = words.slice(found.at + found.length)
  if (isBare && !(replaced.length <= 4 && replaced.some(({ norm }) => norm.length > 2 && asked.has(norm)))) return undefined
  if (isBare && !/[,;:–—]/.test(text.slice(words[found.at - 1]?.to, words[found.at]?.from))) return undefined
  return textFrom(text, words, 0, found.at)
}

function indexOf(words: readonly Word[], phrases: Phrases, from: number): { at: number; length: number } | undefined {
  for (let at = from; at < words.length; at++) {
    const length = beginning(words, phrases, at)
    if (length > 0) return { at, length }
  }
  return undefined
}

/** The message without "instead" at its end. */
export function withoutInstead(message: string, language: Language): string {
  const words = wordsOf(message)
  const last = words.at(-1)
  return last !== undefined && words.length > 1 && compiled(language).instead.whole.has(last.norm) ? message.slice(0, last.from).trimEnd() : message
}
