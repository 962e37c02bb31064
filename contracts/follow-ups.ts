/** Messages that may follow an answer; each is one that the planner understands after an answer with such a plan. */
import type { AnswerLanguage } from './chat.ts'
import { type EntityName, entities } from './entities.ts'
import type { TypedQueryInput } from './query.ts'

const most = 4

/** What records of a kind are told apart by. */
type Dimension = 'stage' | 'owner' | 'month' | 'source' | 'status' | 'industry' | 'city' | 'priority' | 'product' | 'category'

interface Messages {
  howMany: string
  sortedByValue: string
  nextPage: string
  show: string
  asPercentages: string
  by(dimension: Dimension): string
  byInstead(dimension: Dimension): string
}

const germanNames: Readonly<Record<Dimension, string>> = {
  stage: 'Phase',
  owner: 'Besitzer',
  month: 'Monat',
  source: 'Quelle',
  status: 'Status',
  industry: 'Branche',
  city: 'Ort',
  priority: 'Priorität',
  product: 'Produkt',
  category: 'Kategorie',
}

const messages: Readonly<Record<AnswerLanguage, Messages>> = {
  en: {
    howMany: 'How many are there?',
    sortedByValue: 'Sorted by value',
    nextPage: 'Next page',
    show: 'Show them',
    asPercentages: 'As percentages',
    by: (dimension) => `By ${dimension}`,
    byInstead: (dimension) => `By ${dimension} instead`,
  },
  de: {
    howMany: 'Wie viele sind das?',
    sortedByValue: 'Sortiert nach Wert',
    nextPage: 'Nächste Seite',
    show: 'Zeig sie mir',
    asPercentages: 'In Prozent',
    by: (dimension) => `Nach ${germanNames[dimension]}`,
    byInstead: (dimension) => `Stattdessen nach ${germanNames[dimension]}`,
  },
}

/** What is likely to be asked next of an answer with this plan and so many records or groups, in its language. */
export function suggestFollowUps(plan: TypedQueryInput, total: number, language: AnswerLanguage = 'en'): string[] {
  const { howMany, sortedByValue, nextPage, show, asPercentages, by, byInstead } = messages[language]
  const entity = entities[plan.entity]
  const suggestions: string[] = []
  const measured = plan.measures ?? []
  if (measured.length === 0) {
    if (total > 1) suggestions.push(howMany)
    const [dimension] = dimensionsOf(plan.entity)
    if (total > 3 && dimension !== undefined) suggestions.push(by(dimension))
    if (total > 3 && entity.defaultMeasure !== undefined && plan.sort?.[0]?.by !== entity.defaultMeasure && entity.defaultMeasure === 'value')
      suggestions.push(sortedByValue)
    if (plan.limit !== undefined && total > plan.limit + (plan.offset ?? 0)) suggestions.push(nextPage)
    return suggestions.slice(0, most)
  }
  if (plan.groupBy === undefined) {
    const [only] = measured
    if (measured.length === 1 && only?.fn === 'count') suggestions.push(show)
    for (const dimension of dimensionsOf(plan.entity).slice(0, 2)) if (measured.length === 1) suggestions.push(by(dimension))
    return suggestions.slice(0, most)
  }
  const [group] = plan.groupBy
  const [measure] = measured
  const isCounted = measure?.fn === 'count' && measured.length === 1
  if (isCounted && group?.bucket === undefined) suggestions.push(asPercentages)
  if (plan.groupBy.length === 1 && measured.length === 1) {
    for (const dimension of dimensionsOf(plan.entity))
      if (dimension !== (group?.bucket ?? group?.field) && suggestions.length < most - 1) suggestions.push(byInstead(dimension))
    if (isCounted) suggestions.push(show)
  }
  return suggestions.slice(0, most)
}

const names: Readonly<Partial<Record<EntityName, readonly Dimension[]>>> = {
  opportunities: ['stage', 'owner', 'month'],
  leads: ['source', 'status', 'owner'],
  organisations: ['industry', 'owner'],
  contacts: ['city', 'owner'],
  tasks: ['owner', 'priority'],
  order_lines: ['month', 'product'],
  orders: ['month'],
  quotes: ['status', 'owner', 'month'],
  products: ['category'],
}

function dimensionsOf(entity: EntityName): readonly Dimension[] {
  return names[entity] ?? []
}
