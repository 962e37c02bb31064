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

/** "Who has how many open deals", "which companies have how many contacts": so many of each of them. */
export function ofEach(state: ParseState, item: Item): boolean {
  const has = before(state, item.index)
  const whose = has === undefined ? undefined : before(state, has.index)
  if (has?.reading.kind !== 'have' || whose === undefined) return false
  const [noun] = state.phrases
  if (whose.reading.kind === 'ask' && whose.reading.word === 'who' && noun === undefined) {
    state.asks = state.asks.filter((word) => word !== 'who')
    state.groups.push({ kind: 'entity', entity: 'users', customer: false })
  } else if (whose.reading.kind === 'entity' && state.phrases.length === 1 && noun?.at === whose.index && noun.constraints.length === 0) {
    state.groups.push({ kind: 'entity', entity: noun.entity, customer: noun.customer === true })
    state.phrases = []
    state.current = undefined
  } else return false
  state.link = undefined
  state.count = true
  return true
}

/** "All deals but mine", "everybody but Tom": all others. */
export function exceptsSomebody({ items, phrases, pending, world: { language } }: ParseState, { lexeme, index }: Item): boolean {
  const somebody = items[index + 1]
  const kind = somebody?.reading.kind
  return says(lexeme.text, 'except', language) && (phrases.length > 0 || pending.length > 0) && (kind === 'user' || kind === 'me')
}

const ourDeeds = new Set(['complete', 'win', 'lose', 'close', 'send', 'author'])

/** "How many tasks did people finish": anybody of ours, and no contacts. */
export function isAnybody({ items, phrases, world: { language } }: ParseState, { lexeme, index }: Item): boolean {
  const asked = items[index - 1]?.lexeme.text ?? ''
  const does = items[index + 1]?.lexeme.readings.some(({ reading }) => reading.kind === 'verb' && ourDeeds.has(reading.verb)) === true
  return phrases.length > 0 && does && says(lexeme.text, 'staff', language) && says(asked, 'askedOfPast', language)
}
