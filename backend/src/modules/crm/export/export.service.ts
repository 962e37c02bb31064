import type { Database } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import { type EntityName, importColumns } from '#contracts/entities.ts'
import { listCustomFields } from '../records/custom-fields.repository.ts'
import { csvCell, csvLine } from './csv-cells.ts'
import { type ExportRow, readExportPage } from './export-rows.ts'

export interface ExportOptions {
  entity: EntityName
  format: 'csv' | 'json' | 'xlsx'
  bom?: boolean | undefined
}

export interface ExportFile {
  fileName: string
  contentType: string
  content: AsyncIterable<string>
}

export type ExportService = ReturnType<typeof createExportService>

const pageSize = 1000

/** Writes all records of an entity as a file that an import reads back unchanged. */
export function createExportService({ database, operations, clock }: { database: Database; operations: Operations; clock: Clock }) {
  return {
    /** @throws AppError UNSUPPORTED for formats that are not there yet */
    async exportFile(actor: Actor, { entity, format, bom = false }: ExportOptions): Promise<ExportFile> {
      if (format === 'xlsx')
        throw new AppError(
          'UNSUPPORTED',
          'Excel workbooks cannot be exported yet; use format=csv (Excel opens it; add bom=true for accented letters) or format=json.',
        )
      // The entry stands before the first row leaves; the pages belong to it.
      const exporting = { name: 'exports.file', scope: 'crm:read', event: 'EXPORT', query: { entity, format } } as const
      const customFields = await operations.run(actor, exporting, (tx) => listCustomFields(tx, entity))
      const columns = [...importColumns(entity), ...customFields.map(({ key }) => `custom.${key}`), 'id']
      const rows = readAll(database, actor, entity)
      const name = `${entity}-${clock.now().toISOString().slice(0, 10)}.${format}`
      return format === 'csv'
        ? { fileName: name, contentType: 'text/csv; charset=utf-8; header=present', content: toCsv(rows, columns, bom) }
        : { fileName: name, contentType: 'application/json; charset=utf-8', content: toJson(rows, columns) }
    },
  }
}

async function* readAll(database: Database, actor: Actor, entity: EntityName): AsyncGenerator<ExportRow[]> {
  for (let last: string | undefined; ; ) {
    const page: { rows: ExportRow[]; last: string | undefined } = await database.transaction(actor, (tx) => readExportPage(tx, entity, last, pageSize), {
      readOnly: true,
    })
    yield page.rows
    last = page.last
    if (last === undefined) return
  }
}

async function* toCsv(pages: AsyncIterable<ExportRow[]>, columns: readonly string[], bom: boolean): AsyncGenerator<string> {
  yield `${bom ? '\ufeff' : ''}${csvLine(columns)}`
  for await (const rows of pages) yield rows.map((row) => csvLine(columns.map((column) => csvCell(row[column])))).join('')
}

async function* toJson(pages: AsyncIterable<ExportRow[]>, columns: readonly string[]): AsyncGenerator<string> {
  yield '{"items":['
  let first = true
  for await (const rows of pages) {
    let text = ''
    for (const row of rows) {
      text += `${first ? '\n' : ',\n'}${JSON.stringify(Object.fromEntries(columns.map((column) => [column, row[column] ?? null])))}`
      first = false
    }
    yield text
  }
  yield '\n]}\n'
}
