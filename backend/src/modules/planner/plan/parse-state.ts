import type { AskWord, Lexeme, MeasureName, Reading, RecordOption, ShapeName } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import type { Note } from '#backend/modules/planner/phrases/notes.ts'
import type { World } from '#backend/modules/planner/world/world.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { TimePart, TimeRange, TimeUnit } from '#contracts/query.ts'
import type { Constraint, Expansion } from './frame.ts'
import type { Attachment, Phrase } from './phrase.ts'

/** A lexeme with the one meaning this candidate gives it. */
export interface Item {
  reading: Reading
  lexeme: Lexeme
  /** Numbers and comparators that were read together stand in one item. */
  index: number
}

export type GroupTarget =
  | { kind: 'field'; options: { entity: EntityName; path: string }[]; concept: string }
  | { kind: 'entity'; entity: EntityName; customer: boolean }
  | { kind: 'bucket'; unit: TimeUnit; field?: string }
  | { kind: 'part'; part: TimePart; text: string; field?: string }

/** What was said of a noun still to come, and where. */
export interface Pending {
  (phrase: Phrase): Attachment | undefined
  at: number
}

/** What one left-to-right reading of the question has found so far. */
export interface ParseState {
  items: readonly Item[]
  world: World
  /** Entity given by the conversation, for messages that refer to the answer before. */
  context: EntityName | undefined
  phrases: Phrase[]
  current: Phrase | undefined
  /** Said before its noun. */
  pending: Pending[]
  negated: boolean
  /** What is denied was denied again: "excluding those without a phone". */
  deniedTwice: boolean
  /** A count compared before its noun: "more than 3 orders". */
  countTest: { op: 'eq' | 'gt' | 'gte' | 'lt' | 'lte'; value: number } | undefined
  /** An amount compared before its noun: "more than 50k of open deals". */
  totalTest: { field: string; op: 'eq' | 'gt' | 'gte' | 'lt' | 'lte'; value: number; currency: string | undefined } | undefined
  link: 'have' | 'preposition' | 'verb' | undefined
  preposition: string | undefined
  verb: string | undefined
  verbNegated: boolean
  /** Place of the last value or colleague that was denied. */
  denied: number | undefined
  time: string | undefined
  grouping: boolean
  sorting: boolean
  count: boolean
  aggregate: 'sum' | 'avg' | 'min' | 'max' | 'median' | 'countDistinct' | undefined
  aggregateField: { options: { entity: EntityName; path: string }[] } | undefined
  share: boolean
  measures: MeasureName[]
  superlative: { direction: 'asc' | 'desc'; by: string; at: number } | undefined
  rankBy:
    | { kind: 'entity'; phrase: Phrase }
    | { kind: 'field'; options: { entity: EntityName; path: string }[] }
    | { kind: 'measure'; measure: MeasureName }
    | undefined
  sortBy: { options: { entity: EntityName; path: string }[] } | { entity: EntityName } | { measure: MeasureName } | undefined
  direction: 'asc' | 'desc' | undefined
  limit: number | undefined
  groups: GroupTarget[]
  asks: AskWord[]
  fields: { options: { entity: EntityName; path: string }[]; concept: string }[]
  records: RecordOption[][]
  shape: ShapeName | undefined
  status: boolean
  versus: boolean
  /** Whom "who" goes back to, until another noun is said. */
  who: { phrase: Phrase; among: number } | undefined
  /** Spans set against one another are told by a finer unit than theirs. */
  isFiner: boolean
  me: boolean
  currency: string | undefined
  anaphor: boolean
  currencyWord: string | undefined
  rankCount: boolean
  /** "How many employees": a figure of a record when one is named, else the sum. */
  countedField: { options: { entity: EntityName; path: string }[]; concept: string } | undefined
  both: boolean
  followUp: Set<string>
  newOnes: boolean
  periods: number
  unexplained: string[]
  cost: number
  assumptions: Note[]
  lastConstraint: { constraint: Constraint; phrase: Phrase; index: number; options?: unknown } | undefined
  negatedHead: boolean
  /** Places of the words for "or" that became part of the plan. */
  alternatives: Set<number>
  whether: boolean
  duplicate: boolean
  /** Fields that records are to share: "with the same phone". */
  sharing: boolean
  /** "The same city as Acme": what stands in place of the record that was named. */
  sameAs: Extract<Expansion, { kind: 'sameAs' }> | undefined
  similar: boolean
  colleague: boolean
  firstTime: boolean
  alsoBought: 'customer' | 'order' | undefined
  timeline: { range?: TimeRange } | undefined
  /** "No activity", and where it was said. */
  activity: { index: number; constraint: Constraint; entity: EntityName; negated: boolean } | undefined
  /** It begins with what it says of the answer before, whatever nouns follow. */
  leans: boolean
  /** The word that ranks by activities: "most active", "by activity". */
  ranksActivity: string | undefined
  /** Times that are taken for those of the records only because nothing says of what they are. */
  presumedTimes: Set<string>
  /** The last field said to be filled or empty, and where. */
  emptied: { index: number; empty: boolean } | undefined
}

