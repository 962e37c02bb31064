import type { Transaction } from '#backend/infra/database/database.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { FieldMarks } from '#contracts/field-marks.ts'
import { fold } from '#contracts/fold.ts'
import { readRecords } from '../records/record-reader.ts'
import type { Found } from './candidates.ts'
import { documentFields, documentFor } from './documents.ts'

/** Whether search keeps a word of a kind of record that is hidden. */
function keepsHidden(hidden: FieldMarks, entity: EntityName): boolean {
  // An order calls a person without a name by the address.
  return documentFields(entity).some((field) => hidden.hides(entity, field)) || (entity === 'orders' && hidden.hides('contacts', 'email'))
}

/** What was found with the name, the line under it and the words that they have for somebody from whom fields are hidden. */
export async function withShownWords<F extends Found>(tx: Transaction, found: F): Promise<F> {
  const hidden = await tx.hidden()
  if (hidden.isEmpty) return found
  const { candidates } = found
  const affected = candidates.filter(({ entity }) => keepsHidden(hidden, entity))
  const records = new Map<string, Record<string, unknown>>()
  for (const [entity, some] of Map.groupBy(affected, (candidate) => candidate.entity)) {
    const ids = some.map(({ record_id: id }) => id)
    for (const record of await readRecords(tx, entity, ids)) records.set(record.id, hidden.strip(entity, record))
  }
  const shown = candidates.flatMap((candidate) => {
    if (!affected.includes(candidate)) return [candidate]
    const record = records.get(candidate.record_id)
    if (record === undefined) return []
    const { label, detail, terms, labelWords } = documentFor(candidate.entity, record)
    return [{ ...candidate, label, detail, label_norm: fold(label), terms, label_words: labelWords }]
  })
  return { ...found, candidates: shown }
}
