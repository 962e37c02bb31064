import type { Entity, Verb } from '../entities.ts'
import type { Value } from '../json.ts'
import type { Settings } from '../settings.ts'
import type { Store } from '../store/store.ts'
import type { Query } from './query.ts'

/** What every handler works with. */
export interface Api {
  store: Store
  settings: Settings
  /** Milliseconds. */
  now(): number
}

/** One request that has passed the gates. */
export interface Call {
  method: Verb
  query: Query
  /** The parsed body; undefined without one. */
  body: unknown
  userId: number
  ifMatch: string | undefined
}

export interface Answer {
  status: number
  /** Undefined for an empty answer. */
  body?: Value
  headers?: Readonly<Record<string, string>>
}

export type Handler = (call: Call) => Answer | Promise<Answer>

/** What stands behind one path: a handler for each verb it has. */
export type Resource = Partial<Record<Lowercase<Verb>, Handler>>

/** One record whose sub-resource is asked for. */
export interface Owner {
  entity: Entity
  id: number
}
