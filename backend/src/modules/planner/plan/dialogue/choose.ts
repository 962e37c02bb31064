import type { Language } from '#backend/modules/planner/language/languages.ts'
import type { PendingChoice } from '#backend/modules/planner/planner.types.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { hear, numberOf, phrasesOf, wordsOf } from './phrases.ts'
import { findPlace } from './position.ts'

const compiled = perLanguage(({ dialogue }) => ({ silent: new Set(dialogue.choosing.split('|')), corrections: phrasesOf(dialogue.correct).whole }))

/** The message of the option that an answer to a question back names: by its number, its place, or words that only it has. */
export function chooseOption(text: string, { question, options }: PendingChoice, language: Language = 'en'): string | undefined {
  const said = hear(text, language)
  const { silent, corrections } = compiled(language)
  const words = said.words.map(({ norm }) => norm)
  const [only] = words
  const exact = options.find((option) => option.message === text || sameWords(option.label, words) || sameWords(option.message, words))
  if (exact !== undefined) return exact.message
  if (words.length === 1 && only !== undefined) {
    const number = numberOf(only, language)
    if (number !== undefined && number >= 1) return options[number - 1]?.message
  }
  const place = findPlace(said, [])
  if (place !== undefined && place.to - place.from === said.words.length) return options.at(place.position > 0 ? place.position - 1 : place.position)?.message
  const telling = words.filter((word) => !silent.has(word) && !corrections.has(word))
  if (telling.length === 0) return undefined
  // What all options share tells them not apart, and words of no option make it another question.
  const asked = new Set(wordsOf(question).map(({ norm }) => norm))
  const fitting = options.filter(({ label }) => {
    const own = new Set(wordsOf(label).map(({ norm }) => norm))
    return telling.every((word) => own.has(word) || asked.has(word))
  })
  return fitting.length === 1 ? fitting[0]?.message : undefined
}

function sameWords(text: string, words: readonly string[]): boolean {
  return (
    wordsOf(text)
      .map(({ norm }) => norm)
      .join(' ') === words.join(' ')
  )
}
