import type { FieldOption, ReadingKind } from '#backend/modules/planner/language/reading.ts'
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
