import type { SharedStrings } from './shared-strings.ts'
import type { Workbook } from './workbook.ts'
import { readXml, type XmlListener } from './xml-events.ts'

export interface SheetRow {
  /** As the spreadsheet shows it, from 1. */
  row: number
  cells: string[]
  /** A value stands further right than columns are read. */
  isTooWide: boolean
}

/** Reads a sheet's rows that hold anything, in the order of the file; cells come as a person would write them. */
export async function* readSheet(bytes: AsyncIterable<Buffer>, workbook: Workbook, strings: SharedStrings, maxColumns: number): AsyncGenerator<SheetRow> {
  let rows: SheetRow[] = []
  let current: SheetRow = { row: 0, cells: [], isTooWide: false }
  let element = ''
  let column = -1
  let type = ''
  let style = 0
  let value = ''
  let capturing = false
  let isPhonetic = false
  const listener: XmlListener = {
    open(name) {
      element = name
      if (name === 'row') {
        current = { row: current.row + 1, cells: [], isTooWide: false }
        column = -1
      } else if (name === 'c') {
        column++
        type = ''
        style = 0
        value = ''
      } else if (name === 'rPh') isPhonetic = true
      else if (name === 'v' || name === 't') capturing = !isPhonetic
    },
    attribute(name, text) {
      if (element === 'c') {
        if (name === 'r') column = columnOf(text) ?? column
        else if (name === 't') type = text
        else if (name === 's') style = Number(text)
      } else if (element === 'row' && name === 'r' && /^\d{1,7}$/.test(text)) current.row = Number(text)
    },
    text(part) {
      if (capturing) value += part
    },
    close(name) {
      if (name === 'v' || name === 't') capturing = false
      else if (name === 'rPh') isPhonetic = false
      else if (name === 'c') {
        const text = cellText(type, style, value)
        if (text === '') return
        if (column >= maxColumns) current.isTooWide = true
        else current.cells[column] = text
      } else if (name === 'row' && (current.cells.length > 0 || current.isTooWide)) {
        for (let index = 0; index < current.cells.length; index++) current.cells[index] ??= ''
        rows.push(current)
      }
    },
  }
  const cellText = (kind: string, styleNumber: number, text: string): string => {
    switch (kind) {
      case 's':
        return unescaped(strings.get(Number(text)))
      case 'b':
        return text === '1' || text.toLowerCase() === 'true' ? 'true' : text === '' ? '' : 'false'
      case 'e':
        // "#N/A" and the like say that there is no value.
        return ''
      case '':
      case 'n':
        return numberText(workbook, styleNumber, text)
      default:
        return unescaped(text)
    }
  }
  for await (const _ of readXml(bytes, listener)) {
    if (rows.length === 0) continue
    yield* rows
    rows = []
  }
}

/** "AB12" is in column 27, counted from 0. */
function columnOf(reference: string): number | undefined {
  let column = 0
  let letters = 0
  for (; letters < reference.length && letters < 4; letters++) {
    const code = reference.charCodeAt(letters) | 32
    if (code < 97 || code > 122) break
    column = column * 26 + code - 96
  }
  return letters === 0 ? undefined : column - 1
}

function numberText(workbook: Workbook, style: number, text: string): string {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(number)) return text
  const kind = workbook.kinds[style] ?? 'plain'
  if (kind === 'date') return dateText(workbook.toDate(number), number)
  if (kind === 'percent') return `${precise(number * 100)}%`
  // Digits beyond the fifteenth are noise of binary fractions; whole numbers are kept as written.
  const plain = /^-?\d{1,20}$/.test(text) ? text : precise(number)
  return typeof kind === 'object' && /^\d+$/.test(plain) ? plain.padStart(kind.digits, '0') : plain
}

const precise = (number: number): string => String(Number(number.toPrecision(15)))

function dateText(date: Date, serial: number): string {
  if (Number.isNaN(date.getTime()) || serial < 0) return String(serial)
  const text = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString()
  // A time alone has no day; a day alone no time. Neither has a zone: the person's is meant.
  if (serial < 1) return text.slice(11, 19)
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19)
}

const unescaped = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text
