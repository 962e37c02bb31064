import type { Lexeme, Reading, ReadingOf } from '#backend/modules/planner/language/reading.ts'
import type { Item } from './parse-state.ts'

const postfix =
  /^(?:or more|and up|and above|or higher|or above|or better|or greater|and higher|and more|plus|or less|or below|or fewer|or lower|or under|tops|minimum|min|maximum)$/i

/** Reads comparators and their numbers together, drops comparators that compare nothing, and numbers the items. */
export function reduce(chosen: readonly { lexeme: Lexeme; reading: Reading }[]): Item[] {
  const items: Item[] = []
  const push = (lexeme: Lexeme, reading: Reading) => items.push({ lexeme, reading, index: items.length })
  for (let at = 0; at < chosen.length; at++) {
    const { lexeme, reading } = chosen[at] as { lexeme: Lexeme; reading: Reading }
    if (reading.kind === 'comparator') {
      const comparison = readComparison(chosen, at, reading)
      if (comparison !== undefined) {
        push({ ...lexeme, end: chosen[comparison.last]?.lexeme.end ?? lexeme.end }, comparison.reading)
        at = comparison.last
        continue
      }
      const other = lexeme.readings.find((candidate) => candidate.reading.kind === 'preposition')
      push(lexeme, other?.reading ?? { kind: 'filler' })
      continue
    }
    if (reading.kind === 'number') {
      const after = chosen[at + 1]
      if (after?.reading.kind === 'comparator' && postfix.test(after.lexeme.text)) {
        push(lexeme, comparisonOf(after.reading.op, [reading]))
        at++
        continue
      }
      const second = chosen[at + 2]
      // "10k to 20k", "10k - 20k"
      if (after?.reading.kind === 'preposition' && after.reading.word === 'to' && second?.reading.kind === 'number') {
        const last = items.at(-1)
        if (last?.reading.kind === 'preposition') items.pop()
        push(lexeme, comparisonOf('between', [reading, second.reading]))
        at += 2
        continue
      }
    }
    push(lexeme, reading)
  }
  return items.map((item, index) => ({ ...item, index }))
}

function readComparison(
  chosen: readonly { reading: Reading }[],
  at: number,
  comparator: ReadingOf<'comparator'>,
): { reading: ReadingOf<'comparison'>; last: number } | undefined {
  let index = at + 1
  while (chosen[index]?.reading.kind === 'filler') index++
  const first = chosen[index]?.reading
  if (first?.kind !== 'number') return undefined
  if (comparator.op === 'between') {
    const joint = chosen[index + 1]?.reading
    const second = chosen[index + 2]?.reading
    if ((joint?.kind === 'conjunction' || joint?.kind === 'preposition') && second?.kind === 'number')
      return { reading: comparisonOf('between', [first, second]), last: index + 2 }
    return undefined
  }
  // "more than or equal to", "at least 5 or more" change nothing.
  return { reading: comparisonOf(comparator.op, [first]), last: index }
}

function comparisonOf(op: ReadingOf<'comparator'>['op'], numbers: readonly ReadingOf<'number'>[]): ReadingOf<'comparison'> {
  const currency = numbers.map((number) => number.currency).find((code) => code !== undefined)
  const values = numbers.map((number) => number.value)
  const [low, high] = values
  // "between 10 and 20k": the unit of the second holds for both.
  if (low !== undefined && high !== undefined && high >= 1000 && low < 1000 && high % 1000 === 0 && low * 1000 <= high) values[0] = low * 1000
  return {
    kind: 'comparison',
    op,
    values,
    ...(currency === undefined ? {} : { currency }),
    ...(numbers.some((number) => number.percent) ? { percent: true } : {}),
  }
}
