import type { Transaction } from '#backend/infra/database/database.ts'
import type { RecordValues } from '#backend/modules/crm/index.ts'
import type { EntityName } from '#contracts/entities.ts'
import { companionsOf, isSameValue, toFields, without } from './compare-values.ts'
import { saveConflict, settleConflict } from './conflicts.repository.ts'
import type { OpenChanges } from './open-changes.ts'

/**
 * What may be written of a row of Insightly: a field that was changed here meanwhile keeps what it has here. When Insightly has something
 * else than what either side knew, both versions are noted as a conflict.
 */
export async function mergeRemote(
  tx: Transaction,
  entity: EntityName,
  recordId: string,
  values: RecordValues,
  open: OpenChanges,
  now: Date,
): Promise<RecordValues> {
  const changes = open.get(recordId)
  if (changes === undefined) return values
  const remote = toFields(values)
  const kept = new Set<string>()
  for (const [field, { before, afters, isConflict }] of changes) {
    // What Insightly has no word for stays anyhow.
    if (!remote.has(field)) continue
    for (const companion of companionsOf(field)) kept.add(companion)
    const there = remote.get(field) ?? null
    const local = afters.at(-1)
    if (isConflict && isSameValue(entity, field, there, local)) await settleConflict(tx, entity, recordId, field, now)
    else if (isConflict || ![before, ...afters].some((value) => isSameValue(entity, field, there, value)))
      await saveConflict(tx, { entity, recordId, field, base: before, local, remote: there }, now)
  }
  return without(values, kept)
}
