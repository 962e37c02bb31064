import type { Language } from '#backend/modules/planner/language/languages.ts'
import { germanPhrases } from './de.ts'
import { englishPhrases } from './en.ts'
import type { PhraseBook } from './phrase-book.ts'

const books: Readonly<Record<Language, PhraseBook>> = { en: englishPhrases, de: germanPhrases }

/** What the planner says in a language; English when nobody knows better. */
export function phraseBook(language: Language = 'en'): PhraseBook {
  return books[language]
}
