import type { Language } from '#backend/modules/planner/language/languages.ts'
import type { Lexeme, ReadingKind } from '#backend/modules/planner/language/reading.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { beginning, phrasesOf, textFrom, wordsOf } from './phrases.ts'

const compiled = perLanguage(({ dialogue: { aside } }) => ({ requests: phrasesOf(aside.requests), reasons: phrasesOf(aside.reasons) }))

/** Fewest words of what is told before a question, and of the question. */
const fewestWords = 3

/** What is told beside a question, and the question without it. */
export interface Aside {
  told: string
  question: string
  /** Told before the question rather than after it. */
  isBefore: boolean
}

/** "I was away, so I would like to know ...", "... because I have to ring them": why something is asked, beside what is asked. */
export function asidesOf(message: string, language: Language = 'en'): Aside[] {
  const { requests, reasons } = compiled(language)
  const words = wordsOf(message)
  const asides: Aside[] = []
  for (let at = fewestWords; at < words.length; at++) {
    if (beginning(words, reasons, at) > 0) {
      asides.push({ told: textFrom(message, words, at), question: textFrom(message, words, 0, at), isBefore: false })
      break
    }
  }
  const asked = asides[0]?.question ?? message
  const said = wordsOf(asked)
  for (let at = said.length - fewestWords; at >= fewestWords; at--) {
    if (beginning(said, requests, at) === 0) continue
    asides.push({ told: textFrom(asked, said, 0, at), question: textFrom(asked, said, at), isBefore: true })
    break
  }
  return asides
}

const conditions = new Set<ReadingKind>(['value', 'record', 'user', 'state', 'number', 'comparison', 'currency', 'recurring', 'measure', 'superlative'])
/** What tells nothing of why something is asked, and may be all that is asked about where it is told first. */
const topics = new Set<ReadingKind>(['text', 'negation'])

/** Whether what is told says nothing that could be meant of the records: no name, no value, no noun, and no time but that of the reason. */
export function saysNothingOfRecords(told: readonly Lexeme[], asked: readonly Lexeme[], isBefore: boolean): boolean {
  const kinds = (lexemes: readonly Lexeme[]) => lexemes.flatMap(({ readings }) => readings[0]?.reading ?? [])
  const said = kinds(told)
  const isTimed = kinds(asked).some(({ kind }) => kind === 'period')
  const points = kinds(asked).some(({ kind }) => kind === 'anaphor')
  if (isBefore && (points || said.some(({ kind }) => topics.has(kind)) || (!isTimed && said.some(({ kind }) => kind === 'period')))) return false
  // A meeting is what one has, besides what one asks about.
  return said.every((reading) => !conditions.has(reading.kind) && (reading.kind !== 'entity' || reading.entity === 'events'))
}
