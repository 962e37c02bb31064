import { english } from '#backend/modules/planner/vocabulary/en.ts'
import { isNounOfRecords } from './named-fields.ts'
import { beginning, hear, phrasesOf, textFrom, type Word, wordsOf } from './phrases.ts'

const { dialogue } = english
const starts = phrasesOf(dialogue.sentenceStarts)
const asks = phrasesOf(dialogue.freshStarts)
const joiners = phrasesOf(dialogue.joiners)
const greetings = phrasesOf(dialogue.greetings)
const polite = phrasesOf(dialogue.polite)
const distributed = phrasesOf(dialogue.distributed)
const fillers = phrasesOf(english.words.filler ?? '')

/** Most words of one of several nouns that one beginning holds for. */
const longestNoun = 3

/** The questions of a message, in their order; one that is alone comes back as it is. */
export function splitQuestions(message: string): string[] {
  const parts = enumerated(message)
    .flatMap(splitSentences)
    .flatMap(splitJoined)
    .map((part) => part.replace(/^\s*[-*•]\s+|[\s;]+$/g, '').trim())
    .filter((part) => /\p{L}{2}/u.test(part) && !saysNothing(part))
  const asked = parts.length === 0 ? [message] : parts
  return asked.flatMap(distribute)
}

/** "1) … 2) …" and lines of a list. */
function enumerated(message: string): string[] {
  const marks = [...message.matchAll(/(?:^|[\s;,])\(?(\d{1,2})[.)]\s+(?=\p{L})/gu)]
  const inOrder = marks.length > 1 && marks.every((mark, index) => Number(mark[1]) === index + 1)
  if (!inOrder) return message.split(/\n+/)
  return marks.map((mark, index) => message.slice(mark.index + mark[0].length, marks[index + 1]?.index ?? message.length))
}

/** At a question mark or a semicolon, and at a full stop that a question follows. */
function splitSentences(text: string): string[] {
  const parts: string[] = []
  let from = 0
  for (const mark of text.matchAll(/[?!.;]+\s+(?=\S)/g)) {
    const to = mark.index + mark[0].length
    const ends = /[?;]/.test(mark[0]) || beginning(wordsOf(text.slice(to)), starts) > 0 || saysNothing(text.slice(from, to))
    if (!ends) continue
    parts.push(text.slice(from, to))
    from = to
  }
  return [...parts, text.slice(from)]
}

/** At "and" before another question: "how many leads do we have, and how many of them are hot". */
function splitJoined(text: string): string[] {
  const words = wordsOf(text)
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < words.length; at++) {
    const length = beginning(words, joiners, at)
    const next = at + length
    if (at === 0) {
      // "Also, who owns Acme?"
      if (length > 0 && beginning(words, starts, next) > 0) from = words[next]?.from ?? 0
      continue
    }
    const isComma = length === 0 && /[,;]\s*$/.test(text.slice(words[at - 1]?.to, words[at]?.from))
    const begins = length > 0 ? beginning(words, starts, next) > 0 && startsQuestion(words, next) : isComma && beginning(words, asks, at) > 0
    const [last, first] = [words[at - 1], words[next]]
    if (!begins || last === undefined || first === undefined || wordsOf(text.slice(from, last.to)).length < 2) continue
    parts.push(text.slice(from, last.to))
    from = first.from
    at = next
  }
  return [...parts, text.slice(from)]
}

const questionStarts = phrasesOf(dialogue.questionStarts)

function startsQuestion(words: readonly Word[], at: number): boolean {
  return beginning(words, questionStarts, at) > 0 && at < words.length - 1
}

function saysNothing(text: string): boolean {
  const { words } = hear(text)
  let at = 0
  while (at < words.length) {
    const length = beginning(words, greetings, at) || beginning(words, polite, at) || beginning(words, fillers, at)
    if (length === 0) return false
    at += length
  }
  return true
}

/** "How many contacts and open deals do we have": one beginning for each of several nouns. */
function distribute(text: string): string[] {
  const words = wordsOf(text)
  const opening = beginning(words, distributed)
  if (opening === 0) return [text]
  const segments: { from: number; to: number }[] = []
  let from = opening
  for (let at = opening; at < words.length && at - from < longestNoun; at++) {
    const word = words[at] as Word
    if (!isNounOfRecords(word.norm)) continue
    segments.push({ from, to: at + 1 })
    const between = text.slice(word.to, words[at + 1]?.from ?? text.length)
    const joined = beginning(words, joiners, at + 1)
    if (joined === 0 && !/^\s*,\s*$/.test(between)) break
    from = at + 1 + joined
    at = from - 1
  }
  const last = segments.at(-1)
  if (segments.length < 2 || last === undefined) return [text]
  // "How many contacts and which companies": the last noun was not reached.
  const head = textFrom(text, words, 0, opening)
  const rest = text.slice(words[last.to - 1]?.to)
  return segments.map((segment) => `${head} ${textFrom(text, words, segment.from, segment.to)}${rest}`)
}
