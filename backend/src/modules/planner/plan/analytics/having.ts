import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { ParseState } from '#backend/modules/planner/plan/parse-state.ts'
import { fieldOn, type Phrase } from '#backend/modules/planner/plan/phrase.ts'
import { keyOf } from '#backend/modules/planner/plan/sorting.ts'
import { entities } from '#contracts/entities.ts'

const groupable = new Set(['choice', 'text', 'reference', 'tags', 'currency', 'multiChoice', 'boolean'])

/** "Cities with at least 10 contacts": a count that is compared before the head is a test of its groups. */
export function groupByComparedCount(state: ParseState, head: Phrase): void {
  if (head.count === undefined || state.groups.length > 0) return
  const [asked] = state.fields
  // "Who has more than three open tasks": of those who own them.
  if (asked === undefined && state.asks.includes('who') && entities[head.entity].fields.owner !== undefined) {
    state.groups.push({ kind: 'field', options: [{ entity: head.entity, path: 'owner' }], concept: 'owner' })
    head.constraints.push({ slot: 'owned', filter: { field: 'owner', op: 'isNotEmpty' } })
    return
  }
  const found = asked && fieldOn(head, asked.options, state.world)
  if (asked === undefined || found === undefined || !groupable.has(found.type)) return
  state.fields.shift()
  state.groups.push({ kind: 'field', options: asked.options, concept: asked.concept })
}

/** Puts the compared count of the head on its groups; where there are none it stays unexplained. */
export function applyHaving(state: ParseState, head: Phrase, frame: Frame): void {
  const { count } = head
  if (count === undefined) return
  const [measure] = frame.measures
  if (frame.kind !== 'groups' || measure?.fn !== 'count') {
    state.unexplained.push(String(count.value))
    return
  }
  frame.having = [{ measure: keyOf(measure), op: count.op, value: count.value }]
  delete frame.limit
}
