import type { ParseState } from '#backend/modules/planner/plan/parse-state.ts'
import type { Phrase } from '#backend/modules/planner/plan/phrase.ts'

/** "How long does Dev take to close a deal", "how fast do we win": the time from creation to the win. */
export function askedCycle(state: ParseState, head: Phrase): void {
  const closes = state.verb === 'win' || state.verb === 'close'
  if (!closes || !state.asks.includes('howLong') || head.entity !== 'opportunities' || state.measures.length > 0 || state.negated) return
  if (state.records.length > 0 || state.periods > 1 || state.anaphor || state.superlative !== undefined || state.fields.length > 0) return
  state.measures.push('cycleDays')
  state.asks = state.asks.filter((word) => word !== 'howLong')
  state.verb = undefined
}
