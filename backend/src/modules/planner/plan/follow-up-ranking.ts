import { says } from '#backend/modules/planner/language/says.ts'
import { entities } from '#contracts/entities.ts'
import type { Measure } from '#contracts/query.ts'
import type { Frame } from './frame.ts'
import { conversionFrame } from './measures.ts'
import type { ParseState } from './parse-state.ts'
import { toList } from './reshape.ts'
import { keyOf } from './sorting.ts'

const rankWords = new Set(['filler', 'followUp', 'ask', 'top', 'superlative', 'number', 'conjunction', 'have'])
/** "Which category is at the bottom". */
const places = new Set(['field', 'preposition'])

/** "Which has the most?" of groups picks one of them; "who has the most?" of records groups them by owner. */
export function rankGroups(state: ParseState, before: Frame, said: Frame): Frame | undefined {
  const { superlative } = state
  const converting = convertsBestOf(state, before)
  if (converting !== undefined) return converting
  const ofUnit = rankUnits(state, before, said)
  if (ofUnit !== undefined) return ofUnit
  const asks =
    state.asks.includes('who') ||
    state.asks.includes('which') ||
    state.asks.includes('what') ||
    (before.kind === 'groups' && state.items.every(({ reading }) => rankWords.has(reading.kind)))
  // "Which source is the best?" names the groups.
  const named = state.fields.every(({ options }) =>
    options.some(({ path }) => before.groupBy.some(({ field }) => field === path || field.endsWith(`.${path}`))),
  )
  const bottom =
    before.kind === 'groups' && superlative?.by === 'top' && state.items.every(({ reading }) => rankWords.has(reading.kind) || places.has(reading.kind))
  const again =
    (bottom || state.asks.includes('which')) &&
    state.groups.every(
      (group) => group.kind === 'field' && group.options.some(({ path }) => before.groupBy.some(({ field }) => field === path || field.endsWith(`.${path}`))),
    )
  const bare = (state.groups.length === 0 || again) && named && state.measures.length === 0 && said.constraints.every(({ slot }) => slot === 'ranked')
  if (superlative === undefined || !(asks || bottom) || !bare || state.rankBy !== undefined) return undefined
  // In a ranking the first is the highest.
  const direction = superlative.by === 'time' ? (superlative.direction === 'asc' ? 'desc' : 'asc') : superlative.direction
  const [group] = before.groupBy
  const [measure] = before.measures
  if (before.kind === 'groups' && group !== undefined && measure !== undefined && group.bucket === undefined) {
    const frame = structuredClone(before)
    frame.assumptions = []
    frame.sort = [{ by: keyOf(measure), direction }]
    frame.limit = state.limit ?? 1
    frame.constraints.push({ slot: 'ranked', filter: { field: group.field, op: 'isNotEmpty' } })
    return frame
  }
  if (superlative.by !== 'count' && state.items.every(({ reading }) => rankWords.has(reading.kind))) {
    const rated = rateOfEach(before, state)
    if (rated !== undefined) return { ...rated, sort: [{ by: keyOf(rated.measures[0] as Measure), direction }], limit: state.limit ?? 1 }
  }
  const counts = superlative.by === 'count' && state.asks.includes('who') && entities[before.entity].fields.owner !== undefined
  if (!counts || (before.kind !== 'list' && before.kind !== 'figure')) return undefined
  const frame = toList(structuredClone(before))
  frame.assumptions = []
  frame.fields = []
  frame.kind = 'groups'
  frame.measures = [{ fn: 'count' }]
  frame.groupBy = [{ field: 'owner' }]
  frame.sort = [{ by: 'count', direction }]
  frame.limit = state.limit ?? 1
  frame.constraints = [...frame.constraints.filter(({ slot }) => slot !== 'ranked'), { slot: 'ranked', filter: { field: 'owner', op: 'isNotEmpty' } }]
  return frame
}

const bounds = new Set(['eq', 'gt', 'gte', 'lt', 'lte'])
const figures = new Set<string>(['count', 'sum', 'avg', 'median'])
/** So many records no group has; it is money. */
const leastAmount = 1000

/**
 * "Only those with more than 3" of counted groups, "only those above 30k" of sums and means: of what each group has. "Above 20k" of
 * counted groups is of the records.
 */
export function groupsCounted({ items, fields }: ParseState, before: Frame): Frame | undefined {
  const said = items.filter(({ reading }) => !['filler', 'followUp', 'have', 'anaphor', 'preposition'].includes(reading.kind))
  const [only] = said
  const [measure] = before.measures
  const plain = before.kind === 'groups' && before.measures.length === 1 && before.having === undefined && before.derive === undefined
  if (!plain || measure === undefined || measure.where !== undefined || !figures.has(measure.fn)) return undefined
  if (said.length !== 1 || only?.reading.kind !== 'comparison' || fields.length > 0) return undefined
  const { op, values, currency, percent } = only.reading
  const [value] = values
  if (value === undefined || values.length > 1 || currency !== undefined || percent === true || !bounds.has(op)) return undefined
  if (measure.fn === 'count' && value >= leastAmount) return undefined
  const { limit: _, offset: __, ...frame } = structuredClone(before)
  return { ...frame, assumptions: [], having: [{ measure: keyOf(measure), op: op as 'gt', value }] }
}

