import type { Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { EntityName } from '#contracts/entities.ts'
import { maxQueryRows, type QueryResult, type TypedQuery } from '#contracts/query.ts'
import { runQuery } from '../query/query.service.ts'
import { type ListRequest, listPage } from '../records/records.service.ts'
import { getWorkspace } from '../records/workspace.repository.ts'
import { type ExportRow, exportRowsOf, readExportPage } from './export-rows.ts'

const pageSize = 1000
/** Rows of one file; whoever needs more divides the view. */
export const maxExportRows = 5_000_000

export interface PageContext {
  /** Runs work in a read-only transaction of whoever exports. */
  read<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  now: Date
}

/** Every record of an entity, in order of creation. */
export async function* allRecords({ read }: PageContext, entity: EntityName): AsyncGenerator<ExportRow[]> {
  for (let last: string | undefined; ; ) {
    const page: { rows: ExportRow[]; last: string | undefined } = await read((tx) => readExportPage(tx, entity, last, pageSize))
    yield page.rows
    last = page.last
    if (last === undefined) return
  }
}

/** What a list shows, in its order, to its end. */
export async function* listedRecords({ read, now }: PageContext, entity: EntityName, view: Omit<ListRequest, 'limit' | 'cursor'>): AsyncGenerator<ExportRow[]> {
  let cursor: string | undefined
  let count = 0
  do {
    const request = { ...view, limit: pageSize, cursor }
    const page: { rows: ExportRow[]; next: string | null } = await read(async (tx) => {
      const { items, nextCursor } = await listPage(tx, entity, request, now)
      return { rows: await exportRowsOf(tx, entity, items), next: nextCursor }
    })
    yield page.rows
    count = refuseEndless(count + page.rows.length)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}

/** The whole result of a query page by page, whatever page the query asks for; groups too. */
export async function* queryPages({ read, now }: PageContext, query: TypedQuery): AsyncGenerator<QueryResult> {
  const { cursor: _cursor, ...whole } = { ...query, limit: maxQueryRows, offset: 0 }
  let start: { cursor?: string; offset?: number } | undefined = {}
  let count = 0
  while (start !== undefined) {
    const asked: TypedQuery = { ...whole, ...start }
    const result: QueryResult = await read(async (tx) =>
      runQuery(tx, asked, { now, timeZone: query.timeZone ?? (await getWorkspace(tx)).timeZone, strict: true }),
    )
    yield result
    count = refuseEndless(count + result.rows.length)
    if (typeof result.nextCursor === 'string') start = { cursor: result.nextCursor }
    else start = result.nextCursor === undefined && result.rows.length === maxQueryRows && count < result.total ? { offset: count } : undefined
  }
}

function refuseEndless(count: number): number {
  if (count > maxExportRows)
    throw new AppError('VALIDATION', `The view has more than ${maxExportRows.toLocaleString('en')} rows; narrow it and export the parts.`)
  return count
}
