import type { Lexicon } from '#backend/modules/planner/language/lexicon.ts'
import { readNumber } from '#backend/modules/planner/language/numbers.ts'
import type { PeriodContext } from '#backend/modules/planner/language/period-core.ts'
import { readPeriod } from '#backend/modules/planner/language/periods.ts'
import type { Lexeme, Reading, ValueOption } from '#backend/modules/planner/language/reading.ts'
import { spanNorm, type Token } from '#backend/modules/planner/language/tokenise.ts'
import { usersNamed, type World } from '#backend/modules/planner/world/world.ts'
import { spellings } from '#backend/modules/planner/world/world-query.ts'
import { fold } from '#contracts/fold.ts'
import { customNames, customReadings } from './custom-names.ts'

interface Span {
  end: number
  score: number
  readings: { reading: Reading; weight: number }[]
}

const longestName = 6
/** Where two cuts are equally long, words with a meaning of their own win over those of the sentence's frame. */
const structural = new Set<Reading['kind']>(['filler', 'count', 'group', 'ask', 'negation', 'have', 'beyond'])

export interface SegmentInput {
  question: string
  tokens: readonly Token[]
  lexicon: Lexicon
  world: World
  periods: PeriodContext
}

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
  const { tokens, lexicon, world } = input
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
    else if (/^[<>=]/.test(token.text)) for (const entry of lexicon.phrases.get(token.text) ?? []) add(from + 1, 1, entry.reading, entry.weight)
    else spans.set(from + 1, { end: from + 1, score: 0, readings: [] })
  }
  if (token.kind === 'possessive') add(from + 1, 1, { kind: 'possessive' }, 0)
  if (token.kind === 'email') add(from + 1, 1, { kind: 'text', text: token.norm }, 0)

  const period = comparedNumber(tokens, from) ? undefined : readPeriod(input.periods, from)
  if (period !== undefined) add(period.end, (period.end - from) * 1.3 + 0.2, { kind: 'period', period: period.period }, 0.1)
  const number = token.quoted ? undefined : readNumber(tokens, from, lexicon.vocabulary)
  if (number !== undefined && !(number.ordinal && !number.bare))
    add(
      number.end,
      (number.end - from) * 1.05 + 0.1,
      {
        kind: 'number',
        value: number.value,
        ...(number.currency === undefined ? {} : { currency: number.currency }),
        ...(number.percent ? { percent: true } : {}),
      },
      0,
    )

  if (token.kind !== 'punctuation' && token.kind !== 'possessive') {
    addPhrases(input, from, add)
    addNames(input, from, add)
    if (spans.get(from + 1) === undefined)
      add(from + 1, 0.1, world.words.has(token.norm) || token.capital || token.quoted || token.kind === 'number' ? { kind: 'unknown' } : { kind: 'unknown' }, 0)
  }
  return [...spans.values()]
}

/** "More than 2000", "between 1000 and 2000": a number that is compared is no year. */
function comparedNumber(tokens: readonly Token[], from: number): boolean {
  if (tokens[from]?.kind !== 'number') return false
  const previous = tokens[from - 1]?.norm ?? ''
  if (/^(?:than|over|above|below|least|exceeding)$/.test(previous)) return true
  const low = tokens[from - 2]
  return previous === 'and' && tokens[from - 3]?.norm === 'between' && low?.kind === 'number' && !/^(?:19|20)\d\d$|\D/.test(low.text)
}

type AddSpan = (end: number, score: number, reading: Reading, weight: number) => void

function addPhrases({ tokens, lexicon, world }: SegmentInput, from: number, add: AddSpan) {
  let phrase = ''
  const customs = world.customFields.map((field) => ({ field, names: customNames(field, lexicon) }))
  for (let to = from + 1; to <= Math.min(from + Math.max(lexicon.maxWords, longestName), tokens.length); to++) {
    const token = tokens[to - 1] as Token
    if (token.quoted || token.kind === 'punctuation') break
    phrase = phrase === '' ? token.norm : `${phrase} ${token.norm}`
    const length = to - from
    const score = length + (length - 1) * 0.25
    for (const { reading, weight } of lexicon.phrases.get(phrase) ?? [])
      add(to, score - (structural.has(reading.kind) ? (length - 1) * 0.06 : 0), reading, weight)
    for (const reading of customReadings(tokens.slice(from, to), world, lexicon)) add(to, score + 0.1 + (length - 1) * 0.45, reading, 0.2)
    for (const { field, names } of customs) {
      if (names.has(phrase) || (phrase.length > 3 && phrase.endsWith('s') && names.has(phrase.slice(0, -1))))
        add(
          to,
          score + 0.1 + (length - 1) * 0.4,
          { kind: 'field', concept: `custom.${field.key}`, options: [{ entity: field.entity, path: `custom.${field.key}` }] },
          0.05,
        )
    }
  }
}

