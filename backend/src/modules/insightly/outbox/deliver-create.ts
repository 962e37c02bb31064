import type { Transaction } from '#backend/infra/database/database.ts'
import { sql } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { deleteRecords, updateRecords } from '#backend/modules/crm/index.ts'
import { isUncertain } from '../client/insightly-error.ts'
import type { CreatableObject } from '../client/objects.ts'
import type { InsightlyRow } from '../client/records.ts'
import { idOf, type MirroredEntity, type OutgoingWrite, objectOf } from '../mapping/index.ts'
import { deliveryStep } from './delivery-steps.ts'
import { fieldsThatStay, keepFields } from './kept-fields.ts'
import { claimInsightlyId, findInsightlyId, findOwner, forgetInsightlyId } from './known-records.ts'
import { findSent } from './look-there.ts'
import { markSending, markSent, markStep, markUnsent } from './outbox.repository.ts'
import { keptNote, prepareWrite } from './outgoing.ts'
import { readValues } from './record-values.ts'
import type { Outcome, RowContext } from './row-context.ts'
import { sendSteps } from './send-steps.ts'
import type { SentRecord } from './sent-record.ts'
import { takeOver } from './take-over.ts'

const deletedHere = 'It was deleted here before it was sent.'
const nothingToUnlink = { contact: null, related: null }

interface Plan {
  kind: 'plan'
  write: OutgoingWrite
  body: SentRecord
  /** It is there already: made before a crash, or recognised by the mirror. */
  insightlyId: number | undefined
  /** Fields that have no place there. */
  staying: string[]
}

/** Makes a record there, once: after an uncertain end it is looked for before it is made again. */
export async function deliverCreate(context: RowContext, entity: MirroredEntity): Promise<Outcome> {
  const plan = await context.transact((tx) => planCreate(tx, context, entity))
  if (plan.kind !== 'plan') return plan
  const { write, body } = plan
  const insightlyId = plan.insightlyId ?? (await findOrMake(context, entity, body))
  if (insightlyId === 'unwanted') return { kind: 'done', note: deletedHere }
  // What was answered belongs to another record by now: it is looked for again.
  if (insightlyId === undefined) return { kind: 'waits', keys: [] }
  const isJustMade = plan.insightlyId === undefined && context.row.sent === null
  const remote = isJustMade ? undefined : await context.client.get(objectOf(entity), insightlyId, { ...context.call, priority: 'person' })
  await sendSteps(context, write, { entity, insightlyId, remote, isNew: true, formerLinks: nothingToUnlink })
  await context.transact((tx) => keepFields(tx, entity, context.row.recordId, plan.staying))
  return { kind: 'done', note: keptNote(entity, write) }
}

async function planCreate(tx: Transaction, context: RowContext, entity: MirroredEntity): Promise<Plan | Outcome> {
  const { row, ownUserId, settleMs } = context
  const insightlyId = await findInsightlyId(tx, entity, row.recordId)
  const values = await readValues(tx, entity, row.recordId)
  // Deleted here before it was there. When nobody knows whether it is, the deletion that comes next needs its id.
  if (values === undefined && (row.sent === null || insightlyId !== undefined)) return { kind: 'done', note: deletedHere }
  if (values === undefined) return planLook(tx, context)
  const write = await prepareWrite(tx, entity, values, { isNew: true, ownUserId })
  if ('kind' in write) return write
  const fields = write.customFields.length === 0 ? write.fields : { ...write.fields, CUSTOMFIELDS: write.customFields }
  const body: SentRecord = { fields, parent: entity === 'notes' ? (write.related ?? null) : null }
  if (entity === 'notes' && body.parent === null && insightlyId === undefined)
    throw new AppError(
      'VALIDATION',
      'In Insightly a note belongs to a contact, an organisation, a lead or an opportunity. Say what this note is about and send it again, or drop it: then it stays here only.',
    )
  if (insightlyId === undefined && !claimBodies(context, entity, body)) return { kind: 'waits', keys: [bodyKey(entity, body)] }
  if (!(await markSending(tx, row.id))) return { kind: 'gone' }
  if (insightlyId === undefined && row.sent === null) await markSent(tx, row.id, body, settleMs)
  if (insightlyId !== undefined) await markStep(tx, row.id, deliveryStep.record)
  return { kind: 'plan', write, body, insightlyId, staying: fieldsThatStay(write, values) }
}

/** Only to find out whether it was made. */
async function planLook(tx: Transaction, { row }: RowContext): Promise<Plan | Outcome> {
  if (!(await markSending(tx, row.id))) return { kind: 'gone' }
  return {
    kind: 'plan',
    write: { fields: {}, customFields: [], keptHere: [], waitsFor: [] },
    body: row.sent as unknown as SentRecord,
    insightlyId: undefined,
    staying: [],
  }
}

