import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, sql } from '#backend/infra/database/database.ts'
import type { AuditOutput } from '#backend/infra/logger/audit-output.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import { type Actor, requireScope } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { AuditEntryView, AuditVerification } from '#contracts/security.ts'
import { chainPending, checkChain, type EntryFilter, hashAt, insertPending, listEntries, outsideWorkspaces, retireBefore } from './audit.repository.ts'
import { createAuditLog } from './audit-log.ts'
import { createAuditQueue } from './audit-queue.ts'
import type { AuditTrail } from './audit-trail.ts'
import { type ChainFileCheck, checkChainFile } from './chain-file.ts'
import { toPendingEntry } from './pending-entry.ts'
import type { Secrecy } from './sanitise-query.ts'

export interface AuditDependencies {
  database: Database
  clock: Clock
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
  secrecy: Secrecy
  /** Where the lines go once `start` was called; without it they stay in the database alone. */
  output?: AuditOutput | undefined
  /** How long entries are kept, and the workspace in whose trail their removal stands. */
  retention?: { days: number; workspaceId: string }
  /** Is told when a verification finds the first entry that does not fit. */
  onBroken?: (sequence: number) => void
}

export interface AuditRequest extends EntryFilter {
  limit: number
  cursor?: string | undefined
}

export interface Audit extends AuditTrail {
  /** The workspace's entries, newest first. */
  list(actor: Actor, request: AuditRequest): Promise<{ items: AuditEntryView[]; nextCursor: string | null; total: number | null }>
  /** Proves the chain of the database. */
  verify(actor: Actor): Promise<AuditVerification>
  /** Proves a file of audit lines. */
  verifyFile(actor: Actor, path: string): Promise<ChainFileCheck>
  /** Removes the entries before an instant from the beginning of the chain, and leaves what proves the rest. */
  retire(before: Date): Promise<{ removed: number }>
  /** Resolves when everything noted so far stands in the chain, and in the output when it was started. */
  flush(): Promise<void>
  /** Begins to chain and to write lines at once; without it, entries wait for `flush`, `close`, or a process that has. */
  start(): void
  /** Keeps what was noted; nothing may be noted after it. */
  close(): Promise<void>
}

const mostWaiting = 20_000
/** Noted entries are in the database this soon. */
const batchMs = 150
/** While there is much to do they are chained and written to the log this often: many at a time cost as much as one. */
const chainMs = 500
/** Entries of other processes, such as commands, are looked for this often. */
const idleMs = 2000
const chainedAtOnce = 1000
const dayMs = 24 * 60 * 60 * 1000
const verifyTimeoutMs = 10 * 60 * 1000

type Step = () => Promise<void>

