import type { Transaction } from '#backend/infra/database/database.ts'
import { vocabularyOf } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import type { Language, Vocabulary } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import { loadWorld, type World } from '#backend/modules/planner/world/world.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Grammar } from '#contracts/questions.ts'
import { examplesOf, fill, loadOffered } from './examples.ts'

const hiddenFields = new Set(['id', 'external_id', 'visibility', 'related_id', 'related_type', 'currency'])
const fewWords = 6

/** What can be asked here: from the vocabulary, the registry of records and the workspace's data. Examples are not yet tried. */
export async function describeGrammar(tx: Transaction, language: Language = 'en'): Promise<Grammar> {
  const vocabulary = vocabularyOf(language)
  const world = await loadWorld(tx, { phrases: [], beginnings: [], words: [] }, language)
  const offered = await loadOffered(tx, world)
  const families = new Map<string, { question: string }[]>()
  for (const { family, question } of examplesOf(world, offered)) families.set(family, [...(families.get(family) ?? []), { question }])
  return {
    families: [...families].map(([name, examples]) => ({ name, examples })),
    entities: describeEntities(world, vocabulary),
    measures: Object.entries(vocabulary.measures).map(([name, list]) => ({ name: measureNames[name] ?? words(name), words: shortest(list.split('|')) })),
    times: [...vocabulary.timeExamples],
    followUps: vocabulary.followUpExamples.flatMap((template) => fill(template, offered) ?? []),
  }
}

const measureNames: Readonly<Record<string, string>> = {
  quantity: 'Units sold',
  cycleDays: 'Sales cycle',
  conversionDays: 'Days until conversion',
  averageOrder: 'Average order value',
  averageDeal: 'Average deal size',
}

/** "winRate" as words. */
function words(name: string): string {
  const text = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function describeEntities(world: World, vocabulary: Vocabulary): Grammar['entities'] {
  return (Object.keys(vocabulary.entities) as EntityName[])
    .filter((name) => entities[name].record && (world.counts[name] ?? 0) > 0)
    .map((name) => {
      const { label, labelPlural, fields } = entities[name]
      const own = Object.entries(fields).flatMap(([key, field]) =>
        hiddenFields.has(key) ? [] : [{ name: key, label: field.label, type: field.type, isCustom: false }],
      )
      const custom = world.customFields
        .filter((field) => field.entity === name)
        .map((field) => ({ name: `custom.${field.key}`, label: field.label, type: field.type, isCustom: true }))
      const others = (vocabulary.entities[name] ?? '').split('|').filter((word) => word !== label.toLowerCase())
      return { name, label: labelPlural, words: shortest(others), fields: [...own, ...custom] }
    })
}

/** The plainest of many ways to say something. */
function shortest(words: readonly string[]): string[] {
  return words.filter((word) => word.split(' ').length <= 3).slice(0, fewWords)
}
