import { says } from '#backend/modules/planner/language/says.ts'
import type { PlannerMemory } from '#backend/modules/planner/planner.types.ts'
import type { Interpretation } from '../interpret.ts'
import { pointsOutside } from './point-back.ts'

/** What a message begins with that goes on from the one before it. */
const goingOn = new Set(['followUp', 'conjunction', 'anaphor', 'negation', 'comparison', 'comparator', 'sort', 'group', 'bucket', 'shape', 'direction'])
/** The same, unless the message asks something by itself: "in March, who won most?" */
const placing = new Set(['preposition', 'period', 'have'])

/**
 * Whether a message leans on the one before it, which has no answer: "just mine", "in Singapore only", "who sent the last one?"
 * Read by itself it would be answered about records that nobody asked for.
 * @param heard the message as it is read after an answer
 */
export function leansOnLost(heard: Interpretation | undefined): boolean {
  if (heard === undefined) return false
  const { state, selfSufficient } = heard
  if (state.anaphor && pointsOutside(heard) && !(selfSufficient && state.records.length > 0)) return true
  // "The same for leads", "what about leads?", "leads instead": under conditions that are lost.
  if (state.followUp.has('about') || state.followUp.has('same') || state.followUp.has('instead')) return true
  if (selfSufficient) return false
  const said = state.items.filter(({ reading }) => reading.kind !== 'filler')
  const first = said[0]?.reading.kind ?? 'filler'
  const asks = state.asks.some((word) => word !== 'which')
  if (goingOn.has(first) || (placing.has(first) && !asks)) return true
  // "The last one", "the open ones": of what was spoken of.
  return state.items.some(({ lexeme }, at) => at > 0 && says(lexeme.text, 'oneOfThem', state.world.language))
}

/** The memory after a question of its own that was not answered; whatever was answered before stays. */
export function withLost(memory: PlannerMemory | undefined): PlannerMemory {
  const { pending: _, ...kept } = memory ?? {}
  return { ...kept, lost: true }
}
