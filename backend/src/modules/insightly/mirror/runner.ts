import { AsyncResource } from 'node:async_hooks'
import type { Database } from '#backend/infra/database/database.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import { traced } from '#backend/kernel/tracing.ts'
import type { InsightlyClient } from '../client/insightly-client.ts'
import { removeEnded } from '../outbox/index.ts'
import type { Connections } from './connections.ts'
import { readDueWork } from './due-work.ts'
import { followHints } from './hints.ts'
import { writeAsMirror } from './mirror-actor.ts'
import { performRun, type RunOutcome } from './perform-run.ts'
import { dueMode, nextRunAt } from './schedule.ts'
import { claimRun, findActiveRun, insertRun, readHistory, removeOldRuns, type SyncMode } from './sync-runs.repository.ts'

export interface RunnerOptions {
  database: Database
  connections: Connections
  /** Sends what was changed here. */
  delivery: { deliverDue(workspaceId: string, client: InsightlyClient, options: { signal: AbortSignal }): Promise<unknown> }
  clock: Clock
  logger: Logger
  intervalMs: number
  /** How the runs of this process ended, for the metrics. */
  onEnd?: (run: { mode: SyncMode; outcome: RunOutcome }) => void
}

const tickMs = 500
/** How often it is asked whether there is anything to do at all. */
const idleTickMs = 5000
/** The schedule is looked at again after so many milliseconds at the latest, should the clock have been set. */
const longestScheduleMs = 30_000
/** How often changes and runs that ended long ago are forgotten. */
const tidyMs = 3_600_000

type Connected = NonNullable<Awaited<ReturnType<Connections['of']>>>

export type MirrorRunner = ReturnType<typeof createMirrorRunner>

/**
 * Works for every workspace that is mirrored: runs, schedules, hints and the outbox. Any number of processes do so beside each other; what
 * one has taken the others leave alone, and take over when it dies.
 */
export function createMirrorRunner(options: RunnerOptions) {
  const { database, connections, delivery, clock, logger, intervalMs, onEnd } = options
  const holder = newId()
  const stopping = new AbortController()
  const busy = new Map<string, Promise<void>>()
  let timer: NodeJS.Timeout | undefined
  let ticking: Promise<void> | undefined
  let isFailing = false
  let tidyAt = 0
  let workspaces: string[] = []
  let workspacesAt = 0
  /** From when on a workspace's schedule may have something due, in this process's time. */
  const scheduleAt = new Map<string, number>()

  /** One kind of work of a workspace at a time; another tick finds it done or under way. */
  function once(name: string, work: () => Promise<unknown>): void {
    if (busy.has(name)) return
    const working = work()
      .then(() => {
        isFailing = false
      })
      .catch((error: unknown) => {
        if (stopping.signal.aborted) return
        // Said once while it lasts; the next tick tries again.
        logger[isFailing ? 'debug' : 'warn']({ err: error }, 'The mirror of Insightly stumbled and tries again')
        isFailing = true
      })
      .finally(() => busy.delete(name))
    busy.set(name, working)
  }

  async function workOnRuns(workspaceId: string, { client }: Connected): Promise<void> {
    const lookAgainIn = (ms: number) => void scheduleAt.set(workspaceId, performance.now() + Math.min(longestScheduleMs, Math.max(tickMs, ms)))
    const run = await writeAsMirror(database, workspaceId, async (tx) => {
      const active = await findActiveRun(tx)
      if (active === undefined) {
        const history = await readHistory(tx)
        const mode = dueMode(history, intervalMs)
        if (mode === undefined) {
          const next = nextRunAt(history, intervalMs)
          lookAgainIn(next === null ? longestScheduleMs : Date.parse(next) - Date.parse(history.now))
          return undefined
        }
        await insertRun(tx, { id: newId(), mode, requestedBy: 'schedule' })
      } else lookAgainIn(Math.min(idleTickMs, intervalMs))
      return claimRun(tx, holder)
    })
    if (run === undefined) return
    logger.info({ runId: run.id, mode: run.mode }, 'Insightly: a run of the mirror begins')
    const attributes = { 'chatsg.insightly.mode': run.mode }
    const outcome = await traced(
      'insightly.sync',
      () => ({ kind: 'consumer', attributes }),
      () => performRun({ database, workspaceId, run, holder, client, clock, logger, signal: stopping.signal }),
    )
    logger.info({ runId: run.id, mode: run.mode, outcome, apiCalls: run.apiCalls, counts: run.counts }, 'Insightly: a run of the mirror ended')
    onEnd?.({ mode: run.mode, outcome })
  }

  /** Most of the time nothing is due, so that one question has to tell. */
  async function workOn(workspaceId: string): Promise<void> {
    const due = await readDueWork(database, workspaceId, holder)
    const isDue = (kind: string, wanted: boolean) => wanted && !busy.has(`${kind} ${workspaceId}`)
    const run = isDue('run', due.run || performance.now() >= (scheduleAt.get(workspaceId) ?? 0))
    const follow = isDue('follow', due.hint)
    const deliver = isDue('deliver', due.change)
    const connection = run || follow || deliver ? await connections.of(workspaceId) : undefined
    if (connection === undefined) return
    const { client } = connection
    const { signal } = stopping
    if (run) once(`run ${workspaceId}`, () => workOnRuns(workspaceId, connection))
    if (follow) once(`follow ${workspaceId}`, () => followHints({ database, workspaceId, client, clock, signal }))
    if (deliver) once(`deliver ${workspaceId}`, () => delivery.deliverDue(workspaceId, client, { signal }))
  }

  function tidy(workspaceId: string): Promise<void> {
    return writeAsMirror(database, workspaceId, async (tx) => {
      await removeEnded(tx)
      await removeOldRuns(tx)
    })
  }

  async function tick(): Promise<number> {
    if (performance.now() >= workspacesAt) {
      // Before it is asked: whoever wakes it meanwhile is to be seen.
      workspacesAt = performance.now() + idleTickMs
      workspaces = await connections.workspaces()
    }
    for (const workspaceId of workspaces) await workOn(workspaceId)
    if (performance.now() >= tidyAt) {
      for (const workspaceId of workspaces) once(`tidy ${workspaceId}`, () => tidy(workspaceId))
      tidyAt = performance.now() + tidyMs
    }
    return workspaces.length
  }

  // Whoever wakes it is not whom it works for: what it logs belongs to no request.
  const begin = AsyncResource.bind(() => {
    ticking = tick()
      .catch((error: unknown) => {
        logger.debug({ err: error }, 'The database does not say what there is to do for the mirror')
        return 0
      })
      .then((count) => schedule(count > 0 ? tickMs : idleTickMs))
  })

  function schedule(inMs: number): void {
    clearTimeout(timer)
    if (stopping.signal.aborted) return
    timer = setTimeout(begin, inMs).unref()
  }

  return {
    start(): void {
      schedule(0)
    },
    /** There is something to do now. */
    wake(): void {
      workspacesAt = 0
      scheduleAt.clear()
      if (timer !== undefined) schedule(0)
    },
    /** Stops in the middle of whatever it does; nothing is lost by that. */
    async stop(): Promise<void> {
      stopping.abort(new Error('The server stops.'))
      clearTimeout(timer)
      await ticking
      await Promise.all(busy.values())
    },
  }
}
