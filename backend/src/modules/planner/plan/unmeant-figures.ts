import { says } from '#backend/modules/planner/language/says.ts'
import type { Frame } from './frame.ts'
import { type Item, next, type ParseState } from './parse-state.ts'

/** Notes the words of a figure or a ranking that say something else than the plan does. */
export function noteUnmeantFigures(state: ParseState, frame: Frame): void {
  noteForeignSum(state, frame)
  noteMovementInText(state)
  noteLostToWhom(state)
  noteTopOfEach(state, frame)
}

/** "How many employees" of deals: a figure of a company would count with each of its deals again. */
function noteForeignSum({ items, unexplained }: ParseState, { entity, measures }: Frame): void {
  if (!measures.some(({ fn, field }) => fn === 'sum' && entity !== 'order_lines' && field?.startsWith('organisation.') === true)) return
  unexplained.push(items.find(({ reading }) => reading.kind === 'field')?.lexeme.text ?? 'sum')
}

/** "E-mails about menu changes": what they are about, and not how their number changed. */
function noteMovementInText({ items, unexplained }: ParseState): void {
  const introduces = ({ readings }: Item['lexeme']) => readings.some(({ reading }) => reading.kind === 'preposition' && reading.word === 'about')
  for (const { reading, lexeme, index } of items) {
    const previous = items.slice(0, index).findLast((item) => item.reading.kind !== 'filler' || introduces(item.lexeme))
    if (reading.kind !== 'movement' || previous === undefined) continue
    if (introduces(previous.lexeme) || (previous.index === index - 1 && previous.reading.kind === 'text')) unexplained.push(lexeme.text)
  }
}

/** "Who do we lose most deals to": somebody else, and nobody of ours. */
function noteLostToWhom({ items, asks, unexplained }: ParseState): void {
  const last = items.at(-1)
  const loses = items.some(({ reading }) => (reading.kind === 'verb' && reading.verb === 'lose') || (reading.kind === 'state' && reading.state === 'lost'))
  const whom = last?.lexeme.readings.some(({ reading }) => reading.kind === 'preposition') === true
  if (asks.includes('who') && loses && whom) unexplained.push(last.lexeme.text)
}

const records = new Set(['measure', 'any', 'top', 'time', 'price'])

/** "Top deal per pipeline", "each rep's biggest deal": one for each of them, which no ranking of all tells. */
function noteTopOfEach(state: ParseState, { measures }: Frame): void {
  const { items, superlative, unexplained, world } = state
  const each = items.find(({ reading, lexeme }) => reading.kind === 'group' && says(lexeme.text, 'each', world.language))
  if (superlative === undefined || !records.has(superlative.by) || measures.some(({ fn }) => fn === 'max' || fn === 'min')) return
  let ranked = next(state, superlative.at)
  while (ranked !== undefined && ['number', 'state', 'value'].includes(ranked.reading.kind)) ranked = next(state, ranked.index)
  // "The biggest order by month" orders nothing by months.
  if (ranked?.reading.kind === 'sort' && ranked.lexeme.start === items[superlative.at]?.lexeme.end) unexplained.push(ranked.lexeme.text)
  const isDimension = ranked?.reading.kind === 'entity' && ['users', 'pipelines', 'stages', 'tags'].includes(ranked.reading.entity)
  const beside =
    each !== undefined &&
    ranked?.reading.kind === 'entity' &&
    !isDimension &&
    (each.index > ranked.index || items[superlative.at - 1]?.reading.kind === 'possessive')
  if (beside === true && each !== undefined) unexplained.push(each.lexeme.text)
}
