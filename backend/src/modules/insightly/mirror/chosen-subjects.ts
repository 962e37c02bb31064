import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type EntityName, entities, entityBySingular } from '#contracts/entities.ts'
import type { Lookup, MirroredEntity } from '../mapping/index.ts'
import type { KnownRecord } from './record-ids.ts'

/** Which of several linked records is a deal's contact, or what an activity is about, as it is here now: Insightly knows no first among them. */
export async function loadChosen(tx: Transaction, entity: MirroredEntity, known: readonly KnownRecord[]): Promise<NonNullable<Lookup['chosen']>> {
  const { fields, table } = entities[entity]
  const hasSubject = fields.related_type !== undefined
  if (known.length === 0 || (!hasSubject && entity !== 'opportunities')) return () => undefined
  const subject = hasSubject ? sql`t.related_type, t.related_id` : sql`'contact' as related_type, t.contact_id as related_id`
  const rows = await tx.query<{ recordId: string; singular: string; insightlyId: number; entity: EntityName }>(sql`
    select t.id as "recordId", t.related_type as singular, r.insightly_id as "insightlyId", r.entity from (
      select t.id, ${subject} from ${sql.identifier(table)} t
      where t.workspace_id = ${tx.workspaceId} and t.id = any(${sql.param(known.map(({ recordId }) => recordId))}::uuid[])) t
    join insightly_records r on r.workspace_id = ${tx.workspaceId} and r.record_id = t.related_id
    where t.related_id is not null`)
  const chosen = new Map(rows.filter((row) => entityBySingular(row.singular)?.name === row.entity).map((row) => [row.recordId, row]))
  const ids = new Map(known.map(({ insightlyId, recordId }) => [insightlyId, recordId]))
  return (_entity, insightlyId) => {
    const row = chosen.get(ids.get(insightlyId) ?? '')
    return row === undefined ? undefined : { entity: row.entity, insightlyId: row.insightlyId }
  }
}
