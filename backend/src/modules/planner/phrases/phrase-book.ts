import type { Language } from '#backend/modules/planner/language/languages.ts'
import type { CustomFieldDefinition, EntityName } from '#contracts/entities.ts'
import type { Column, TimeRange, TimeUnit, TypedQueryInput } from '#contracts/query.ts'
import type { DialoguePhrases } from './dialogue-phrases.ts'
import type { FigurePhrases } from './figure-phrases.ts'
import type { Formatter } from './formatter.ts'
import type { MovementPhrases } from './movement-phrases.ts'
import type { Note } from './notes.ts'
import type { RecordPhrases } from './record-phrases.ts'

/** Records of a kind with the one word that most often stands before them: "open opportunities". */
export interface Subject {
  entity: EntityName
  /** Of opportunities: one of the registry's states. */
  state?: string
}

/** A field as a result column names it; `path` leads to it from the entity. */
export interface FieldName {
  entity: EntityName
  path: string
  label: string
}

/** What people and records are called, by id. */
export type NamesById = Pick<ReadonlyMap<string, string>, 'get'>

/** What ids and a workspace's own fields are called. */
export interface KnownNames {
  names: NamesById
  customFields: readonly CustomFieldDefinition[]
}

export interface NounPhrases {
  /** Inside a sentence, in the number of `count`: "contacts". */
  entity(entity: EntityName, count: number): string
  /** As a heading: "Contacts". */
  heading(entity: EntityName): string
  subject(subject: Subject, count: number): string
  /** A value that the registry names, as a sentence says it; every other value is what it is. */
  value(entity: EntityName, path: string, value: string): string
}

export interface TimePhrases {
  /** "March 2026", "week of 2 Mar 2026". */
  bucket(value: string, unit: TimeUnit): string
  /** "in March 2026". */
  inBucket(value: string, unit: TimeUnit): string
  upToBucket(value: string, unit: TimeUnit): string
  /** As a title shows it, "this year"; undefined where that would be long. */
  range(range: TimeRange): string | undefined
}

/** Everything the planner says in one language. Its functions take what is to be told; word order, number and case are the language's own. */
export interface PhraseBook {
  language: Language
  format(timeZone: string): Formatter
  /** "A, B and C". */
  list(items: readonly string[]): string
  upperFirst(text: string): string
  nouns: NounPhrases
  times: TimePhrases
  records: RecordPhrases
  figures: FigurePhrases
  movements: MovementPhrases
  dialogue: DialoguePhrases
  /** What is said beside the figures. */
  note(note: Note): string
  /** Result columns with headings in the language. */
  columns(query: TypedQueryInput, columns: readonly Column[], known: KnownNames): Column[]
  /** The query in words, which its result tells in English. */
  explanation(query: TypedQueryInput, inEnglish: string, known: KnownNames): string
}
