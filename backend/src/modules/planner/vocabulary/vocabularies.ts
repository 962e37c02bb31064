import { german } from './de.ts'
import { english } from './en.ts'
import type { Language, Vocabulary } from './vocabulary.ts'

const vocabularies: Readonly<Record<Language, Vocabulary>> = { en: english, de: german }

export const languages = Object.keys(vocabularies) as readonly Language[]

/** The words of a language. */
export function vocabularyOf(language: Language): Vocabulary {
  return vocabularies[language]
}

/** What is made of a vocabulary, made once for each language when it is first asked for. */
export function perLanguage<T>(make: (vocabulary: Vocabulary) => T): (language: Language) => T {
  const made = new Map<Language, T>()
  return (language) => {
    const known = made.get(language)
    if (known !== undefined) return known
    const value = make(vocabularies[language])
    made.set(language, value)
    return value
  }
}