export function createState(items: readonly Item[], world: World, context: EntityName | undefined): ParseState {
  return {
    items,
    world,
    context,
    phrases: [],
    current: undefined,
    pending: [],
    negated: false,
    deniedTwice: false,
    countTest: undefined,
    totalTest: undefined,
    link: undefined,
    preposition: undefined,
    verb: undefined,
    verbNegated: false,
    denied: undefined,
    time: undefined,
    grouping: false,
    sorting: false,
    count: false,
    aggregate: undefined,
    aggregateField: undefined,
    share: false,
    measures: [],
    superlative: undefined,
    rankBy: undefined,
    sortBy: undefined,
    direction: undefined,
    limit: undefined,
    groups: [],
    asks: [],
    fields: [],
    records: [],
    shape: undefined,
    status: false,
    versus: false,
    who: undefined,
    isFiner: false,
    me: false,
    currency: undefined,
    anaphor: false,
    currencyWord: undefined,
    rankCount: false,
    countedField: undefined,
    both: false,
    followUp: new Set(),
    newOnes: false,
    periods: 0,
    unexplained: [],
    cost: 0,
    assumptions: [],
    lastConstraint: undefined,
    negatedHead: false,
    alternatives: new Set(),
    whether: false,
    duplicate: false,
    sharing: false,
    sameAs: undefined,
    similar: false,
    colleague: false,
    firstTime: false,
    alsoBought: undefined,
    timeline: undefined,
    activity: undefined,
    leans: false,
    ranksActivity: undefined,
    presumedTimes: new Set(),
    emptied: undefined,
  }
}

/** "What are the deals in Negotiation worth?" */
export function asksWhat({ asks, items, world }: ParseState): boolean {
  return asks.includes('what') || says(items[0]?.lexeme.text ?? '', 'whatIs', world.language)
}

/** "Which source ...": a field is asked for, and no record. */
export function asksWhichField(state: ParseState): boolean {
  const isAsk = ({ reading }: { reading: Reading }) => reading.kind === 'ask' && (reading.word === 'which' || reading.word === 'what')
  const asked = state.items.find(({ lexeme }) => lexeme.readings.some(isAsk))
  return asked !== undefined && next(state, asked.index)?.reading.kind === 'field'
}

/** The next item that is not a filler. */
export function next(state: ParseState, index: number): Item | undefined {
  for (let at = index + 1; at < state.items.length; at++) {
    const item = state.items[at] as Item
    if (item.reading.kind !== 'filler') return item
  }
  return undefined
}

export function before(state: ParseState, index: number): Item | undefined {
  for (let at = index - 1; at >= 0; at--) {
    const item = state.items[at] as Item
    if (item.reading.kind !== 'filler') return item
  }
  return undefined
}

const adjectival = new Set(['state', 'value', 'user', 'possessive', 'record', 'superlative', 'number', 'period', 'me', 'top', 'filler'])

/** Whether what stands here describes a noun still to come: "open [won] [London] deals". */
export function nounAhead(state: ParseState, index: number): boolean {
  for (let at = index + 1; at < state.items.length; at++) {
    const { reading } = state.items[at] as Item
    if (reading.kind === 'entity') return true
    if (reading.kind === 'verb' && reading.verb === 'create') continue
    if (reading.kind === 'conjunction' && state.items[at + 1] !== undefined) continue
    if (!adjectival.has(reading.kind)) return false
  }
  return false
}

/** Hangs a constraint on the phrase it suits best: the nearest one that has it itself, else the one with the shortest way. */
export function attach(state: ParseState, make: (phrase: Phrase) => Attachment | undefined): Phrase | undefined {
  let best: { phrase: Phrase; attachment: Attachment; cost: number } | undefined
  const candidates = [...state.phrases].reverse()
  candidates.forEach((phrase, distance) => {
    const attachment = make(phrase)
    if (attachment === undefined) return
    const isMeant = state.who?.phrase === phrase && state.who.among === state.phrases.length
    const cost = attachment.cost + (isMeant ? 0 : distance * 0.3 + (state.who?.among === state.phrases.length ? 0.6 : 0))
    if (best === undefined || cost < best.cost) best = { phrase, attachment, cost }
  })
  if (best === undefined) return undefined
  const found = best as { phrase: Phrase; attachment: Attachment; cost: number }
  addConstraint(state, found.phrase, found.attachment.constraint)
  state.cost += found.attachment.cost * 0.3
  return found.phrase
}

/** Alternatives for one field ("London or Paris") join into one test; others narrow. */
export function addConstraint(state: ParseState, phrase: Phrase, constraint: Constraint, index = -1): void {
  phrase.constraints.push(constraint)
  state.lastConstraint = { constraint, phrase, index }
}
