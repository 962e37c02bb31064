import type { Language } from '#backend/modules/planner/language/languages.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import type { Filter } from '#contracts/query.ts'
import type { Frame } from '../frame.ts'
import type { Interpretation } from '../interpret.ts'
import { beginning, hear, phrasesOf, textFrom } from './phrases.ts'

const compiled = perLanguage(({ dialogue }) => ({ exclude: phrasesOf(dialogue.exclude), excluded: phrasesOf(dialogue.excluded) }))

/** What "exclude Sofia" or "except those in USD" takes away from the answer before, as said; undefined for other messages. */
export function readExclusion(message: string, language: Language): string | undefined {
  const { text, words } = hear(message, language)
  const { exclude, excluded } = compiled(language)
  const length = beginning(words, exclude)
  if (length === 0) return undefined
  const from = length + beginning(words, excluded, length)
  return from < words.length ? textFrom(text, words, from) : undefined
}

/** The answer before without the records of which something holds; `named` when the message was read with their noun. */
export function withoutThose(before: Frame, { frame: said, unexplained, selfSufficient }: Interpretation, named = false): Frame | undefined {
  const conditions = said.constraints.filter(({ slot }) => slot !== 'ranked')
  if (unexplained.length > 0 || (selfSufficient && !named) || said.kind !== 'list' || conditions.length === 0 || said.entity !== before.entity) return undefined
  const frame = structuredClone(before)
  frame.assumptions = []
  delete frame.offset
  const filters = conditions.map(({ filter }) => filter)
  const [only] = filters
  const filter: Filter = filters.length === 1 && only !== undefined ? denied(only) : { not: { and: filters } }
  frame.constraints.push({ slot: `not:${conditions[0]?.slot ?? ''}`, filter })
  return frame
}

function denied(filter: Filter): Filter {
  if ('field' in filter && filter.op === 'eq') return { ...filter, op: 'ne' }
  if ('field' in filter && filter.op === 'in') return { ...filter, op: 'notIn' }
  return { not: filter }
}
