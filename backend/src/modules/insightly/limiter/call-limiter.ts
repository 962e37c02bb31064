import type { Logger } from '#backend/infra/logger/logger.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createCallLog, type LimitStanding, type RoundTrip, type Turn, type Waiting } from './call-log.ts'
import type { CallEnd, CallPermit, CallPriority } from './call-permit.ts'
import { createWaitingLine } from './waiting-line.ts'

export interface CallLimiterOptions {
  /** `database.roundTrip`. */
  roundTrip: RoundTrip
  /** `limitKeyOf` the address and the API key. */
  key: string
  /** Calls in any stretch of time as long as the window, of all processes together. */
  maxRequests: number
  windowMs: number
  logger: Pick<Logger, 'warn' | 'info'>
  /** Share of the day's calls that a sync leaves to people. */
  reserveShare?: number
  /** Calls of this process on their way at once; a sync leaves some of them to people. */
  maxInFlight?: number
  /** Calls of each priority that may wait in this process. */
  maxWaiting?: number
  /** Milliseconds of a pause above which nobody waits it out. */
  longestPauseMs?: number
  /** Milliseconds for which calls of a process that died go on counting. */
  leaseMs?: number
}

/** Decides when a call to Insightly may be made, for all processes that share a database. */
export interface CallLimiter {
  /**
   * Waits for its turn.
   * @throws AppError RATE_LIMITED when too many wait, the day's calls are used up or Insightly asked for a long pause; UNAVAILABLE without
   * the database or after `close`; the signal's reason when it fires
   */
  acquire(wanted: { priority: CallPriority; signal?: AbortSignal | undefined }): Promise<CallPermit>
  standing(): Promise<LimitStanding>
  /** Refuses whoever waits and waits for what is noted of calls that ended. */
  close(): Promise<void>
}

/** Calls on their way that a sync leaves to people. */
const forPeople = 2

