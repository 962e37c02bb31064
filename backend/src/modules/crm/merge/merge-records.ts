import type { Transaction } from '#backend/infra/database/database.ts'
import { entities } from '#contracts/entities.ts'
import { deleteRecords } from '../records/deleted-records.ts'
import { getRecord } from '../records/get-record.ts'
import type { RecordValues } from '../records/parse-record.ts'
import { checkedValues, updateRecord } from '../records/record-changes.ts'
import type { RecordJson } from '../records/record-reader.ts'
import { updateRecords } from '../records/record-writer.ts'
import { storedColumns } from '../records/storage.ts'
import { moveBelongings } from './move-belongings.ts'
import { moveLinks } from './move-links.ts'

export type MergeableEntity = 'contacts' | 'organisations' | 'leads'

export interface Merge {
  entity: MergeableEntity
  kept: RecordJson
  merged: readonly RecordJson[]
  /** What the kept record is to say, whatever the others did. */
  values: Record<string, unknown>
}

/** What another system calls a record, who sees it and when it was made belong to the record itself. */
const own = new Set(['id', 'external_id', 'visibility', 'created_at', 'updated_at', 'tags', 'custom'])

/** Makes one record of several; answers it as it is then. */
export async function mergeRecords(tx: Transaction, { entity, kept, merged, values }: Merge, now: Date): Promise<RecordJson> {
  const ids = merged.map(({ id }) => id)
  await updateRecords(tx, entity, [{ id: kept.id, values: missingValues(entity, kept, merged) }], { now })
  if (Object.keys(values).length > 0) await updateRecord(tx, entity, await getRecord(tx, entity, kept.id), checkedValues(entity, values), now)
  await moveBelongings(tx, { entity, keepId: kept.id, ids }, now)
  await moveLinks(tx, { entity, keepId: kept.id, ids })
  await deleteRecords(tx, entity, ids, { now })
  return getRecord(tx, entity, kept.id)
}

/** Values that the kept record lacks, of the first that has them; tags of all. */
function missingValues(entity: MergeableEntity, kept: RecordJson, merged: readonly RecordJson[]): RecordValues {
  const values: RecordValues = {}
  for (const { key } of storedColumns(entity)) {
    if (own.has(key) || key.endsWith('_key') || !isEmpty(kept[key])) continue
    const source = merged.find((record) => !isEmpty(record[key]))
    if (source !== undefined) values[key] = source[key]
  }
  if (entities[entity].fields.tags !== undefined) values.tags = unite(kept, merged)
  const custom = Object.assign({}, ...[...merged].reverse().map((record) => record.custom ?? {}), kept.custom ?? {}) as Record<string, unknown>
  if (Object.keys(custom).length > 0) values.custom = custom
  return values
}

function unite(kept: RecordJson, merged: readonly RecordJson[]): string[] {
  const tags = new Map<string, string>()
  for (const record of [kept, ...merged])
    for (const tag of (record.tags as string[] | null) ?? []) if (!tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag)
  return [...tags.values()]
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === ''
}
