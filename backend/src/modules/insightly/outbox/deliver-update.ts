import type { Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { entities } from '#contracts/entities.ts'
import { InsightlyError } from '../client/insightly-error.ts'
import type { UpdatableObject } from '../client/objects.ts'
import type { InsightlyCustomField, InsightlyRow } from '../client/records.ts'
import { type MirroredEntity, type OutgoingCustomField, type OutgoingWrite, objectOf } from '../mapping/index.ts'
import { deliveryStep } from './delivery-steps.ts'
import { compareChange, findEnd } from './field-changes.ts'
import { fieldsThatStay, keepFields } from './kept-fields.ts'
import { findInsightlyId } from './known-records.ts'
import { markSending, markStep } from './outbox.repository.ts'
import type { ColumnValues } from './outbox-row.ts'
import { keptNote, prepareWrite } from './outgoing.ts'
import { readValues } from './record-values.ts'
import type { Outcome, RowContext } from './row-context.ts'
import { type StepTarget, sendSteps } from './send-steps.ts'

/** How the sentence begins that says so; such a change can be sent by making the record there again. */
export const deletedThere = 'It was deleted in Insightly'

/** Changes a record there: what was changed there as well becomes a conflict, the rest is sent. */
export async function deliverUpdate(context: RowContext, entity: MirroredEntity): Promise<Outcome> {
  const begun = await context.transact((tx) => begin(tx, context, entity))
  if (typeof begun !== 'number') return begun
  try {
    return await update(context, entity, begun)
  } catch (error) {
    if (!(error instanceof InsightlyError && error.problem === 'missing')) throw error
    throw new AppError(
      'CONFLICT',
      `${deletedThere}, and changed here since. Drop the change to leave the ${entities[entity].singular} deleted there, or restore it there with what it holds here.`,
      { cause: error },
    )
  }
}

async function begin(tx: Transaction, { row, ownUserId }: RowContext, entity: MirroredEntity): Promise<number | Outcome> {
  const insightlyId = await findInsightlyId(tx, entity, row.recordId)
  if (insightlyId === undefined) return { kind: 'dropped', note: `This ${entities[entity].singular} is not in Insightly, so its change stays here.` }
  const write = await prepareWrite(tx, entity, await completed(tx, row.after ?? {}, entity, row.recordId), { isNew: false, ownUserId })
  if ('kind' in write) return write
  return (await markSending(tx, row.id)) ? insightlyId : { kind: 'gone' }
}

async function update(context: RowContext, entity: MirroredEntity, insightlyId: number): Promise<Outcome> {
  const { client, call, row, ownUserId } = context
  const remote: InsightlyRow = await client.get(objectOf(entity), insightlyId, { ...call, priority: 'person' })
  const prepared = await context.transact(async (tx) => {
    const { values, conflicts } = await compareChange(tx, context, entity, remote)
    if (Object.keys(values).length === 0) return { conflicts }
    const write = await prepareWrite(tx, entity, await completed(tx, values, entity, row.recordId), { isNew: false, ownUserId, row: remote })
    const formerLinks: StepTarget['formerLinks'] = {
      contact: 'contact_id' in values ? await findEnd(tx, 'opportunities', row.before) : null,
      related: 'related_id' in values ? await findEnd(tx, entity, row.before) : null,
    }
    return { conflicts, write, formerLinks, staying: 'kind' in write ? [] : fieldsThatStay(write, values) }
  })
  const { conflicts, write, formerLinks, staying = [] } = prepared
  const note = conflicts === 0 ? undefined : 'A part of it was changed in Insightly as well; it waits for a decision among the conflicts.'
  if (write === undefined || formerLinks === undefined) return { kind: 'done', conflicts, note }
  if ('kind' in write) return write
  if (row.stepsDone < deliveryStep.record && !isEmpty(write)) {
    context.throwIfStopped()
    const custom = write.customFields.length === 0 ? {} : { CUSTOMFIELDS: merged(remote, write.customFields) }
    await client.update(objectOf(entity) as UpdatableObject, insightlyId, { ...write.fields, ...custom }, call)
    await context.transact((tx) => markStep(tx, row.id, deliveryStep.record))
  }
  await sendSteps(context, write, { entity, insightlyId, remote, isNew: false, formerLinks })
  await context.transact((tx) => keepFields(tx, entity, row.recordId, staying))
  return { kind: 'done', conflicts, note: note ?? keptNote(entity, write) }
}

function isEmpty({ fields, customFields }: OutgoingWrite): boolean {
  return Object.keys(fields).length === 0 && customFields.length === 0
}

/** Those that are left out of what is sent may be dropped there, so that all of them are sent. */
function merged(remote: InsightlyRow, changed: readonly OutgoingCustomField[]): OutgoingCustomField[] {
  const fields = new Map<string, OutgoingCustomField>()
  const known = Array.isArray(remote.CUSTOMFIELDS) ? (remote.CUSTOMFIELDS as InsightlyCustomField[]) : []
  for (const { FIELD_NAME, FIELD_VALUE } of known) fields.set(FIELD_NAME, { FIELD_NAME, FIELD_VALUE: FIELD_VALUE ?? null })
  for (const field of changed) fields.set(field.FIELD_NAME, field)
  return [...fields.values()]
}

/** With the other half of what is told in two columns, as it is now. */
async function completed(tx: Transaction, values: ColumnValues, entity: MirroredEntity, recordId: string): Promise<ColumnValues> {
  const halves = [
    ['related_type', 'related_id'],
    ['pipeline_id', 'stage_id'],
  ].filter((pair) => pair.filter((column) => column in values).length === 1)
  if (halves.length === 0) return values
  const current = (await readValues(tx, entity, recordId)) ?? {}
  return { ...Object.fromEntries(halves.flat().map((column) => [column, current[column] ?? null])), ...values }
}
