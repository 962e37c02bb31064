import { says } from '#backend/modules/planner/language/says.ts'
import type { Frame } from '../frame.ts'
import type { Interpretation } from '../interpret.ts'

/** "In total?", "what are they worth altogether" after groups: one figure over all of them, of what was told of each unless another is named. */
export function totalOfGroups({ state, frame, unexplained }: Interpretation, before: Frame): Frame | undefined {
  if (before.kind !== 'groups' || before.limit !== undefined || before.derive !== undefined || unexplained.length > 0) return undefined
  if (!state.items.some(({ lexeme }) => says(lexeme.text, 'together', state.world.language))) return undefined
  if (state.groups.length > 0 || state.periods > 0 || state.records.length > 0 || frame.constraints.some(({ slot }) => slot !== 'ranked')) return undefined
  const another = frame.entity === before.entity && frame.kind === 'figure' && (state.fields.length > 0 || state.measures.length > 0 || state.verb === 'worth')
  const measures = another ? frame.measures : before.measures
  // Of averages and shares there is no total.
  if (!measures.every(({ fn }) => fn === 'count' || fn === 'sum')) return undefined
  const { having: _, part: __, ...rest } = structuredClone(before)
  const constraints = rest.constraints.filter(({ slot }) => slot !== 'ranked')
  return { ...rest, kind: 'figure', measures: [...measures], groupBy: [], sort: [], fields: [], constraints, assumptions: [] }
}
