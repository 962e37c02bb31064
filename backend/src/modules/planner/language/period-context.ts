import { DateTime } from 'luxon'
import type { Note } from '#backend/modules/planner/phrases/notes.ts'
import type { Vocabulary } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { TimeRange, TimeUnit } from '#contracts/query.ts'
import { alternatives } from './alternatives.ts'
import { type TimeMatcher, timeMatcher } from './time-words.ts'
import type { Token } from './tokenise.ts'

export interface PeriodContext {
  question: string
  tokens: readonly Token[]
  vocabulary: Vocabulary
  /** Where a phrase for a word of time ends, if one begins at a token. */
  at: TimeMatcher
  months: ReadonlyMap<string, number>
  weekdays: ReadonlyMap<string, number>
  today: DateTime
  /** The question is about what is to come ("closing", "due"). */
  future: boolean
  /** It is about what is planned as well as what was ("meetings", "tasks"): a day without its year is the nearest. */
  planned: boolean
  /** The time that the answer before was of. */
  goesOnFrom: TimeRange | undefined
  /** A verb of it is in the past. */
  behind: boolean
  /** 1-12 */
  fiscalStart: number
}

export interface PeriodMatch {
  end: number
  range: TimeRange
  unit?: TimeUnit
  /** Named without a year, so that "between January and March 2025" may lend it one. */
  yearless?: boolean
  /** What was taken for granted, said with the answer. */
  note?: Note
}

export interface PeriodOptions {
  now: Date
  timeZone: string
  /** What the answer before was of. */
  goesOnWith?: EntityName | undefined
  /** The time it was of. */
  goesOnFrom?: TimeRange | undefined
  /** 1-12; January when the workspace has not set another. */
  fiscalStart?: number
}

const indexed = new WeakMap<readonly string[], ReadonlyMap<string, number>>()

function indexOf(lists: readonly string[]): ReadonlyMap<string, number> {
  const known = indexed.get(lists)
  if (known !== undefined) return known
  const index = new Map(lists.flatMap((list, position) => list.split('|').map((word) => [word, position + 1] as const)))
  indexed.set(lists, index)
  return index
}

/** What the reading of times needs of a question. */
export function periodContext(question: string, tokens: readonly Token[], vocabulary: Vocabulary, options: PeriodOptions): PeriodContext {
  const at = timeMatcher(vocabulary.time, tokens)
  return {
    question,
    tokens,
    vocabulary,
    at,
    months: indexOf(vocabulary.months),
    weekdays: indexOf(vocabulary.weekdays),
    today: DateTime.fromJSDate(options.now, { zone: options.timeZone }),
    future: looksAhead(tokens, vocabulary),
    planned: speaksOfPlans(tokens, vocabulary) || options.goesOnWith === 'events' || options.goesOnWith === 'tasks',
    goesOnFrom: options.goesOnFrom,
    behind: tokens.some((_, index) => at('behind', index) !== undefined),
    fiscalStart: options.fiscalStart ?? 1,
  }
}

function looksAhead(tokens: readonly Token[], { time }: Vocabulary): boolean {
  const words = alternatives(time.ahead)
  const pairs = alternatives(time.aheadPairs)
  return tokens.some((token, index) => words.has(token.norm) || pairs.has(`${token.norm} ${tokens[index + 1]?.norm ?? ''}`))
}

function speaksOfPlans(tokens: readonly Token[], { entities, plural, irregularPlurals }: Vocabulary): boolean {
  const nouns = [entities.events, entities.tasks].flatMap((list) => (list === undefined ? [] : [...alternatives(list)]))
  const words = new Set(nouns.flatMap((noun) => [noun, irregularPlurals[noun] ?? plural(noun)]))
  return tokens.some((token) => words.has(token.norm))
}
