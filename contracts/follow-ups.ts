/** Messages that may follow an answer; each is one that the planner understands after an answer with such a plan. */
import { type EntityName, entities } from './entities.ts'
import type { TypedQueryInput } from './query.ts'

const most = 4

/** What is likely to be asked next of an answer with this plan and so many records or groups. */
export function suggestFollowUps(plan: TypedQueryInput, total: number): string[] {
  const entity = entities[plan.entity]
  const suggestions: string[] = []
  const measured = plan.measures ?? []
  if (measured.length === 0) {
    if (total > 1) suggestions.push('How many are there?')
    const [dimension] = dimensionsOf(plan.entity)
    if (total > 3 && dimension !== undefined) suggestions.push(`By ${dimension}`)
    if (total > 3 && entity.defaultMeasure !== undefined && plan.sort?.[0]?.by !== entity.defaultMeasure && entity.defaultMeasure === 'value')
      suggestions.push('Sorted by value')
    if (plan.limit !== undefined && total > plan.limit + (plan.offset ?? 0)) suggestions.push('Next page')
    return suggestions.slice(0, most)
  }
  if (plan.groupBy === undefined) {
    const [only] = measured
    if (measured.length === 1 && only?.fn === 'count') suggestions.push('Show them')
    for (const dimension of dimensionsOf(plan.entity).slice(0, 2)) if (measured.length === 1) suggestions.push(`By ${dimension}`)
    return suggestions.slice(0, most)
  }
  const [group] = plan.groupBy
  const [measure] = measured
  const isCounted = measure?.fn === 'count' && measured.length === 1
  if (isCounted && group?.bucket === undefined) suggestions.push('As percentages')
  if (plan.groupBy.length === 1 && measured.length === 1) {
    for (const dimension of dimensionsOf(plan.entity))
      if (dimension !== (group?.bucket ?? group?.field) && suggestions.length < most - 1) suggestions.push(`By ${dimension} instead`)
    if (isCounted) suggestions.push('Show them')
  }
  return suggestions.slice(0, most)
}

const names: Readonly<Partial<Record<EntityName, readonly string[]>>> = {
  opportunities: ['stage', 'owner', 'month'],
  leads: ['source', 'status', 'owner'],
  organisations: ['industry', 'owner'],
  contacts: ['city', 'owner'],
  tasks: ['owner', 'priority'],
  order_lines: ['month', 'product'],
  orders: ['month'],
  products: ['category'],
}

function dimensionsOf(entity: EntityName): readonly string[] {
  return names[entity] ?? []
}
