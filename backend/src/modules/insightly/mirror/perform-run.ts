import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#backend/kernel/errors.ts'
import { InsightlyError } from '../client/insightly-error.ts'
import { identifyAccount } from './account.ts'
import { readConnection } from './connections.repository.ts'
import { runFull } from './full-run.ts'
import { runIncremental } from './incremental-run.ts'
import { readAsMirror, writeAsMirror } from './mirror-actor.ts'
import { runReconcile } from './reconcile-run.ts'
import type { ReferenceKind } from './reference-data.ts'
import { createRunContext, type HeldRun, RunLost } from './run-context.ts'
import { endRun, keepRun, leaseSeconds } from './sync-runs.repository.ts'

export type RunOutcome = 'done' | 'failed' | 'left'

const runs = { full: runFull, incremental: runIncremental, reconcile: runReconcile }
const longestPauseMs = 30_000
/** What goes wrong on the way is tried again for as long as the run is wanted; these are for a person to mend. */
const forPeople = ['key', 'address', 'permission', 'plan', 'invalid', 'unreadable']

/** Brings a run to its end, through whatever Insightly and the network do meanwhile. */
export async function performRun(options: HeldRun): Promise<RunOutcome> {
  const { database, workspaceId, run, holder, client, logger, signal } = options
  const stopping = new AbortController()
  const fresh = new Set<ReferenceKind | 'all'>()
  const stop = AbortSignal.any([signal, stopping.signal])
  const renew = setInterval(
    () => {
      writeAsMirror(database, workspaceId, (tx) => keepRun(tx, run.id, holder, { apiCalls: run.apiCalls, error: run.error }))
        .then((isHeld) => {
          if (!isHeld) stopping.abort(new RunLost())
        })
        .catch((error: unknown) => logger.debug({ err: error }, 'The mirror could not say that it goes on'))
    },
    (leaseSeconds * 1000) / 4,
  )
  const end = (state: 'done' | 'failed' | 'queued', error: string | null) => {
    const { apiCalls } = run
    return writeAsMirror(database, workspaceId, (tx) => endRun(tx, run.id, holder, { state, apiCalls, error }))
  }
  try {
    for (let failures = 0; ; ) {
      const landed = JSON.stringify(run.progress)
      try {
        await identifyAccount(database, workspaceId, client, {
          signal: stop,
          onCall: () => {
            run.apiCalls++
          },
        })
        const connection = await readAsMirror(database, workspaceId, readConnection)
        run.error = null
        const context = await createRunContext({ ...options, fresh, signal: stop, notInPlan: new Set(connection?.notInPlan) })
        await runs[run.mode](context)
        await end('done', null)
        return 'done'
      } catch (error) {
        if (stop.aborted || error instanceof RunLost) break
        if (!isPassing(error)) {
          logger.warn({ err: error, runId: run.id, mode: run.mode }, 'The mirror of Insightly cannot go on')
          await end('failed', error instanceof AppError ? error.message : 'Something went wrong here; the log of the server says what.')
          return 'failed'
        }
        // What went forward meanwhile makes it a new difficulty.
        failures = JSON.stringify(run.progress) === landed ? failures + 1 : 1
        const pauseMs = pauseAfter(error as AppError, failures)
        logger.info({ err: error, runId: run.id, pauseMs }, 'The mirror of Insightly waits')
        await noteWaiting(options, (error as AppError).message)
        await sleep(pauseMs, undefined, { signal: stop }).catch(() => undefined)
        if (stop.aborted) break
      }
    }
    // The process stops: whoever comes next goes on at the page after the last one.
    if (signal.aborted) await end('queued', null)
    return 'left'
  } finally {
    clearInterval(renew)
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof InsightlyError) return !forPeople.includes(error.problem)
  // Another writer was in the way.
  if (error instanceof AppError && ['40P01', '40001'].includes((error.cause as { code?: string } | undefined)?.code ?? '')) return true
  return error instanceof AppError && ['UPSTREAM', 'UNAVAILABLE', 'RATE_LIMITED'].includes(error.code)
}

function pauseAfter(error: AppError, failures: number): number {
  const told = (error.retryAfterSeconds ?? 0) * 1000
  return Math.min(longestPauseMs, Math.max(told, 500 * 2 ** Math.min(failures, 6)) * (0.75 + Math.random() / 2))
}

/** While it waits it says what for. */
async function noteWaiting({ database, workspaceId, run, holder, logger }: HeldRun, error: string): Promise<void> {
  run.error = error
  try {
    await writeAsMirror(database, workspaceId, (tx) => keepRun(tx, run.id, holder, { apiCalls: run.apiCalls, error }))
  } catch (cause) {
    logger.debug({ err: cause }, 'The mirror could not say what it waits for')
  }
}
