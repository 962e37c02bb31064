import type { Note } from '#backend/modules/planner/phrases/notes.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { Filter, TimeRange, TimeUnit } from '#contracts/query.ts'

/** A field that a word may mean, as a path from an entity. */
export interface FieldOption {
  entity: EntityName
  path: string
}

/** A value that exists in the workspace's data. */
export interface ValueOption extends FieldOption {
  value: string
  /** Said by another word for it: "Polish" of Poland. */
  alias?: true
}

export interface RecordOption {
  entity: EntityName
  id: string
  label: string
  detail?: string
}

export interface UserOption {
  id: string
  name: string
}

/** A span of time as said: calendar range, and the words that named it. */
export interface PeriodValue {
  range: TimeRange
  /** The unit that "against the one before" and "and last month?" step by. */
  unit?: TimeUnit
  future?: boolean
  /** A span of days that is not over yet. */
  running?: boolean
  /** Of a span that ends in time to come and begins nowhere: today. */
  today?: string
  /** "more than 90 days": the range ends that long ago. */
  duration?: boolean
  /** What was taken for granted, said with the answer. */
  note?: Note
  /** The first and the last of "from April to May". */
  ends?: readonly [TimeRange, TimeRange]
}

export type ComparisonOperator = 'eq' | 'gt' | 'gte' | 'lt' | 'lte' | 'between'
/** `about` compares within a tenth of its number. */
export type ComparatorWord = ComparisonOperator | 'about'
export type MeasureName =
  | 'revenue'
  | 'pipelineValue'
  | 'quantity'
  | 'winRate'
  | 'lossRate'
  | 'forecast'
  | 'weightedValue'
  | 'cycleDays'
  | 'conversionDays'
  | 'conversionRate'
  | 'averageOrder'
  | 'averageDeal'
export type AskWord = 'who' | 'what' | 'which' | 'where' | 'when' | 'howMuch' | 'howLong'
/** Ideas that are neither a field, a state nor a verb, by name; their words are the vocabulary's. */
export const conceptNames = [
  'whether',
  'activity',
  'timeline',
  'duplicate',
  'sharing',
  'similar',
  'colleague',
  'firstTime',
  'alsoBought',
  'boughtTogether',
  'team',
  'correction',
] as const
export type ConceptName = (typeof conceptNames)[number]
export type ShapeName = 'bar' | 'line' | 'pie' | 'table' | 'chart'

/** What a stretch of the question may mean. */
export type Reading =
  | { kind: 'entity'; entity: EntityName; plural: boolean; customer?: boolean; where?: Filter }
  /** `part`: only a word of the label was said, so that something must be said of it; `lapsed`: a date that is to lie behind. */
  | { kind: 'field'; concept: string; options: FieldOption[]; part?: true; lapsed?: true; denied?: true; plural?: true }
  /** `near`: a part of the values' names, or only like them; `noun`: what its last word calls the records ("key accounts"). */
  | { kind: 'value'; options: ValueOption[]; near?: 'part' | 'guess'; noun?: EntityName }
  | { kind: 'record'; options: RecordOption[]; exact: boolean; query: string }
  | { kind: 'user'; options: UserOption[]; together?: true }
  | { kind: 'text'; text: string; quoted?: true }
  /** `times`: how often, "twice". */
  | { kind: 'number'; value: number; currency?: string; percent?: boolean; times?: true }
  | { kind: 'comparison'; op: ComparisonOperator; values: number[]; currency?: string; percent?: boolean; about?: number; times?: true }
  | { kind: 'comparator'; op: ComparatorWord; postfix?: true }
  | { kind: 'period'; period: PeriodValue }
  /** Times that come again: weekends, mornings. */
  | { kind: 'recurring'; weekdays?: readonly number[]; hours?: readonly [number, number]; outside?: boolean; now: string; timeZone: string }
  /** A unit of time alone: "which month", "by owner and month". */
  | { kind: 'unit'; unit: TimeUnit }
  /** A part of a time alone: "which weekday", "by hour of the day". */
  | { kind: 'timePart'; part: 'weekday' | 'hour' | 'month' }
  /** "Second biggest": 2. */
  | { kind: 'rank'; place: number }
  /** "90th percentile": 0.9. */
  | { kind: 'percentile'; at: number }
  /** How a figure moved: growth, up or down; or its running sum. */
  | { kind: 'movement'; movement: 'change' | 'trend' | 'running' | 'compare' }
  | { kind: 'state'; state: string }
  | { kind: 'verb'; verb: string }
  | { kind: 'count' }
  | { kind: 'aggregate'; fn: 'sum' | 'avg' | 'min' | 'max' | 'median' | 'countDistinct' }
  | { kind: 'share' }
  | { kind: 'measure'; measure: MeasureName }
  | { kind: 'superlative'; direction: 'asc' | 'desc'; by: 'measure' | 'time' | 'price' | 'count' | 'size' | 'any' | 'sold' | 'close' | 'due' | 'next' | 'long' }
  | { kind: 'top'; direction: 'asc' | 'desc'; time?: 'first' | 'last' }
  | { kind: 'group' }
  | { kind: 'bucket'; unit: TimeUnit }
  | { kind: 'negation' }
  | { kind: 'empty' }
  | { kind: 'me' }
  | { kind: 'possessive' }
  | { kind: 'sort' }
  | { kind: 'direction'; direction: 'asc' | 'desc' }
  | { kind: 'shape'; shape: ShapeName }
  | { kind: 'preposition'; word: string }
  | { kind: 'conjunction'; word: 'and' | 'or' }
  | { kind: 'ask'; word: AskWord }
  | { kind: 'anaphor'; word: string }
  | { kind: 'followUp'; word: 'and' | 'about' | 'only' | 'instead' | 'more' | 'no' | 'same' }
  | { kind: 'named' }
  | { kind: 'contains' }
  | { kind: 'status' }
  | { kind: 'versus' }
  | { kind: 'have'; one?: true }
  | { kind: 'write'; verb: string }
  | { kind: 'beyond'; topic: string }
  | { kind: 'currency'; code: string }
  | { kind: 'concept'; concept: ConceptName }
  | { kind: 'filler' }
  | { kind: 'unknown' }

export type ReadingKind = Reading['kind']
export type ReadingOf<K extends ReadingKind> = Extract<Reading, { kind: K }>

/** A stretch of the question with everything it may mean, likeliest first. */
export interface Lexeme {
  /** Token positions, end exclusive. */
  start: number
  end: number
  text: string
  readings: { reading: Reading; weight: number }[]
}
