import { DateTime } from 'luxon'
import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { recordInputSchema } from '#contracts/records.ts'
import { refuseHiddenValues } from '../query/hidden-fields.ts'
import { completeChange, completeNewRecord } from './complete-record.ts'
import { listCustomFields } from './custom-fields.repository.ts'
import { deleteRecords } from './deleted-records.ts'
import { getRecord } from './get-record.ts'
import { refuseKeptElsewhere } from './kept-elsewhere.ts'
import { createOrder, updateOrder } from './order-records.ts'
import { parseRecord } from './parse-record.ts'
import type { PendingRecord } from './pending-record.ts'
import { createTag, createUser, deleteTag, setUserDeleted, updateTag, updateUser } from './people-and-tags.ts'
import { createPipeline, placeStage, updatePipeline } from './pipeline-records.ts'
import type { RecordJson } from './record-reader.ts'
import { insertRecords, updateRecords } from './record-writer.ts'
import { resolveReferences } from './resolve-references.ts'
import { throwIfInvalid } from './throw-if-invalid.ts'
import { getWorkspace } from './workspace.repository.ts'

/** The shapes of given values, where no route has looked at them before. @throws AppError VALIDATION */
export function checkedValues(entity: EntityName, given: Record<string, unknown>): Record<string, unknown> {
  const parsed = recordInputSchema(entity).safeParse(given)
  if (parsed.success) return parsed.data
  throwIfInvalid(parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })))
  return given
}

/** Makes one record as a person gives it. @throws AppError VALIDATION, CONFLICT, FORBIDDEN for a field that is hidden from the actor */
export async function createRecord(tx: Transaction, entity: EntityName, input: Record<string, unknown>, now: Date): Promise<RecordJson> {
  await refuseKeptElsewhere(tx, entity)
  refuseHiddenValues(await tx.hidden(), entity, input)
  const context = { now, currency: (await getWorkspace(tx)).currency }
  if (entity === 'users') return getRecord(tx, entity, await createUser(tx, input, now))
  if (entity === 'tags') return getRecord(tx, entity, await createTag(tx, input, now))
  if (entity === 'pipelines') return getRecord(tx, entity, await createPipeline(tx, input, now))
  if (entity === 'orders') return getRecord(tx, entity, await createOrder(tx, input, context))
  const record = await prepare(tx, entity, input, { now, partial: false })
  completeNewRecord(entity, record.values, context)
  if (entity === 'stages') await placeStage(tx, record.values)
  await refuseDuplicates(tx, entity, record.values)
  const [id] = await insertRecords(tx, entity, [record.values], { now })
  return getRecord(tx, entity, id as string)
}

/** Changes the given fields of one record. @throws AppError VALIDATION, CONFLICT, FORBIDDEN for a field that is hidden from the actor */
export async function updateRecord(tx: Transaction, entity: EntityName, before: RecordJson, input: Record<string, unknown>, now: Date): Promise<RecordJson> {
  const { id } = before
  await refuseKeptElsewhere(tx, entity)
  refuseHiddenValues(await tx.hidden(), entity, input)
  if (entity === 'users') await updateUser(tx, before, input)
  else if (entity === 'tags') await updateTag(tx, before, input, now)
  else if (entity === 'pipelines') await updatePipeline(tx, before, input, now)
  else if (entity === 'orders') await updateOrder(tx, before, input, now)
  else {
    const record = await prepare(tx, entity, input, { now, partial: true })
    const workspace = await getWorkspace(tx)
    const today = DateTime.fromJSDate(now, { zone: workspace.timeZone }).toISODate() as string
    completeChange(entity, before, record.values, { now, currency: workspace.currency, today })
    refuseEmptied(entity, before, record.values)
    if (entity === 'stages') await placeStage(tx, record.values, before)
    await refuseDuplicates(tx, entity, record.values, id)
    await updateRecords(tx, entity, [{ id, values: record.values }], { now })
  }
  return getRecord(tx, entity, id)
}

/** Deletes one record softly; a person is made inactive, a tag taken off every record. */
export async function deleteRecord(tx: Transaction, entity: EntityName, record: RecordJson, now: Date): Promise<void> {
  if (entity === 'users') await setUserDeleted(tx, record.id, now)
  else if (entity === 'tags') await deleteTag(tx, record, now)
  else await deleteRecords(tx, entity, [record.id], { now })
}

/** Parses, checks and resolves one record; everything wrong with it is reported at once. */
async function prepare(tx: Transaction, entity: EntityName, input: Record<string, unknown>, options: { now: Date; partial: boolean }): Promise<PendingRecord> {
  const { timeZone } = await getWorkspace(tx)
  const customFields = await listCustomFields(tx, entity)
  const record = parseRecord(entity, input, { customFields, timeZone, partial: options.partial })
  if (options.partial) {
    for (const key of ['created_at', 'updated_at'])
      if (key in record.values)
        record.errors.push({ field: key, message: `${entities[entity].fields[key]?.label ?? key} is set by the system and cannot be changed.` })
  }
  throwIfInvalid(record.errors)
  await resolveReferences(tx, entity, [record], { createMissing: true, now: options.now })
  throwIfInvalid(record.errors)
  return record
}

/** A record may not lose what makes it one: its name, or for people the last of name and e-mail. */
function refuseEmptied(entity: EntityName, before: RecordJson, values: Record<string, unknown>): void {
  const after = { ...before, ...values }
  const { requiredAny, fields } = entities[entity]
  const filled = (key: string) => {
    const column = fields[key]?.type === 'reference' ? (fields[key]?.column ?? key) : key
    return after[column] !== null && after[column] !== undefined && after[column] !== ''
  }
  if (requiredAny.length === 0 || requiredAny.some((group) => group.every(filled))) return
  const labels = requiredAny.flat().map((key) => fields[key]?.label ?? key)
  throwIfInvalid([{ field: requiredAny[0]?.[0] as string, message: `${labels.join(' or ')} must not be empty.` }])
}

const uniqueKeys: Partial<Record<EntityName, readonly string[]>> = { products: ['sku', 'external_id'] }

/** @throws AppError CONFLICT when another live record has its external id or number */
export async function refuseDuplicates(tx: Transaction, entity: EntityName, values: Record<string, unknown>, ownId?: string): Promise<void> {
  const keys = uniqueKeys[entity] ?? (entities[entity].fields.external_id === undefined ? [] : ['external_id'])
  for (const key of keys) {
    const value = values[key]
    if (typeof value !== 'string') continue
    const rows = await tx.query<{ id: string }>(
      sql`select id from ${sql.identifier(entities[entity].table)} where workspace_id = ${tx.workspaceId} and ${sql.identifier(key)} = ${value} and deleted_at is null`,
    )
    if (rows.some(({ id }) => id !== ownId)) {
      throw new AppError('CONFLICT', `Another ${entities[entity].singular} already has the ${entities[entity].fields[key]?.label ?? key} "${value}".`, {
        details: [{ field: key, message: 'is taken' }],
      })
    }
  }
}
