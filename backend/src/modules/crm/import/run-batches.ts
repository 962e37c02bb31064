import { setTimeout as sleep } from 'node:timers/promises'
import type { Transaction } from '#backend/infra/database/database.ts'
import type { WordKeeper } from '../records/search-words.ts'
import type { BatchImporter, BatchOutcome, ImportContext } from './batch.ts'
import type { RawRow } from './row-converter.ts'

export type Transact = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>

export interface BatchRun {
  transact: Transact
  importer: BatchImporter
  context: ImportContext
  /** Of the words of each try; without it they are written with the records. */
  keepWords?: (() => WordKeeper) | undefined
  /** Called inside the batch's transaction: what it writes lands, or not, with the batch. */
  onOutcome(tx: Transaction, outcome: BatchOutcome): Promise<void>
  /** Called when the batch is in. */
  onLanded(outcome: BatchOutcome): void
}

const maxAttempts = 5

/**
 * Writes one batch in one transaction. Another writer in the way (deadlock, the same record at the same time) is waited for; a value
 * the database refuses is tracked down by halving the batch, so that one row never takes the others with it.
 */
export async function landBatch(run: BatchRun, rows: readonly RawRow[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const outcome = await run.transact(async (tx) => {
        const keeper = run.keepWords?.()
        const result = await run.importer(tx, rows, { ...run.context, keeper })
        await run.onOutcome(tx, result)
        await keeper?.written()
        return result
      })
      run.onLanded(outcome)
      return
    } catch (error) {
      const code = sqlState(error)
      if (code !== undefined && transient.has(code) && attempt < maxAttempts) await sleep(attempt * 40)
      else if (code === undefined || !/^2[23]/.test(code)) throw error
      else return refuse(run, rows, error, code)
    }
  }
}

/** Deadlock, serialisation failure, and the same key written by somebody else at the same moment. */
const transient = new Set(['40P01', '40001', '23505', '55P03'])

function sqlState(error: unknown): string | undefined {
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code
  return cause === undefined || cause === null ? undefined : sqlState(cause)
}

async function refuse(run: BatchRun, rows: readonly RawRow[], error: unknown, code: string): Promise<void> {
  const groups = unitsOf(run.context.entity === 'orders', rows)
  if (groups.length > 1) {
    const middle = groups.length >> 1
    await landBatch(run, groups.slice(0, middle).flat())
    await landBatch(run, groups.slice(middle).flat())
    return
  }
  const message =
    code === '23505'
      ? 'Another record already has one of this row’s unique values (external id, SKU or order number).'
      : `The database refused this row: ${(error as Error).message}.`
  const outcome: BatchOutcome = { created: 0, updated: 0, skipped: 0, failed: rows.length, errors: rows.map(({ row }) => ({ row, field: '', message })) }
  await run.transact((tx) => run.onOutcome(tx, outcome))
  run.onLanded(outcome)
}

/** What may not be separated: single rows, or all rows of one order. */
function unitsOf(byOrder: boolean, rows: readonly RawRow[]): RawRow[][] {
  if (!byOrder) return rows.map((row) => [row])
  const orders = new Map<string, RawRow[]>()
  for (const row of rows) orders.set(row.raw.order_id ?? '', [...(orders.get(row.raw.order_id ?? '') ?? []), row])
  return [...orders.values()]
}
