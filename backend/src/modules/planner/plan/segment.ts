import { readAmountRange } from '#backend/modules/planner/language/amount-ranges.ts'
import type { Lexicon } from '#backend/modules/planner/language/lexicon.ts'
import { readNumber } from '#backend/modules/planner/language/numbers.ts'
import type { PeriodContext } from '#backend/modules/planner/language/period-context.ts'
import { readPeriod } from '#backend/modules/planner/language/periods.ts'
import type { Lexeme, Reading, RecordOption, ValueOption } from '#backend/modules/planner/language/reading.ts'
import { longestAt } from '#backend/modules/planner/language/time-words.ts'
import { spanNorm, type Token } from '#backend/modules/planner/language/tokenise.ts'
import { englishAliases } from '#backend/modules/planner/vocabulary/en-places.ts'
import { withoutLegalForm } from '#backend/modules/planner/vocabulary/legal-forms.ts'
import { usersNamed, type World } from '#backend/modules/planner/world/world.ts'
import { spellings } from '#backend/modules/planner/world/world-query.ts'
import type { EntityName } from '#contracts/entities.ts'
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
    else if (/^[<>=+]/.test(token.text)) for (const entry of lexicon.phrases.get(token.text) ?? []) add(from + 1, 1, entry.reading, entry.weight)
    else spans.set(from + 1, { end: from + 1, score: 0, readings: [] })
  }
  if (token.kind === 'possessive') add(from + 1, 1, { kind: 'possessive' }, 0)
  if (token.kind === 'email') add(from + 1, 1, { kind: 'text', text: token.norm }, 0)

  const period = comparedNumber(tokens, from) ? undefined : readPeriod(input.periods, from)
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
function comparedNumber(tokens: readonly Token[], from: number): boolean {
  if (tokens[from]?.kind !== 'number') return false
  const previous = tokens[from - 1]?.norm ?? ''
  if (/^(?:than|over|above|below|least|exceeding)$/.test(previous)) return true
  const low = tokens[from - 2]
  return previous === 'and' && tokens[from - 3]?.norm === 'between' && low?.kind === 'number' && !/^(?:19|20)\d\d$|\D/.test(low.text)
}

/** Times that come again, and units of time that stand alone. */
function addTimes({ tokens, lexicon, periods }: SegmentInput, from: number, add: AddSpan): void {
  const { time, units } = lexicon.vocabulary
  const recurring = longestAt(time.recurring, tokens, from)
  if (recurring !== undefined)
    add(
      recurring.end,
      (recurring.end - from) * 1.35 + 0.25,
      { kind: 'recurring', ...recurring.value, now: periods.today.toUTC().toISO() as string, timeZone: periods.today.zoneName as string },
      0.2,
    )
  const unit = units[tokens[from]?.norm ?? '']
  if (unit !== undefined && unit !== 'hour') add(from + 1, 1, { kind: 'unit', unit }, 0.1)
  const place = readNumber(tokens, from, lexicon.vocabulary)
  const percentiles = lexicon.vocabulary.percentile.split('|')
  if (place?.ordinal === true && place.value < 100 && percentiles.includes(tokens[place.end]?.norm ?? ''))
    add(place.end + 1, 2.6, { kind: 'percentile', at: place.value / 100 }, 0.2)
  const short = /^p(\d\d)$/.exec(tokens[from]?.norm ?? '')
  if (short !== null) add(from + 1, 1.1, { kind: 'percentile', at: Number(short[1]) / 100 }, 0.1)
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
    // "Won or over 100k": what stands after its number is no "100k or over".
    const numberAhead = length > 1 && tokens[to]?.kind === 'number'
    for (const { reading, weight } of lexicon.phrases.get(phrase) ?? [])
      if (!(numberAhead && reading.kind === 'comparator' && reading.postfix === true))
        // "Canadian dollars" is a currency, whatever place is called Canadian.
        add(to, score - (structural.has(reading.kind) ? (length - 1) * 0.06 : 0) + (reading.kind === 'currency' ? (length - 1) * 0.5 : 0), reading, weight)
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
    // "The states" is a country, though both words say something else.
    const articled = length > 1 && slice[0]?.norm === 'the' && englishAliases.has(joined)
    const penalty = isKeyword && named === 0 && !articled ? (length === 1 ? 0.5 : 0.2 * length) : 0
    const weight = (isKeyword ? (named > 0 ? 0.35 : -0.35) : 0.2) + (length > 1 ? 0.3 : 0)
    const values = new Map<string, ValueOption>()
    for (const variant of spellings(norm, joined))
      for (const value of world.values.get(variant) ?? [])
        values.set(`${value.entity} ${value.path} ${value.value}`, isSaid(fold(value.value), norm, joined) ? value : { ...value, alias: true })
    // "Under 10k" is an amount, also where a choice is called so.
    const amount =
      length > 1 && named === 0 && lexicon.phrases.get(slice[0]?.norm ?? '')?.some(({ reading }) => reading.kind === 'comparator') === true && /\d/.test(norm)
    const noun = length > 1 ? nounOf(slice.at(-1), lexicon) : undefined
    if (values.size > 0)
      add(
        to,
        length + (length - 1) * 0.4 + 0.15 + emphasis - penalty - (amount ? length * 0.4 + 0.5 : 0),
        { kind: 'value', options: [...values.values()], ...(noun === undefined ? {} : { noun }) },
        weight,
      )
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
      const owner = length === 1 && users.length === 0 && norm.length > 3 && norm.endsWith('s') && values.size === 0 ? usersNamed(world, norm.slice(0, -1)) : []
      if (owner.length > 0) add(to, 1.1 + emphasis, { kind: 'user', options: owner }, 0.15)
      if (users.length > 0) add(to, length + (length - 1) * 0.5 + 0.2 + emphasis, { kind: 'user', options: users }, 0.25 + (length > 1 ? 0.35 : 0))
      const partial = world.partialLabels.get(norm) ?? world.partialLabels.get(joined)
      const written = new Map<number, RecordOption[]>()
      for (const option of partial ?? []) {
        const end = endOfLabel(question, tokens, from, to, fold(option.label))
        if (end !== undefined) written.set(end, [...(written.get(end) ?? []), option])
      }
      for (const [end, options] of written)
        add(end, end - from + (end - from - 1) * 0.6 + 0.3 + emphasis, { kind: 'record', options: unique(options), exact: true, query: norm }, 0.5)
      const whole = partial?.filter(({ label }) => withoutLegalForm(fold(label)) === norm) ?? []
      if (whole.length > 0 && records.length === 0)
        add(
          to,
          length + (length - 1) * 0.6 + emphasis - (isKeyword ? 0.4 : 0),
          { kind: 'record', options: unique(whole), exact: true, query: norm },
          isKeyword ? -0.3 : 0.3,
        )
      else if (partial !== undefined && records.length === 0)
        add(
          to,
          length * 0.9 + (length - 1) * 0.4 + emphasis * 0.8 - (isKeyword ? 0.4 : 0),
          { kind: 'record', options: unique(partial), exact: false, query: norm },
          isKeyword ? -0.3 : 0.05,
        )
      const partialValues = world.partialValues.get(norm) ?? world.partialValues.get(joined)
      if (partialValues !== undefined && values.size === 0)
        add(to, length * 0.9 + (length - 1) * 0.3 - (isKeyword ? 0.5 : 0), { kind: 'value', options: [...partialValues], near: 'part' }, isKeyword ? -0.4 : 0.1)
    }
    const team = teamCalled(world, joined, lexicon)
    if (team !== undefined) add(to, length + (length - 1) * 0.5 + 0.3 + emphasis, { kind: 'user', options: [...team.members], together: true }, 0.6)
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

