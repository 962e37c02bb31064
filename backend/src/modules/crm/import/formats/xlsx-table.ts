import { AppError } from '#backend/kernel/errors.ts'
import { maxImportColumns } from '#contracts/import.ts'
import { readSharedStrings } from './shared-strings.ts'
import { problemLine, rowLine, tableHead } from './table-file.ts'
import { openWorkbook } from './workbook.ts'
import { readSheet, type SheetRow } from './worksheet.ts'
import { type ByteSource, openZip } from './zip-archive.ts'

const sheetBytes = 16 * 1024 ** 3
const stringBytes = 2 * 1024 ** 3
/** A short file can name the same long text in every cell. */
const maxTableLength = 8_000_000_000
/** Among the first rows the headings are looked for; titles above them are left out. */
const headRows = 20

/**
 * A workbook's sheet as the text of a table. hucre's own reader holds all texts as objects and does not wait for who reads, so that a
 * million rows would not fit; this one stays within the text of one chunk and the shared texts.
 * @param sheet name of the sheet; without one, the first visible sheet that holds rows
 * @throws AppError VALIDATION
 */
export async function* xlsxTable(source: ByteSource, sheet: string | undefined): AsyncGenerator<string> {
  const zip = await openZip(source)
  const workbook = await openWorkbook(zip)
  const names = workbook.sheets.map(({ name }) => name)
  const wanted = sheet === undefined ? workbook.sheets.filter(({ hidden }) => !hidden) : workbook.sheets.filter(({ name }) => name === sheet)
  if (sheet !== undefined && wanted.length === 0)
    throw new AppError('VALIDATION', `The workbook has no sheet "${sheet}"; it has ${names.map((name) => `"${name}"`).join(', ')}.`, {
      details: [{ field: 'sheet', message: 'is not a sheet of the workbook' }],
    })
  const strings = workbook.sharedStrings === undefined ? { get: () => '' } : await readSharedStrings(zip.open(workbook.sharedStrings, stringBytes))
  for (const { name, path } of wanted) {
    const rows = withoutTitles(readSheet(zip.open(path, sheetBytes), workbook, strings, maxImportColumns))
    const first = await rows.next()
    if (first.done) continue
    yield tableHead({ format: 'xlsx', sheet: name, sheets: names })
    yield* lines(first.value, rows)
    return
  }
  throw new AppError(
    'VALIDATION',
    sheet === undefined ? 'The workbook holds no rows; nothing was imported.' : `The sheet "${sheet}" holds no rows; nothing was imported.`,
  )
}

async function* lines(first: SheetRow, rest: AsyncIterable<SheetRow>): AsyncGenerator<string> {
  if (first.isTooWide) throw new AppError('VALIDATION', `The sheet has more than ${maxImportColumns} columns; at most that many can be imported.`)
  // The headings are a row like any other, as in CSV.
  let text = rowLine(first.row, first.cells)
  let length = 0
  for await (const { row, cells, isTooWide } of rest) {
    text += isTooWide ? problemLine(row, `has a value to the right of column ${maxImportColumns}; move or delete it`) : rowLine(row, cells)
    if (text.length < 65_536) continue
    length += text.length
    if (length > maxTableLength) throw new AppError('VALIDATION', 'The sheet holds more text than a file may; split it. Nothing was imported.')
    yield text
    text = ''
  }
  yield text
}

/** Reports often begin with a title and the date: rows with hardly a cell above the row of headings. */
async function* withoutTitles(rows: AsyncIterable<SheetRow>): AsyncGenerator<SheetRow, undefined> {
  let head: SheetRow[] | undefined = []
  for await (const row of rows) {
    if (head === undefined) yield row
    else if (head.push(row) === headRows) {
      yield* fromHeadings(head)
      head = undefined
    }
  }
  if (head !== undefined) yield* fromHeadings(head)
}

function fromHeadings(head: readonly SheetRow[]): SheetRow[] {
  const filled = head.map(({ cells }) => cells.filter((cell) => cell.trim() !== '').length)
  const most = Math.max(...filled)
  return head.slice(filled.findIndex((count) => count * 2 >= most))
}
