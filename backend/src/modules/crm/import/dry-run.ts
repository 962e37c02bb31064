import type { Database, Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { ImportResult } from '#contracts/import.ts'
import type { ImportOptions } from './import-options.ts'
import { toResult } from './import-result.ts'
import type { ImportPlan } from './plan-import.ts'
import type { Transact } from './run-batches.ts'
import { runRows } from './run-rows.ts'
import type { SpooledFile } from './spool.ts'
import { noCounts, type Tally } from './tally.ts'

const statementTimeoutMs = 120_000

class DryRunEnd extends Error {}

/** Does everything an import would do, and keeps nothing. */
export async function runDry(
  database: Database,
  actor: Actor,
  file: SpooledFile,
  plan: ImportPlan,
  options: ImportOptions,
  { folder, now }: { folder: string; now: Date },
): Promise<ImportResult> {
  let tally: Tally | undefined
  const work = async (tx: Transaction) => {
    const run = { file, plan, options, folder, importId: undefined, before: noCounts, startedAt: now, checkpoint: () => undefined }
    tally = (await runRows({ ...run, transact: inSavepoints(tx) })).tally
    throw new DryRunEnd()
  }
  await database.transaction(actor, work, { statementTimeoutMs }).catch((error) => {
    if (!(error instanceof DryRunEnd)) throw error
  })
  return toResult(null, plan, (tally as Tally).progress(), 'done')
}

/** Batches that share one transaction, so that later rows see what earlier ones did, and all of them stay or none. */
export function inSavepoints(tx: Transaction): Transact {
  return async (work) => {
    await tx.client.query('savepoint batch')
    try {
      const result = await work(tx)
      await tx.client.query('release savepoint batch')
      return result
    } catch (error) {
      await tx.client.query('rollback to savepoint batch')
      throw error
    }
  }
}
