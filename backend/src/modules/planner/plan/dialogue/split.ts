import type { Language } from '#backend/modules/planner/language/languages.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { isNounOfRecords } from './named-fields.ts'
import { beginning, hear, type Phrases, phrasesOf, textFrom, type Word, wordsOf } from './phrases.ts'
import { splitFigures } from './split-figures.ts'

const compiled = perLanguage(({ dialogue, words }) => ({
  starts: phrasesOf(dialogue.sentenceStarts),
  figures: phrasesOf(dialogue.figureStarts),
  asks: phrasesOf(dialogue.freshStarts),
  joiners: phrasesOf(dialogue.joiners),
  sequence: phrasesOf(dialogue.sequence),
  orders: phrasesOf(dialogue.imperatives),
  greetings: phrasesOf(dialogue.greetings),
  polite: phrasesOf(dialogue.polite),
  distributed: phrasesOf(dialogue.distributed),
  fillers: phrasesOf(words.filler ?? ''),
  questionStarts: phrasesOf(dialogue.questionStarts),
  counts: phrasesOf(words.count ?? ''),
  owned: new Set(dialogue.owned.split('|')),
}))

/** Most words of one of several nouns that one beginning holds for. */
const longestNoun = 3

/** The questions of a message, in their order; one that is alone comes back as it is. */
export function splitQuestions(message: string, language: Language = 'en'): string[] {
  const parts = enumerated(message)
    .flatMap((part) => splitSentences(part, language))
    .flatMap((part) => splitJoined(part, language))
    .map((part) => unnumbered(part.replace(/^\s*[-*•]\s+|[\s;]+$/g, '').trim(), language))
    .filter((part) => /\p{L}{2}/u.test(part) && !saysNothing(part, language))
  const asked = parts.length === 0 ? [message] : shareTime(shareEnd(parts, language), language)
  return asked.flatMap((part) => distribute(part, language)).flatMap((part) => splitFigures(part, language))
}

/** "First tell me how many ...": the word numbers the question, and ranks nothing in it. */
function unnumbered(part: string, language: Language): string {
  const { sequence, asks, counts, orders } = compiled(language)
  const words = wordsOf(part)
  const length = beginning(words, sequence)
  const [last, first] = [words[length - 1], words[length]]
  if (length === 0 || last === undefined || first === undefined) return part
  const isApart = /^\s*[,:]/.test(part.slice(last.to, first.from))
  // "First name of ..." is no order to name something.
  const asksAnew = [asks, counts, orders].some((starts) => beginning(words, starts, length) > 0) && first.norm !== 'name'
  return isApart || asksAnew ? part.slice(first.from) : part
}

/** "1) … 2) …" and lines of a list. */
function enumerated(message: string): string[] {
  const marks = [...message.matchAll(/(?:^|[\s;,])\(?(\d{1,2})[.)]\s+(?=\p{L})/gu)]
  const inOrder = marks.length > 1 && marks.every((mark, index) => Number(mark[1]) === index + 1)
  if (!inOrder) return message.split(/\n+/)
  return marks.map((mark, index) => message.slice(mark.index + mark[0].length, marks[index + 1]?.index ?? message.length))
}

/** At a question mark or a semicolon, and at a full stop that a question follows. */
function splitSentences(text: string, language: Language): string[] {
  const { starts } = compiled(language)
  const parts: string[] = []
  let from = 0
  for (const mark of text.matchAll(/[?!.;]+\s+(?=\S)/g)) {
    const to = mark.index + mark[0].length
    const ends = /[?;]/.test(mark[0]) || beginning(wordsOf(text.slice(to)), starts) > 0 || saysNothing(text.slice(from, to), language)
    if (!ends) continue
    parts.push(text.slice(from, to))
    from = to
  }
  return [...parts, text.slice(from)]
}

