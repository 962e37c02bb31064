import { Readable } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'
import { AppError } from '#backend/kernel/errors.ts'
import { maxCellLength, maxImportColumns, maxImportRows } from '#contracts/import.ts'
import { type DecodingReport, decode, type Encoding } from './encoding.ts'
import { type Delimiter, declaredDelimiter, type FileFormat } from './file-shape.ts'
import { readTableLines, tableFormats } from './formats/table-file.ts'
import { JsonShapeError, splitJsonObjects } from './json-objects.ts'
import { createPlainCsv } from './plain-csv.ts'

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
  const rows = isTable
    ? inLists(tableRows(text, headings))
    : shape.format === 'csv'
      ? csvRows(text, shape.delimiter, headings)
      : inLists(jsonRows(text, headings))
  return { headings, batches: inBatches(rows, batchSize, report), bytesRead: () => bytes }
}

async function* inBatches(lists: AsyncIterable<readonly FileRow[]>, size: number, report: DecodingReport): AsyncGenerator<FileRow[]> {
  let batch: FileRow[] = []
  let total = 0
  for await (const rows of lists) {
    for (const row of rows) {
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
  }
  yield batch
}

async function* inLists(rows: AsyncIterable<FileRow>): AsyncGenerator<FileRow[]> {
  for await (const row of rows) yield [row]
}

/** Plain records are split at once; from the first on that is not, a careful parser goes on. */
async function* csvRows(source: AsyncIterable<string>, delimiter: Delimiter, headings: string[]): AsyncGenerator<FileRow[]> {
  const toRow = createRowTaker(delimiter, headings)
  const plain = createPlainCsv(delimiter)
  const text = source[Symbol.asyncIterator]()
  let records = 0
  const rowsOf = (found: readonly string[][]): FileRow[] => {
    const rows: FileRow[] = []
    for (const cells of found) {
      const row = toRow(cells, ++records)
      if (row !== undefined) rows.push(row)
    }
    return rows
  }
  try {
    while (plain.left === undefined) {
      const { done, value } = await text.next()
      yield rowsOf(done ? plain.end() : plain.take(value))
      if (done) break
    }
    if (plain.left === undefined) return
    const { left } = plain
    async function* following(): AsyncGenerator<string> {
      yield (left as { text: string }).text
      yield* { [Symbol.asyncIterator]: () => text }
    }
    yield* inLists(carefulCsvRows(following(), { delimiter, lineBreak: left.lineBreak, before: records }, headings, toRow))
  } finally {
    await text.return?.()
  }
}

/** What a record is: nothing when it is blank or holds the headings. */
function createRowTaker(delimiter: Delimiter, headings: string[]): (cells: string[], row: number) => FileRow | undefined {
  return (cells, row) => {
    if (isBlank(cells)) return undefined
    if (row === 1 && declaredDelimiter.test(cells.length > 1 ? `${cells[0]}${delimiter}` : (cells[0] ?? ''))) return undefined
    if (headings.length === 0) {
      readHeadings(cells, headings)
      return undefined
    }
    const problem = cellProblem(cells, headings.length)
    return problem === undefined ? { row, cells } : { row, cells, problem }
  }
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false
  return true
}

interface CsvContinuation {
  delimiter: Delimiter
  lineBreak: string | undefined
  /** Records before these. */
  before: number
}

async function* carefulCsvRows(
  text: AsyncIterable<string>,
  { delimiter, lineBreak, before }: CsvContinuation,
  headings: string[],
  toRow: (cells: string[], row: number) => FileRow | undefined,
): AsyncGenerator<FileRow> {
  // A record that cannot be read must not take those before it along: it is skipped, and remembered by how many came before it.
  const unreadable: number[] = []
  const parser = parse({
    delimiter,
    ...(lineBreak === undefined ? {} : { record_delimiter: lineBreak }),
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
      records++
      const row = toRow(cells, before + records + unreadable.filter((count) => count < records).length)
      if (row !== undefined) yield row
    }
  } finally {
    source.destroy()
  }
  if (headings.length === 0 && unreadable.length > 0) throw new AppError('VALIDATION', 'The headings open a quote that is never closed; nothing was imported.')
  for (const [index, count] of unreadable.entries()) {
    yield {
      row: before + count + index + 1,
      cells: [],
      problem: 'opens a quote that is never closed, so what follows it could not be read; close the quote',
    }
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
  if (cells.length > columns && !isBlank(cells.slice(columns))) {
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
