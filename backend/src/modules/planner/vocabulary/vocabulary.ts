import type { AskWord, ComparisonOperator, MeasureName, Reading, ShapeName } from '#backend/modules/planner/language/reading.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { TimeUnit } from '#contracts/query.ts'

/** Words of one language as data; the planner itself knows none. Several words separated by `|` mean the same. */
export interface Vocabulary {
  language: string
  /** Nouns of an entity, in the singular; plurals come from `plural` unless listed. */
  entities: Readonly<Partial<Record<EntityName, string>>>
  /** Words for who buys; which entity they are is decided by the data. */
  customers: string
  irregularPlurals: Readonly<Record<string, string>>
  plural(noun: string): string
  /** Further names of fields, by field name; labels come from the registry. */
  fields: Readonly<Record<string, string>>
  /** Nouns that name a figure and the entity it is of. */
  measures: Readonly<Record<MeasureName, string>>
  /** Adjectives and participles that filter; meaning in `plan/states.ts`. */
  states: Readonly<Record<string, string>>
  verbs: Readonly<Record<string, string>>
  comparators: Readonly<Partial<Record<ComparisonOperator, string>>>
  aggregates: Readonly<Record<'sum' | 'avg' | 'min' | 'max' | 'median' | 'countDistinct', string>>
  superlatives: Readonly<Record<string, string>>
  buckets: Readonly<Record<TimeUnit, string>>
  asks: Readonly<Record<AskWord, string>>
  shapes: Readonly<Record<ShapeName, string>>
  /** Words with one meaning each, by the kind of reading. */
  words: Readonly<
    Partial<
      Record<
        'count' | 'share' | 'top' | 'group' | 'negation' | 'empty' | 'me' | 'sort' | 'named' | 'contains' | 'status' | 'versus' | 'have' | 'filler',
        string
      >
    >
  >
  bottom: string
  ascending: string
  descending: string
  prepositions: string
  and: string
  or: string
  anaphors: string
  followUps: Readonly<Record<'and' | 'about' | 'only' | 'instead' | 'more' | 'no' | 'same', string>>
  /** Requests to change something. */
  writes: string
  /** Things no record can answer, by topic. */
  beyond: Readonly<Record<string, string>>
  numberWords: Readonly<Record<string, number>>
  multipliers: Readonly<Record<string, number>>
  currencies: Readonly<Record<string, string>>
  months: readonly string[]
  weekdays: readonly string[]
  units: Readonly<Record<string, TimeUnit | 'hour'>>
  holidays: Readonly<Record<string, { month: number; day: number }>>
  /** Single words rewritten before anything else: slang and spellings. */
  rewrites: Readonly<Record<string, string>>
  /** Readings that fit no table. */
  extra: readonly (readonly [string, Reading])[]
}
