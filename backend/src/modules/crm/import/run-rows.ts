import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Transaction } from '#backend/infra/database/database.ts'
import { ensureCustomField, listCustomFields } from '../records/custom-fields.repository.ts'
import { createWordKeepers } from '../records/search-words.ts'
import { getWorkspace } from '../records/workspace.repository.ts'
import type { BatchOutcome } from './batch.ts'
import { groupOrders } from './group-orders.ts'
import type { ImportOptions } from './import-options.ts'
import { importOrders } from './import-orders.ts'
import { importRecords } from './import-records.ts'
import { type Counts, saveProgress } from './imports.repository.ts'
import { createRowParser } from './parse-rows.ts'
import type { ImportPlan } from './plan-import.ts'
import { readAhead } from './read-ahead.ts'
import { type FileRow, readRows } from './read-rows.ts'
import { createRowConverter, type RawRow } from './row-converter.ts'
import { landBatch, type Transact } from './run-batches.ts'
import { skipRows } from './skip-rows.ts'
import type { SpooledFile } from './spool.ts'
import { createStatisticsRefresher } from './statistics.ts'
import { createTally, type Tally } from './tally.ts'
import { takeYoungSpace, type YoungSpace } from './young-space.ts'

const batchSize = 2000
/** Rows converted before others have their turn on the processor, first of all the batch that the database waits for. */
const slice = 50
/** Percent by which the heap may grow between two cleanings: some sixty megabytes for a third of the processor's time. */
const heapGrowth = 60

export interface RowsRun {
  file: SpooledFile
  plan: ImportPlan
  options: ImportOptions
  /** For scratch files. */
  folder: string
  /** Undefined in a dry run. */
  importId: string | undefined
  /** What earlier processes did of this import; their rows are left out. */
  before: Counts
  /** When the import began: the creation time of records that give none. */
  startedAt: Date
  transact: Transact
  /** Transactions of their own beside those of the batches; undefined where all is one. */
  alongside?: Transact | undefined
  /** Throws when the import is to stop before its next batch. */
  checkpoint(): void
}

/** Somebody has asked for the end of the import. */
export class ImportCancelled extends Error {}

export interface RowsDone {
  tally: Tally
  /** What makes the next questions quicker and nobody needs to wait for; undefined where it is not worth while. */
  tidy: ((tx: Transaction) => Promise<void>) | undefined
}

/** Runs all batches that are left; the first transaction also makes the custom fields. */
export async function runRows(run: RowsRun): Promise<RowsDone> {
  const { plan, options, importId, transact } = run
  const { entity } = options
  const { customFields, workspace } = await transact(async (tx) => {
    for (const field of plan.newFields) await ensureCustomField(tx, field)
    return { customFields: await listCustomFields(tx, entity), workspace: await getWorkspace(tx) }
  })
  const context = {
    entity,
    customFields,
    timeZone: options.timeZone ?? 'UTC',
    createMissing: options.createMissing ?? false,
    currency: workspace.currency,
    now: run.startedAt,
    importId,
  }
  const parse = entity === 'orders' ? undefined : createRowParser(entity, context)
  const rows = readingRows(run, parse)
  const tally = createTally(rows.estimate, run.before)
  const statistics = createStatisticsRefresher(entity)
  let isCancelled = false
  const landing = {
    transact,
    importer: entity === 'orders' ? importOrders : importRecords,
    context,
    keepWords: run.alongside && createWordKeepers(run.alongside),
    onOutcome: async (tx: Transaction, outcome: BatchOutcome) => {
      if (importId !== undefined) isCancelled = await saveProgress(tx, importId, tally.with(outcome), outcome.errors.length > 0)
    },
    onLanded: (outcome: BatchOutcome) => {
      tally.add(outcome)
      if (isCancelled) throw new ImportCancelled()
    },
  }
  for await (const batch of readAhead(rows.batches)) {
    run.checkpoint()
    if (batch.length === 0) continue
    await landBatch(landing, batch)
    if (statistics.isDue(tally.progress().created)) await transact(statistics.refresh)
  }
  return { tally, tidy: importId !== undefined && statistics.isWorthTelling(tally.progress().created) ? statistics.complete : undefined }
}

function readingRows(
  { file, plan, options, folder, before }: RowsRun,
  parse: ReturnType<typeof createRowParser> | undefined,
): { batches: AsyncIterable<RawRow[]>; estimate: () => number } {
  const { entity } = options
  const reader = readRows(file.read(), plan.shape, batchSize)
  const convert = createRowConverter(entity, plan.columns, plan.shape.format === 'csv')
  let read = 0
  let isWhole = false
  async function* counted(): AsyncGenerator<FileRow[]> {
    for await (const batch of reader.batches) {
      read += batch.length
      yield batch
    }
    isWhole = true
  }
  async function* converted(source: AsyncIterable<FileRow[]>): AsyncGenerator<RawRow[]> {
    const youngSpace = takeYoungSpace(heapGrowth)
    try {
      for await (const batch of source) yield await convertBatch(batch, youngSpace)
    } finally {
      youngSpace.release()
    }
  }
  async function convertBatch(batch: readonly FileRow[], youngSpace: YoungSpace): Promise<RawRow[]> {
    const raw: RawRow[] = []
    for (let start = 0; start < batch.length; start += slice) {
      for (const row of batch.slice(start, start + slice)) {
        const converted = convert(row, reader.headings)
        if (parse !== undefined && converted.problem === undefined) converted.parsed = parse(converted.raw)
        raw.push(converted)
      }
      youngSpace.watch()
      await nextTurn()
    }
    return raw
  }
  const batches =
    entity === 'orders'
      ? skipRows(groupOrders(converted(counted()), { size: file.size, folder, batchSize }), before.processed)
      : converted(skipRows(counted(), before.processed))
  const estimate = () => {
    const share = isWhole ? 1 : reader.bytesRead() / Math.max(1, file.size)
    return share > 0 ? Math.round(read / share) : 0
  }
  return { batches, estimate }
}