/** "Jan's tasks", "notes by Jan": a month's name that is somebody's. */
function isSomebody({ tokens, lexicon, world }: SegmentInput, from: number, end: number): boolean {
  if (end > from + 2 || usersNamed(world, tokens[end - 1]?.norm ?? '').length === 0) return false
  const doer = lexicon.phrases.get(tokens[end - 2]?.norm ?? '')?.some(({ reading }) => reading.kind === 'preposition' && ['by', 'of'].includes(reading.word))
  return doer === true || (end === from + 1 && tokens[end]?.kind === 'possessive')
}

/** Where a name ends that is written out whole, its last full stop aside: "Mewa S.A.". */
function endOfLabel(question: string, tokens: readonly Token[], from: number, to: number, label: string): number | undefined {
  const whole = label.replace(/\.$/, '')
  for (let end = to + 1; end <= Math.min(to + 6, tokens.length); end++) if (spanNorm(question, tokens, from, end).replace(/\.$/, '') === whole) return end
  return undefined
}

function isSaid(value: string, norm: string, joined: string): boolean {
  const bare = (text: string) =>
    text
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
      .replace(/s$/, '')
  return [norm, joined].some((said) => bare(said) === bare(value) || bare(said).endsWith(` ${bare(value)}`))
}

function nounOf(token: Token | undefined, lexicon: Lexicon): EntityName | undefined {
  const entry = lexicon.phrases.get(token?.norm ?? '')?.find(({ reading }) => reading.kind === 'entity' && reading.plural && reading.customer !== true)
  return entry?.reading.kind === 'entity' ? entry.reading.entity : undefined
}

/** "The Enterprise team", "team Enterprise"; a team's bare name may be anything else. */
function teamCalled({ teams, me }: World, phrase: string, lexicon: Lexicon): World['teams'][number] | undefined {
  const words = phrase.split(' ')
  const isTeam = (word: string | undefined) =>
    lexicon.phrases.get(word ?? '')?.some(({ reading }) => reading.kind === 'concept' && reading.concept === 'team') === true
  const rest = isTeam(words.at(-1)) ? words.slice(0, -1) : isTeam(words[0]) ? words.slice(1) : undefined
  if (rest === undefined || rest.length === 0) return undefined
  const mine = rest.length === 1 && lexicon.phrases.get(rest[0] as string)?.some(({ reading }) => reading.kind === 'me') === true
  return teams.find(
    ({ name, members }) =>
      members.length > 0 && (mine ? members.some(({ id }) => id === me?.id) : [rest.join(' '), phrase].includes(fold(name).replace(/[^\p{L}\p{N}]+/gu, ' '))),
  )
}

function unique<T extends { id: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()]
}
