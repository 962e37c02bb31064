import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { toInstant } from '../client/dates.ts'
import { InsightlyError } from '../client/insightly-error.ts'
import type { DeletableObject } from '../client/objects.ts'
import type { InsightlyRow } from '../client/records.ts'
import { type MirroredEntity, objectOf } from '../mapping/index.ts'
import { deliverCreate } from './deliver-create.ts'
import { deliverUpdate } from './deliver-update.ts'
import { differsFromHere } from './differs-from-here.ts'
import { findInsightlyId, forgetInsightlyId, lookAgain, readRemoteTime } from './known-records.ts'
import { dropEarlier, markSending, markStep, readOpenCreates } from './outbox.repository.ts'
import { findWaits } from './outgoing.ts'
import { referAgain } from './refer-again.ts'
import type { Outcome, RowContext } from './row-context.ts'
import { addLinkOnce, canHoldLinks, type Linked, removeLinks } from './send-links.ts'
import { type LinkEnd, linkNameOf } from './sent-record.ts'

/** Deletes a record there. Which record it was stays known, so that a page of before does not bring it back. */
export async function deliverDelete(context: RowContext, entity: MirroredEntity): Promise<Outcome> {
  const { client, call, row, transact } = context
  const begun = await transact(async (tx): Promise<number | Outcome> => {
    const insightlyId = await findInsightlyId(tx, entity, row.recordId)
    if (await isHere(tx, entity, row.recordId)) return { kind: 'done', note: 'It was restored here before it was deleted there.' }
    await dropEarlier(tx, row)
    if (insightlyId === undefined) return { kind: 'done' }
    return (await markSending(tx, row.id)) ? insightlyId : { kind: 'gone' }
  })
  if (typeof begun !== 'number') return begun
  if (row.stepsDone === 0 && (await wasChangedThere(context, entity, begun))) {
    // Whoever sends it again has read this.
    await transact((tx) => markStep(tx, row.id, 1))
    throw new AppError(
      'CONFLICT',
      `${entities[entity].label} deleted here, and changed in Insightly since it was last copied. Send this again to delete it there as well; or drop this and restore it here, and it comes back with what was changed there.`,
    )
  }
  await client.delete(objectOf(entity) as DeletableObject, begun, call).catch((error: unknown) => {
    if (!(error instanceof InsightlyError && error.problem === 'missing')) throw error
  })
  return { kind: 'done' }
}

async function wasChangedThere({ client, call, row, transact }: RowContext, entity: MirroredEntity, insightlyId: number): Promise<boolean> {
  const copiedAt = await transact((tx) => readRemoteTime(tx, entity, row.recordId))
  if (copiedAt === null) return false
  const remote: InsightlyRow | undefined = await client.find(objectOf(entity), insightlyId, { ...call, priority: 'person' })
  const changedAt = toInstant(remote?.DATE_UPDATED_UTC as string | null | undefined)
  if (remote === undefined || changedAt === null || changedAt <= copiedAt) return false
  // What was sent from here changes that time as well.
  return transact((tx) => differsFromHere(tx, entity, row.recordId, remote))
}

async function isHere(tx: Transaction, entity: EntityName, recordId: string): Promise<boolean> {
  const rows = await tx.query(
    sql`select from ${sql.identifier(entities[entity].table)} where workspace_id = ${tx.workspaceId} and id = ${recordId} and deleted_at is null`,
  )
  return rows.length > 0
}

/** A record that is back here: there it still is, or it is made again. */
export async function deliverRestore(context: RowContext, entity: MirroredEntity): Promise<Outcome> {
  const { client, call, row, transact } = context
  // From its create on it is one.
  if (row.sent !== null || row.stepsDone > 0) return makeAgain(context, entity)
  const insightlyId = await transact((tx) => findInsightlyId(tx, entity, row.recordId))
  if (insightlyId !== undefined && (await client.find(objectOf(entity), insightlyId, { ...call, priority: 'person' })) !== undefined) {
    await transact((tx) => lookAgain(tx, entity, row.recordId))
    return row.after === null ? { kind: 'done' } : deliverUpdate(context, entity)
  }
  if (entity === 'emails') return { kind: 'dropped', note: 'Insightly takes no e-mails from here, so this one stays here.' }
  await transact((tx) => forgetInsightlyId(tx, entity, row.recordId))
  return makeAgain(context, entity)
}

async function makeAgain(context: RowContext, entity: MirroredEntity): Promise<Outcome> {
  const outcome = await deliverCreate(context, entity)
  if (outcome.kind === 'done') await context.transact((tx) => referAgain(tx, entity, context.row.recordId))
  return outcome
}

interface LinkedPair {
  owner: Linked
  ownerId: number
  end: LinkEnd
  role: string | null
}

/** Adds or removes a link there, from the side that can hold it. */
export async function deliverLink(context: RowContext): Promise<Outcome> {
  const { row, transact } = context
  const begun = await transact(async (tx): Promise<LinkedPair | Outcome> => {
    const from = { entity: row.entity, recordId: row.recordId }
    const to = { entity: row.after?.entity as EntityName, recordId: String(row.after?.id) }
    const sides = [[from, to] as const, [to, from] as const].find(([owner, end]) => canHoldLinks(owner.entity) && linkNameOf(end.entity) !== undefined)
    if (sides === undefined) return { kind: 'dropped', note: 'Insightly has no links between records of these kinds, so this one stays here.' }
    const [owner, end] = sides
    // Before they are looked up: one that arrives between the two is found.
    const open = await readOpenCreates(tx, [owner.recordId, end.recordId])
    const [ownerId, endId] = [await findInsightlyId(tx, owner.entity, owner.recordId), await findInsightlyId(tx, end.entity, end.recordId)]
    if (ownerId === undefined || endId === undefined) {
      const missing = [ownerId === undefined ? owner : undefined, endId === undefined ? end : undefined].filter((side) => side !== undefined)
      return findWaits(open, missing) ?? { kind: 'dropped', note: 'One of the two records is not in Insightly, so the link stays here.' }
    }
    if (!(await markSending(tx, row.id))) return { kind: 'gone' }
    const role = typeof row.after?.role === 'string' ? row.after.role : null
    return { owner: owner.entity as Linked, ownerId, end: { entity: end.entity, insightlyId: endId }, role }
  })
  if ('kind' in begun) return begun
  if (row.operation === 'link') await addLinkOnce(context, begun.owner, begun.ownerId, begun.end, begun.role)
  else await removeLinks(context, begun.owner, begun.ownerId, begun.end)
  return { kind: 'done' }
}
