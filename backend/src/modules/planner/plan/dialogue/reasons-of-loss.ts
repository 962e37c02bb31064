import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import type { Language } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import type { World } from '#backend/modules/planner/world/world.ts'
import { fold } from '#contracts/fold.ts'
import type { Frame } from '../frame.ts'
import { hear, isWhole, phrasesOf } from './phrases.ts'

const compiled = perLanguage(({ dialogue }) => ({ why: phrasesOf(dialogue.why), reasons: dialogue.reasons.split('|') }))

/** "Why?" after lost deals: how many were lost for each reason, where the workspace keeps one. */
export function reasonsOfLoss(message: string, { frame: before }: PlannerTurn, world: World, language: Language): Frame | undefined {
  const { why, reasons } = compiled(language)
  if (before.entity !== 'opportunities' || before.limit !== undefined || !isWhole(hear(message, language), why)) return undefined
  const isLost = before.constraints.some(({ filter }) => 'field' in filter && filter.field === 'state' && filter.op === 'eq' && filter.value === 'lost')
  const kept = world.customFields.filter(({ entity, label }) => entity === before.entity && reasons.some((word) => fold(label).includes(word)))
  const [field] = kept
  if (!isLost || field === undefined || kept.length > 1) return undefined
  const { having: _, part: __, derive: ___, ...rest } = structuredClone(before)
  const constraints = rest.constraints.filter(({ slot }) => slot !== 'ranked')
  const groupBy = [{ field: `custom.${field.key}` }]
  return { ...rest, kind: 'groups', constraints, fields: [], groupBy, measures: [{ fn: 'count' }], sort: [{ by: 'count', direction: 'desc' }], assumptions: [] }
}
