import { says } from '#backend/modules/planner/language/says.ts'
import { entities } from '#contracts/entities.ts'
import type { Frame } from './frame.ts'
import { type Item, next, type ParseState } from './parse-state.ts'

const places = new Set(['city', 'state', 'country'])
/** What each of these verbs is about; without it nothing of the verb is in the plan. */
const told: Readonly<Record<string, RegExp>> = {
  update: /updated_at/,
  born: /date_of_birth/,
  spend: /total|amount|"field":"value"|"field":"price"|orders/,
}

/** Notes the deeds that found no part in the plan: "contacts that changed owner", "paid orders", "born in London". */
export function noteUnmetDeeds(state: ParseState, frame: Frame): void {
  const plan = JSON.stringify({ ...frame, assumptions: [] })
  for (const item of state.items) {
    const { reading, lexeme } = item
    if (reading.kind === 'verb' && told[reading.verb]?.test(plan) === false && !isOfCustomers(state)) state.unexplained.push(lexeme.text)
    if (reading.kind === 'verb' && reading.verb === 'sell' && isOther(state, item)) state.unexplained.push(lexeme.text)
    const updated = (reading.kind === 'verb' && reading.verb === 'update') || (reading.kind === 'field' && reading.concept === 'updated_at')
    if (updated && isByOne(state, item)) state.unexplained.push(lexeme.text)
    // "Paid orders", "orders paid last month": when they were paid is not recorded.
    const beside = [state.items[item.index - 1], next(state, item.index)]
    const ofOrders = beside.some((other) => other?.lexeme.readings.some((one) => one.reading.kind === 'entity' && one.reading.entity === 'orders'))
    const isPaid = ofOrders && (frame.entity === 'orders' || frame.entity === 'order_lines') && !state.asks.includes('howMuch')
    if (reading.kind === 'verb' && reading.verb === 'spend' && isPaid) state.unexplained.push(lexeme.text)
    if (reading.kind === 'filler' && says(lexeme.text, 'speaks', state.world.language) && isPlace(next(state, item.index))) state.unexplained.push(lexeme.text)
  }
  noteSpan(state)
  noteUnranked(state, frame)
  noteUncounted(state, frame)
}

/** "Paying customers" are customers. */
function isOfCustomers({ phrases }: ParseState): boolean {
  return phrases.some(({ customer }) => customer)
}

/** "What did the competitor Acme sell": only what we sell is recorded. */
function isOther(state: ParseState, { index }: Item): boolean {
  const seller = state.items[index - 1]?.reading
  if (seller?.kind === 'record') return seller.options.every(({ entity }) => entity === 'organisations' || entity === 'contacts')
  return seller?.kind === 'value' && seller.options.every(({ path }) => path.startsWith('custom.'))
}

/** "Updated by Grace": who changed a record is not recorded with it; whose it is says something else. */
function isByOne(state: ParseState, item: Item): boolean {
  const by = next(state, item.index)
  const whom = by === undefined ? undefined : next(state, by.index)
  return (
    (by?.reading.kind === 'preposition' || by?.reading.kind === 'group') && says(by.lexeme.text, 'by', state.world.language) && whom?.reading.kind === 'user'
  )
}

/** "Contacts who speak French" are not those in France. */
function isPlace(item: Item | undefined): boolean {
  return item?.reading.kind === 'value' && item.reading.options.every(({ path }) => places.has(path))
}

const ranking = new Set(['measure', 'price', 'time', 'any'])

/** "How many big orders": how big is not said, so nothing narrows what is counted. */
function noteUnranked({ superlative, rankBy, items, unexplained }: ParseState, frame: Frame): void {
  if (superlative === undefined || !ranking.has(superlative.by) || rankBy !== undefined || frame.kind !== 'figure' || frame.sort.length > 0) return
  const counts = frame.measures.length > 0 && frame.measures.every(({ fn }) => fn === 'count')
  const narrowed = frame.limit !== undefined || JSON.stringify(frame.constraints).includes('"ranked"')
  if (counts && !narrowed && frame.expansion === undefined) unexplained.push(items[superlative.at]?.lexeme.text ?? superlative.by)
}

/** "How many orders did our biggest customer place": a number was asked for, and money would come. */
function noteUncounted({ count, asks, items, unexplained }: ParseState, { measures, entity }: Frame): void {
  const money =
    measures.length > 0 && measures.every(({ fn, field }) => fn === 'sum' && field !== undefined && entities[entity].fields[field]?.type === 'money')
  if (count && money && !asks.includes('howMuch')) unexplained.push(items.find(({ reading }) => reading.kind === 'count')?.lexeme.text ?? '?')
}

const decides = new Set(['converted_at', 'completed_at', 'actual_close_date', 'convert', 'converted', 'win', 'won', 'close', 'closed', 'complete', 'completed'])

/** "Converted within 10 days": that long after they came in, and not in the last ten days. */
function noteSpan({ items, unexplained, world: { language } }: ParseState): void {
  for (const { reading, lexeme, index } of items) {
    if (reading.kind !== 'period' || !says(lexeme.text, 'within', language) || says(lexeme.text, 'withinNamed', language)) continue
    const deed = items[index - 1]?.reading
    const word = deed?.kind === 'verb' ? deed.verb : deed?.kind === 'state' ? deed.state : deed?.kind === 'field' ? deed.concept : ''
    if (decides.has(word)) unexplained.push(lexeme.text)
  }
}