export function createCallLimiter(options: CallLimiterOptions): CallLimiter {
  const { logger, maxInFlight = 16, maxWaiting = 1000, longestPauseMs = 30_000, leaseMs = 3000, reserveShare = 0.05 } = options
  const log = createCallLog({ ...options, process: newId(), leaseMs, reserveShare })
  const line = createWaitingLine(() => ask())
  const noting = new Set<Promise<void>>()
  let inFlight = 0
  let asking: Promise<void> | undefined
  let isClosed = false
  let isInLine = false
  let again: NodeJS.Timeout | undefined
  let renewing: NodeJS.Timeout | undefined

  /** Calls that could start now. */
  const wanted = () => {
    const persons = Math.min(line.count('person'), maxInFlight - inFlight)
    const syncs = Math.min(line.count('sync'), Math.max(0, maxInFlight - forPeople - inFlight - persons))
    return { persons, syncs }
  }

  function ask(): void {
    clearTimeout(again)
    again = undefined
    const { persons, syncs } = wanted()
    // Whoever stands in line for nothing would keep the others waiting.
    if (isClosed || asking !== undefined || (persons + syncs === 0 && !isInLine)) return
    asking = takeTurn().finally(() => {
      asking = undefined
      const now = wanted()
      if (again === undefined && (now.persons + now.syncs > 0 || isInLine)) ask()
    })
  }

  async function takeTurn(): Promise<void> {
    const waiting = wanted()
    const askedAt = performance.now()
    let turn: Turn
    try {
      turn = await log.take(waiting)
    } catch (error) {
      isInLine = false
      logger.warn({ err: error }, 'Insightly is not called while the log of its calls cannot be kept')
      refuseAll(
        new AppError('UNAVAILABLE', 'The database does not answer right now, so Insightly was not called. Try again shortly.', {
          cause: error,
          retryAfterSeconds: 5,
        }),
      )
      return
    }
    // After a stop of this process its lease may be over: then the others may have called in its place.
    const isLate = performance.now() - askedAt > leaseMs / 2
    for (const [priority, calls] of [['person', turn.personCalls] as const, ['sync', turn.syncCalls] as const])
      for (const call of calls) hand(priority, call, isLate)
    isInLine = waiting.persons > turn.personCalls.length || waiting.syncs > turn.syncCalls.length
    refuse(turn, waiting)
    const left = wanted()
    if (left.persons + left.syncs === 0) return
    const hasJoined = left.persons + turn.personCalls.length > waiting.persons || left.syncs + turn.syncCalls.length > waiting.syncs
    again = setTimeout(ask, hasJoined && turn.pausedMs === 0 ? 1 : turn.waitMs)
  }

  function hand(priority: CallPriority, call: number, isLate: boolean): void {
    inFlight += 1
    renewing ??= setInterval(renew, leaseMs / 3)
    const permit = createPermit(call)
    if (isLate || !line.serve(priority, permit)) void permit.end({ wasMade: false })
  }

  function createPermit(call: number): CallPermit {
    let ended: Promise<void> | undefined
    return {
      end(seen) {
        ended ??= finish(call, seen)
        return ended
      },
    }
  }

  function finish(call: number, seen: CallEnd): Promise<void> {
    inFlight -= 1
    if (inFlight === 0) {
      clearInterval(renewing)
      renewing = undefined
    }
    const noted: Promise<void> = log
      .end(call, seen)
      .catch((error) => logger.warn({ err: error }, 'The end of a call to Insightly could not be noted; it counts until its lease ends'))
      .finally(() => noting.delete(noted))
    noting.add(noted)
    if (again === undefined) ask()
    // Its place is free at once, not only after a window.
    else if (!seen.wasMade) void noted.then(ask)
    return noted
  }

  function renew(): void {
    const renewed: Promise<void> = log
      .renew()
      .catch((error) => logger.warn({ err: error }, 'Calls to Insightly on their way could not be kept in its log'))
      .finally(() => noting.delete(renewed))
    noting.add(renewed)
  }

  /** Who joined while it was asked is not refused for what may have changed since. */
  function refuse({ pausedMs, personOpen, syncOpen }: Turn, { persons, syncs }: Waiting): void {
    if (pausedMs > longestPauseMs) refuseAll(pauseError(pausedMs))
    if (!syncOpen && syncs > 0 && line.count('sync') > 0) {
      logger.info({ reserveShare }, 'Insightly Rate limit: the rest of the calls of the day is left to people')
      line.refuseAll('sync', dayError('is left to people', 3600))
    }
    if (!personOpen && persons > 0) line.refuseAll('person', dayError('is used up', 60))
  }

  function refuseAll(reason: AppError): void {
    line.refuseAll('person', reason)
    line.refuseAll('sync', reason)
  }

  return {
    async acquire({ priority, signal }) {
      signal?.throwIfAborted()
      if (isClosed) throw closedError()
      if (line.count(priority) >= maxWaiting)
        throw new AppError('RATE_LIMITED', `${maxWaiting} calls to Insightly are waiting already; this one was not made. Try again shortly.`, {
          retryAfterSeconds: 10,
        })
      const permit = line.join(priority, signal)
      // A new one may have its turn before those that wait here: a person's, or the first of a sync.
      if (again === undefined || line.count(priority) === 1) ask()
      return permit
    },
    standing: () => log.standing(),
    async close() {
      isClosed = true
      clearTimeout(again)
      refuseAll(closedError())
      clearInterval(renewing)
      await asking
      clearTimeout(again)
      await Promise.all(noting)
    },
  }
}

function pauseError(pausedMs: number): AppError {
  const seconds = Math.ceil(pausedMs / 1000)
  return new AppError('RATE_LIMITED', `Insightly asked not to be called for another ${seconds} seconds; the call was not made.`, { retryAfterSeconds: seconds })
}

function dayError(what: string, retryAfterSeconds: number): AppError {
  return new AppError(
    'RATE_LIMITED',
    `What Insightly's plan allows in calls a day ${what}; the call was not made. It is tried again when the next day's calls are there.`,
    {
      retryAfterSeconds,
    },
  )
}

function closedError(): AppError {
  return new AppError('UNAVAILABLE', 'The server is stopping; Insightly was not called.')
}
