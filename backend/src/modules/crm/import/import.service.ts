import type { Database, Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid, newId } from '#backend/kernel/ids.ts'
import type { Operation, OperationEntry, Operations } from '#backend/modules/security/index.ts'
import type { ImportPreview, ImportResult, ImportRun, ImportUndo } from '#contracts/import.ts'
import { isHiddenColumn, refuseNotShown } from '../query/hidden-fields.ts'
import { listCustomFields } from '../records/custom-fields.repository.ts'
import { forgetAccepted, keepAccepted } from './accepted-imports.ts'
import { requireSpace } from './disk-space.ts'
import { runDry } from './dry-run.ts'
import { createUploads } from './formats/uploads.ts'
import type { ImportOptions } from './import-options.ts'
import { toResult } from './import-result.ts'
import { failAbandoned, findImport, insertImport, isUndoExpired, listImports, requestCancel } from './imports.repository.ts'
import { type ImportPlan, type PlanOptions, planImport } from './plan-import.ts'
import { previewImport } from './preview.service.ts'
import { resumeImports } from './resume-imports.ts'
import type { Transact } from './run-batches.ts'
import { createImportRunner, type ImportJob, type RunOutcome } from './run-import.ts'
import { createSlots } from './slots.ts'
import type { SpooledFile } from './spool.ts'
import { undoImport } from './undo-import.ts'

export type { ImportOptions } from './import-options.ts'

export interface ImportDependencies {
  database: Database
  operations: Operations
  clock: Clock
  /** For uploads: scratch files, and the files of imports that go on after a crash. */
  folder: string
  logger: { error(details: object, message: string): void }
}

export type ImportService = ReturnType<typeof createImportService>

const statementTimeoutMs = 120_000
/** Each running import holds one connection for its lock and needs another for its batches; the others wait in a queue that is shown. */
const maxRunning = 2

/** Watching one's imports is no access to records. */
const progress = { scope: 'crm:read', event: null } as const

function importing({ entity, fileName, dryRun = false, createMissing = false }: ImportOptions, importId: string | undefined): Operation {
  return { name: 'imports.run', scope: 'crm:import', event: 'IMPORT', query: { importId, entity, fileName, dryRun, createMissing } }
}

/**
 * Imports files. A batch of rows lands in one transaction together with the counts that report it and the place where the next one
 * begins. An import in the background, or of a large file, goes on after a stop or a crash of its server; a small one that somebody
 * waits for is found by its free lock and shown as failed with what landed.
 */
