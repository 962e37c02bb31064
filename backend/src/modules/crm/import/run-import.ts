import { setTimeout as sleep } from 'node:timers/promises'
import type { Database, Transaction } from '#backend/infra/database/database.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { ImportResult } from '#contracts/import.ts'
import type { AcceptedImport } from './accepted-imports.ts'
import { toResult } from './import-result.ts'
import { beginImport, finishImport, lockImport } from './imports.repository.ts'
import type { Transact } from './run-batches.ts'
import { ImportCancelled, runRows } from './run-rows.ts'
import type { SpooledFile } from './spool.ts'

const statementTimeoutMs = 120_000
/** An import whose file is kept waits for a database that does not answer, longer each time. */
const firstPauseMs = 500
const longestPauseMs = 30_000

export interface ImportJob extends AcceptedImport {
  file: SpooledFile
  /** The file is kept: a stop of the server is a pause. */
  durable: boolean
  /** Puts the import on the books, in the transaction before its first row; done already for one that had to wait. */
  register?: ((tx: Transaction) => Promise<void>) | undefined
}

export interface RunImportDependencies {
  database: Database
  clock: Clock
  folder: string
  logger: { error(details: object, message: string): void }
  /** Aborted when the server stops. */
  closing: AbortSignal
  /** Is given work that nobody waits for but a stop. */
  inBackground(work: Promise<unknown>): void
}

/** What became of an import; `ended` when it had come to its end before, `elsewhere` when another process runs it. */
export type RunOutcome = ImportResult | 'ended' | 'elsewhere'

/** The server stops; a kept import goes on with the next one. */
class Paused extends Error {}

/** Runs imports under a lock that the database frees when this process dies, so that each is run by one process at a time. */
export function createImportRunner({ database, clock, folder, logger, closing, inBackground }: RunImportDependencies) {
  async function attempt(job: ImportJob): Promise<RunOutcome> {
    const { actor, importId, plan } = job
    const transact: Transact = (work) => database.transaction(actor, work, { statementTimeoutMs })
    return database.transaction(actor, async (lock) => {
      if (!(await lockImport(lock, importId))) return 'elsewhere'
      const begun = await transact(async (tx) => {
        await job.register?.(tx)
        return beginImport(tx, importId, clock.now())
      })
      if (begun === undefined) return 'ended'
      try {
        const { tally, tidy } = await runRows({
          ...job,
          folder,
          before: begun.counts,
          startedAt: begun.startedAt,
          transact,
          alongside: transact,
          checkpoint: () => {
            if (closing.aborted) throw new Paused()
          },
        })
        await transact((tx) => finishImport(tx, importId, { status: 'done', at: clock.now(), failure: null, rowsPerSecond: tally.pace() }))
        if (tidy !== undefined) inBackground(transact(tidy))
        return toResult(importId, plan, tally.progress(), 'done')
      } catch (error) {
        if (error instanceof ImportCancelled) return transact((tx) => cancelled(tx, job, clock.now()))
        if (job.durable && (error instanceof Paused || isOutage(error))) throw error
        throw await fail(job, transact, error)
      }
    })
  }

  /** Writes down why an import broke off. */
  async function fail({ importId }: ImportJob, transact: Transact, cause: unknown): Promise<unknown> {
    const error = cause instanceof Paused ? shuttingDown(cause) : cause
    const reason = error instanceof AppError ? error.message : 'Something unexpected went wrong.'
    const failure = `${reason} The rows counted here have landed: undo them, or import the file again.`
    // When the database is gone, the free lock tells the next reader that this import failed.
    await transact((tx) => finishImport(tx, importId, { status: 'failed', at: clock.now(), failure })).catch((err) => logger.error({ err }, 'Import failed'))
    if (!(error instanceof AppError)) return error
    return new AppError(error.code, `${reason} Import ${importId} stopped; what had landed can be undone.`, { cause: error, details: error.details ?? [] })
  }

  return {
    /**
     * Runs an import to its end, or to the next stop of the server when its file is kept.
     * @throws AppError UNAVAILABLE when it goes on later
     */
    async run(job: ImportJob): Promise<RunOutcome> {
      for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
        try {
          return await attempt(job)
        } catch (error) {
          if (error instanceof Paused || (job.durable && closing.aborted))
            throw new AppError('UNAVAILABLE', `The server is shutting down; import ${job.importId} goes on when it is back.`, { retryAfterSeconds: 10 })
          if (!job.durable || !isOutage(error)) throw error
          // Where it goes on is read from the database: a batch may have landed although nobody was told.
          await sleep(pauseMs, undefined, { signal: closing }).catch(() => undefined)
        }
      }
    },
    /** Ends an import that cannot be run any more. */
    async abandon({ actor, importId }: AcceptedImport, failure: string): Promise<void> {
      await database.transaction(actor, (tx) => finishImport(tx, importId, { status: 'failed', at: clock.now(), failure }))
    },
  }
}

async function cancelled(tx: Transaction, { importId, plan }: ImportJob, at: Date): Promise<RunOutcome> {
  const landed = await beginImport(tx, importId, at)
  await finishImport(tx, importId, { status: 'cancelled', at, failure: null })
  return landed === undefined ? 'ended' : toResult(importId, plan, landed.counts, 'cancelled')
}

function shuttingDown(cause: Error): AppError {
  return new AppError('UNAVAILABLE', 'The server is shutting down.', { cause, retryAfterSeconds: 10 })
}

/** What will not mend itself: a statement that took too long, and a full disk. */
const lasting: ReadonlySet<string | undefined> = new Set(['57014', '53100', 'ENOSPC'])

/** The database is away for a while. */
function isOutage(error: unknown): boolean {
  return error instanceof AppError && error.code === 'UNAVAILABLE' && !lasting.has((error.cause as { code?: string } | undefined)?.code)
}