/** At "and" before another question: "how many leads do we have, and how many of them are hot". */
function splitJoined(text: string, language: Language): string[] {
  const { starts, asks, joiners, questionStarts, counts, figures } = compiled(language)
  const words = wordsOf(text)
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < words.length; at++) {
    const length = beginning(words, joiners, at)
    const next = at + length
    if (at === 0) {
      // "Also, who owns Acme?"
      const figure = beginning(words, figures, next) > 0
      if (length > 0 && beginning(words, starts, next) > 0 && !figure && !countsMore(words, next, language)) from = words[next]?.from ?? 0
      continue
    }
    const isComma = length === 0 && /[,;]\s*$/.test(text.slice(words[at - 1]?.to, words[at]?.from))
    // "... , how many are overdue": every count is a question of its own.
    const asksAnew = beginning(words, asks, at) > 0 || (beginning(words, counts, at) > 0 && beginning(words, questionStarts, at) > 0)
    const begins =
      length > 0
        ? beginning(words, starts, next) > 0 &&
          startsQuestion(words, next, questionStarts) &&
          !goesOn(words, next, from) &&
          !countsEach(words, next, language) &&
          !goesOnAs(text, words, next, language)
        : isComma && asksAnew && !leadsIn(words, at, from, language)
    const [last, first] = [words[at - 1], words[next]]
    if (!begins || last === undefined || first === undefined || wordsOf(text.slice(from, last.to)).length < 2) continue
    parts.push(text.slice(from, last.to))
    from = (length > 0 && countsMore(words, next, language) ? words[at] : undefined)?.from ?? first.from
    at = next
  }
  return [...parts, text.slice(from)]
}

/** "... and how many contacts?" leans on the question before it. */
function countsMore(words: readonly Word[], at: number, language: Language): boolean {
  const noun = beginning(words, compiled(language).counts, at)
  return noun > 0 && at + noun === words.length - 1 && isNounOfRecords(words.at(-1)?.norm ?? '', language)
}

/** "How many contacts and how many leads do we have in London": what ends the second question ends the first too. */
function shareEnd(parts: readonly string[], language: Language): string[] {
  const { counts, fillers } = compiled(language)
  return parts.map((part, index) => {
    const following = parts[index + 1]
    if (following === undefined || !countsMore(wordsOf(part), 0, language)) return part
    const words = wordsOf(following)
    const noun = beginning(words, counts)
    const ends = noun > 0 && isNounOfRecords(words[noun]?.norm ?? '', language) && beginning(words, fillers, noun + 1) > 0
    return ends ? `${part} ${textFrom(following, words, noun + 1)}` : part
  })
}

/** "How many deals did we win and how many did we lose this year": what ends the second ends the first, which ends with its verb. */
function shareTime(parts: readonly string[], language: Language): string[] {
  const deed = (words: readonly Word[]) => words.findIndex(({ norm }) => says(norm, 'askedOfPast', language))
  return parts.map((part, index) => {
    const following = parts[index + 1]
    const words = wordsOf(part)
    const later = wordsOf(following ?? '')
    const [at, then] = [deed(words), deed(later)]
    const counts = [words, later].every((said) => beginning(said, compiled(language).counts) > 0)
    // The verb stands behind who did it.
    if (following === undefined || !counts || at < 0 || then < 0 || words.length !== at + 3 || later.length <= then + 3) return part
    return `${part} ${textFrom(following, later, then + 3)}`
  })
}

/** "Who has overdue tasks, and how many each?" */
function countsEach(words: readonly Word[], at: number, language: Language): boolean {
  const length = beginning(words, compiled(language).counts, at)
  return length > 0 && at + length === words.length - 1 && says(words.at(-1)?.norm ?? '', 'each', language)
}

/** "Deals whose organisation is in Leeds and whose owner is Iris": the second says more of the same. */
function goesOn(words: readonly Word[], at: number, from: number): boolean {
  const pronoun = words[at]
  const opening = words.findIndex((word) => word.from >= from)
  return pronoun !== undefined && words.slice(opening + 1, at).some(({ norm }) => norm === pronoun.norm && norm === 'whose')
}

/** "Which leads are rated 5 and are still new": without a subject of its own the second says more of the first. */
function goesOnAs(text: string, words: readonly Word[], at: number, language: Language): boolean {
  const [verb, subject] = [words[at], words[at + 1]]
  if (verb === undefined || subject === undefined || !says(verb.norm, 'predicate', language)) return false
  return !says(subject.norm, 'subject', language) && /^\p{Ll}/u.test(text.slice(subject.from, subject.to)) && !isNounOfRecords(subject.norm, language)
}

