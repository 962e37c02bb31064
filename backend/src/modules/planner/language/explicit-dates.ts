import * as chrono from 'chrono-node/en'
import { DateTime } from 'luxon'
import { dayInYear } from './calendar.ts'
import type { PeriodContext } from './period-context.ts'
import type { Token } from './tokenise.ts'

const longest = 5

/**
 * Reads a calendar day such as "5 May 2025", "June 1st", "2025-06-01" or "03/04/2025" at a token.
 * A day without a year is the latest not to come, or the next when `future`; dots are day first, slashes as the language has them.
 */
export function readDay(context: PeriodContext, at: number): { end: number; day: DateTime; yearless: boolean } | undefined {
  const { question, tokens, today, future, vocabulary } = context
  const first = tokens[at]
  if (first === undefined) return undefined
  if (vocabulary.time.dayFirst) {
    const written = readDayFirst(context, at)
    if (written !== undefined) return written
  }
  if (!isDateLike(context, at)) return undefined
  const isoMatch = /^(\d{4})-(\d{2})-(\d{2})$/.exec(first.norm)
  if (isoMatch !== null) {
    const day = DateTime.fromISO(first.norm, { zone: today.zone })
    return day.isValid ? { end: at + 1, day, yearless: false } : undefined
  }
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{2,4})$/.exec(first.norm)
  if (dotted !== null) {
    const year = Number(dotted[3])
    const day = DateTime.fromObject({ day: Number(dotted[1]), month: Number(dotted[2]), year: year < 100 ? 2000 + year : year }, { zone: today.zone })
    return day.isValid ? { end: at + 1, day, yearless: false } : undefined
  }
  let last = Math.min(at + longest, tokens.length)
  // Nothing of a day stands behind a dash.
  for (let index = at + 1; index < last; index++)
    if (/[-–—]/.test(question.slice((tokens[index - 1] as Token).end, (tokens[index] as Token).start))) last = index
  let result = parse(question, tokens, at, last, today)
  // "1 March - 15 April" is read one day at a time.
  while (result?.end != null && last > at + 2) result = parse(question, tokens, at, --last, today)
  if (result === undefined || result.index !== 0 || !result.start.isCertain('day') || !result.start.isCertain('month')) return undefined
  const endOffset = first.start + result.text.length
  let end = at + 1
  while (end < last && (tokens[end] as Token).end <= endOffset) end++
  const year = result.start.isCertain('year') ? (result.start.get('year') as number) : undefined
  let day = DateTime.fromObject(
    { year: year ?? today.year, month: result.start.get('month') as number, day: result.start.get('day') as number },
    { zone: today.zone },
  )
  if (!day.isValid) return undefined
  if (year === undefined && !future && day > today) day = day.minus({ year: 1 })
  if (year === undefined && future && day < today.startOf('day')) day = day.plus({ year: 1 })
  return { end, day, yearless: year === undefined }
}

/** "31.12.", "31/12/2025", "5. Mai", "5. Mai 2025": the day, the month and perhaps the year. */
function readDayFirst({ tokens, months, today, future }: PeriodContext, at: number): { end: number; day: DateTime; yearless: boolean } | undefined {
  const [first, second, third] = tokens.slice(at, at + 3)
  const digits = /^(\d{1,2})(?:[./](\d{1,2})(?:[./](\d{2,4})?)?)?$/.exec(first?.norm ?? '')
  if (digits === null) return undefined
  const named = digits[2] === undefined ? months.get(second?.norm ?? '') : undefined
  // "31.12" alone is a decimal number; a point or a slash after its month makes it a day.
  if (named === undefined && !/^\d{1,2}(?:\.\d{1,2}\.|\/\d{1,2})/.test(first?.norm ?? '')) return undefined
  const month = named ?? Number(digits[2])
  const after = named === undefined ? undefined : third?.norm
  const written = digits[3] ?? (after !== undefined && /^(?:19|20)\d\d$/.test(after) ? after : undefined)
  const year = written === undefined ? undefined : written.length === 2 ? 2000 + Number(written) : Number(written)
  const day = dayInYear(today, month, Number(digits[1]), year, future)
  const end = named === undefined ? at + 1 : after !== undefined && after === written ? at + 3 : at + 2
  return day === undefined ? undefined : { end, day, yearless: year === undefined }
}

function parse(question: string, tokens: readonly Token[], from: number, to: number, today: DateTime): chrono.ParsedResult | undefined {
  const text = question.slice((tokens[from] as Token).start, (tokens[to - 1] as Token).end)
  return chrono.parse(text, { instant: today.toJSDate(), timezone: today.offset })[0]
}

function isDateLike({ tokens, months, at: timeAt }: PeriodContext, at: number): boolean {
  const first = tokens[at] as Token
  if (first.kind === 'number' && /^\d{4}-\d{2}-\d{2}$|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$/.test(first.norm)) return true
  const second = tokens[at + 1]
  if (second === undefined) return false
  if (months.has(first.norm))
    return (
      (second.kind === 'number' && /^\d{1,2}(?:st|nd|rd|th)?$/.test(second.norm)) || (timeAt('article', at + 1) === at + 2 && tokens[at + 2]?.kind === 'number')
    )
  if (first.kind !== 'number' || !/^\d{1,2}(?:st|nd|rd|th)?$/.test(first.norm)) return false
  return months.has(second.norm) || (timeAt('of', at + 1) === at + 2 && months.has(tokens[at + 2]?.norm ?? ''))
}
