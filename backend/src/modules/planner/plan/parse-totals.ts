import type { ParseState } from './parse-state.ts'
import type { Phrase } from './phrase.ts'

/** "More than 50k of open deals": what was compared before its noun is the sum of it. */
export function takeTotal(state: ParseState, child: Phrase): void {
  if (state.totalTest === undefined) return
  const { currency, ...total } = state.totalTest
  child.total = total
  if (currency !== undefined) child.constraints.push({ slot: 'currency', filter: { field: 'currency', op: 'eq', value: currency } })
  child.negated = false
  state.totalTest = undefined
}