/** Values, records and people whose name begins here. Capitals and length speak for a name, being a keyword against it. */
function addNames({ question, tokens, lexicon, world }: SegmentInput, from: number, add: AddSpan) {
  for (let to = from + 1; to <= Math.min(from + longestName, tokens.length); to++) {
    const last = tokens[to - 1] as Token
    if (last.kind === 'possessive') break
    if (last.kind === 'punctuation') continue
    const slice = tokens.slice(from, to)
    const norm = spanNorm(question, tokens, from, to)
    const joined = slice.map((token) => token.norm).join(' ')
    const length = slice.length
    const named = slice.filter((token) => token.capital || token.quoted).length
    const keywords = slice.filter((token) => lexicon.words.has(token.norm)).length
    const emphasis = named * 0.3 + (slice.every((token) => token.quoted) ? 1 : 0)
    const isKeyword = keywords === length
    const penalty = isKeyword && named === 0 ? (length === 1 ? 0.5 : 0.2 * length) : 0
    const weight = (isKeyword ? (named > 0 ? 0.35 : -0.35) : 0.2) + (length > 1 ? 0.3 : 0)
    const values = new Map<string, ValueOption>()
    for (const variant of spellings(norm, joined))
      for (const value of world.values.get(variant) ?? []) values.set(`${value.entity} ${value.path} ${value.value}`, value)
    if (values.size > 0) add(to, length + (length - 1) * 0.4 + 0.15 + emphasis - penalty, { kind: 'value', options: [...values.values()] }, weight)
    // Notes and e-mails are seldom called by their titles.
    const records = spellings(norm, joined)
      .slice(0, 2)
      .flatMap((variant) => world.labels.get(variant) ?? [])
      .filter((record) => (record.entity !== 'notes' && record.entity !== 'emails') || named === length)
    // "Tastings" are the events called so, whatever else is called "Tasting".
    const several = length === 1 && records.length > 1 && records.every((record) => record.entity === 'events' && fold(record.label) !== norm)
    if (records.length > 0)
      add(
        to,
        length + (length - 1) * 0.6 + 0.2 + emphasis - penalty * 1.4,
        { kind: 'record', options: unique(records), exact: true, query: norm },
        weight - (length === 1 ? 0.15 : 0) + (several ? 0.5 : 0),
      )
    if (!isKeyword || named > 0) {
      const users = usersNamed(world, norm)
      if (users.length > 0) add(to, length + (length - 1) * 0.5 + 0.2 + emphasis, { kind: 'user', options: users }, 0.25 + (length > 1 ? 0.35 : 0))
      const partial = world.partialLabels.get(norm) ?? world.partialLabels.get(joined)
      if (partial !== undefined && records.length === 0)
        add(
          to,
          length * 0.9 + (length - 1) * 0.4 + emphasis * 0.8 - (isKeyword ? 0.4 : 0),
          { kind: 'record', options: unique(partial), exact: false, query: norm },
          isKeyword ? -0.3 : 0.05,
        )
      const partialValues = world.partialValues.get(norm) ?? world.partialValues.get(joined)
      if (partialValues !== undefined && values.size === 0)
        add(to, length * 0.9 + (length - 1) * 0.3 - (isKeyword ? 0.5 : 0), { kind: 'value', options: [...partialValues] }, isKeyword ? -0.4 : 0.1)
    }
    const pipelines = world.pipelines.filter((pipeline) => fold(pipeline.name) === norm || fold(pipeline.name) === joined)
    if (pipelines.length > 0)
      add(
        to,
        length + (length - 1) * 0.5 + 0.2 + emphasis - penalty,
        {
          kind: 'value',
          options: pipelines.flatMap(({ name }) => [
            { entity: 'opportunities' as const, path: 'pipeline', value: name },
            { entity: 'stages' as const, path: 'pipeline', value: name },
            { entity: 'pipelines' as const, path: 'name', value: name },
          ]),
        },
        weight + 0.05,
      )
    const stages = [
      ...new Set(
        world.stages
          .filter((stage) =>
            [fold(stage.name), fold(stage.name).replace(/[^\p{L}\p{N}]+/gu, ' ')].some((name) => name === norm || name === joined || `${name}s` === joined),
          )
          .map((stage) => stage.name),
      ),
    ]
    if (stages.length > 0)
      add(
        to,
        length + (length - 1) * 0.5 + 0.2 + emphasis - penalty,
        {
          kind: 'value',
          options: stages.flatMap((name) => [
            { entity: 'opportunities' as const, path: 'stage', value: name },
            { entity: 'stages' as const, path: 'name', value: name },
          ]),
        },
        weight + 0.05,
      )
  }
}

function unique<T extends { id: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()]
}
