import type { Lexicon } from '#backend/modules/planner/language/lexicon.ts'
import type { PeriodContext } from '#backend/modules/planner/language/period-context.ts'
import type { Reading } from '#backend/modules/planner/language/reading.ts'
import type { Token } from '#backend/modules/planner/language/tokenise.ts'
import type { World } from '#backend/modules/planner/world/world.ts'

export interface Span {
  end: number
  score: number
  readings: { reading: Reading; weight: number }[]
}

export const longestName = 6

export interface SegmentInput {
  question: string
  tokens: readonly Token[]
  lexicon: Lexicon
  world: World
  periods: PeriodContext
}

export type AddSpan = (end: number, score: number, reading: Reading, weight: number) => void
