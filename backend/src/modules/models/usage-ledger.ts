import type { Database } from '#backend/infra/database/database.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { ModelCall } from '#backend/infra/models/model-call.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { InFlight } from './in-flight.ts'
import { insertCalls } from './spending.repository.ts'

export interface UsageLedgerOptions {
  database: Database
  inFlight: InFlight
  logger: Pick<Logger, 'error' | 'warn' | 'info'>
  /** Milliseconds until what was noted is stored. */
  pauseMs?: number
}

export type UsageLedger = ReturnType<typeof createUsageLedger>

interface Entry {
  call: ModelCall
  /** Its cost stands in the books. */
  stored: () => void
}

const batchSize = 500
const longestPauseMs = 10_000
const mostWaiting = 100_000

/** The books of model calls: written soon after, a batch at a time, and to the last line before the process ends. */
export function createUsageLedger({ database, inFlight, logger, pauseMs = 150 }: UsageLedgerOptions) {
  let waiting: Entry[] = []
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined
  let failures = 0

  /** False when the database is away, and they wait for it. */
  async function writeBatch(): Promise<boolean> {
    const batch = waiting.slice(0, batchSize)
    for (const [workspaceId, entries] of Map.groupBy(batch, ({ call }) => call.caller.actor.workspaceId)) {
      if (!(await inFlight.whileWriting(() => store(workspaceId, entries)))) return false
    }
    if (failures > 0) logger.info('Calls of models are stored again')
    failures = 0
    return true
  }

  async function store(workspaceId: string, entries: readonly Entry[]): Promise<boolean> {
    try {
      await insert(workspaceId, entries)
    } catch (error) {
      if (error instanceof AppError && error.code === 'UNAVAILABLE') {
        failures++
        if (failures === 1) logger.warn({ err: error }, 'Calls of models cannot be stored; they wait in memory')
        return false
      }
      await insertOneByOne(workspaceId, entries)
    }
    const done = new Set(entries)
    waiting = waiting.filter((entry) => !done.has(entry))
    for (const { stored } of entries) stored()
    return true
  }

  function insert(workspaceId: string, entries: readonly Entry[]): Promise<void> {
    const calls = entries.map(({ call }) => call)
    return database.transaction({ type: 'system', workspaceId, job: 'model usage' }, (tx) => insertCalls(tx, calls))
  }

  /** One call that the database refuses must not take the others with it. */
  async function insertOneByOne(workspaceId: string, entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) {
      await insert(workspaceId, [entry]).catch((error: unknown) => {
        const { id, agent, model, tokens, costUsd } = entry.call
        logger.error(
          { err: error, workspaceId, call: { id, agent, model, tokens, costUsd } },
          'A call of a model could not be stored; this line is all that is left of it',
        )
      })
    }
  }

  async function writeAll(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    while (waiting.length > 0 && (await writeBatch()));
  }

  function flush(): Promise<void> {
    writing ??= writeAll().finally(() => {
      writing = undefined
      if (waiting.length > 0) wake()
    })
    return writing
  }

  function wake(): void {
    if (timer !== undefined || writing !== undefined) return
    timer = setTimeout(() => void flush(), Math.min(pauseMs * 2 ** Math.min(failures, 10), longestPauseMs)).unref()
  }

  return {
    /** Adds a call to the books, in the background; until it stands there its cost counts as in flight. */
    note(call: ModelCall): void {
      if (waiting.length >= mostWaiting) {
        logger.error(
          { call: call.id, workspaceId: call.caller.actor.workspaceId, costUsd: call.costUsd },
          'A call of a model is left out of the books, which cannot be written',
        )
        return
      }
      waiting.push({ call, stored: inFlight.add('noted', call.caller.actor, call.costUsd ?? '0') })
      wake()
    },
    /** Resolves when everything noted before is stored, or the database does not take it. */
    async flush(): Promise<void> {
      await writing
      if (waiting.length > 0) await flush()
    },
    async close(): Promise<void> {
      await this.flush()
      clearTimeout(timer)
      if (waiting.length > 0) logger.error({ calls: waiting.length }, 'Calls of models could not be stored before the end')
    },
  }
}
