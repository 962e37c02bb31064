import type { Lexeme, Reading, ReadingKind } from '#backend/modules/planner/language/reading.ts'
import type { World } from '#backend/modules/planner/world/world.ts'

export type Weighted = { reading: Reading; weight: number }

/** A word among its neighbours; those before it have been settled. */
export interface Place {
  opening: boolean
  previous: Reading | undefined
  following: Lexeme | undefined
  index: number
  count: number
  hasMemory: boolean
  world: World
  lexemes: readonly Lexeme[]
}

/** Whether one of the readings of a word is of a kind. */
export function can(lexeme: Lexeme | undefined, ...kinds: ReadingKind[]): boolean {
  return lexeme?.readings.some(({ reading }) => kinds.includes(reading.kind)) ?? false
}
