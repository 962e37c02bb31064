import type { Database, Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid, newId } from '#backend/kernel/ids.ts'
import type { Operation, OperationEntry, Operations } from '#backend/modules/security/index.ts'
import type { ImportPreview, ImportResult, ImportRun, ImportUndo } from '#contracts/import.ts'
import { ensureCustomField, listCustomFields } from '../records/custom-fields.repository.ts'
import { getWorkspace } from '../records/workspace.repository.ts'
import { groupOrders } from './group-orders.ts'
import { importOrders } from './import-orders.ts'
import { importRecords } from './import-records.ts'
import { failAbandoned, findImport, finishImport, insertImport, listImports, lockImport, saveProgress } from './imports.repository.ts'
import { type ImportPlan, type PlanOptions, planImport } from './plan-import.ts'
import { previewImport } from './preview.service.ts'
import { readAhead } from './read-ahead.ts'
import { readRows } from './read-rows.ts'
import { createRowConverter, type RawRow } from './row-converter.ts'
import { landBatch, type Transact } from './run-batches.ts'
import { createSlots } from './slots.ts'
import { type SpooledFile, spool } from './spool.ts'
import { createStatisticsRefresher } from './statistics.ts'
import { createTally, type Tally } from './tally.ts'
import { undoImport } from './undo-import.ts'

export interface ImportOptions extends PlanOptions {
  dryRun?: boolean | undefined
  createMissing?: boolean | undefined
  fileName?: string | undefined
  timeZone?: string | undefined
}

export interface ImportDependencies {
  database: Database
  operations: Operations
  clock: Clock
  /** For uploads on their way in; nothing in it outlives its import. */
  folder: string
  logger: { error(details: object, message: string): void }
}

export type ImportService = ReturnType<typeof createImportService>

const batchSize = 2000
const statementTimeoutMs = 120_000
/** Each running import holds one connection for its lock and needs another for its batches. */
const maxRunning = 2

/** Watching one's imports is no access to records. */
const progress = { scope: 'crm:read', event: null } as const

class DryRunEnd extends Error {}

function importing({ entity, fileName, dryRun = false, createMissing = false }: ImportOptions, importId: string | undefined): Operation {
  return { name: 'imports.run', scope: 'crm:import', event: 'IMPORT', query: { importId, entity, fileName, dryRun, createMissing } }
}

/**
 * Imports files. A batch of rows lands in one transaction together with the counts that report it; an import whose process is killed
 * is found by its free lock, shown as failed with what landed, and can be undone or run again.
 */
