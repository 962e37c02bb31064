import type { Transaction } from '#backend/infra/database/database.ts'
import { notFound } from '#backend/kernel/errors.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { readOrderLines } from './order-records.ts'
import { readStages } from './pipeline-records.ts'
import { type RecordJson, readRecords } from './record-reader.ts'

/** @throws AppError NOT_FOUND when this cannot be an id */
export function requireId(entity: EntityName, id: string): void {
  if (!isUuid(id)) throw notFound(`This ${entities[entity].singular}`)
}

/** @throws AppError NOT_FOUND */
export async function getRecord(tx: Transaction, entity: EntityName, id: string): Promise<RecordJson> {
  requireId(entity, id)
  const [record] = await readRecords(tx, entity, [id])
  if (record === undefined) throw notFound(`This ${entities[entity].singular}`)
  if (entity === 'orders') record.lines = await readOrderLines(tx, id)
  if (entity === 'pipelines') record.stages = await readStages(tx, id)
  return record
}
