import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { ParseState } from '#backend/modules/planner/plan/parse-state.ts'

/** "The second biggest": the one after as many as come before it. */
export function takePlace(state: ParseState, frame: Frame): void {
  const item = state.items.find(({ reading }) => reading.kind === 'rank')
  if (item?.reading.kind !== 'rank') return
  if (frame.sort.length === 0 || (state.superlative === undefined && state.sortBy === undefined) || (frame.limit ?? 1) > 10) {
    state.unexplained.push(item.lexeme.text)
    return
  }
  frame.place = item.reading.place
  frame.limit = 1
}