/** Two creates that look the same must not be under way at once: nobody could tell which of them a row there is. */
function claimBodies(context: RowContext, entity: MirroredEntity, body: SentRecord): boolean {
  const before = context.row.sent as unknown as SentRecord | null
  if (before !== null && !context.claim(bodyKey(entity, before))) return false
  return context.claim(bodyKey(entity, body))
}

export function bodyKey(entity: MirroredEntity, { fields, parent }: SentRecord): string {
  return `${entity} ${JSON.stringify(parent)} ${JSON.stringify(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)))}`
}

async function findOrMake(context: RowContext, entity: MirroredEntity, body: SentRecord): Promise<number | 'unwanted' | undefined> {
  const { row, settleMs } = context
  if (row.sent !== null) {
    const adopted = await adoptSent(context, entity, row.sent as unknown as SentRecord)
    if (adopted !== undefined) return adopted
    // Deleted here meanwhile, and not there: nothing is to be done.
    const isWanted = await context.transact(async (tx) => {
      if ((await readValues(tx, entity, row.recordId)) === undefined) return false
      await markSent(tx, row.id, body, settleMs)
      return true
    })
    if (!isWanted) return 'unwanted'
  }
  const made = await make(context, entity, body)
  return context.transact((tx) => settle(tx, context, entity, made))
}

async function make(
  { client, call, row, transact, throwIfStopped }: RowContext,
  entity: MirroredEntity,
  { fields, parent }: SentRecord,
): Promise<InsightlyRow> {
  try {
    throwIfStopped()
    return parent === null
      ? await client.create(objectOf(entity) as CreatableObject, fields, call)
      : await client.createNote(objectOf(parent.entity as MirroredEntity) as 'contacts', parent.insightlyId, fields, call)
  } catch (error) {
    if (!isUncertain(error)) await transact((tx) => markUnsent(tx, row.id))
    throw error
  }
}

/** Looks for what was sent among Insightly's newest rows. */
async function adoptSent(context: RowContext, entity: MirroredEntity, sent: SentRecord): Promise<number | undefined> {
  const { row } = context
  for (const candidate of await findSent(context, entity, sent)) {
    const isOurs = await context.transact(async (tx) => {
      if (!(await claimInsightlyId(tx, entity, idOf(entity, candidate), row.recordId))) return (await findInsightlyId(tx, entity, row.recordId)) !== undefined
      await takeOver(tx, entity, row.recordId, candidate, context.now())
      await markStep(tx, row.id, deliveryStep.record)
      return true
    })
    if (isOurs) return context.transact((tx) => findInsightlyId(tx, entity, row.recordId))
  }
  return undefined
}

/** Notes what Insightly answered, whatever the mirror took the row for meanwhile. Undefined when it is somebody else's for good. */
async function settle(tx: Transaction, context: RowContext, entity: MirroredEntity, answer: InsightlyRow): Promise<number | undefined> {
  const { row } = context
  const insightlyId = idOf(entity, answer)
  // The mirror may land the row between a look and the claim: then it is looked at again.
  for (let owner = await findOwner(tx, entity, insightlyId); owner !== row.recordId; owner = await findOwner(tx, entity, insightlyId)) {
    if (owner !== undefined && !(await giveUp(tx, context, entity, owner))) return undefined
    const mistaken = await findInsightlyId(tx, entity, row.recordId)
    await forgetInsightlyId(tx, entity, row.recordId)
    // It was taken for a row that is another record after all: the mirror is to look at that one.
    if (mistaken !== undefined) await hint(tx, entity, mistaken)
    await claimInsightlyId(tx, entity, insightlyId, row.recordId)
  }
  await takeOver(tx, entity, row.recordId, answer, context.now())
  await markStep(tx, row.id, deliveryStep.record)
  return insightlyId
}

/**
 * Takes a row from the record that it was thought to be. One whose own create is still open looks for its own again; one that the mirror
 * made of the row is the same record a second time; one that is settled keeps it.
 */
async function giveUp(tx: Transaction, { now }: RowContext, entity: MirroredEntity, owner: string): Promise<boolean> {
  const rows = await tx.query<{ isOpenCreate: boolean }>(sql`
    select operation in ('create', 'restore') and status in ('pending', 'sending', 'failed') as "isOpenCreate" from insightly_outbox
    where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = ${owner}`)
  const isOpen = rows.some(({ isOpenCreate }) => isOpenCreate)
  if (!isOpen && rows.length > 0) return false
  await forgetInsightlyId(tx, entity, owner)
  if (isOpen) await updateRecords(tx, entity, [{ id: owner, values: { external_id: null } }], { now: now() })
  else await deleteRecords(tx, entity, [owner], { now: now() })
  return true
}

async function hint(tx: Transaction, entity: MirroredEntity, insightlyId: number): Promise<void> {
  await tx.query(sql`
    insert into insightly_hints (workspace_id, object, insightly_id, at) values (${tx.workspaceId}, ${entity}, ${insightlyId}, clock_timestamp())
    on conflict (workspace_id, object, insightly_id) do update set at = excluded.at`)
}
