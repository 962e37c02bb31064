import type { Language } from '#backend/modules/planner/language/languages.ts'
import { fieldOptions } from '#backend/modules/planner/language/lexicon.ts'
import { perLanguage, vocabularyOf } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'

const compiled = perLanguage((vocabulary) => {
  const plural = (noun: string) => vocabulary.irregularPlurals[noun] ?? vocabulary.plural(noun)
  const nouns = new Map<string, EntityName>()
  for (const [name, list] of Object.entries(vocabulary.entities))
    for (const noun of list.split('|')) {
      nouns.set(noun, name as EntityName)
      nouns.set(plural(noun), name as EntityName)
    }
  return { nouns, customers: new Set(vocabulary.customers.split('|').flatMap((noun) => [noun, plural(noun)])) }
})

/** The names of fields that a word stands for; a noun of records stands for the references to them. */
export function fieldsNamed(phrase: string, language: Language): string[] {
  const named = new Set<string>()
  for (const [field, list] of Object.entries(vocabularyOf(language).fields)) if (list.split('|').includes(phrase)) named.add(field)
  for (const definition of Object.values(entities))
    for (const [key, field] of Object.entries(definition.fields)) if (fold(field.label) === phrase || key.replaceAll('_', ' ') === phrase) named.add(key)
  const entity = compiled(language).nouns.get(phrase)
  if (entity !== undefined) named.add(entity === 'users' ? 'owner' : entity)
  return [...named].flatMap((name) => (entity === undefined && name === 'place' ? fieldOptions(name).map(({ path }) => path) : [name]))
}

/** The records that words name. */
export function namedEntities(words: readonly string[], language: Language): Set<EntityName> {
  return new Set(words.flatMap((word) => compiled(language).nouns.get(word) ?? []))
}

const dimensions = new Set<EntityName>(['users', 'stages', 'pipelines', 'tags'])

/** Whether a word is a noun of records, not of what describes them. */
export function isNounOfRecords(word: string, language: Language): boolean {
  const { nouns, customers } = compiled(language)
  const entity = nouns.get(word)
  return customers.has(word) || (entity !== undefined && !dimensions.has(entity))
}
