import { Readable } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'
import { AppError } from '#backend/kernel/errors.ts'
import { maxCellLength, maxImportColumns, maxImportRows } from '#contracts/import.ts'
import { type DecodingReport, decode, type Encoding } from './encoding.ts'
import { type Delimiter, declaredDelimiter, type FileFormat } from './file-shape.ts'
import { readTableLines, tableFormats } from './formats/table-file.ts'
import { JsonShapeError, splitJsonObjects } from './json-objects.ts'

/** One data row: its number as a spreadsheet shows it, and its cells in the order of the headings. */
export interface FileRow {
  row: number
  cells: string[]
  /** Why the row cannot be taken, whatever its values mean. */
  problem?: string
}

export interface FileShape {
  format: FileFormat
  encoding: Encoding
  delimiter: Delimiter
}

export interface RowReader {
  /** Known once the first batch is there; JSON may add to it as records bring new names. */
  headings: string[]
  batches: AsyncIterable<FileRow[]>
  /** Bytes of the file read so far. */
  bytesRead(): number
}

const maxRecordLength = 8_000_000

/** Reads a file's rows in batches, in memory bounded by the batch. Blank rows are left out. */
export function readRows(source: AsyncIterable<Buffer>, shape: FileShape, batchSize: number): RowReader {
  let bytes = 0
  async function* counted() {
    for await (const chunk of source) {
      bytes += chunk.length
      yield chunk
    }
  }
  const report: DecodingReport = { encoding: shape.encoding, damaged: false }
  const text = decode(counted(), report)
  const headings: string[] = []
  const isTable = tableFormats.some((format) => format === shape.format)
  const rows = isTable ? tableRows(text, headings) : shape.format === 'csv' ? csvRows(text, shape.delimiter, headings) : jsonRows(text, headings)
  return { headings, batches: inBatches(rows, batchSize, report), bytesRead: () => bytes }
}

async function* inBatches(rows: AsyncIterable<FileRow>, size: number, report: DecodingReport): AsyncGenerator<FileRow[]> {
  let batch: FileRow[] = []
  let total = 0
  for await (const row of rows) {
    if (++total > maxImportRows) throw new AppError('VALIDATION', `The file has more than ${maxImportRows.toLocaleString('en')} rows; split it.`)
    if (report.damaged && row.problem === undefined && row.cells.some((cell) => cell.includes('\ufffd'))) {
      row.problem = 'holds bytes that are not valid UTF-8; save the file as UTF-8 and import it again'
    }
    batch.push(row)
    if (batch.length === size) {
      yield batch
      batch = []
    }
  }
  yield batch
}

async function* csvRows(text: AsyncIterable<string>, delimiter: Delimiter, headings: string[]): AsyncGenerator<FileRow> {
  // A record that cannot be read must not take those before it along: it is skipped, and remembered by how many came before it.
  const unreadable: number[] = []
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: maxRecordLength,
    skip_records_with_error: true,
    on_skip(error) {
      unreadable.push((error as (CsvError & { records?: number }) | undefined)?.records ?? 0)
      return undefined
    },
  })
  const source = Readable.from(text, { objectMode: false })
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let records = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      const row = ++records + unreadable.filter((before) => before < records).length
      if (cells.every((cell) => cell.trim() === '')) continue
      if (row === 1 && declaredDelimiter.test(cells.length > 1 ? `${cells[0]}${delimiter}` : (cells[0] ?? ''))) continue
      if (headings.length === 0) {
        readHeadings(cells, headings)
        continue
      }
      const problem = cellProblem(cells, headings.length)
      yield problem === undefined ? { row, cells } : { row, cells, problem }
    }
  } finally {
    source.destroy()
  }
  if (headings.length === 0 && unreadable.length > 0) throw new AppError('VALIDATION', 'The headings open a quote that is never closed; nothing was imported.')
  for (const [index, before] of unreadable.entries()) {
    yield { row: before + index + 1, cells: [], problem: 'opens a quote that is never closed, so what follows it could not be read; close the quote' }
  }
}

