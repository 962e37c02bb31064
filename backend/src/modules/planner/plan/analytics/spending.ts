import type { ParseState } from '#backend/modules/planner/plan/parse-state.ts'
import type { Phrase } from '#backend/modules/planner/plan/phrase.ts'
import { entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'

/** "Customers who spent more than 5,000 last year": the time is that of what they spent, not of the customers. */
export function timeSpending(state: ParseState, head: Phrase): void {
  const own = entities[head.entity].defaultTime
  const spent = head.constraints.find(({ filter }) => 'relation' in filter && filter.sum !== undefined && /^order/.test(filter.relation))
  const said = head.constraints.find(({ slot, filter }) => slot === `time:${own}` && 'field' in filter)
  const created = state.newOnes || state.items.some(({ reading }) => reading.kind === 'verb' && reading.verb === 'create')
  if (spent === undefined || said === undefined || created || own === 'ordered_at' || !('relation' in spent.filter) || !('field' in said.filter)) return
  const time: Filter = { ...said.filter, field: 'ordered_at' }
  const { where } = spent.filter
  spent.filter = { ...spent.filter, where: where === undefined ? time : { and: [where, time] } }
  head.constraints = head.constraints.filter((constraint) => constraint !== said)
}
