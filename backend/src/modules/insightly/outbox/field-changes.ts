import type { Transaction } from '#backend/infra/database/database.ts'
import type { InsightlyRow } from '../client/records.ts'
import { type MirroredEntity, referencesIn, standardCustomKeys, toRecord } from '../mapping/index.ts'
import { loadLists } from '../mirror/lists.ts'
import { loadLookup, loadOutgoing } from '../mirror/record-ids.ts'
import { companionsOf, isSameValue, toColumns, toFields } from './compare-values.ts'
import { saveConflict } from './conflicts.repository.ts'
import { stepOf } from './delivery-steps.ts'
import { readKept } from './kept-fields.ts'
import type { OutboxRow } from './outbox-row.ts'
import { relatedEntity } from './outgoing.ts'
import type { RowContext } from './row-context.ts'
import { linksIn } from './send-links.ts'
import { type LinkEnd, leadsTo } from './sent-record.ts'

export interface ComparedChange {
  /** Columns to be sent: those that Insightly still has as they were. */
  values: Record<string, unknown>
  conflicts: number
}

/** Holds a change against what Insightly has now; what was changed there as well becomes a conflict and is not sent. */
export async function compareChange(tx: Transaction, { row, now }: RowContext, entity: MirroredEntity, remoteRow: InsightlyRow): Promise<ComparedChange> {
  const lists = await loadLists(tx)
  const lookup = await loadLookup(tx, referencesIn(entity, [remoteRow]), lists)
  const custom = new Set([...lists.ownKeys(entity), ...standardCustomKeys(entity)].map((key) => `custom.${key}`))
  const remote = toFields(toRecord(entity, remoteRow, lookup).values)
  const before = toFields(row.before)
  const after = toFields(row.after)
  for (const [field, value] of await linkedValues(tx, row, remoteRow)) remote.set(field, value)
  // What stayed here so far was never there: whatever is there now was not changed against it.
  const kept = await readKept(tx, entity, row.recordId)
  const toSend = new Map<string, unknown>()
  let conflicts = 0
  const disputed = new Set<string>()
  for (const field of new Set([...before.keys(), ...after.keys()])) {
    if (stepOf(field) <= row.stepsDone) continue
    const [was, is] = [before.get(field) ?? null, after.get(field) ?? null]
    if (isSameValue(entity, field, was, is)) continue
    // What Insightly has no word for cannot have been changed there.
    const isTold = custom.has(field) || remote.get(field) !== undefined
    const there = remote.get(field) ?? null
    if (isTold && isSameValue(entity, field, there, is)) continue
    if (isTold && !kept.has(field) && !isSameValue(entity, field, there, was)) {
      await saveConflict(tx, { entity, recordId: row.recordId, field, base: was, local: is, remote: there }, now())
      for (const companion of companionsOf(field)) disputed.add(companion)
      conflicts++
    } else toSend.set(field, is)
  }
  // What belongs together is sent together, or not while a part of it is disputed.
  for (const field of [...toSend.keys()])
    for (const companion of companionsOf(field)) {
      if (disputed.has(companion)) toSend.delete(companion)
      else if (after.has(companion)) toSend.set(companion, after.get(companion))
    }
  return { values: toColumns(toSend), conflicts }
}

/** A record may be linked to several; it is about ours as long as ours is among them. */
async function linkedValues(tx: Transaction, { entity, before, after }: OutboxRow, remoteRow: InsightlyRow): Promise<[string, unknown][]> {
  const links = linksIn(remoteRow) ?? []
  const isLinked = async (values: OutboxRow['after']) => {
    const end = await findEnd(tx, entity, values)
    return end !== null && links.some((link) => leadsTo(end, link))
  }
  for (const values of [after, before]) {
    if (values === null || !(await isLinked(values))) continue
    return Object.entries(values).filter(([field]) => field === 'contact_id' || field === 'related_type' || field === 'related_id')
  }
  return []
}

/** The other end of the link that stands for these columns; null when there is none. */
export async function findEnd(tx: Transaction, entity: string, values: OutboxRow['after']): Promise<LinkEnd | null> {
  const id = entity === 'opportunities' ? values?.contact_id : values?.related_id
  if (typeof id !== 'string') return null
  const lookup = await loadOutgoing(tx, [id], { lists: await loadLists(tx), ownUserId: 0 })
  if (entity === 'opportunities') return endOf('contacts', lookup.insightlyId('contacts', id))
  // When only the record was changed its kind is not told; ids of different kinds do not meet.
  const kinds =
    typeof values?.related_type === 'string' ? [relatedEntity(values.related_type)] : (['opportunities', 'leads', 'contacts', 'organisations'] as const)
  for (const kind of kinds) {
    const end = endOf(kind, lookup.insightlyId(kind, id))
    if (end !== null) return end
  }
  return null
}

function endOf(entity: LinkEnd['entity'], insightlyId: number | undefined): LinkEnd | null {
  return insightlyId === undefined ? null : { entity, insightlyId }
}
