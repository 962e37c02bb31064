import { IANAZone } from 'luxon'
import type { Database } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { ExportFormat } from '#contracts/import.ts'
import type { Filter, QueryResult, TypedQuery } from '#contracts/query.ts'
import { isHiddenColumn } from '../query/hidden-fields.ts'
import { listCustomFields } from '../records/custom-fields.repository.ts'
import { type ExportColumn, recordColumns, resultColumns } from './export-columns.ts'
import { allRecords, listedRecords, type PageContext, queryPages } from './export-pages.ts'
import type { ExportRow } from './export-rows.ts'
import { type FileContent, toCsv, toJson, toXlsx } from './file-writers.ts'
import { toVcards } from './vcards.ts'

export interface ExportOptions {
  entity: EntityName
  format: ExportFormat
  bom?: boolean | undefined
  /** What a list was asked for; all records when nothing of it is given. */
  filter?: Filter | undefined
  sort?: string | undefined
  q?: string | undefined
  timeZone?: string | undefined
}

export interface QueryExportOptions {
  query: TypedQuery
  format: ExportFormat
  bom?: boolean | undefined
}

export interface ExportFile {
  fileName: string
  contentType: string
  content: FileContent
}

export type ExportService = ReturnType<typeof createExportService>

const contentTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  vcf: 'text/vcard; charset=utf-8',
}

/** Writes records, lists and results of queries as files, a page at a time; what is wrong with the question is told before the first byte. */
export function createExportService({ database, operations, clock }: { database: Database; operations: Operations; clock: Clock }) {
  const nameOf = (name: string, format: ExportFormat) => `${name}-${clock.now().toISOString().slice(0, 10)}.${format}`
  const contextOf = (actor: Actor): PageContext => ({ read: (work) => database.transaction(actor, work, { readOnly: true }), now: clock.now() })
  return {
    /** All records of an entity, or those of a list; an import reads the file back. @throws AppError VALIDATION */
    async exportFile(actor: Actor, { entity, format, bom = false, ...view }: ExportOptions): Promise<ExportFile> {
      if (format === 'vcf' && entity !== 'contacts')
        throw new AppError('VALIDATION', `${entities[entity].labelPlural} cannot be vCards, only contacts can; use csv, json or xlsx.`, {
          details: [{ field: 'format', message: 'must be csv, json or xlsx' }],
        })
      if (view.timeZone !== undefined && !IANAZone.isValidZone(view.timeZone))
        throw new AppError('VALIDATION', `"${view.timeZone}" is not a time zone; use a name such as Europe/Berlin or UTC.`, {
          details: [{ field: 'timeZone', message: 'is not an IANA time zone' }],
        })
      // The entry stands before the first row leaves; the pages belong to it.
      const exporting = { name: 'exports.file', scope: 'crm:read', event: 'EXPORT', query: { entity, format, ...view } } as const
      const { customFields, hidden } = await operations.run(actor, exporting, async (tx) => ({
        customFields: await listCustomFields(tx, entity),
        hidden: await tx.hidden(),
      }))
      const isView = Object.values({ ...view, timeZone: undefined }).some((value) => value !== undefined && value !== '')
      const pages = await started(isView ? listedRecords(contextOf(actor), entity, view) : allRecords(contextOf(actor), entity))
      const columns = recordColumns(entity, customFields).filter(({ key }) => !isHiddenColumn(hidden, entity, key))
      return {
        fileName: nameOf(entity, format),
        contentType: contentTypes[format],
        content: write(pages, columns, { format, bom, name: entities[entity].labelPlural, timeZone: view.timeZone }),
      }
    },

    /** The whole result of a typed query, under the labels of its columns. @throws AppError VALIDATION */
    async exportQuery(actor: Actor, { query, format, bom = false }: QueryExportOptions): Promise<ExportFile> {
      if (format === 'vcf') throw new AppError('VALIDATION', "A query's result cannot be vCards; use csv, json or xlsx, or export the list of contacts.")
      const exporting = { name: 'exports.query', scope: 'crm:read', event: 'EXPORT', query: { format, ...query } } as const
      await operations.run(actor, exporting, async () => undefined)
      const pages = queryPages(contextOf(actor), query)
      const first = await pages.next()
      if (first.done) throw new Error('A query has at least one page.')
      const columns = resultColumns(first.value.columns, first.value.rows)
      const title = entities[query.entity].labelPlural
      return {
        fileName: nameOf(slugOf(query.title ?? title), format),
        contentType: contentTypes[format],
        content: write(rowsOf(first.value, pages), columns, { format, bom, name: title, timeZone: query.timeZone }),
      }
    },
  }
}

interface FileOptions {
  format: ExportFormat
  bom: boolean
  name: string
  timeZone: string | undefined
}

function write(pages: AsyncIterable<readonly ExportRow[]>, columns: readonly ExportColumn[], file: FileOptions): FileContent {
  switch (file.format) {
    case 'csv':
      return toCsv(pages, columns, file.bom)
    case 'json':
      return toJson(pages, columns)
    case 'xlsx':
      return toXlsx(pages, columns, file.name, file.timeZone)
    case 'vcf':
      return toVcards(pages)
  }
}

/** Reads the first page at once, so that its errors are an answer and no broken file. */
async function started(pages: AsyncGenerator<ExportRow[]>): Promise<AsyncGenerator<ExportRow[]>> {
  const first = await pages.next()
  return (async function* () {
    if (first.done) return
    yield first.value
    yield* pages
  })()
}

async function* rowsOf(first: QueryResult, rest: AsyncIterable<QueryResult>): AsyncGenerator<ExportRow[]> {
  yield first.rows
  for await (const { rows } of rest) yield rows
}

const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || 'export'
