import { says } from '#backend/modules/planner/language/says.ts'
import { before, type Item, type ParseState } from './parse-state.ts'

/** "Everyone's number of deals": that of each of us, and not of all together. */
export function everybodys(state: ParseState, item: Item): void {
  const whose = state.items[item.index - 1]
  const figure = state.items.slice(item.index + 1).some(({ reading }) => ['count', 'aggregate', 'measure'].includes(reading.kind))
  if (!figure || whose?.reading.kind !== 'ask' || !says(whose.lexeme.text, 'everybody', state.world.language)) return
  state.asks = state.asks.filter((word) => word !== 'who')
  state.groups.push({ kind: 'entity', entity: 'users', customer: false })
}

/** "Who has how many open deals", "who's got how many": so many of each of us. */
export function ofEachPerson(state: ParseState, item: Item): boolean {
  const has = before(state, item.index)
  const who = has === undefined ? undefined : before(state, has.index)
  if (has?.reading.kind !== 'have' || who?.reading.kind !== 'ask' || who.reading.word !== 'who' || state.phrases.length > 0) return false
  state.asks = state.asks.filter((word) => word !== 'who')
  state.groups.push({ kind: 'entity', entity: 'users', customer: false })
  state.link = undefined
  state.count = true
  return true
}
