import type { Lexeme, Reading } from '#backend/modules/planner/language/reading.ts'
import type { World } from '#backend/modules/planner/world/world.ts'
import type { EntityName } from '#contracts/entities.ts'
import { type Candidate, finish } from './finish.ts'
import { narrowReadings } from './narrow.ts'
import { parse } from './parse.ts'

const mostCombinations = 48

export interface Interpretation extends Candidate {
  chosen: readonly { lexeme: Lexeme; reading: Reading }[]
}

/** Every reading of the lexemes that context leaves open, parsed and ranked; best first. */
export function interpret(lexemes: readonly Lexeme[], world: World, options: { context?: EntityName; hasMemory: boolean }): Interpretation[] {
  const narrowed = narrowReadings(lexemes, world, options.hasMemory)
  let combinations: { chosen: { lexeme: Lexeme; reading: Reading }[]; weight: number }[] = [{ chosen: [], weight: 0 }]
  for (const lexeme of narrowed) {
    const room = Math.max(1, Math.floor(mostCombinations / combinations.length))
    const readings = lexeme.readings.slice(0, Math.min(room, 4))
    combinations = combinations.flatMap(({ chosen, weight }) =>
      readings.map((candidate) => ({ chosen: [...chosen, { lexeme, reading: candidate.reading }], weight: weight + candidate.weight })),
    )
  }
  const results: Interpretation[] = []
  for (const { chosen, weight } of combinations) {
    const candidate = finish(parse(chosen, world, options.context))
    if (candidate === undefined) continue
    results.push({ ...candidate, score: candidate.score + weight, chosen })
  }
  return results.sort((a, b) => b.score - a.score)
}