export function createImportService({ database, operations, clock, folder, logger }: ImportDependencies) {
  const logFailure = (error: unknown) => logger.error({ err: error }, 'Import failed')
  const slots = createSlots(maxRunning)
  const background = new Set<Promise<unknown>>()
  let closing = false

  async function prepare(actor: Actor, source: AsyncIterable<Uint8Array>, options: ImportOptions): Promise<{ file: SpooledFile; plan: ImportPlan }> {
    requireTimeZone(options.timeZone)
    const file = await spool(source, folder, clock.now())
    try {
      const customFields = await database.transaction(actor, (tx) => listCustomFields(tx, options.entity), { readOnly: true })
      return { file, plan: await planImport(file, customFields, options) }
    } catch (error) {
      await file.dispose()
      throw error
    }
  }

  /** Runs all batches; the first transaction also makes the custom fields. */
  async function runRows(file: SpooledFile, plan: ImportPlan, options: ImportOptions, importId: string | undefined, transact: Transact): Promise<Tally> {
    const { entity } = options
    const now = clock.now()
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
      now,
      importId,
    }
    const reader = readRows(file.read(), plan.shape, batchSize)
    const tally = createTally(() => reader.bytesRead() / Math.max(1, file.size))
    const convert = createRowConverter(entity, plan.columns, plan.shape.format === 'csv')
    async function* converted(): AsyncGenerator<RawRow[]> {
      for await (const batch of reader.batches) yield batch.map((row) => convert(row, reader.headings))
    }
    const batches = entity === 'orders' ? groupOrders(converted(), { size: file.size, folder, batchSize }) : converted()
    const statistics = createStatisticsRefresher(entity)
    const run = {
      transact,
      importer: entity === 'orders' ? importOrders : importRecords,
      context,
      onOutcome: async (tx: Transaction, outcome: Parameters<Tally['with']>[0]) => {
        if (importId !== undefined) await saveProgress(tx, importId, tally.with(outcome), outcome.errors.length > 0)
      },
      onLanded: tally.add,
    }
    for await (const batch of readAhead(batches)) {
      if (closing) throw new AppError('UNAVAILABLE', 'The server is shutting down.', { retryAfterSeconds: 10 })
      if (batch.length === 0) continue
      await landBatch(run, batch)
      if (statistics.isDue(tally.progress().created)) await transact(statistics.refresh)
    }
    return tally
  }

  async function dryRun(actor: Actor, file: SpooledFile, plan: ImportPlan, options: ImportOptions): Promise<ImportResult> {
    let tally: Tally | undefined
    const work = async (tx: Transaction) => {
      tally = await runRows(file, plan, options, undefined, inSavepoints(tx))
      throw new DryRunEnd()
    }
    await database.transaction(actor, work, { statementTimeoutMs }).catch((error) => {
      if (!(error instanceof DryRunEnd)) throw error
    })
    return toResult(null, plan, tally as Tally)
  }

  /** Runs under a lock that the database frees when this process dies. */
  async function runImport(
    actor: Actor,
    importId: string,
    entry: OperationEntry,
    file: SpooledFile,
    plan: ImportPlan,
    options: ImportOptions,
    onStarted: () => void,
  ): Promise<ImportResult> {
    const transact: Transact = (work) => database.transaction(actor, work, { statementTimeoutMs })
    return database.transaction(actor, async (lock) => {
      await lockImport(lock, importId)
      const run = { mapping: plan.mapping, ignored: plan.ignored, createMissing: options.createMissing ?? false }
      await transact(async (tx) => {
        const { format } = plan.shape
        await insertImport(tx, { id: importId, entity: options.entity, fileName: options.fileName ?? null, format, options: run, startedAt: clock.now() })
        // Before its first row lands, so that a kill leaves no change without an entry.
        await entry.append(tx)
      })
      onStarted()
      try {
        const tally = await runRows(file, plan, options, importId, transact)
        await transact((tx) => finishImport(tx, importId, { status: 'done', at: clock.now(), failure: null }))
        return toResult(importId, plan, tally)
      } catch (error) {
        const reason = error instanceof AppError ? error.message : 'Something unexpected went wrong.'
        const failure = `${reason} The rows counted here have landed: undo them, or import the file again.`
        // When the database is gone, the free lock tells the next reader that this import failed.
        await transact((tx) => finishImport(tx, importId, { status: 'failed', at: clock.now(), failure })).catch(logFailure)
        throw error instanceof AppError
          ? new AppError(error.code, `${reason} Import ${importId} stopped; what had landed can be undone.`, { cause: error, details: error.details ?? [] })
          : error
      }
    })
  }

  return {
    /** Proposes how to import a file; writes nothing. */
    previewFile: (actor: Actor, source: AsyncIterable<Uint8Array>, options: PlanOptions): Promise<ImportPreview> =>
      previewImport(operations, actor, source, options),

    /** Imports a file and answers when it is in. */
    async importFile(actor: Actor, source: AsyncIterable<Uint8Array>, options: ImportOptions): Promise<ImportResult> {
      const importId = newId()
      return operations.during(actor, importing(options, options.dryRun ? undefined : importId), async (entry) => {
        const { file, plan } = await prepare(actor, source, options)
        try {
          return await slots.run(() =>
            options.dryRun ? dryRun(actor, file, plan, options) : runImport(actor, importId, entry, file, plan, options, () => undefined),
          )
        } finally {
          await file.dispose()
        }
      })
    },

    /** Takes in a file and answers with the id under which its progress can be followed. */
    async startImport(actor: Actor, source: AsyncIterable<Uint8Array>, options: ImportOptions): Promise<string> {
      const importId = newId()
      await new Promise<void>((started, failed) => {
        const running = operations
          .during(actor, importing(options, importId), async (entry) => {
            const { file, plan } = await prepare(actor, source, options)
            await slots.run(() => runImport(actor, importId, entry, file, plan, options, started)).finally(() => file.dispose())
          })
          .catch((error) => {
            failed(error)
            if (!(error instanceof AppError)) logFailure(error)
          })
        background.add(running)
        void running.finally(() => background.delete(running))
      })
      return importId
    },

    async listImports(
      actor: Actor,
      page: { limit: number; cursor?: string | undefined },
    ): Promise<{ items: ImportRun[]; nextCursor: string | null; total: null }> {
      return operations.run(actor, { name: 'imports.list', ...progress }, async (tx) => {
        if (page.cursor !== undefined && !isUuid(page.cursor)) throw new AppError('VALIDATION', 'The cursor is not one this list gave.')
        await failAbandoned(tx, clock.now())
        const items = await listImports(tx, page.limit + 1, page.cursor)
        const shown = items.slice(0, page.limit)
        return { items: shown, nextCursor: items.length > page.limit ? (shown.at(-1)?.id ?? null) : null, total: null }
      })
    },

    async getImport(actor: Actor, id: string): Promise<ImportRun> {
      return operations.run(actor, { name: 'imports.get', ...progress }, (tx) => getRun(tx, id, clock.now()))
    },

    /** Takes back what an import did; doing it twice does nothing more. */
    async undo(actor: Actor, id: string): Promise<ImportUndo> {
      return operations.during(actor, { name: 'imports.undo', scope: 'crm:import', event: 'IMPORT', query: { importId: id } }, async (entry) => {
        const transact: Transact = (work) => database.transaction(actor, work, { statementTimeoutMs })
        const isDone = await transact(async (tx) => {
          const run = await getRun(tx, id, clock.now())
          if (run.status === 'running') throw new AppError('CONFLICT', 'This import is still running; undo it when it has finished.')
          // Before anything is taken back, so that a kill leaves no change without an entry.
          await entry.append(tx)
          return run.status === 'undone'
        })
        return isDone ? { importId: id, removed: 0, restored: 0, kept: [], keptCount: 0 } : undoImport(transact, id, clock)
      })
    },

    /** Stops running imports after their current batch and waits for them. */
    async close(): Promise<void> {
      closing = true
      await Promise.allSettled(background)
    },
  }
}

