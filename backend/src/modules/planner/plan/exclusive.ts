import { says } from '#backend/modules/planner/language/says.ts'
import type { Constraint, Frame } from './frame.ts'
import type { Item, ParseState } from './parse-state.ts'
import { isPlainTest } from './phrase.ts'

/** What may stand between "only" and what it is said of. */
const describing = new Set<Item['reading']['kind']>(['state', 'value', 'entity', 'record', 'verb', 'period', 'filler', 'conjunction'])

/** "Companies with only lost deals", "who bought only panels": they have such ones and none besides. */
export function excludeOthers(state: ParseState, frame: Frame): void {
  const { items, world, phrases, context } = state
  const [head] = phrases
  if (context !== undefined || head === undefined) return
  for (const only of items) {
    const silent = only.reading.kind === 'filler' || only.reading.kind === 'followUp'
    if (!silent || only.index <= head.at || !says(only.lexeme.text, 'exclusively', world.language)) continue
    const constraint = frame.constraints.find((one) => isSaidOnly(state, only, one))
    const { filter } = constraint ?? {}
    if (constraint !== undefined && filter !== undefined && 'relation' in filter && filter.where !== undefined)
      frame.constraints.push({
        slot: `${constraint.slot}:only`,
        filter: { relation: filter.relation, where: { not: filter.where }, count: { op: 'eq', value: 0 } },
      })
    // "With only a phone number": what they have not is not said.
    else if (
      items[only.index - 1]?.reading.kind === 'have' &&
      items.slice(only.index + 1).find(({ reading }) => reading.kind !== 'filler')?.reading.kind === 'field'
    )
      state.unexplained.push(only.lexeme.text)
  }
}

/** A test of related records of which "only" is said: right behind it, or right before it where somebody bought something. */
function isSaidOnly({ items, verb }: ParseState, only: Item, { filter, at }: Constraint): boolean {
  if (at === undefined || !('relation' in filter) || filter.where === undefined || !isPlainTest(filter)) return false
  if (at > only.index) return items.slice(only.index + 1, at).every(({ reading }) => describing.has(reading.kind))
  return verb === 'buy' && at === only.index - 1
}