/** "In Texas, how many companies do we have", "excluding Mary, ...": a clause that only says of what the question is. */
function leadsIn(words: readonly Word[], at: number, from: number, language: Language): boolean {
  const { asks, counts, orders } = compiled(language)
  const opening = words.findIndex((word) => word.from >= from)
  if (!says(words[opening]?.norm ?? '', 'leadsIn', language)) return false
  return !words.slice(opening, at).some((_, index) => [asks, counts, orders].some((starts) => beginning(words, starts, opening + index) > 0))
}

function startsQuestion(words: readonly Word[], at: number, questionStarts: Phrases): boolean {
  return beginning(words, questionStarts, at) > 0 && at < words.length - 1
}

function saysNothing(text: string, language: Language): boolean {
  const { greetings, polite, fillers } = compiled(language)
  const { words } = hear(text, language)
  let at = 0
  while (at < words.length) {
    const length = beginning(words, greetings, at) || beginning(words, polite, at) || beginning(words, fillers, at)
    if (length === 0) return false
    at += length
  }
  return true
}

/** "How many contacts and open deals do we have", "tasks and meetings next week": one beginning for each of several nouns. */
function distribute(text: string, language: Language): string[] {
  const { distributed, joiners } = compiled(language)
  const words = wordsOf(text)
  const opening = beginning(words, distributed)
  const segments: { from: number; to: number }[] = []
  let from = opening
  for (let at = opening; at < words.length && at - from < longestNoun; at++) {
    const word = words[at] as Word
    if (!isNounOfRecords(word.norm, language) && !says(word.norm, 'figureNoun', language)) continue
    segments.push({ from, to: at + 1 })
    const between = text.slice(word.to, words[at + 1]?.from ?? text.length)
    const joined = beginning(words, joiners, at + 1)
    if (joined === 0 && !/^\s*,\s*$/.test(between)) break
    from = at + 1 + joined
    at = from - 1
  }
  const last = segments.at(-1)
  if (segments.length < 2 || last === undefined) return [text]
  // Nouns that begin the message are bare, or what is said of the first is said of each.
  const [first] = segments
  const timed = first !== undefined && first.to - first.from === 2 && says(words[first.from]?.norm ?? '', 'ofEach', language)
  const isBare = ({ from, to }: { from: number; to: number }, index: number) => to - from === 1 || (index === 0 && timed)
  if (opening === 0 && !segments.every(isBare)) return [text]
  // "Deals and revenue by owner"; what "customers by month" are is not said.
  const figures = segments.filter(({ to }) => says(words[to - 1]?.norm ?? '', 'figureNoun', language))
  if (figures.length > 0 && (last.to === words.length || segments.some(({ to }) => says(words[to - 1]?.norm ?? '', 'customer', language)))) return [text]
  const said = timed ? `${words[first.from]?.norm} ` : ''
  // "How many contacts and which companies": the last noun was not reached.
  const head = textFrom(text, words, 0, opening)
  const rest = text.slice(words[last.to - 1]?.to)
  const whose = ownerSaid(text, words.slice(opening, segments[0]?.to), language)
  return segments.map((segment, index) => {
    const own = index === 0 || ownerSaid(text, words.slice(segment.from, segment.to), language) !== undefined ? '' : (whose ?? '')
    const each = index === 0 || segment.to - segment.from > 1 ? '' : said
    return `${head} ${own}${each}${textFrom(text, words, segment.from, segment.to)}${rest}`.trim()
  })
}

/** "My", "Priya's": whose the first of several nouns are, as all of them are. */
function ownerSaid(text: string, words: readonly Word[], language: Language): string | undefined {
  const { owned } = compiled(language)
  const at = words.findLastIndex(({ norm, from, to }) => owned.has(norm) || /['’]s$/.test(text.slice(from, to)) || /^['’]/.test(text.slice(to)))
  const [first, last] = [words[0], words[at]]
  if (first === undefined || last === undefined) return undefined
  const end = /^['’]/.test(text.slice(last.to)) ? last.to + 1 : last.to
  return `${text.slice(first.from, end)} `
}
