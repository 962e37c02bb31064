import { germanInstructions } from '#backend/modules/planner/vocabulary/de-instructions.ts'
import { germanPlaces, germanValues } from '#backend/modules/planner/vocabulary/de-places.ts'
import { englishAliases } from '#backend/modules/planner/vocabulary/en-places.ts'
import { placeAliases } from '#backend/modules/planner/vocabulary/places.ts'
import { languages, perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import type { Language } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import { entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import { lexiconOf } from './lexicons.ts'

export type { Language }

/** Names of places and values that only German has for what the data calls otherwise: "Frankreich", "Geschäftsführer". */
const germanNames = new Set([...germanPlaces, ...germanValues].flatMap((list) => list.split('|').slice(1)).filter((name) => !englishAliases.has(name)))

/** Words of the registry, which every lexicon has: "date of birth", "visible to". */
const registryWords = new Set(
  Object.values(entities).flatMap(({ label, labelPlural, fields }) =>
    [label, labelPlural, ...Object.entries(fields).flatMap(([name, field]) => [name, field.label])].flatMap((text) => fold(text).split(/[^\p{L}]+/u)),
  ),
)

/** Words that tell a language, and all that it knows: everyday words tell none, for "tier" and "gold" are of both. */
const wordsOf = perLanguage((vocabulary) => {
  const { language, commonWords, numberWords, months } = vocabulary
  const said = new Set(
    textsIn([
      vocabulary.entities,
      vocabulary.customers,
      vocabulary.fields,
      vocabulary.words,
      vocabulary.states,
      vocabulary.verbs,
      vocabulary.prepositions,
      vocabulary.irregularPlurals,
    ]),
  )
  const own = [...lexiconOf(language).words].filter((word) => language === 'en' || !registryWords.has(word) || said.has(word))
  const telling = new Set([
    ...own.filter((word) => !placeAliases.has(word)),
    ...Object.keys(numberWords),
    ...months.flatMap((list) => list.split('|')),
    ...(language === 'de' ? [...germanNames, ...germanInstructions.split('|').map(fold)] : []),
  ])
  return { telling, known: new Set([...telling, ...own, ...commonWords]) }
})

function textsIn(lists: readonly (string | Readonly<Record<string, string>>)[]): string[] {
  return lists.flatMap((list) => (typeof list === 'string' ? [list] : Object.values(list))).flatMap((list) => list.split(/[| ]/))
}

/** The language of a message: that of which most of its words are, or `fallback` where they tell none. */
export function languageOf(text: string, fallback: Language = 'en'): Language {
  const words = fold(text).match(/[\p{L}']+/gu) ?? []
  const tellings = languages.map((language) => {
    const others = languages.filter((one) => one !== language)
    const own = words.filter((word) => wordsOf(language).telling.has(word) && !others.some((other) => wordsOf(other).known.has(word)))
    return { language, count: own.length }
  })
  const most = Math.max(...tellings.map(({ count }) => count))
  const told = tellings.filter(({ count }) => count === most)
  const [only] = told
  return most > 0 && told.length === 1 && only !== undefined ? only.language : fallback
}
