import type { Lexeme, Reading, ReadingKind } from '#backend/modules/planner/language/reading.ts'
import type { World } from '#backend/modules/planner/world/world.ts'
import { fold } from '#contracts/fold.ts'

interface Chosen {
  lexeme: Lexeme
  reading: Reading
}

type Dimension = 'pipeline' | 'stage'

const mayBePart = new Set<ReadingKind>(['value', 'record', 'unknown', 'text'])
const shortestPart = 4

/** "The cleaning pipeline", "Cleaning vs Property management": a part of the one name that has it stands for that. */
export function namedInPart(chosen: readonly Chosen[], world: World): Chosen[] {
  return chosen.map((one, index) => {
    if (!mayBePart.has(one.reading.kind)) return one
    const dimension = dimensionBeside(chosen, index)
    if (dimension === undefined || isNamed(one, dimension)) return one
    const named = (dimension === 'pipeline' ? world.pipelines : world.stages).map(({ name }) => name).filter((name) => hasPart(name, one.lexeme.text))
    const [name] = named
    if (name === undefined || new Set(named).size > 1) return one
    return { ...one, reading: { kind: 'value', options: [{ entity: 'opportunities', path: dimension, value: name }] } }
  })
}

/** What the noun behind it, or what it is set against, says that it names. */
function dimensionBeside(chosen: readonly Chosen[], index: number): Dimension | undefined {
  const following = chosen[index + 1]?.reading
  if (following?.kind === 'entity' && !following.plural)
    return following.entity === 'pipelines' ? 'pipeline' : following.entity === 'stages' ? 'stage' : undefined
  const other = following?.kind === 'versus' ? chosen[index + 2] : chosen[index - 1]?.reading.kind === 'versus' ? chosen[index - 2] : undefined
  if (other === undefined) return undefined
  return isNamed(other, 'pipeline') ? 'pipeline' : isNamed(other, 'stage') ? 'stage' : undefined
}

function isNamed({ lexeme, reading }: Chosen, dimension: Dimension): boolean {
  const readings = reading.kind === 'record' ? lexeme.readings.map((one) => one.reading) : [reading]
  return readings.some((one) => one.kind === 'value' && one.options.some(({ path }) => path === dimension))
}

function hasPart(name: string, text: string): boolean {
  const part = fold(text)
  return part.length >= shortestPart && ` ${fold(name)} `.includes(` ${part} `)
}
