import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type Actor, actorName } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid, newId } from '#backend/kernel/ids.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import { type EntityName, entities, entityBySingular } from '#contracts/entities.ts'
import { getRecord } from './get-record.ts'

export interface RecordLink {
  id: string
  /** Singular noun of the other record. */
  entity: string
  recordId: string
  label: string
  role: string | null
}

/** Links between two records of any kind, seen from both sides. */
export function createLinksService({ operations, clock }: { operations: Operations; clock: Clock }) {
  return {
    async listLinks(actor: Actor, entity: EntityName, id: string): Promise<RecordLink[]> {
      return operations.run(actor, { name: `${entity}.links`, scope: 'crm:read', query: { id }, readOnly: true }, async (tx) => {
        await getRecord(tx, entity, id)
        return readLinks(tx, entity, id)
      })
    },

    async addLink(
      actor: Actor,
      entity: EntityName,
      id: string,
      target: { entity: string; recordId: string; role?: string | null | undefined },
    ): Promise<RecordLink> {
      const other = entityBySingular(target.entity) ?? Object.values(entities).find(({ name }) => name === target.entity)
      return operations.run(actor, { name: `${entity}.link`, scope: 'crm:write', query: { id, ...target } }, async (tx) => {
        if (other === undefined || !other.record)
          throw new AppError('VALIDATION', `"${target.entity}" is not a kind of record that can be linked.`, {
            details: [{ field: 'entity', message: 'is unknown' }],
          })
        if (other.name === entity && target.recordId === id)
          throw new AppError('VALIDATION', 'A record cannot be linked to itself.', { details: [{ field: 'recordId', message: 'is this record' }] })
        await getRecord(tx, entity, id)
        await getRecord(tx, other.name, target.recordId)
        const now = clock.now().toISOString()
        await tx.query(sql`
          insert into record_links (workspace_id, id, from_entity, from_id, to_entity, to_id, role, created_at, created_by)
          values (${tx.workspaceId}, ${newId()}, ${entity}, ${id}, ${other.name}, ${target.recordId}, ${target.role ?? null}, ${now}, ${actorName(actor)})
          on conflict (workspace_id, from_entity, from_id, to_entity, to_id) do update set role = excluded.role`)
        const link = (await readLinks(tx, entity, id)).find((candidate) => candidate.recordId === target.recordId)
        if (link === undefined) throw notFound('This link')
        return link
      })
    },

    async removeLink(actor: Actor, entity: EntityName, id: string, linkId: string): Promise<void> {
      await operations.run(actor, { name: `${entity}.unlink`, scope: 'crm:write', query: { id, linkId } }, async (tx) => {
        if (!isUuid(linkId) || !isUuid(id)) throw notFound('This link')
        const removed = await tx.query(sql`
          delete from record_links where workspace_id = ${tx.workspaceId} and id = ${linkId}
          and ((from_entity = ${entity} and from_id = ${id}) or (to_entity = ${entity} and to_id = ${id})) returning id`)
        if (removed.length === 0) throw notFound('This link')
      })
    },
  }
}

async function readLinks(tx: Transaction, entity: EntityName, id: string): Promise<RecordLink[]> {
  const rows = await tx.query<Omit<RecordLink, 'label'> & { label: string | null }>(sql`
    with others as (
      select id, to_entity as entity, to_id as record_id, role from record_links where workspace_id = ${tx.workspaceId} and from_entity = ${entity} and from_id = ${id}
      union all
      select id, from_entity, from_id, role from record_links where workspace_id = ${tx.workspaceId} and to_entity = ${entity} and to_id = ${id})
    select o.id, o.entity, o.record_id as "recordId", o.role, shown_label(d.entity, d.record_id, d.label) as label from others o
    left join chatsg.search_documents d on d.workspace_id = ${tx.workspaceId} and d.entity = o.entity and d.record_id = o.record_id order by o.id`)
  // A deleted record is not in search; its link shows again when it is restored.
  return rows.flatMap(({ label, ...link }) => (label === null ? [] : [{ ...link, label, entity: entities[link.entity as EntityName].singular }]))
}
