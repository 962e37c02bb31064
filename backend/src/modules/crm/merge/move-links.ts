import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { Move } from './move-belongings.ts'

interface LinkRow extends Record<string, unknown> {
  id: string
  from_entity: string
  from_id: string
  to_entity: string
  to_id: string
  role: string | null
  created_at: string
  created_by: string | null
}

/** Links of the merged records become links of the kept one: as new links, so that whoever mirrors links hears of it. */
export async function moveLinks(tx: Transaction, { entity, keepId, ids }: Move): Promise<void> {
  const wanted = sql`${sql.param([...ids])}::uuid[]`
  const gone = await tx.query<LinkRow>(sql`
    delete from record_links where workspace_id = ${tx.workspaceId} and (from_entity = ${entity} and from_id = any(${wanted}) or to_entity = ${entity} and to_id = any(${wanted})) returning *`)
  const moved = (name: string, id: string) => (name === entity && ids.includes(id) ? keepId : id)
  for (const link of gone) {
    const from = moved(link.from_entity, link.from_id)
    const to = moved(link.to_entity, link.to_id)
    if (link.from_entity === link.to_entity && from === to) continue
    await tx.query(sql`
      insert into record_links (workspace_id, id, from_entity, from_id, to_entity, to_id, role, created_at, created_by)
      values (${tx.workspaceId}, ${newId()}, ${link.from_entity}, ${from}, ${link.to_entity}, ${to}, ${link.role}, ${link.created_at}, ${link.created_by}) on conflict do nothing`)
  }
}