/** The audit trail: one chain of entries in the database and, line by line, in the audit log. */
export function createAudit({ database, clock, logger, secrecy, output, retention, onBroken }: AuditDependencies): Audit {
  const queue = createAuditQueue(mostWaiting)
  const log = output === undefined ? undefined : createAuditLog(database, output, logger)
  const stopping = new AbortController()
  let isStarted = false
  let isFailing = false
  let working: Promise<void> = Promise.resolve()
  let isDue = false
  const planned = new Map<Step, NodeJS.Timeout>()
  let chainedAt = Number.NEGATIVE_INFINITY

  function becomeDue(): void {
    isDue = true
    plan(store, batchMs)
  }

  /** Takes a step after a while, unless it is planned already. */
  function plan(step: Step, ms: number): void {
    if (!isStarted || planned.has(step) || stopping.signal.aborted) return
    const timer = setTimeout(() => {
      planned.delete(step)
      void attempt(step)
    }, ms)
    planned.set(step, timer.unref())
  }

  /** One after the other, so that entries keep their order. */
  function take(step: Step): Promise<void> {
    working = working.then(step, step)
    return working
  }

  const bringUpToDate = () => take(work)

  async function work(): Promise<void> {
    isDue = false
    await storeNoted()
    await chain()
  }

  async function store(): Promise<void> {
    await storeNoted()
    const restMs = chainedAt + chainMs - performance.now()
    if (restMs <= 0) await chain()
    else plan(chain, restMs)
  }

  async function chain(): Promise<void> {
    chainedAt = performance.now()
    for (let range: { first: number; last: number } | undefined; ; ) {
      range = await outsideWorkspaces(database, (query) => chainPending(query, chainedAtOnce))
      if (isStarted) await log?.bringUpToDate(range)
      if (range === undefined || range.last - range.first + 1 < chainedAtOnce) return
    }
  }

  async function storeNoted(): Promise<void> {
    for (const [workspaceId, count] of queue.takeRefused()) {
      logger.error({ workspaceId, count }, 'Audit entries were lost: the database could not take them')
      queue.putBack([
        toPendingEntry(
          { type: 'system', workspaceId, job: 'audit' },
          { event: 'AUDIT_GAP', operation: 'audit.note', outcome: 'error', query: { lost: count } },
          clock.now(),
          secrecy,
        ),
      ])
    }
    const waiting = [...queue.take()]
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [workspaceId, entries] = next
      try {
        await database.transaction({ type: 'system', workspaceId, job: 'audit' }, (tx) => insertPending(tx, entries))
      } catch (error) {
        queue.putBack([next, ...waiting].flatMap(([, unstored]) => unstored))
        throw error
      }
    }
  }

  /** In the background nobody waits for it, so trouble is logged once and tried again. */
  async function attempt(step: Step): Promise<void> {
    try {
      await take(step)
      if (isFailing) logger.info('The audit trail is written again')
      isFailing = false
    } catch (error) {
      if (!isFailing) logger.error({ err: error }, 'The audit trail cannot be written right now; its entries wait')
      isFailing = true
      isDue = true
    }
  }

  async function every(ms: number, task: () => Promise<void>): Promise<void> {
    while (!stopping.signal.aborted) {
      await task()
      // Ending early is what the signal is for.
      await sleep(ms, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined)
    }
  }

  async function retire(before: Date): Promise<{ removed: number }> {
    const now = clock.now()
    const job = 'audit retention'
    const retired = await outsideWorkspaces(database, async (query) => {
      const found = await retireBefore(query, before, now, job)
      if (found === undefined || retention === undefined) return found
      const entry = { event: 'AUDIT_RETENTION', operation: 'audit.retire', outcome: 'ok', query: { before: before.toISOString(), ...found } } as const
      const { workspaceId } = retention
      await query(sql`select set_config('app.workspace', ${workspaceId}, true)`)
      await insertPending({ query, workspaceId }, [toPendingEntry({ type: 'system', workspaceId, job }, entry, now, secrecy)])
      return found
    })
    if (retired === undefined) return { removed: 0 }
    logger.info({ ...retired, before: before.toISOString() }, 'Old audit entries were removed')
    await bringUpToDate()
    return { removed: retired.removed }
  }

  return {
    async append(tx, entry) {
      await insertPending(tx, [toPendingEntry(tx.actor, entry, clock.now(), secrecy)])
      becomeDue()
    },

    note(actor, entry) {
      queue.add(toPendingEntry(actor, entry, clock.now(), secrecy))
      becomeDue()
    },

    async list(actor, { limit, cursor, ...filter }) {
      requireScope(actor, 'workspace:admin')
      const before = cursor === undefined ? undefined : toSequence(cursor)
      await bringUpToDate()
      const { entries, total } = await database.transaction(actor, (tx) => listEntries(tx, filter, { before, limit: limit + 1 }), { readOnly: true })
      const items = entries.slice(0, limit)
      return { items, nextCursor: entries.length > limit ? String(items.at(-1)?.sequence ?? '') : null, total }
    },

    async verify(actor) {
      requireScope(actor, 'workspace:admin')
      await bringUpToDate()
      const found = await database.transaction(actor, (tx) => checkChain(tx.query), { readOnly: true, statementTimeoutMs: verifyTimeoutMs })
      if (found.broken !== null) onBroken?.(found.broken)
      return {
        valid: found.broken === null,
        entries: found.entries,
        retired: found.retired,
        head: found.headSequence === 0 ? null : found.head,
        firstBroken: found.broken === null ? null : { sequence: found.broken, reason: reasons[found.reason ?? ''] ?? 'The chain is broken here.' },
        verifiedAt: clock.now().toISOString(),
      }
    },

    async verifyFile(actor, path) {
      requireScope(actor, 'workspace:admin')
      await bringUpToDate()
      return checkChainFile(path, (sequence) => database.transaction(actor, (tx) => hashAt(tx.query, sequence), { readOnly: true })).catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT' && error.code !== 'EACCES' && error.code !== 'EISDIR') throw error
          throw new AppError('NOT_FOUND', `The audit log file ${path} cannot be read (${error.code}).`, { cause: error })
        },
      )
    },

    retire,
    flush: bringUpToDate,

    start() {
      if (isStarted) return
      isStarted = true
      void every(idleMs, () => attempt(work))
      if (retention === undefined) return
      const { days } = retention
      void every(dayMs, () =>
        retire(new Date(clock.now().getTime() - days * dayMs)).then(
          () => undefined,
          (error: unknown) => logger.error({ err: error }, 'Old audit entries could not be removed; it is tried again tomorrow'),
        ),
      )
    },

    async close() {
      stopping.abort()
      for (const timer of planned.values()) clearTimeout(timer)
      if (isStarted || isDue || queue.length > 0) await bringUpToDate()
    },
  }
}

const reasons: Record<string, string> = {
  missing: 'The entry is missing.',
  text: 'Its text was altered.',
  link: 'It does not continue the entry before it: one of the two was altered, or their order was changed.',
  columns: 'What it is listed under is not what its text says.',
  end: 'The entries from here to the end are missing.',
  head: 'It is not the entry that the chain ended with.',
}

function toSequence(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  throw new AppError('VALIDATION', 'The cursor is not one this list gave.', { details: [{ field: 'cursor', message: 'is unknown' }] })
}
