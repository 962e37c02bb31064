import type { Vocabulary } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import { alternatives } from './alternatives.ts'
import { type NumberSpan, readNumber } from './numbers.ts'
import type { ReadingOf } from './reading.ts'
import type { Token } from './tokenise.ts'

const dash = /^\s?[-–—]\s?$/

/** "20k-30k", "40 – 60%", "five-figure": amounts that are a range as they are written. */
export function readAmountRange(
  question: string,
  tokens: readonly Token[],
  at: number,
  vocabulary: Vocabulary,
): { end: number; reading: ReadingOf<'comparison'> } | undefined {
  const first = readNumber(tokens, at, vocabulary)
  if (first === undefined || first.ordinal === true) return undefined
  if (first.currency === undefined && first.value >= 1 && first.value <= 12 && alternatives(vocabulary.amounts.figures).has(tokens[first.end]?.norm ?? '')) {
    const low = 10 ** (first.value - 1)
    return { end: first.end + 1, reading: { kind: 'comparison', op: 'between', values: [low, low * 10 - 0.01] } }
  }
  const last = tokens[first.end - 1]
  const following = tokens[first.end]
  if (last === undefined || following === undefined || !dash.test(question.slice(last.end, following.start))) return undefined
  const second = readNumber(tokens, first.end, vocabulary)
  // "2024-2025" are years, "3-1" is no range.
  if (second === undefined || second.ordinal === true || isYear(first) || isYear(second)) return undefined
  const low = scaled(first, second)
  if (low >= second.value) return undefined
  const currency = first.currency ?? second.currency
  return {
    end: second.end,
    reading: {
      kind: 'comparison',
      op: 'between',
      values: [low, second.value],
      ...(currency === undefined ? {} : { currency }),
      ...(first.percent === true || second.percent === true ? { percent: true } : {}),
    },
  }
}

/** "20-30k": the unit of the second holds for both. */
function scaled(first: NumberSpan, second: NumberSpan): number {
  const factor = second.value >= 1e6 && first.value < 1000 ? 1e6 : 1000
  return second.value >= 1000 && first.value < 1000 && first.value * factor < second.value ? first.value * factor : first.value
}

function isYear({ bare, value }: NumberSpan): boolean {
  return bare && value >= 1900 && value < 2100
}
