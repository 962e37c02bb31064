import type { Lexeme, Reading, ReadingOf } from '#backend/modules/planner/language/reading.ts'
import { mended } from './dialogue/mended.ts'
import type { Item } from './parse-state.ts'

/** Reads comparators and their numbers together, drops comparators that compare nothing, and numbers the items. */
export function reduce(said: readonly { lexeme: Lexeme; reading: Reading }[]): Item[] {
  const chosen = mended(said)
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
      // "The north of England" compares nothing and is no part of England's name.
      // Nor does "more than one tag" say nothing of how many.
      const following = chosen[at + 1]
      const number = following?.reading.kind === 'filler' && following.lexeme.readings.some((candidate) => candidate.reading.kind === 'number')
      const apart = number || (lexeme.end - lexeme.start > 1 && following?.reading.kind === 'value')
      push(lexeme, other?.reading ?? { kind: apart ? 'unknown' : 'filler' })
      continue
    }
    if (reading.kind === 'number') {
      const after = chosen[at + 1]
      if (after?.reading.kind === 'comparator' && after.reading.postfix === true && !(chosen[at + 2]?.reading.kind === 'number')) {
        push(lexeme, comparisonOf(after.reading.op, [reading]))
        at++
        continue
      }
      const second = chosen[at + 2]
      // "From 30k up to 40k"
      if (after?.reading.kind === 'comparator' && after.reading.op === 'lte' && second?.reading.kind === 'number' && second.reading.value > reading.value) {
        if (items.at(-1)?.reading.kind === 'preposition') items.pop()
        push(lexeme, comparisonOf('between', [reading, second.reading]))
        at += 2
        continue
      }
      // "A rating of 4 or 5": neighbours are a range.
      if (
        after?.reading.kind === 'conjunction' &&
        second?.reading.kind === 'number' &&
        Number.isInteger(reading.value) &&
        second.reading.value === reading.value + 1 &&
        belongsToField(chosen, at)
      ) {
        push(lexeme, comparisonOf('between', [reading, second.reading]))
        at += 2
        continue
      }
      // "5 cranes or fewer", "with 3 orders or more"
      const unit = chosen[at + 1]
      const bound = chosen[at + 2]
      if (
        (unit?.reading.kind === 'field' || unit?.reading.kind === 'entity') &&
        bound?.reading.kind === 'comparator' &&
        bound.reading.postfix === true &&
        chosen[at + 3]?.reading.kind !== 'number'
      ) {
        push(lexeme, comparisonOf(bound.reading.op, [reading]))
        push(unit.lexeme, unit.reading)
        at += 2
        continue
      }
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

/** "Rating of 4", "rated 4". */
function belongsToField(chosen: readonly { reading: Reading }[], at: number): boolean {
  for (let index = at - 1; index >= 0; index--) {
    const kind = chosen[index]?.reading.kind
    if (kind === 'field') return true
    if (kind !== 'filler' && kind !== 'preposition') return false
  }
  return false
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

/** What "about" takes in: a tenth either way. */
const aTenth = 0.1

function comparisonOf(said: ReadingOf<'comparator'>['op'], numbers: readonly ReadingOf<'number'>[]): ReadingOf<'comparison'> {
  const op = said === 'about' ? 'between' : said
  const currency = numbers.map((number) => number.currency).find((code) => code !== undefined)
  const values = numbers.map((number) => number.value)
  const [about] = said === 'about' ? values : []
  if (about !== undefined) values.splice(0, 1, rounded(about * (1 - aTenth)), rounded(about * (1 + aTenth)))
  const [low, high] = values
  // "between 10 and 20k": the unit of the second holds for both.
  if (about === undefined && low !== undefined && high !== undefined && high >= 1000 && low < 1000 && high % 1000 === 0 && low * 1000 <= high)
    values[0] = low * 1000
  return {
    kind: 'comparison',
    op,
    values,
    ...(currency === undefined ? {} : { currency }),
    ...(numbers.some((number) => number.percent) ? { percent: true } : {}),
    ...(about === undefined ? {} : { about }),
    ...(numbers.some(({ times }) => times) ? { times: true as const } : {}),
  }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
