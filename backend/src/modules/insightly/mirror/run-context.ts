import { type Database, sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import type { CallOptions } from '../client/calls.ts'
import type { InsightlyClient } from '../client/insightly-client.ts'
import { type Lists, loadLists } from './lists.ts'
import { readAsMirror, writeAsMirror } from './mirror-actor.ts'
import { mirrorReferences, type ReferenceKind } from './reference-data.ts'
import { keepRun, type LandedPage, type RunStep, type SyncRun, savePage } from './sync-runs.repository.ts'

/** What a transaction of a run has done. */
export interface Landed {
  step?: RunStep | undefined
  /** A page that is not to be fetched again. */
  page?: LandedPage | undefined
}

/** Another process has the run now, or a person stopped it. */
export class RunLost extends Error {}

export interface RunContext {
  readonly workspaceId: string
  readonly run: SyncRun
  readonly client: InsightlyClient
  readonly call: CallOptions
  readonly clock: Clock
  readonly logger: Logger
  readonly lists: Lists
  /** Kinds of records that the plan does not have. */
  readonly notInPlan: ReadonlySet<string>
  /** Reads as the mirror. */
  read<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Changes something together with how far the run has come. @throws RunLost */
  land(work: (tx: Transaction) => Promise<Landed | undefined>): Promise<void>
  /** Brings users, stages, lists and custom fields up to date, or those named. @returns false when this run has done so already */
  refreshReferences(only?: ReadonlySet<ReferenceKind>): Promise<boolean>
  /** The database's time: what was committed before is not older than rows fetched afterwards. */
  now(): Promise<string>
}

/** A run in the hands of this process. */
export interface HeldRun {
  database: Database
  workspaceId: string
  run: SyncRun
  holder: string
  client: InsightlyClient
  clock: Clock
  logger: Logger
  /** Fires when the process stops: then another one goes on. */
  signal: AbortSignal
}

export interface RunContextOptions extends HeldRun {
  notInPlan: ReadonlySet<string>
  /** Lists that this process has fetched for this run. */
  fresh: Set<ReferenceKind | 'all'>
}

export async function createRunContext(options: RunContextOptions): Promise<RunContext> {
  const { database, workspaceId, run, holder, client, clock, logger, notInPlan, fresh, signal } = options
  const call: CallOptions = {
    signal,
    onCall: () => {
      run.apiCalls++
    },
  }
  const read = <T>(work: (tx: Transaction) => Promise<T>) => readAsMirror(database, workspaceId, work)
  let lists = await read(loadLists)
  return {
    workspaceId,
    run,
    client,
    call,
    clock,
    logger,
    notInPlan,
    get lists() {
      return lists
    },
    read,
    async land(work) {
      const kept = await writeAsMirror(
        database,
        workspaceId,
        async (tx) => {
          signal.throwIfAborted()
          // A page that a crash of the machine loses is fetched again: that it had landed is lost with it.
          void tx.query(sql`set local synchronous_commit = off`)
          const { step, page } = (await work(tx)) ?? {}
          if (page !== undefined) await savePage(tx, run.id, page)
          const { apiCalls, remoteStartedAt } = run
          // Last, so that the row is held for a moment only; whoever has lost the run changes nothing.
          const kept = await keepRun(tx, run.id, holder, { apiCalls, step, error: null, remoteStartedAt })
          if (kept === undefined) throw new RunLost()
          return kept
        },
        { statementTimeoutMs: 120_000 },
      )
      Object.assign(run, kept)
    },
    async refreshReferences(only) {
      const wanted = only === undefined ? undefined : new Set([...only].filter((kind) => !fresh.has(kind)))
      if (fresh.has('all') || wanted?.size === 0) return false
      await mirrorReferences({ database, client, workspaceId, call, now: clock.now(), notInPlan, only: wanted })
      for (const kind of wanted ?? (['all'] as const)) fresh.add(kind)
      lists = await read(loadLists)
      return true
    },
    now: async () => {
      const [row = {}] = await database.roundTrip('set local role chatsg_app; select clock_timestamp() as now')
      return (row.now as Date).toISOString()
    },
  }
}
