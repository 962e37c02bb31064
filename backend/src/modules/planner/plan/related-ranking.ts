import { type EntityName, entities } from '#contracts/entities.ts'
import { emptyFrame, type Frame } from './frame.ts'
import type { ParseState } from './parse-state.ts'
import { constraintsOf, type Phrase } from './phrase.ts'
import { routeBetween } from './routes.ts'
import { isPlural } from './sorting.ts'

const mostRanked = 10

/**
 * "Which company has the most notes", "notes by company": an activity names what it is about by kind and id, which no group can follow,
 * so the records are listed by how many they have.
 */
export function relatedRanking(state: ParseState, head: Phrase): Frame | undefined {
  if (state.measures.length > 0 || state.aggregate !== undefined) return undefined
  if (state.rankBy?.kind === 'entity') {
    const { phrase } = state.rankBy
    const counted = byOrders(state, head, phrase) ?? byCount(state, head, phrase)
    if (counted === undefined) state.unexplained.push(state.items[phrase.at]?.lexeme.text ?? '?')
    return counted
  }
  const [group] = state.groups
  if (state.groups.length !== 1 || group?.kind !== 'entity' || entities[head.entity].fields.related_id === undefined) return undefined
  if (state.phrases.length > 1 || state.fields.length > 0) return undefined
  return byCount(state, { entity: group.entity, constraints: [], at: -1 }, head)
}

/** "Products by orders": by how many orders each is in. */
function byOrders(state: ParseState, head: Phrase, counted: Phrase): Frame | undefined {
  if (head.entity !== 'products' || counted.entity !== 'orders' || head.constraints.length + counted.constraints.length > 0) return undefined
  const frame = emptyFrame('order_lines')
  frame.kind = 'groups'
  frame.constraints = [{ slot: 'ranked', filter: { field: 'product', op: 'isNotEmpty' } }]
  frame.groupBy = [{ field: 'product' }]
  frame.measures = [{ fn: 'countDistinct', field: 'order_id', as: 'orders' }]
  frame.sort = [{ by: 'orders', direction: state.superlative?.direction ?? state.direction ?? 'desc' }]
  const limit = state.limit ?? (state.superlative === undefined ? undefined : isPlural(state, head) ? mostRanked : 1)
  if (limit !== undefined) frame.limit = limit
  return frame
}

function byCount(state: ParseState, head: Phrase, counted: Phrase): Frame | undefined {
  const relation = relationTo(head.entity, counted.entity)
  // Only all of them can be counted so.
  if (relation === undefined || counted.constraints.length > 0 || counted.count !== undefined) return undefined
  const by = `${relation}.count`
  const frame = emptyFrame(head.entity)
  frame.constraints = constraintsOf(
    head,
    state.phrases.filter((phrase) => phrase !== counted),
    state.world,
  )
  frame.constraints.push({ slot: 'ranked', filter: { relation } })
  frame.fields = [by]
  frame.sort = [{ by, direction: state.superlative?.direction ?? state.direction ?? 'desc' }]
  if (state.limit !== undefined) frame.limit = state.limit
  else if (state.superlative !== undefined) frame.limit = isPlural(state, head) ? mostRanked : 1
  if (state.shape !== undefined) frame.shape = state.shape
  return frame
}

/** The relation by which an activity hangs on what it is about. */
function relationTo(from: EntityName, to: EntityName): string | undefined {
  if (entities[to].fields.related_id === undefined || routeBetween(to, from)?.some((step) => step.kind === 'reference') === true) return undefined
  return Object.entries(entities[from].relations).find(([, relation]) => relation.entity === to)?.[0]
}
