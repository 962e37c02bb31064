import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { actorName } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { Lookup, MirroredEntity, MirroredRecord } from '../mapping/index.ts'
import { mirrorActor } from './mirror-actor.ts'

interface Placed {
  record: MirroredRecord
  recordId: string
}

/** Keeps links between records as Insightly has them; those that people made here stay until they are there. */
export async function landLinks(
  tx: Transaction,
  entity: MirroredEntity,
  { made, there }: { made: readonly Placed[]; there: readonly Placed[] },
  lookup: Lookup,
): Promise<void> {
  const links = [...made, ...there].flatMap(({ record, recordId }) =>
    record.links.flatMap((link) => {
      const otherId = lookup.record(link.entity, link.insightlyId)
      return otherId === undefined ? [] : [{ id: newId(), from: recordId, entity: link.entity, to: otherId, role: link.role }]
    }),
  )
  const job = actorName(mirrorActor(tx.workspaceId))
  if (there.length > 0) {
    // Both ends of a link say that it is there; one that neither says is gone.
    await tx.query(sql`
      delete from record_links l where l.workspace_id = ${tx.workspaceId} and l.created_by = ${job} and l.from_entity = ${entity}
        and l.from_id = any(${sql.param(there.map(({ recordId }) => recordId))}::uuid[])
        and not exists (select from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as x("from" uuid, entity text, "to" uuid)
          where x."from" = l.from_id and x.entity = l.to_entity and x."to" = l.to_id)`)
  }
  if (links.length === 0) return
  await tx.query(sql`
    insert into record_links (workspace_id, id, from_entity, from_id, to_entity, to_id, role, created_at, created_by)
    select ${tx.workspaceId}, x.id, ${entity}, x."from", x.entity, x."to", x.role, now(), ${job}
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as x(id uuid, "from" uuid, entity text, "to" uuid, role text)
    where not exists (select from record_links b where b.workspace_id = ${tx.workspaceId}
      and b.from_entity = x.entity and b.from_id = x."to" and b.to_entity = ${entity} and b.to_id = x."from")
    on conflict (workspace_id, from_entity, from_id, to_entity, to_id) do nothing`)
}
