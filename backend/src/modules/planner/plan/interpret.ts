import type { Lexeme } from '#backend/modules/planner/language/reading.ts'
import type { World } from '#backend/modules/planner/world/world.ts'
import { type Chosen, droppedWords, type Heard } from './dropped.ts'
import { type Candidate, finish, unexplainedCost } from './finish.ts'
import { narrowReadings } from './narrow.ts'
import { parse } from './parse.ts'

const mostCombinations = 48
/** Candidates looked at for what they lost. */
const mostChecks = 24

export interface Interpretation extends Candidate {
  chosen: readonly Chosen[]
}

/** Every reading of the lexemes that context leaves open, parsed and ranked; best first. */
export function interpret(lexemes: readonly Lexeme[], world: World, options: Heard): Interpretation[] {
  const narrowed = narrowReadings(lexemes, world, options.hasMemory)
  let combinations: { chosen: Chosen[]; weight: number }[] = [{ chosen: [], weight: 0 }]
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
  results.sort((a, b) => b.score - a.score)
  withoutDropped(results, world, options)
  return results
}

/** The best must have lost nothing of what was said; one that has gives way to the next, and none is taken unseen. */
function withoutDropped(results: Interpretation[], world: World, heard: Heard): void {
  for (let checks = 0; checks <= mostChecks; checks++) {
    const [best] = results
    if (best === undefined || best.unexplained.length > 0) return
    const dropped = droppedWords(best.chosen, best, world, heard)
    if (dropped.length === 0) return
    best.unexplained.push(...dropped)
    // The last one looked at stays the best, and says what it has lost.
    if (checks === mostChecks) return
    best.score -= dropped.length * unexplainedCost
    results.sort((a, b) => b.score - a.score)
  }
}
