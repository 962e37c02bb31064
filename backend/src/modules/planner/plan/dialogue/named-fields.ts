import { fieldOptions } from '#backend/modules/planner/language/lexicon.ts'
import { english } from '#backend/modules/planner/vocabulary/en.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'

const singular = new Map<string, EntityName>()
for (const [name, list] of Object.entries(english.entities))
  for (const noun of list.split('|')) {
    singular.set(noun, name as EntityName)
    singular.set(english.irregularPlurals[noun] ?? english.plural(noun), name as EntityName)
  }

/** The names of fields that a word stands for; a noun of records stands for the references to them. */
export function fieldsNamed(phrase: string): string[] {
  const named = new Set<string>()
  for (const [field, list] of Object.entries(english.fields)) if (list.split('|').includes(phrase)) named.add(field)
  for (const definition of Object.values(entities))
    for (const [key, field] of Object.entries(definition.fields)) if (fold(field.label) === phrase || key.replaceAll('_', ' ') === phrase) named.add(key)
  const entity = singular.get(phrase)
  if (entity !== undefined) named.add(entity === 'users' ? 'owner' : entity)
  return [...named].flatMap((name) => (entity === undefined && name === 'place' ? fieldOptions(name).map(({ path }) => path) : [name]))
}

/** The records that words name. */
export function namedEntities(words: readonly string[]): Set<EntityName> {
  return new Set(words.flatMap((word) => singular.get(word) ?? []))
}

const dimensions = new Set<EntityName>(['users', 'stages', 'pipelines', 'tags'])

/** Whether a word is a noun of records, not of what describes them. */
export function isNounOfRecords(word: string): boolean {
  const entity = singular.get(word)
  return customers.has(word) || (entity !== undefined && !dimensions.has(entity))
}

const customers = new Set(english.customers.split('|').flatMap((noun) => [noun, english.plural(noun)]))
