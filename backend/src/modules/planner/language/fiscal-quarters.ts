import { DateTime } from 'luxon'
import { daySpan, fiscalYearStart } from './calendar.ts'
import type { PeriodContext, PeriodMatch } from './period-context.ts'
import { fiscalNote } from './relative-periods.ts'

interface Part {
  /** From 0, of the fiscal year. */
  month: number
  months: number
  end: number
  fiscal: boolean
}

const steps = ['previous', 'this', 'next'] as const

/** "Fiscal Q2", "the second fiscal quarter", "Q2 of this fiscal year"; undefined where nothing says that the year is a fiscal one. */
export function readFiscalQuarter(context: PeriodContext, start: number): PeriodMatch | undefined {
  const part = readPart(context, start)
  if (part === undefined) return undefined
  const { today, fiscalStart, future } = context
  const year = readYear(context, part.end)
  if (!part.fiscal && year?.fiscal !== true) return undefined
  const span = (first: DateTime) => {
    const from = first.plus({ month: part.month })
    return { from, to: from.plus({ month: part.months }) }
  }
  const running = fiscalYearStart(today, fiscalStart)
  let { from, to } = span(year?.first ?? running)
  // The latest that has begun, or the next one where what is asked lies ahead.
  if (year === undefined && !future && from > today) ({ from, to } = span(running.minus({ year: 1 })))
  if (year === undefined && future && to <= today) ({ from, to } = span(running.plus({ year: 1 })))
  return { end: year?.end ?? part.end, range: daySpan(from, to), unit: part.months === 3 ? 'quarter' : 'month', note: fiscalNote(fiscalStart) }
}

function readPart({ tokens, at, vocabulary }: PeriodContext, start: number): Part | undefined {
  const { ordinals, shortParts } = vocabulary.time
  const led = at('fiscal', start)
  const begin = led ?? start
  const word = tokens[begin]?.norm ?? ''
  const letter = word.length === 2 ? word.charAt(0) : ''
  const digit = Number(word.charAt(1))
  const quarters = letter === shortParts.quarter ? 4 : letter === shortParts.half ? 2 : 0
  if (digit >= 1 && digit <= quarters) return { month: (digit - 1) * (12 / quarters), months: 12 / quarters, end: begin + 1, fiscal: led !== undefined }
  const ordinal = ordinals[word]
  if (ordinal === undefined || ordinal < 1) return undefined
  const inner = at('fiscal', begin + 1)
  const noun = inner ?? begin + 1
  const quarter = at('quarter', noun)
  const end = quarter ?? at('half', noun)
  const months = quarter === undefined ? 6 : 3
  if (end === undefined || ordinal * months > 12) return undefined
  return { month: (ordinal - 1) * months, months, end, fiscal: led !== undefined || inner !== undefined }
}

/** "Of this fiscal year", "last year", "2025": a fiscal year is called after the calendar year it ends in. */
function readYear({ tokens, today, at, vocabulary, fiscalStart }: PeriodContext, start: number): { end: number; first: DateTime; fiscal: boolean } | undefined {
  let index = at('of', start) ?? start
  index = at('article', index) ?? index
  const step = steps.findIndex((word) => at(word, index) !== undefined)
  if (step !== -1) index = at(steps[step] as (typeof steps)[number], index) as number
  const fiscal = at('fiscal', index)
  index = fiscal ?? index
  const isYear = vocabulary.units[tokens[index]?.norm ?? ''] === 'year'
  if (step !== -1) {
    if (!isYear) return undefined
    return { end: index + 1, first: fiscalYearStart(today, fiscalStart).plus({ year: step - 1 }), fiscal: fiscal !== undefined }
  }
  if (isYear) index++
  const written = tokens[index]?.norm ?? ''
  if (!/^(?:19|20)\d\d$/.test(written)) {
    return fiscal !== undefined && isYear ? { end: index, first: fiscalYearStart(today, fiscalStart), fiscal: true } : undefined
  }
  const year = Number(written) - (fiscalStart === 1 ? 0 : 1)
  return { end: index + 1, first: DateTime.fromObject({ year, month: fiscalStart, day: 1 }, { zone: today.zone }), fiscal: fiscal !== undefined }
}
