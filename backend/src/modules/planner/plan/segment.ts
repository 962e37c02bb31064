import { readAmountRange } from '#backend/modules/planner/language/amount-ranges.ts'
import { readNumber } from '#backend/modules/planner/language/numbers.ts'
import { readPeriod } from '#backend/modules/planner/language/periods.ts'
import type { Lexeme, Reading } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import type { Token } from '#backend/modules/planner/language/tokenise.ts'
import { addNames, isSomebody } from './segment-names.ts'
import { addPhrases, addTimes } from './segment-phrases.ts'
import type { SegmentInput, Span } from './spans.ts'

/** Cuts the question into lexemes: of all ways to cover its words with phrases, numbers, times and names, the best. */
export function segment(input: SegmentInput): Lexeme[] {
  const { question, tokens } = input
  const best: { score: number; from: number; span?: Span }[] = [{ score: 0, from: 0 }]
  for (let from = 0; from < tokens.length; from++) {
    const here = best[from]
    if (here === undefined) continue
    for (const span of spansAt(input, from)) {
      const score = here.score + span.score
      const there = best[span.end]
      if (there === undefined || score > there.score + 1e-9) best[span.end] = { score, from, span }
    }
  }
  const lexemes: Lexeme[] = []
  for (let at = tokens.length; at > 0; ) {
    const cell = best[at] as { from: number; span: Span }
    const first = tokens[cell.from] as Token
    const last = tokens[at - 1] as Token
    if (cell.span.readings.length > 0)
      lexemes.unshift({
        start: cell.from,
        end: at,
        text: question.slice(first.start, last.end),
        readings: cell.span.readings.sort((a, b) => b.weight - a.weight),
      })
    at = cell.from
  }
  return lexemes
}

function spansAt(input: SegmentInput, from: number): Span[] {
  const { question, tokens, lexicon, world } = input
  const spans = new Map<number, Span>()
  const add = (end: number, score: number, reading: Reading, weight: number) => {
    const span = spans.get(end)
    if (span === undefined) spans.set(end, { end, score, readings: [{ reading, weight }] })
    else {
      span.score = Math.max(span.score, score)
      // One stretch that is a value of several fields is one value.
      const value = reading.kind === 'value' ? span.readings.find((one) => one.reading.kind === 'value') : undefined
      if (value?.reading.kind === 'value' && reading.kind === 'value')
        value.reading = { kind: 'value', options: [...value.reading.options, ...reading.options] }
      else span.readings.push({ reading, weight })
    }
  }
  const token = tokens[from] as Token
  if (token.kind === 'punctuation') {
    for (const entry of lexicon.phrases.get(token.text) ?? []) if (entry.reading.kind === 'currency') add(from + 1, 1, entry.reading, 0)
    if (token.text === ',' || token.text === '&' || token.text === '/') add(from + 1, 0.5, { kind: 'conjunction', word: 'and' }, 0)
    else if (/^[<>=+≥≤]/.test(token.text)) for (const entry of lexicon.phrases.get(token.text) ?? []) add(from + 1, 1, entry.reading, entry.weight)
    else spans.set(from + 1, { end: from + 1, score: 0, readings: [] })
  }
  if (token.kind === 'possessive') add(from + 1, 1, { kind: 'possessive' }, 0)
  if (token.kind === 'email') add(from + 1, 1, { kind: 'text', text: token.norm }, 0)

  const period = comparedNumber(input, from) ? undefined : readPeriod(input.periods, from)
  // "Jan's tasks" are those of somebody called Jan.
  const named = period !== undefined && isSomebody(input, from, period.end)
  if (period !== undefined && !named) add(period.end, (period.end - from) * 1.3 + 0.2, { kind: 'period', period: period.period }, 0.1)
  if (!token.quoted) addTimes(input, from, add)
  const range = token.quoted ? undefined : readAmountRange(question, tokens, from, lexicon.vocabulary)
  if (range !== undefined) add(range.end, (range.end - from) * 1.15 + 0.1, range.reading, 0)
  const number = token.quoted ? undefined : readNumber(tokens, from, lexicon.vocabulary)
  if (number !== undefined && !(number.ordinal && !number.bare))
    add(
      number.end,
      // "US$10k" begins with no country.
      (number.end - from) * 1.05 + 0.1 + (number.currency !== undefined && token.kind === 'word' && token.end === tokens[from + 1]?.start ? 0.8 : 0),
      {
        kind: 'number',
        value: number.value,
        ...(number.currency === undefined ? {} : { currency: number.currency }),
        ...(number.percent ? { percent: true } : {}),
        ...(says(token.norm, 'often', world.language) ? { times: true as const } : {}),
      },
      0,
    )

  if (token.kind !== 'punctuation' && token.kind !== 'possessive') {
    addPhrases(input, from, add)
    addNames(input, from, add)
    if (spans.get(from + 1) === undefined)
      add(from + 1, 0.1, world.words.has(token.norm) || token.capital || token.quoted || token.kind === 'number' ? { kind: 'unknown' } : { kind: 'unknown' }, 0)
  }
  if (token.quoted && token.kind !== 'punctuation') return quotedSpans(input, from, spans)
  return [...spans.values()]
}

/** What stands in quotation marks is one name or one text. */
function quotedSpans({ question, tokens }: SegmentInput, from: number, spans: ReadonlyMap<number, Span>): Span[] {
  let end = from + 1
  while (end < tokens.length && tokens[end]?.quoted === true) end++
  if (tokens[from - 1]?.quoted === true) return [...spans.values()]
  const text = question.slice((tokens[from] as Token).start, (tokens[end - 1] as Token).end)
  const whole = spans.get(end)
  const named = whole?.readings.filter(({ reading }) => reading.kind !== 'unknown') ?? []
  return [{ end, score: (end - from) * 2, readings: [...named, { reading: { kind: 'text', text, quoted: true }, weight: named.length > 0 ? -0.2 : 0.1 }] }]
}

/** "More than 2000", "between 1000 and 2000": a number that is compared is no year. */
function comparedNumber({ tokens, world }: SegmentInput, from: number): boolean {
  if (tokens[from]?.kind !== 'number') return false
  const previous = tokens[from - 1]?.norm ?? ''
  if (says(previous, 'comparedTo', world.language)) return true
  const low = tokens[from - 2]
  return (
    says(previous, 'and', world.language) &&
    says(tokens[from - 3]?.norm ?? '', 'between', world.language) &&
    low?.kind === 'number' &&
    !/^(?:19|20)\d\d$|\D/.test(low.text)
  )
}