/** "Which is worth more?" of groups: the one whose records are worth the most; of anything else it is not said what is compared. */
export function worthMost({ items, followUp, asks, superlative, world }: ParseState, before: Frame): Frame | 'unclear' | undefined {
  const most = followUp.has('more') || (superlative !== undefined && ['count', 'measure', 'any'].includes(superlative.by))
  const worth = items.some(({ lexeme }) => lexeme.text.split(' ').some((word) => says(word, 'worth', world.language)))
  const [opening = ''] = items[0]?.lexeme.text.split(' ') ?? []
  const asksWhich = asks.some((word) => word === 'which' || word === 'who') || says(opening, 'which', world.language)
  if (!most || !worth || !asksWhich) return undefined
  const [group] = before.groupBy
  const { defaultMeasure, fields } = entities[before.entity]
  const plain =
    before.kind === 'groups' && before.groupBy.length === 1 && group?.bucket === undefined && before.having === undefined && before.derive === undefined
  if (!plain || group === undefined || defaultMeasure === undefined || fields[defaultMeasure]?.type !== 'money') return 'unclear'
  const measure: Measure = { fn: 'sum', field: defaultMeasure }
  return { ...structuredClone(before), assumptions: [], measures: [measure], sort: [{ by: keyOf(measure), direction: 'desc' }], limit: 1 }
}

/** "Who has the best?" after a rate or a mean: that of each owner. */
function rateOfEach(before: Frame, state: ParseState): Frame | undefined {
  const [measure] = before.measures
  const rated = before.kind === 'figure' && before.measures.length === 1 && before.derive === undefined && (measure?.fn === 'winRate' || measure?.fn === 'avg')
  if (!rated || !state.asks.includes('who') || entities[before.entity].fields.owner === undefined) return undefined
  const constraints = before.constraints.filter(({ slot }) => slot !== 'owner' && slot !== 'ranked')
  return {
    ...structuredClone(before),
    assumptions: [],
    kind: 'groups',
    groupBy: [{ field: 'owner' }],
    constraints: [...constraints, { slot: 'ranked', filter: { field: 'owner', op: 'isNotEmpty' } }],
  }
}

/** "Which converts best?" of leads by source: by the share that was converted, and not the leads that were. */
function convertsBestOf(state: ParseState, before: Frame): Frame | undefined {
  const { superlative, verb, measures, groups, phrases } = state
  const best = superlative !== undefined && ['measure', 'any', 'top'].includes(superlative.by) && verb === 'convert'
  if (!best || before.kind !== 'groups' || before.entity !== 'leads' || measures.length + groups.length > 0) return undefined
  if (phrases.some(({ at }) => at >= 0)) return undefined
  const frame = conversionFrame(state, { ...structuredClone(before), assumptions: [] })
  const [measure] = frame?.measures ?? []
  const [group] = before.groupBy
  if (frame === undefined || measure === undefined || group === undefined) return undefined
  const constraints =
    group.bucket === undefined ? [...frame.constraints, { slot: 'ranked', filter: { field: group.field, op: 'isNotEmpty' as const } }] : frame.constraints
  return { ...frame, constraints, sort: [{ by: keyOf(measure), direction: superlative.direction }], limit: state.limit ?? 1 }
}

/** "Which month was the best?" of figures by month. */
function rankUnits(state: ParseState, before: Frame, said: Frame): Frame | undefined {
  const { superlative, groups } = state
  const unit = state.items.find(({ reading }) => reading.kind === 'unit')?.reading
  const [group, ...others] = before.groupBy
  const [measure] = before.measures
  const bare = state.items.every(({ reading }) => rankWords.has(reading.kind))
  if (superlative === undefined || superlative.by === 'time' || before.kind !== 'groups' || measure === undefined) return undefined
  if (unit?.kind !== 'unit' && !bare) return undefined
  const named = unit?.kind === 'unit' ? unit.unit : group?.bucket
  if (others.length > 0 || group?.bucket === undefined || group.bucket !== named || groups.some((one) => one.kind !== 'bucket' || one.unit !== named))
    return undefined
  if (state.measures.length > 0 || state.periods > 0 || said.constraints.some(({ slot }) => slot !== 'ranked')) return undefined
  const { derive: _, offset: __, ...frame } = structuredClone(before)
  return { ...frame, assumptions: [], sort: [{ by: keyOf(measure), direction: superlative.direction }], limit: state.limit ?? 1 }
}
