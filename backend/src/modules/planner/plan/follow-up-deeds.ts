import { says } from '#backend/modules/planner/language/says.ts'
import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import type { Frame } from './frame.ts'
import type { ParseState } from './parse-state.ts'
import { toList } from './reshape.ts'

/** What somebody of ours does with a deal. */
const deeds = new Set(['win', 'lose', 'close', 'sell', 'won', 'lost', 'closed'])
const around = new Set(['filler', 'ask', 'state', 'verb', 'anaphor'])

/** "Who closed it?", "when was it won?" of the one deal shown: whose it is, and its day; no other deal that was closed. */
export function askedOfDeal(state: ParseState, { frame: before, shown }: PlannerTurn, closes: boolean): Frame | undefined {
  const did = state.items.some(({ reading }) => (reading.kind === 'verb' ? deeds.has(reading.verb) : reading.kind === 'state' && deeds.has(reading.state)))
  if (before.entity !== 'opportunities' || before.kind === 'groups' || shown.ids.length !== 1 || !did) return undefined
  if (!state.items.every(({ reading }) => around.has(reading.kind))) return undefined
  const fields = state.asks.includes('who') ? ['owner'] : state.asks.includes('when') && !closes ? ['actual_close_date'] : undefined
  return fields === undefined ? undefined : { ...structuredClone(before), assumptions: [], kind: 'lookup', fields }
}

/** "Who sent them?", "who sent the latest?" of e-mails: the senders, and no letters of ours. */
export function whoSent(state: ParseState, { frame: before, shown }: PlannerTurn): Frame | undefined {
  const { asks, superlative, items, world } = state
  const sent = items.some(({ lexeme }) => says(lexeme.text, 'sent', world.language))
  if (before.entity !== 'emails' || before.kind === 'groups' || !asks.includes('who') || !sent || state.phrases.some(({ at }) => at >= 0)) return undefined
  const frame = toList({ ...structuredClone(before), assumptions: [], fields: [] })
  if (superlative?.by === 'time')
    return { ...frame, kind: 'lookup', fields: ['from'], sort: [{ by: 'sent_at', direction: superlative.direction }], limit: state.limit ?? 1 }
  if (shown.ids.length === 1) return { ...frame, kind: 'lookup', fields: ['from'] }
  if (!state.anaphor || before.limit !== undefined) return undefined
  return { ...frame, kind: 'groups', groupBy: [{ field: 'from' }], measures: [{ fn: 'count' }], sort: [{ by: 'count', direction: 'desc' }] }
}
