import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { ConflictDecision, OutboxItem, OutboxPage, OutboxQuery, SyncConflict, SyncConflictsQuery } from '#contracts/outbox.ts'
import { toFields } from './compare-values.ts'
import { keepFields } from './kept-fields.ts'
import { findOutboxItem, readConflictsPage, readOutboxPage } from './outbox-list.ts'
import type { ColumnValues } from './outbox-row.ts'
import { resolveConflict } from './resolve-conflict.ts'

export interface OutboxServiceOptions {
  operations: Operations
  clock: Clock
  /** Something can be sent now. */
  wake?: () => void
}

const admin = { scope: 'workspace:admin' } as const
const staysHere = 'Somebody chose not to send it; it stays here as it is.'

export type OutboxService = ReturnType<typeof createOutboxService>

/** What an administrator sees and decides of the changes on their way to Insightly. */
export function createOutboxService({ operations, clock, wake }: OutboxServiceOptions) {
  return {
    async list(actor: Actor, query: OutboxQuery): Promise<OutboxPage> {
      return operations.run(actor, { ...admin, name: 'outbox.list', query: { ...query }, readOnly: true }, (tx) => readOutboxPage(tx, query))
    },

    /** Sends a change again that Insightly refused, or now one that waits. With `restore` a record that was deleted there is made again. */
    async retry(actor: Actor, id: string, { restore = false }: { restore?: boolean | undefined } = {}): Promise<OutboxItem> {
      const item = await operations.run(actor, { ...admin, name: 'outbox.retry', query: { id, restore } }, async (tx) => {
        const { status, canRestore } = await lockItem(tx, id)
        if (status !== 'failed' && status !== 'pending') throw new AppError('CONFLICT', `This change ${wordsOf(status)}, so there is nothing to send again.`)
        if (restore && !canRestore) throw new AppError('CONFLICT', 'Only a record that was deleted in Insightly can be restored there.')
        await tx.query(sql`
          update insightly_outbox set status = 'pending', not_before = null, error = null ${restore ? sql`, operation = 'restore', steps_done = 0` : sql``}
          where workspace_id = ${tx.workspaceId} and id = ${Number(id)}`)
        return getItem(tx, id)
      })
      wake?.()
      return item
    },

    /** Does not send a change: it stays here, and what was made after it goes on. */
    async drop(actor: Actor, id: string): Promise<OutboxItem> {
      const item = await operations.run(actor, { ...admin, name: 'outbox.drop', query: { id } }, async (tx) => {
        const { status } = await lockItem(tx, id)
        if (status !== 'failed' && status !== 'pending') throw new AppError('CONFLICT', `This change ${wordsOf(status)}, so it cannot be dropped.`)
        await tx.query(sql`
          update insightly_outbox set status = 'dropped', error = ${staysHere}, not_before = null, ended_at = clock_timestamp()
          where workspace_id = ${tx.workspaceId} and id = ${Number(id)}`)
        const [dropped] = await tx.query<{ entity: EntityName; recordId: string; after: ColumnValues | null }>(
          sql`select entity, record_id as "recordId", after from insightly_outbox where workspace_id = ${tx.workspaceId} and id = ${Number(id)}`,
        )
        if (dropped !== undefined) await keepFields(tx, dropped.entity, dropped.recordId, [...toFields(dropped.after).keys()])
        return getItem(tx, id)
      })
      wake?.()
      return item
    },

    async listConflicts(actor: Actor, query: SyncConflictsQuery) {
      return operations.run(actor, { ...admin, name: 'conflicts.list', query: { ...query }, readOnly: true }, (tx) => readConflictsPage(tx, query))
    },

    /** Says which side stays; the other one is kept in the conflict. */
    async resolveConflict(actor: Actor, id: string, decision: ConflictDecision): Promise<SyncConflict> {
      const conflict = await operations.run(actor, { ...admin, name: 'conflicts.resolve', query: { id, ...decision } }, (tx) =>
        resolveConflict(tx, id, decision, clock.now()),
      )
      wake?.()
      return conflict
    },
  }
}

async function lockItem(tx: Transaction, id: string): Promise<OutboxItem> {
  if (/^\d{1,15}$/.test(id)) await tx.query(sql`select from insightly_outbox where workspace_id = ${tx.workspaceId} and id = ${Number(id)} for update`)
  return getItem(tx, id)
}

async function getItem(tx: Transaction, id: string): Promise<OutboxItem> {
  const item = await findOutboxItem(tx, id)
  if (item === undefined) throw notFound('This change')
  return item
}

function wordsOf(status: OutboxItem['status']): string {
  if (status === 'sending') return 'is being sent right now'
  return status === 'done' ? 'is in Insightly already' : 'was dropped'
}
