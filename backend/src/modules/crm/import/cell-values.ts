import type { FieldType } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { DateOrder } from '#contracts/import.ts'
import { slashPattern } from './cell-patterns.ts'

const truths = new Map([
  ['ja', 'true'],
  ['wahr', 'true'],
  ['nein', 'false'],
  ['falsch', 'false'],
])

/** How the cells of one column are to be read. */
export interface ColumnReading {
  dateOrder: DateOrder | undefined
  /** The column writes 1.234,50. */
  decimalComma: boolean
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const germanMonths = new Map([
  ['mrz', 3],
  ['mae', 3],
  ['mai', 5],
  ['okt', 10],
  ['dez', 12],
])
const dayMonthYear = /^(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+(\p{L}{3,9})\.?,?[\s-]+(\d{4}|\d{2})(?:[ T,]+(.+))?$/iu
const monthDayYear = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:[ T,]+(.+))?$/i
const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]+(.+))?$/
/** A day, or a second in UTC, as the records core reads it. */
const asWritten = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}Z)?$/
const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*([ap])?\.?(?:m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i

/**
 * Writes a cell the way the records core reads it: dates as ISO 8601, numbers with a decimal point. What cannot be read so stays as
 * it is, and is reported by the field's own check.
 */
export function normaliseCell(type: FieldType, cell: string, reading: ColumnReading): string {
  const text = cell.trim()
  switch (type) {
    case 'date':
    case 'datetime':
      return isoOf(text, reading.dateOrder) ?? text
    case 'money':
    case 'number':
    case 'integer':
      return reading.decimalComma ? text.replace(/[.'’\s\u00a0\u202f]/g, '').replace(',', '.') : text.replace(/\u202f/g, '')
    case 'boolean':
      return truths.get(text.toLowerCase()) ?? text
    default:
      return text
  }
}

/** Takes off the apostrophe that our exports put before a value which a spreadsheet would run as a formula. */
export function withoutFormulaGuard(cell: string): string {
  return cell.startsWith("'") && /^''?[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell
}

function isoOf(text: string, order: DateOrder | undefined): string | undefined {
  if (asWritten.test(text)) return text
  const year = yearFirst.exec(text)
  if (year !== null) return assemble(year[1], year[3], year[4], year[5])
  const slash = slashPattern.exec(text)
  if (slash !== null) {
    const [, first, separator, second, written] = slash
    const time = /[ T,]+(\d{1,2}:.*)$/.exec(text)?.[1]
    const dayFirst = separator === '.' || order === 'dmy'
    if (separator !== '.' && order === undefined) return undefined
    return assemble(written, dayFirst ? second : first, dayFirst ? first : second, time)
  }
  const named = dayMonthYear.exec(text)
  if (named !== null) return assemble(named[3], monthNumber(named[2]), named[1], named[4])
  const american = monthDayYear.exec(text)
  if (american !== null) return assemble(american[3], monthNumber(american[1]), american[2], american[4])
  return undefined
}

function monthNumber(word: string | undefined): string | undefined {
  const start = fold(word ?? '').slice(0, 3)
  const month = months.indexOf(start) + 1 || germanMonths.get(start)
  return month === undefined ? undefined : String(month)
}

function assemble(year: string | undefined, month: string | undefined, day: string | undefined, time: string | undefined): string | undefined {
  if (year === undefined || month === undefined || day === undefined) return undefined
  // Two-digit years as POSIX reads them: 69-99 are 19xx.
  const full = year.length === 2 ? `${Number(year) >= 69 ? '19' : '20'}${year}` : year
  const date = `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (time === undefined || time.trim() === '') return date
  const match = clock.exec(time.trim())
  if (match === null) return undefined
  const [, hour, minute, second, fraction, half, zone] = match
  let hours = Number(hour)
  if (half !== undefined && (hours < 1 || hours > 12)) return undefined
  if (half !== undefined) hours = (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  const offset = zone === undefined ? '' : /^(utc|gmt|z)$/i.test(zone) ? 'Z' : zone
  return `${date}T${String(hours).padStart(2, '0')}:${minute}:${second ?? '00'}${fraction === undefined ? '' : `.${fraction.slice(0, 9)}`}${offset}`
}
