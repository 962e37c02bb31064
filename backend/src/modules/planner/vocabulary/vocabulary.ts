import type { AskWord, ComparatorWord, ConceptName, MeasureName, Reading, ShapeName } from '#backend/modules/planner/language/reading.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { TimeUnit } from '#contracts/query.ts'
import type { Cues } from './cues.ts'
import type { TimeVocabulary } from './time-vocabulary.ts'

/** The languages that are read and answered in. */
export type Language = 'en' | 'de'

/** Words of one language as data; the planner itself knows none. Several words separated by `|` mean the same. */
export interface Vocabulary {
  language: Language
  /** Nouns of an entity, in the singular; plurals come from `plural` unless listed. */
  entities: Readonly<Partial<Record<EntityName, string>>>
  /** Words for who buys; which entity they are is decided by the data. */
  customers: string
  irregularPlurals: Readonly<Record<string, string>>
  plural(noun: string): string
  /** Names of figures that every entity calls its own by; other names of theirs are of one entity. */
  genericFigures: string
  /** Further names of fields, by field name; labels come from the registry. */
  fields: Readonly<Record<string, string>>
  /** What may follow the label of a field of its own: "audit date", "crane count". */
  labelEndings: Readonly<Record<'date' | 'number' | 'choice', string>>
  /** What before a word makes it its opposite: "uncertified". */
  denials: string
  /** What says of a date of its own that it lies behind: "expired frameworks". */
  lapsed: string
  /** Nouns that name a figure and the entity it is of. */
  measures: Readonly<Record<MeasureName, string>>
  /** Adjectives and participles that filter; meaning in `plan/states.ts`. */
  states: Readonly<Record<string, string>>
  verbs: Readonly<Record<string, string>>
  comparators: Readonly<Partial<Record<ComparatorWord, string>>>
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
  /** Words for places that may be meant of time: "the last 5 orders", "our first customer". */
  placesInTime: Readonly<Record<'first' | 'last', string>>
  ascending: string
  descending: string
  /** By what they say; the names are those of the English ones. */
  prepositions: Readonly<Record<string, string>>
  and: string
  or: string
  anaphors: string
  followUps: Readonly<Record<'and' | 'about' | 'only' | 'instead' | 'more' | 'no' | 'same', string>>
  /** Requests to change something. */
  writes: string
  /** What follows such a verb where it is a noun too; the first, the article, only where it else says nothing. */
  writeObjects: string
  /** Verbs that order a change when somebody or a record and what it shall be follow: "make Raj the owner". */
  makes: string
  /** Things no record can answer, by topic. */
  beyond: Readonly<Record<string, string>>
  numberWords: Readonly<Record<string, number>>
  multipliers: Readonly<Record<string, number>>
  /** Words of amounts: parts of a multiplier, percent, "a couple of", "five-figure". */
  amounts: Readonly<Record<'half' | 'quarter' | 'andAHalf' | 'couple' | 'one' | 'percent' | 'figures', string>>
  /** What an ordinal before makes a percentile. */
  percentile: string
  /** Words for how figures move, and for places below the first. */
  movements: Readonly<Record<'change' | 'trend' | 'running' | 'compare', string>>
  /** Which of the words for having are of one: "has". */
  singularHave: string
  ranks: Readonly<Record<string, number>>
  /** Comparators that may stand after their number: "50k or more". */
  postfixComparators: string
  currencies: Readonly<Record<string, string>>
  months: readonly string[]
  weekdays: readonly string[]
  units: Readonly<Record<string, TimeUnit | 'hour'>>
  /** Which of the units are plurals. */
  unitPlurals: readonly string[]
  /** Words for several of a unit: "fortnight". */
  manyUnits: Readonly<Record<string, { count: number; unit: TimeUnit }>>
  time: TimeVocabulary
  holidays: Readonly<Record<string, { month: number; day: number }>>
  contractions: Contractions
  /** "1,5" is one and a half, and "1.500" one thousand and five hundred. */
  decimalComma: boolean
  /** Single words rewritten before anything else: slang and spellings. */
  rewrites: Readonly<Record<string, string>>
  /** Short forms that may as well be a name: rewritten only where the records have no such word. */
  shorthands?: Readonly<Record<string, string>>
  /** What a preposition is mistyped as though it is a word itself, with the words besides nouns and verbs that it follows: "came form Texas". */
  slips?: Readonly<Record<string, { meant: string; after: string }>>
  orthography?: Orthography
  clauses?: ClauseOrder
  /** Wordings that the grammar tells apart. */
  cues: Cues
  /** Everyday words: spelt correctly, they are never taken for a mistyped keyword, name or value. */
  commonWords: ReadonlySet<string>
  /** By what a message leans on the conversation before it. */
  dialogue: DialogueVocabulary
  /** Ideas that are neither a field, a state nor a verb. */
  concepts: Readonly<Record<ConceptName, string>>
  /** Questions to try, spans of time, and messages that follow an answer. */
  examples: readonly ExampleTemplate[]
  timeExamples: readonly string[]
  followUpExamples: readonly string[]
  /** Readings that fit no table. */
  extra: readonly (readonly [string, Reading])[]
}

/** How a language writes where it differs from English. */
export interface Orthography {
  /** Letters that may be written as two, folded: "ae" for "a". */
  digraphs: readonly (readonly [string, string])[]
  /** Nouns have a capital, which therefore tells no name. */
  capitalNouns: boolean
  /** What ends the genitive of a name, without an apostrophe: "Annas Telefonnummer". */
  genitive: string
  /** Short forms that a point ends. */
  abbreviations: string
  /** What turns a word into its contrary, so that neither is the other mistyped. */
  negating: string
  /** What may stand between nouns that are written as one. */
  joints: readonly string[]
}

