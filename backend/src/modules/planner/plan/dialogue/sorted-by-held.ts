import type { ReadingKind } from '#backend/modules/planner/language/reading.ts'
import { entities } from '#contracts/entities.ts'
import type { Frame } from '../frame.ts'
import type { Interpretation } from '../interpret.ts'

const around = new Set<ReadingKind>([
  'filler',
  'ask',
  'have',
  'sort',
  'count',
  'superlative',
  'top',
  'direction',
  'followUp',
  'anaphor',
  'conjunction',
  'preposition',
])

/** "Sort by number of contacts", "with the most contacts first", "which has the most?" after a list: by how many each of its records has. */
export function sortedByHeld({ state }: Interpretation, before: Frame): Frame | undefined {
  const { items, superlative, asks, direction } = state
  const nouns = items.flatMap(({ reading }) => (reading.kind === 'entity' ? [reading] : []))
  const [noun] = nouns
  if (before.kind !== 'list' || before.limit !== undefined || noun === undefined || nouns.length > 1 || !noun.plural || noun.customer === true) return undefined
  if (items.some(({ reading }) => reading.kind !== 'entity' && !around.has(reading.kind))) return undefined
  const counts = items.some(({ reading }) => reading.kind === 'count')
  const sorts = items.some(({ reading }) => reading.kind === 'sort') && counts
  if (!sorts && superlative?.by !== 'count') return undefined
  const relation = Object.entries(entities[before.entity].relations).find(([, { entity }]) => entity === noun.entity)?.[0]
  if (relation === undefined) return undefined
  const { offset: _, ...frame } = structuredClone(before)
  const by = `${relation}.count`
  const sorted: Frame = { ...frame, assumptions: [], fields: [by], sort: [{ by, direction: superlative?.direction ?? direction ?? 'desc' }] }
  if (superlative === undefined || !asks.some((word) => word === 'which' || word === 'who')) return sorted
  return { ...sorted, limit: state.limit ?? 1, constraints: [...sorted.constraints, { slot: 'ranked', filter: { relation } }] }
}
