import type { CellValue, ColumnDef } from 'hucre/xlsx'
import { DateTime } from 'luxon'
import type { Column } from '#contracts/query.ts'
import type { ExportColumn } from './export-columns.ts'

const formats: Partial<Record<Column['type'], string>> = { money: '#,##0.00', date: 'yyyy-mm-dd', datetime: 'yyyy-mm-dd hh:mm:ss' }
/** Longest text that Excel takes in a cell. */
const maxTextLength = 32_767
const cut = ' … (cut here)'
/** Excel counts days from here; it shows nothing before. */
const firstDay = Date.UTC(1900, 2, 1)

export function xlsxColumns(columns: readonly ExportColumn[]): ColumnDef[] {
  return columns.map(({ heading, type }) => ({ header: text(heading), ...(formats[type] === undefined ? {} : { numFmt: formats[type] }) }))
}

/** A value as a cell: amounts and numbers as numbers while they are exact, days and times as dates, all else as text, which no program runs. */
export function xlsxCell(type: Column['type'], value: unknown, timeZone = 'UTC'): CellValue {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) return text(value.join(';'))
  switch (type) {
    case 'money':
    case 'number':
    case 'integer':
    case 'percent':
    case 'days':
      return exactNumber(value)
    case 'date':
      return day(String(value))
    case 'datetime':
      return day(localTime(String(value), timeZone))
    case 'boolean':
      return typeof value === 'boolean' ? value : text(String(value))
    default:
      return text(typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
}

/** A number of more than fifteen digits would be changed; it stays a text. */
function exactNumber(value: unknown): CellValue {
  const written = String(value)
  const digits = written.replace(/[^\d]/g, '').replace(/^0+/, '')
  return /^-?\d+(\.\d+)?$/.test(written) && digits.length <= 15 ? Number(written) : typeof value === 'number' ? value : text(written)
}

/** A workbook's times have no zone: they are written as the clock shows them where the reader is. */
function localTime(instant: string, timeZone: string): string {
  const time = timeZone === 'UTC' ? undefined : DateTime.fromISO(instant, { zone: timeZone })
  return time?.isValid ? `${time.toFormat("yyyy-MM-dd'T'HH:mm:ss")}Z` : instant
}

function day(written: string): CellValue {
  const time = /^\d{4}-\d{2}-\d{2}/.test(written) ? Date.parse(written) : Number.NaN
  return Number.isNaN(time) || time < firstDay ? text(written) : new Date(time)
}

/** XML has no place for control characters, and Excel none for longer texts. */
function text(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const clean = value.toWellFormed().replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
  return clean.length > maxTextLength ? clean.slice(0, maxTextLength - cut.length) + cut : clean
}