export function createImportService({ database, operations, clock, folder, logger }: ImportDependencies) {
  const logFailure = (error: unknown) => logger.error({ err: error }, 'Import failed')
  const slots = createSlots(maxRunning)
  const background = new Set<Promise<unknown>>()
  const closing = new AbortController()
  const uploads = createUploads({ operations, folder, clock })
  const runner = createImportRunner({ database, clock, folder, logger, closing: closing.signal, inBackground })

  async function prepare(actor: Actor, source: AsyncIterable<Uint8Array>, options: ImportOptions): Promise<{ file: SpooledFile; plan: ImportPlan }> {
    requireTimeZone(options.timeZone)
    const file = await uploads.open(actor, source, options)
    try {
      if (!file.complete) await requireSpace(folder, file.size)
      const read = async (tx: Transaction) => ({ customFields: await listCustomFields(tx, options.entity), hidden: await tx.hidden() })
      const { customFields, hidden } = await database.transaction(actor, read, { readOnly: true })
      const plan = await planImport(file, customFields, options)
      const unseen = Object.values(plan.mapping).filter((column) => column !== null && isHiddenColumn(hidden, options.entity, column))
      if (unseen.length > 0) throw refuseNotShown(options.entity, unseen as string[], 'FORBIDDEN')
      return { file, plan }
    } catch (error) {
      await file.dispose()
      throw error
    }
  }

  /** Puts an import on the books: at once when its file is kept, so that whoever waits sees it queue; else before its first row. */
  async function accept(
    actor: Actor,
    importId: string,
    prepared: Awaited<ReturnType<typeof prepare>>,
    options: ImportOptions,
    entry: OperationEntry,
    durable: boolean,
  ): Promise<ImportJob> {
    const { file, plan } = prepared
    const accepted = { importId, actor, options, plan }
    const register = async (tx: Transaction, status: 'queued' | 'running') => {
      const run = { mapping: plan.mapping, ignored: plan.ignored, createMissing: options.createMissing ?? false }
      const { format } = plan.shape
      const { entity, fileName = null } = options
      await insertImport(tx, { id: importId, entity, fileName, format, options: run, startedAt: clock.now(), status, durable })
      // Before its first row lands, so that a kill leaves no change without an entry.
      await entry.append(tx)
    }
    if (!durable) return { ...accepted, file, durable, register: (tx) => register(tx, 'running') }
    await keepAccepted(folder, file, accepted)
    try {
      await database.transaction(actor, (tx) => register(tx, slots.isFull() ? 'queued' : 'running'))
    } catch (error) {
      await forgetAccepted(folder, importId)
      throw error
    }
    return { ...accepted, file, durable }
  }

  /** Runs an import when its turn comes; its file stays for an import that goes on later. */
  async function run(job: ImportJob): Promise<RunOutcome> {
    try {
      const outcome = await slots.run(() => runner.run(job))
      if (outcome !== 'elsewhere') await settle(job)
      return outcome
    } catch (error) {
      if (!job.durable || !closing.signal.aborted) await settle(job)
      throw error
    }
  }

  async function settle({ file, durable, importId }: ImportJob): Promise<void> {
    await file.dispose()
    if (durable) await forgetAccepted(folder, importId)
  }

  function inBackground(work: Promise<unknown>): void {
    const running = work.catch((error) => {
      if (!(error instanceof AppError)) logFailure(error)
    })
    background.add(running)
    void running.finally(() => background.delete(running))
  }

  return {
    /** Proposes how to import a file; writes nothing. */
    previewFile: (actor: Actor, source: AsyncIterable<Uint8Array>, options: PlanOptions): Promise<ImportPreview> =>
      previewImport({ operations, uploads }, actor, source, options),

    /** Imports a file and answers when it is in. */
    async importFile(actor: Actor, source: AsyncIterable<Uint8Array>, options: ImportOptions): Promise<ImportResult> {
      const importId = newId()
      return operations.during(actor, importing(options, options.dryRun ? undefined : importId), async (entry) => {
        const prepared = await prepare(actor, source, options)
        const { file, plan } = prepared
        if (options.dryRun) return slots.run(() => runDry(database, actor, file, plan, options, { folder, now: clock.now() })).finally(() => file.dispose())
        const outcome = await run(await accept(actor, importId, prepared, options, entry, !file.complete))
        if (typeof outcome === 'object') return outcome
        // It came to its end while it waited for its turn, or while nobody could be told.
        const ended = await database.transaction(actor, (tx) => getRun(tx, importId, clock.now()))
        return toResult(importId, plan, ended, ended.status === 'done' ? 'done' : 'cancelled')
      })
    },

    /** Takes in a file and answers with the id under which its progress can be followed, once nothing can lose it. */
    async startImport(actor: Actor, source: AsyncIterable<Uint8Array>, options: ImportOptions): Promise<string> {
      const importId = newId()
      const job = await operations.during(actor, importing(options, importId), async (entry) =>
        accept(actor, importId, await prepare(actor, source, options), options, entry, true),
      )
      inBackground(run(job))
      return importId
    },

    /** Takes up the imports that the last process on this data folder left. */
    async resume(): Promise<void> {
      for (const job of await resumeImports({ database, operations, folder, logger, abandon: runner.abandon })) inBackground(run(job))
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

    /** Stops an import after its present batch; what has landed stays, and can be undone. One that has ended is left as it is. */
    async cancel(actor: Actor, id: string): Promise<ImportRun> {
      return operations.run(actor, { name: 'imports.cancel', scope: 'crm:import', event: 'IMPORT', query: { importId: id } }, async (tx) => {
        const { status } = await getRun(tx, id, clock.now())
        if (status === 'queued' || status === 'running') await requestCancel(tx, id, clock.now())
        return getRun(tx, id, clock.now())
      })
    },

    /** Takes back what an import did; doing it twice does nothing more. */
    async undo(actor: Actor, id: string): Promise<ImportUndo> {
      return operations.during(actor, { name: 'imports.undo', scope: 'crm:import', event: 'IMPORT', query: { importId: id } }, async (entry) => {
        const transact: Transact = (work) => database.transaction(actor, work, { statementTimeoutMs })
        const isDone = await transact(async (tx) => {
          const { status } = await getRun(tx, id, clock.now())
          if (status === 'running' || status === 'queued')
            throw new AppError('CONFLICT', 'This import is still running; cancel it, or undo it when it has finished.')
          if (status !== 'undone' && (await isUndoExpired(tx, id)))
            throw new AppError('CONFLICT', 'This import ended too long ago to be undone: what it replaced is not kept any more. Change the records by hand.')
          // Before anything is taken back, so that a kill leaves no change without an entry.
          await entry.append(tx)
          return status === 'undone'
        })
        return isDone ? { importId: id, removed: 0, restored: 0, kept: [], keptCount: 0 } : undoImport(transact, id, clock)
      })
    },

    /** Stops running imports after their current batch and waits for them; those whose file is kept go on with the next start. */
    async close(): Promise<void> {
      closing.abort()
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