function readHeadings(cells: string[], headings: string[]): void {
  while (cells.length > 0 && cells.at(-1)?.trim() === '') cells.pop()
  if (cells.length > maxImportColumns) throw new AppError('VALIDATION', `The file has ${cells.length} columns; at most ${maxImportColumns} can be imported.`)
  const seen = new Map<string, number>()
  for (const [index, cell] of cells.entries()) {
    const name = cell.trim().slice(0, 200) || `Column ${index + 1}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    headings.push(times === 1 ? name : `${name} (${times})`)
  }
}

function cellProblem(cells: string[], columns: number, advice = 'put quotes around a value that holds the delimiter'): string | undefined {
  if (cells.length > columns && cells.slice(columns).some((cell) => cell.trim() !== '')) {
    return `has ${cells.length} cells but there are ${columns} headings; ${advice}`
  }
  if (cells.some((cell) => cell.length > maxCellLength)) return `has a cell longer than ${maxCellLength.toLocaleString('en')} characters; shorten it`
  return undefined
}

/** What a workbook, address book or mailbox became on arrival. */
async function* tableRows(text: AsyncIterable<string>, headings: string[]): AsyncGenerator<FileRow> {
  for await (const line of readTableLines(text)) {
    if ('headings' in line) headings.push(...line.headings)
    else if ('problem' in line) yield { ...line, cells: [] }
    else if (headings.length === 0) readHeadings(line.cells, headings)
    else {
      const problem = cellProblem(line.cells, headings.length, 'give each column a heading')
      yield problem === undefined ? line : { ...line, problem }
    }
  }
}

async function* jsonRows(text: AsyncIterable<string>, headings: string[]): AsyncGenerator<FileRow> {
  const positions = new Map<string, number>()
  let row = 0
  try {
    for await (const source of splitJsonObjects(text, { maxLength: maxRecordLength })) {
      row++
      const cells: string[] = []
      try {
        const record = parseWithSource(source, (_key, value, context) => (typeof value === 'number' ? (context?.source ?? value) : value)) as Record<
          string,
          unknown
        >
        for (const [key, value] of flatten(record)) {
          let position = positions.get(key)
          if (position === undefined) {
            position = headings.push(key) - 1
            positions.set(key, position)
            if (headings.length > maxImportColumns)
              throw new AppError('VALIDATION', `The records have more than ${maxImportColumns} different names; at most that many can be imported.`)
          }
          cells[position] = value
        }
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error
        yield { row, cells: [], problem: `is not valid JSON (${error.message})` }
        continue
      }
      for (let index = 0; index < headings.length; index++) cells[index] ??= ''
      const problem = cellProblem(cells, headings.length)
      yield problem === undefined ? { row, cells } : { row, cells, problem }
    }
  } catch (error) {
    if (!(error instanceof JsonShapeError)) throw error
    if (row === 0)
      throw new AppError(
        'VALIDATION',
        `The JSON cannot be imported: ${error.message}; nothing was imported. Send an array of objects, {"items":[…]} or one object a line.`,
        { cause: error },
      )
    yield { row: row + 1, cells: [], problem: `could not be read, nor anything after it: ${error.message}` }
  }
}

/** The engine hands a number's source text to the reviver, which keeps 0.10 and 12345678901234567890 as written; the types do not know yet. */
const parseWithSource = JSON.parse as (text: string, reviver: (key: string, value: unknown, context?: { source?: string }) => unknown) => unknown

function* flatten(record: Record<string, unknown>): Generator<[string, string]> {
  for (const [key, value] of Object.entries(record)) {
    if (value === null || value === undefined) continue
    if (Array.isArray(value)) yield [key, value.map(String).join(';')]
    else if (typeof value === 'object') for (const [inner, innerValue] of flatten(value as Record<string, unknown>)) yield [`${key}.${inner}`, innerValue]
    else yield [key, String(value)]
  }
}
