import type { CellValue } from 'hucre/xlsx'
import { csvCell, csvLine } from './csv-cells.ts'
import type { ExportColumn } from './export-columns.ts'
import type { ExportRow } from './export-rows.ts'
import { xlsxCell, xlsxColumns } from './xlsx-cells.ts'

type Pages = AsyncIterable<readonly ExportRow[]>
export type FileContent = AsyncIterable<string | Uint8Array>

/** RFC 4180, a heading line first. */
export async function* toCsv(pages: Pages, columns: readonly ExportColumn[], bom: boolean): AsyncGenerator<string> {
  yield `${bom ? '\ufeff' : ''}${csvLine(columns.map(({ heading }) => csvCell(heading)))}`
  for await (const rows of pages) yield rows.map((row) => csvLine(columns.map(({ key }) => csvCell(row[key])))).join('')
}

/** `{"items":[…]}`, a record a line. */
export async function* toJson(pages: Pages, columns: readonly ExportColumn[]): AsyncGenerator<string> {
  yield '{"items":['
  let first = true
  for await (const rows of pages) {
    let text = ''
    for (const row of rows) {
      text += `${first ? '\n' : ',\n'}${JSON.stringify(Object.fromEntries(columns.map(({ key }) => [key, row[key] ?? null])))}`
      first = false
    }
    yield text
  }
  yield '\n]}\n'
}

/** A workbook; what does not fit on one sheet goes on on the next. */
export async function* toXlsx(pages: Pages, columns: readonly ExportColumn[], name: string, timeZone = 'UTC'): AsyncGenerator<Uint8Array> {
  // Loaded when the first workbook is asked for.
  const { writeXlsxStream } = await import('hucre/xlsx')
  async function* cells(): AsyncGenerator<CellValue[]> {
    for await (const rows of pages) for (const row of rows) yield columns.map(({ key, type }) => xlsxCell(type, row[key], timeZone))
  }
  const sheet = writeXlsxStream(cells(), { name, columns: xlsxColumns(columns), freezePane: { rows: 1 } })
  yield* sheet as unknown as AsyncIterable<Uint8Array>
}
