import type { ReadingKind } from '#backend/modules/planner/language/reading.ts'
import type { Frame } from '../frame.ts'
import type { Interpretation } from '../interpret.ts'
import { keyOf } from '../sorting.ts'

const rates = new Set(['winRate', 'lossRate', 'cycleDays', 'conversionRate', 'conversionDays'])
const said = new Set<ReadingKind>(['filler', 'measure', 'ask', 'followUp', 'conjunction', 'preposition', 'concept', 'entity'])

/** "Win rate?" after what was lost this quarter: of the same records and time, whatever became of them. */
export function rateAgain({ state, frame, unexplained }: Interpretation, before: Frame): Frame | 'unclear' | undefined {
  const [measure] = state.measures
  if (measure === undefined || !rates.has(measure) || unexplained.length > 0 || frame.entity !== before.entity) return undefined
  if (state.items.some(({ reading }) => !said.has(reading.kind)) || state.phrases.some(({ at }) => at >= 0)) return undefined
  if (!['list', 'figure', 'groups'].includes(before.kind) || before.derive !== undefined || before.limit !== undefined) return undefined
  const kept = before.constraints.filter(({ slot }) => slot !== 'state' && slot !== 'ranked')
  if (kept.length === 0 && before.groupBy.length === 0) return undefined
  // Of the leads converted in a time, all are.
  if (kept.some(({ slot }) => slot === 'time:converted_at')) return 'unclear'
  const [figure] = frame.measures
  const [group] = before.groupBy
  const grouped = before.kind === 'groups' && group !== undefined && figure !== undefined
  return {
    ...frame,
    kind: grouped ? 'groups' : frame.kind,
    constraints: [...frame.constraints.filter(({ slot }) => slot !== 'ranked'), ...structuredClone(kept)],
    groupBy: grouped ? before.groupBy : [],
    sort: !grouped ? [] : group.bucket === undefined ? [{ by: keyOf(figure), direction: 'desc' }] : [{ by: group.field, direction: 'asc' }],
  }
}
