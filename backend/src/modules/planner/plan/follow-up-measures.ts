import type { FieldOption, MeasureName, ReadingKind } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { Measure } from '#contracts/query.ts'
import type { Frame } from './frame.ts'
import type { ParseState } from './parse-state.ts'
import { fieldOn, fieldTypeOf } from './phrase.ts'
import { keyOf } from './sorting.ts'

/** "By source" after a share: that of each of them; undefined when the share is none of counts. */
export function sharesOfEach({ kind, part, measures }: Frame): Measure[] | undefined {
  if (kind !== 'share' || part === undefined || measures.some(({ fn }) => fn !== 'count')) return undefined
  return [
    { fn: 'share', where: part },
    { fn: 'count', as: 'part', where: part },
    { fn: 'count', as: 'whole' },
  ]
}

const around = new Set<ReadingKind>(['filler', 'followUp', 'group', 'sort', 'preposition', 'conjunction', 'aggregate', 'currency'])

/** What revenue and units are of the records that a ranking is made of. */
const figures: Partial<Record<EntityName, Partial<Record<MeasureName, string>>>> = {
  order_lines: { revenue: 'amount', quantity: 'quantity' },
  opportunities: { revenue: 'value' },
}

/** "By revenue instead" after a ranking by units: the same groups by the other figure. */
export function otherFigureOfEach({ items, currencyWord, superlative }: ParseState, before: Frame): Frame | undefined {
  const [only, ...more] = items.filter(({ reading }) => !around.has(reading.kind))
  const [measure] = before.measures
  if (before.kind !== 'groups' || before.measures.length !== 1 || before.having !== undefined || before.derive !== undefined || superlative !== undefined)
    return undefined
  if (only === undefined || more.length > 0 || measure?.fn !== 'sum' || measure.where !== undefined) return undefined
  const { reading } = only
  // "Units" are a field, too.
  const name = reading.kind === 'measure' ? reading.measure : reading.kind === 'field' && reading.concept === 'quantity' ? 'quantity' : undefined
  const field = name === undefined ? undefined : figures[before.entity]?.[name]
  if (field === undefined || field === measure.field) return undefined
  const other: Measure = { fn: 'sum', field }
  const { currency: _, ...frame } = structuredClone(before)
  return {
    ...frame,
    assumptions: [],
    measures: [other],
    sort: frame.sort.map((sort) => (sort.by === keyOf(measure) ? { ...sort, by: keyOf(other) } : sort)),
    ...(currencyWord === undefined ? {} : { currency: currencyWord }),
  }
}

/** "Just the counts" after sums by owner: how many each has, and not how many there are. */
export function countsOfEach({ items, world }: ParseState, before: Frame): Frame | undefined {
  const said = items.filter(({ reading }) => !around.has(reading.kind))
  const counts = said.filter(({ reading, lexeme }) => reading.kind === 'count' && says(lexeme.text, 'counts', world.language))
  const nouns = said.filter(({ reading }) => reading.kind === 'entity' && reading.entity === before.entity)
  const plain = before.kind === 'groups' && before.having === undefined && before.derive === undefined && before.limit === undefined
  if (!plain || counts.length !== 1 || counts.length + nouns.length !== said.length || before.measures.some(({ fn }) => fn !== 'sum' && fn !== 'avg'))
    return undefined
  const { currency: _, ...frame } = structuredClone(before)
  const keys = before.measures.map(keyOf)
  return { ...frame, assumptions: [], measures: [{ fn: 'count' }], sort: frame.sort.map((sort) => (keys.includes(sort.by) ? { ...sort, by: 'count' } : sort)) }
}

/** "Same but by value" after counts by stage: the sum of each, in place of its number. */
export function amountsOfEach(state: ParseState, before: Frame): Frame | undefined {
  const { items, currencyWord, aggregate } = state
  const [group] = before.groupBy
  if (before.kind !== 'groups' || group === undefined || before.having !== undefined || before.derive !== undefined) return undefined
  if (before.measures.length !== 1 || before.measures[0]?.fn !== 'count' || before.measures[0].where !== undefined) return undefined
  const said = items.filter(({ reading }) => !around.has(reading.kind))
  const [only] = said
  if (said.length !== 1 || only?.reading.kind !== 'field' || (aggregate !== undefined && aggregate !== 'sum')) return undefined
  const found = fieldOn({ entity: before.entity }, only.reading.options as FieldOption[], state.world)
  if (found === undefined || found.path.includes('.') || fieldTypeOf(before.entity, found.path, state.world) !== 'money') return undefined
  const measure: Measure = { fn: 'sum', field: found.path }
  return {
    ...structuredClone(before),
    assumptions: [],
    measures: [measure],
    sort: group.bucket === undefined ? [{ by: keyOf(measure), direction: 'desc' }] : before.sort,
    ...(currencyWord === undefined ? {} : { currency: currencyWord }),
  }
}
