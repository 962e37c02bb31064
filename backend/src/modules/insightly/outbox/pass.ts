import type { Logger } from '#backend/infra/logger/logger.ts'
import { InsightlyError, type InsightlyProblem, isUncertain } from '../client/insightly-error.ts'
import { deliverRow } from './deliver-row.ts'
import { judgeFailure } from './judge-failure.ts'
import { endRow, findDue, postponeRows } from './outbox.repository.ts'
import type { OutboxRow } from './outbox-row.ts'
import { LeaseLost, type Outcome, type RowContext } from './row-context.ts'
import { createWaitingRows } from './waiting-rows.ts'

export interface PassOptions {
  logger: Pick<Logger, 'debug' | 'warn' | 'error'>
  /** What every change of the pass shares. */
  row: Omit<RowContext, 'row' | 'claim'>
  settleMs: number
  atOnce?: number
  retryDelayMs?: number
  waitMs?: number
}

export interface PassCounts {
  delivered: number
  failed: number
  postponed: number
  /** Refer to records that are not there yet. */
  waiting: number
  conflicts: number
}

const unanswered = new Set<InsightlyProblem>(['timeout', 'unreachable', 'cancelled'])
const fetchedAtOnce = 50
const longestDelayMs = 300_000
/** Milliseconds for which nothing is tried, at most. */
export const longestStopMs = 60_000

/** Delivers what is due until nothing is, several records at once and the changes of each in their order. */
export function createPass({ logger, row: shared, settleMs, atOnce = 4, retryDelayMs = 1000, waitMs = 5000 }: PassOptions) {
  const { transact } = shared
  const counts: PassCounts = { delivered: 0, failed: 0, postponed: 0, waiting: 0, conflicts: 0 }
  const inFlight = new Map<number, Promise<void>>()
  const claimed = new Map<string, number>()
  const waiting = createWaitingRows()
  let broken: unknown
  let isStopped = false
  let stoppedForMs: number | undefined

  function start(row: OutboxRow): void {
    const began = waiting.now()
    const context: RowContext = {
      ...shared,
      row,
      claim(body) {
        const holder = claimed.get(body)
        if (holder !== undefined && holder !== row.id) return false
        claimed.set(body, row.id)
        return true
      },
    }
    const working = deliverRow(context)
      .then((outcome) => conclude(row, outcome, began))
      .catch((error: unknown) => fail(row, error))
      .catch((error: unknown) => {
        broken ??= error
        isStopped = true
      })
      .finally(() => {
        inFlight.delete(row.id)
        waiting.release(`${row.entity} ${row.recordId}`)
        for (const [body, holder] of claimed) {
          if (holder !== row.id) continue
          claimed.delete(body)
          waiting.release(body)
        }
      })
    inFlight.set(row.id, working)
  }

  async function conclude(row: OutboxRow, outcome: Outcome, began: number): Promise<void> {
    switch (outcome.kind) {
      case 'done':
      case 'dropped':
        await transact((tx) => endRow(tx, row.id, { status: outcome.kind, note: outcome.note }))
        counts.delivered += outcome.kind === 'done' ? 1 : 0
        counts.conflicts += outcome.kind === 'done' ? (outcome.conflicts ?? 0) : 0
        return
      case 'waits':
        waiting.add(row.id, outcome.keys, { note: outcome.note, since: began })
        return
      case 'gone':
        return
    }
  }

  async function fail(row: OutboxRow, error: unknown): Promise<void> {
    if (error instanceof LeaseLost) throw error
    shared.throwIfStopped()
    const { what, sentence, retryAfterMs } = judgeFailure(error)
    const about = { entity: row.entity, recordId: row.recordId, operation: row.operation, outboxId: row.id }
    if (what === 'failed') {
      logger.warn({ ...about, err: error }, 'Insightly refused a change; it waits for somebody to look at it')
      await transact((tx) => endRow(tx, row.id, { status: 'failed', note: sentence }))
      counts.failed++
      return
    }
    logger.warn({ ...about, err: error }, 'A change could not be sent to Insightly; it is tried again')
    if (what === 'stop') {
      isStopped = true
      stoppedForMs = Math.min(longestStopMs, retryAfterMs ?? retryDelayMs)
      await transact((tx) => postponeRows(tx, [row.id], stoppedForMs ?? 0, sentence))
      counts.postponed++
      return
    }
    const backoff = Math.min(longestDelayMs, retryDelayMs * 2 ** Math.min(row.attempts, 20)) * (0.5 + Math.random() / 2)
    // What may still be under way is given the time to arrive before it is looked for; whoever answered is done with it.
    const isUnderWay = isUncertain(error) && error instanceof InsightlyError && unanswered.has(error.problem)
    const least = isUnderWay ? settleMs : 0
    await transact((tx) => postponeRows(tx, [row.id], Math.min(longestDelayMs, Math.max(backoff, least, retryAfterMs ?? 0)), sentence))
    counts.postponed++
  }

  return {
    inFlight: () => [...inFlight.keys()],
    /** `stoppedForMs` when nothing can be sent for so long. @throws what makes it pointless to go on: the outbox is another's, the database is away, the server stops */
    async run(): Promise<{ counts: PassCounts; stoppedForMs: number | undefined }> {
      let queue: OutboxRow[] = []
      for (;;) {
        const asked = waiting.now()
        if (!isStopped && queue.length === 0) queue = await transact((tx) => findDue(tx, [...inFlight.keys(), ...waiting.ids()], fetchedAtOnce)).catch(giveUp)
        while (!isStopped && inFlight.size < atOnce) {
          const next = queue.shift()
          if (next === undefined) break
          start(next)
        }
        if (inFlight.size > 0) await Promise.race(inFlight.values())
        // What ended while it was asked may have made others due.
        else if (isStopped || waiting.now() === asked) break
      }
      if (broken !== undefined) throw broken
      counts.waiting = waiting.ids().length
      for (const [note, ids] of waiting.byNote()) await transact((tx) => postponeRows(tx, ids, waitMs, note))
      return { counts, stoppedForMs }
    },
  }

  function giveUp(error: unknown): OutboxRow[] {
    broken ??= error
    isStopped = true
    return []
  }
}