async function getRun(tx: Transaction, id: string, now: Date): Promise<ImportRun> {
  if (!isUuid(id)) throw notFound('The import')
  await failAbandoned(tx, now)
  const run = await findImport(tx, id)
  if (run === undefined) throw notFound('The import')
  return run
}

function requireTimeZone(timeZone: string | undefined): void {
  if (timeZone === undefined) return
  try {
    new Intl.DateTimeFormat('en', { timeZone })
  } catch (cause) {
    throw new AppError('VALIDATION', `"${timeZone}" is not a time zone; write it like Europe/London.`, {
      cause,
      details: [{ field: 'timeZone', message: 'is not an IANA time zone' }],
    })
  }
}

/** A dry run's batches share one transaction, so that later rows see what earlier ones did, and nothing of it stays. */
function inSavepoints(tx: Transaction): Transact {
  return async (work) => {
    await tx.client.query('savepoint batch')
    try {
      const result = await work(tx)
      await tx.client.query('release savepoint batch')
      return result
    } catch (error) {
      await tx.client.query('rollback to savepoint batch')
      throw error
    }
  }
}

function toResult(importId: string | null, plan: ImportPlan, tally: Tally): ImportResult {
  const { processed, created, updated, skipped, errorCount, errors } = tally.progress()
  return {
    importId,
    dryRun: importId === null,
    status: 'done',
    total: processed,
    created,
    updated,
    skipped,
    errorCount,
    errors: [...errors],
    ignored: plan.ignored,
    mapping: plan.mapping,
    customFields: plan.newFields.map(({ key, label, type }) => ({ key, label, type })),
  }
}