/** Where a language has its verbs at the end of a clause, what tells them and the clause. */
export interface ClauseOrder {
  /** Words that open a clause behind a comma. */
  relatives: string
  /** Verbs that say nothing beside another. */
  auxiliaries: string
  /** Parts of verbs that stand alone at the end of a clause. */
  particles: string
  /** A word that denies once another has denied before it: "weder … noch". */
  neither: string
  nor: string
  /** What the word for "of" says behind letters: who sent them. */
  ofLetters: string
  /** How a request for a change may begin, and the verbs at its end. */
  requests: string
  requested: string
}

/** Words run together with an apostrophe. */
export interface Contractions {
  whole: Readonly<Record<string, readonly string[]>>
  /** What stands for the letters after the apostrophe. */
  tails: Readonly<Record<string, string>>
  /** Words after which "'s" is no genitive, and what it is there. */
  beforeS: string
  s: string
  /** An ending that denies, with its apostrophe, and the word for it. */
  denying?: readonly [string, string]
}

/** A question with names in braces for what the workspace's data offers; asked of an entity, and needing another's records too. */
export interface ExampleTemplate {
  family: string
  entity: EntityName
  needs?: EntityName
  question: string
}

/**
 * Words of a conversation; several phrases are separated by `|`. In those marked as templates `#` stands for a number
 * and `@` for an ordinal. Phrases that end a list of "whole" ones are compared with a whole message, politeness aside.
 */
export interface DialogueVocabulary {
  /** Words that change nothing at either end of a message. */
  polite: string
  /** Whole messages: to the answer before, without the last condition, to the first question, to the n-th (template). */
  undo: string
  undoFilter: string
  first: string
  nth: string
  /** Whole messages about pages; the last three are templates. */
  nextPage: string
  previousPage: string
  firstPage: string
  nextCount: string
  previousCount: string
  page: string
  /** Whole messages that lift conditions: every one, the bound of a ranked list, and those of place, time, owner and state. */
  everything: string
  all: string
  anywhere: string
  anyTime: string
  anyone: string
  anyState: string
  /** Beginnings of messages that lift the condition named after them, and words that may end those. */
  drop: string
  dropEnd: string
  /** What such a condition may be called. */
  dates: string
  places: string
  people: string
  states: string
  limits: string
  groups: string
  /** Beginnings that take records away, and words that then say nothing. */
  exclude: string
  excluded: string
  /** Words that add a value to the one before. */
  include: string
  /** Whole messages that ask for the records behind a figure. */
  list: string
  /** Beginnings of messages that put another amount in place of the one before. */
  amends: string
  /** Beginnings that correct the message before; another bearer of the same name. */
  correct: string
  /** The same at the end of one. */
  correctEnd: string
  other: string
  instead: string
  /** "Not A but B", "B instead of A". */
  butInstead: string
  insteadOf: string
  before: string
  ordinals: Readonly<Record<string, number>>
  /** Words before a number that make it a place in a list. */
  numbered: string
  article: string
  /** What may follow an ordinal that is a place in a list. */
  one: string
  /** The same after an article only. */
  listed: string
  afterOne: string
  /** Beginnings of questions that stand alone. */
  freshStarts: string
  /** Beginnings that ask for everything about what follows. */
  details: string
  /** Words that say nothing when an option is chosen by its words. */
  choosing: string
  /** Words of a question about everything there is. */
  ours: string
  /** Asks what there is, of what was just looked at. */
  present: string
  /** Stands for one record. */
  pronoun: string
  /** Words that point to a person. */
  persons: string
  /** Words that point to more than one. */
  several: string
  /** "Of them": some of what was shown. */
  partitive: string
  /** Messages that ask why, and what a field of reasons is called. */
  why: string
  reasons: string
  /** Messages that only thank. */
  thanks: string
  /** Sentences beside a question that ask nothing. */
  greetings: string
  /** Phrases that are clearer otherwise once something was answered. */
  rewrites: Readonly<Record<string, string>>
  /** Words before a field that ask for records that have it; orders by time. */
  having: string
  timeOrder: string
  /** Whole messages: the last two answers as one, and beside one another. */
  both: string
  /** What such a message may begin with when it asks for a figure of them. */
  together: string
  compareThem: string
  /** Whole messages: the same for the span of time before, or after. */
  oneEarlier: string
  oneLater: string
  /** Whole messages: the other order, shares in place of figures. */
  reverse: string
  shares: string
  /** How a question may begin after a word that joins two. */
  imperatives: string
  questionStarts: string
  sentenceStarts: string
  /** Those of them that name a figure and, after "and", lean on the question before. */
  figureStarts: string
  joiners: string
  /** Words that say whose a noun is. */
  owned: string
  /** Words that number the questions of a message. */
  sequence: string
  /** Beginnings that hold for each of several nouns. */
  distributed: string
  /** Beginnings of what is asked after something told, and of why it is asked. */
  aside: { requests: string; reasons: string }
  /** Beginnings of a statement that names whom the question behind it is about; what points there, and how the name is said in its place. */
  statement: Readonly<Record<'opens' | 'they' | 'there' | 'their' | 'at' | 'of', string>>
  /**
   * What somebody has to do in a time: beginnings that ask it of oneself; those before a name, and what stands behind it; what may end
   * it; and the questions that are asked instead, with `@` for the name and `#` for the time.
   */
  agenda: Readonly<Record<'mine' | 'of' | 'does' | 'ends' | 'tasks' | 'events' | 'theirTasks' | 'theirEvents', string>>
}
