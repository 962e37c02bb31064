import type { Reading } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { readComparisonItem } from './parse-comparisons.ts'
import { before, type Item, next, nounAhead, type ParseState } from './parse-state.ts'

const ofMoney = new Set(['cost', 'worth', 'spend', 'buy', 'sell'])

/** A larger number of money is an amount, and not how many are wanted. */
const mostAskedFor = 50
const describing = new Set(['state', 'value', 'filler'])

/** "How much orders", "how much stalled deals": things that are counted, unless what they are worth is asked. */
export function countsRecords(state: ParseState, item: Item): boolean {
  const { items, world } = state
  const noun = items.slice(item.index + 1).find(({ reading }) => !describing.has(reading.kind))?.reading
  if (!says(item.lexeme.text, 'howMuch', world.language) || noun?.kind !== 'entity' || !noun.plural) return false
  return items.every(({ reading, index }) => {
    const amount = ['measure', 'aggregate', 'field'].includes(reading.kind) || (reading.kind === 'verb' && ofMoney.has(reading.verb))
    return !amount || next(state, index)?.reading.kind === 'comparison'
  })
}

/** A number that stands alone: how many are wanted, the value of a field, or an amount. */
export function readNumberItem(state: ParseState, item: Item, reading: Extract<Reading, { kind: 'number' }>): void {
  const previous = before(state, item.index)
  const following = next(state, item.index)
  // "Ordered twice", "bought 3 times".
  if (state.verb === 'buy' && (reading.times === true || says(state.items[item.index + 1]?.lexeme.text ?? '', 'times', state.world.language))) {
    readComparisonItem(state, item, { kind: 'comparison', op: 'eq', values: [reading.value], times: true })
    return
  }
  const limits =
    previous?.reading.kind === 'top' ||
    previous?.reading.kind === 'superlative' ||
    following?.reading.kind === 'superlative' ||
    following?.reading.kind === 'top'
  // "The top 10% of customers" are no number of them.
  if (limits && reading.percent) {
    state.unexplained.push(item.lexeme.text)
    return
  }
  if (limits && Number.isInteger(reading.value) && reading.value > 0 && reading.currency === undefined) {
    state.limit = reading.value
    return
  }
  // "Top 5 USD deals", "5 USD deals": how many, and in which currency.
  const few = state.phrases.length === 0 && reading.value <= mostAskedFor && /\p{L}$/u.test(item.lexeme.text)
  if (
    (previous?.reading.kind === 'top' || few) &&
    Number.isInteger(reading.value) &&
    reading.value > 0 &&
    reading.currency !== undefined &&
    nounAhead(state, item.index)
  ) {
    state.limit = reading.value
    state.currencyWord = reading.currency
    return
  }
  // "with 3 orders", "rating 5", "state = 7"
  const ofField = previous?.reading.kind === 'preposition' && previous.reading.word === 'of' ? before(state, previous.index) : undefined
  if (
    ofField?.reading.kind === 'field' ||
    previous?.reading.kind === 'field' ||
    previous?.reading.kind === 'comparator' ||
    (previous?.reading.kind === 'verb' && /^(?:cost|worth)$/.test(previous.reading.verb))
  ) {
    readComparisonItem(state, item, {
      kind: 'comparison',
      op: 'eq',
      values: [reading.value],
      ...(reading.currency === undefined ? {} : { currency: reading.currency }),
      ...(reading.percent ? { percent: true } : {}),
    })
    return
  }
  // "The three countries with the most companies": so many groups.
  if (
    following?.reading.kind === 'field' &&
    !following.reading.options.some(isFigure) &&
    Number.isInteger(reading.value) &&
    reading.value > 0 &&
    reading.currency === undefined
  ) {
    state.limit = reading.value
    return
  }
  // "400 panels" that were sold are no customers with so many in a field of theirs.
  if (following?.reading.kind === 'field' && following.reading.part === true && (state.verb === 'sell' || state.verb === 'buy' || trades(state, item))) {
    state.unexplained.push(item.lexeme.text)
    return
  }
  if (following?.reading.kind === 'field' || (previous?.reading.kind === 'have' && following?.reading.kind === 'entity')) {
    readComparisonItem(state, item, { kind: 'comparison', op: 'eq', values: [reading.value] })
    return
  }
  if (
    (following?.reading.kind === 'entity' || nounAhead(state, item.index)) &&
    state.phrases.length === 0 &&
    Number.isInteger(reading.value) &&
    reading.value > 0 &&
    reading.currency === undefined
  ) {
    state.limit = reading.value
    return
  }
  if (reading.value === 1 && says(item.lexeme.text, 'one', state.world.language)) return
  if (reading.currency !== undefined || reading.percent) {
    readComparisonItem(state, item, {
      kind: 'comparison',
      op: 'eq',
      values: [reading.value],
      ...(reading.currency === undefined ? {} : { currency: reading.currency }),
      ...(reading.percent ? { percent: true } : {}),
    })
    return
  }
  state.unexplained.push(item.lexeme.text)
}

/** What follows is sold or bought. */
function trades({ items }: ParseState, { index }: Item): boolean {
  return items.slice(index + 1, index + 4).some(({ reading }) => reading.kind === 'verb' && (reading.verb === 'sell' || reading.verb === 'buy'))
}

function isFigure({ entity, path }: { entity: EntityName; path: string }): boolean {
  return path.startsWith('custom.') || ['integer', 'number', 'money'].includes(entities[entity].fields[path]?.type ?? '')
}
