import type { Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { AppliedChange } from '#backend/modules/crm/index.ts'
import type { Decision } from '#contracts/approvals.ts'
import type { ChangeRunner } from './change-runner.ts'
import { isExpired, type ProposalRow } from './proposal-row.ts'
import { batchIds, expireProposals, markApproved, markRejected, noteError, refreshPreview } from './proposals.repository.ts'
import { attempt } from './savepoint.ts'
import { isAsShown, type Outcome, withShown } from './shown-state.ts'

export type DecisionOutcome = 'approved' | 'rejected' | 'failed' | 'expired' | 'stale' | 'unchanged'

/** What was decided. An error is thrown once what it leaves behind is stored. */
export interface Decided {
  outcome: DecisionOutcome
  error?: AppError
}

const opposite = { approved: 'was approved', rejected: 'was rejected', undone: 'was approved and undone', expired: 'has expired' } as const

/** Decides on a locked proposal. */
export async function decideOn(tx: Transaction, runner: ChangeRunner, row: ProposalRow, decision: Decision, now: Date): Promise<Decided> {
  if (isExpired(row, now)) {
    await expireProposals(tx, now)
    return { outcome: 'expired', error: new AppError('CONFLICT', 'Nobody decided on this in time, so it has expired; ask for it again.') }
  }
  const wanted = decision.decision === 'approve' ? 'approved' : 'rejected'
  if (row.status === wanted) return { outcome: 'unchanged' }
  if (row.status !== 'pending' && row.status !== 'failed')
    return { outcome: 'unchanged', error: new AppError('CONFLICT', `This ${opposite[row.status]}; nothing was changed.`) }
  if (decision.decision === 'reject') {
    await markRejected(tx, [row.id], decision.note, now)
    return { outcome: 'rejected' }
  }
  return approve(tx, runner, row, decision, now)
}

async function approve(tx: Transaction, runner: ChangeRunner, row: ProposalRow, { input: edit, note }: Decision, now: Date): Promise<Decided> {
  const input = edit === undefined ? row.input : runner.parse(row.tool, edit)
  const edited = edit !== undefined
  if (runner.find(row.tool) === undefined)
    return { outcome: 'failed', error: new AppError('CONFLICT', `This version does not know ${row.tool} any more; reject the proposal.`) }
  const tried = await attempt(
    tx,
    () => applyShown(tx, runner, row, input, now),
    (applied) => isAsShown(row.applied, applied),
  )
  if ('refused' in tried) {
    // What was edited can be edited again; nothing of it is kept.
    if (edited) throw tried.refused
    await noteError(tx, row.id, tried.refused.message, 'failed')
    return { outcome: 'failed', error: couldNot(tried.refused) }
  }
  const applied = tried.done
  if (edited && aboutAnother(row, applied))
    throw new AppError('VALIDATION', 'An edit may change what happens to a record, not which record; reject this one and ask for the other.')
  if (!isAsShown(row.applied, applied)) {
    if (edited) return await showAsItIs(tx, runner, row, now)
    await refreshPreview(tx, row.id, input, applied)
    return { outcome: 'stale', error: stale() }
  }
  await markApproved(tx, row.id, { applied, input, edited: edited || row.edited, note, now })
  return { outcome: 'approved' }
}

/** What was proposed, shown on the record as it is now; the edit is not kept. */
async function showAsItIs(tx: Transaction, runner: ChangeRunner, row: ProposalRow, now: Date): Promise<Decided> {
  const tried = await attempt(
    tx,
    () => applyShown(tx, runner, row, row.input, now),
    () => false,
  )
  if ('done' in tried) await refreshPreview(tx, row.id, row.input, tried.done)
  return { outcome: 'stale', error: stale() }
}

/** Decides on all that is pending of a locked batch: all of it or nothing. */
export async function decideOnBatch(
  tx: Transaction,
  runner: ChangeRunner,
  rows: readonly ProposalRow[],
  decision: Omit<Decision, 'input'>,
  now: Date,
): Promise<Decided> {
  if (rows.some((row) => isExpired(row, now))) {
    await expireProposals(tx, now)
    return { outcome: 'expired', error: new AppError('CONFLICT', 'Nobody decided on these in time, so they have expired; ask for them again.') }
  }
  const open = rows.filter(({ status }) => status === 'pending' || status === 'failed')
  const wanted = decision.decision === 'approve' ? 'approved' : 'rejected'
  if (open.length === 0) {
    if (rows.some(({ status }) => status === wanted)) return { outcome: 'unchanged' }
    return { outcome: 'unchanged', error: new AppError('CONFLICT', 'All of these were decided otherwise; nothing was changed.') }
  }
  if (decision.decision === 'approve') return approveAll(tx, runner, open, decision.note, now)
  await markRejected(
    tx,
    open.map(({ id }) => id),
    decision.note,
    now,
  )
  return { outcome: 'rejected' }
}

async function approveAll(tx: Transaction, runner: ChangeRunner, rows: readonly ProposalRow[], note: string | undefined, now: Date): Promise<Decided> {
  let at: ProposalRow | undefined
  const tried = await attempt(
    tx,
    async () => {
      const all: { row: ProposalRow; applied: Outcome }[] = []
      for (const row of rows) {
        at = row
        all.push({ row, applied: await applyShown(tx, runner, row, row.input, now) })
      }
      return all
    },
    (all) => all.every(({ row, applied }) => isAsShown(row.applied, applied)),
  )
  if ('refused' in tried) {
    const { position = 0, title = '', id = '' } = at ?? {}
    await noteError(tx, id, tried.refused.message)
    const error = new AppError(
      'CONFLICT',
      `Step ${position + 1} (${title}) could not be carried out: ${tried.refused.message} Nothing of the batch was changed.`,
      {
        cause: tried.refused,
        ...(tried.refused.details === undefined ? {} : { details: tried.refused.details }),
      },
    )
    return { outcome: 'failed', error }
  }
  const changed = tried.done.filter(({ row, applied }) => !isAsShown(row.applied, applied))
  if (changed.length > 0) {
    for (const { row, applied } of changed) await refreshPreview(tx, row.id, row.input, applied)
    return { outcome: 'stale', error: stale() }
  }
  for (const { row, applied } of tried.done) await markApproved(tx, row.id, { applied, input: row.input, edited: row.edited, note, now })
  return { outcome: 'approved' }
}

async function applyShown(tx: Transaction, runner: ChangeRunner, row: ProposalRow, input: Record<string, unknown>, now: Date): Promise<Outcome> {
  const applied = await runner.apply(tx, row.tool, input, row.id, now)
  return withShown(tx, applied, await batchIds(tx, row.batch_id), now)
}

function aboutAnother(row: ProposalRow, { records: [main] }: AppliedChange): boolean {
  return main === undefined || main.entity !== row.entity || (row.record_id !== null && main.id !== row.record_id)
}

function stale(): AppError {
  return new AppError('CONFLICT', 'The record has changed since this was proposed; it now shows the record as it is. Look at it again and decide.')
}

function couldNot({ message, details, code }: AppError): AppError {
  return new AppError(code === 'NOT_FOUND' ? 'CONFLICT' : code, `It could not be carried out: ${message}`, details === undefined ? {} : { details })
}
