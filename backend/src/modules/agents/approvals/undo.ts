import type { Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { ChangeRunner } from './change-runner.ts'
import type { ProposalRow } from './proposal-row.ts'
import { markUndone, noteError } from './proposals.repository.ts'
import { attempt } from './savepoint.ts'

/** What came of an undo. An error is thrown once what it leaves behind is stored. */
export interface Undone {
  undone: number
  error?: AppError
}

/** Takes back what was approved of these locked proposals, the last first: all of it or nothing. */
export async function undoAll(tx: Transaction, runner: ChangeRunner, rows: readonly ProposalRow[], now: Date): Promise<Undone> {
  const approved = rows.filter(({ status }) => status === 'approved').reverse()
  if (approved.length === 0) {
    if (rows.some(({ status }) => status === 'undone')) return { undone: 0 }
    return { undone: 0, error: new AppError('CONFLICT', 'Only what was carried out can be undone; this was not.') }
  }
  if (approved.some(({ undo_expired_at }) => undo_expired_at !== null))
    return {
      undone: 0,
      error: new AppError('CONFLICT', 'This was carried out too long ago: what it replaced is not kept any more. Change the records by hand.'),
    }
  let at: ProposalRow | undefined
  const tried = await attempt(
    tx,
    async () => {
      for (const row of approved) {
        at = row
        await runner.undo(tx, row.tool, row.applied, row.id, now)
        await markUndone(tx, row.id, now)
      }
    },
    () => true,
  )
  if (!('refused' in tried)) return { undone: approved.length }
  const { message, details } = tried.refused
  if (at !== undefined) await noteError(tx, at.id, message)
  const where = approved.length === 1 || at === undefined ? '' : `Step ${at.position + 1} (${at.title}): `
  return { undone: 0, error: new AppError('CONFLICT', `${where}${message}`, { cause: tried.refused, ...(details === undefined ? {} : { details }) }) }
}
