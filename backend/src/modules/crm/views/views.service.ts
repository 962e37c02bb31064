import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type Actor, hasScope } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid, newId } from '#backend/kernel/ids.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { TypedQuery, TypedQueryInput } from '#contracts/query.ts'
import type { SavedView, ViewChange, ViewInput } from '#contracts/views.ts'
import { parseQuery } from '../query/parse-query.ts'
import { explainQuery } from '../query/query.service.ts'
import { listCustomFields } from '../records/custom-fields.repository.ts'

export type ViewsService = ReturnType<typeof createViewsService>

const mostViews = 200

/** Queries that people keep under a name: each sees their own and the shared ones. */
export function createViewsService({ operations, clock }: { operations: Operations; clock: Clock }) {
  return {
    async listViews(actor: Actor, entity?: EntityName): Promise<SavedView[]> {
      return operations.run(actor, { name: 'views.list', scope: 'crm:read', event: null, readOnly: true }, (tx) => readViews(tx, { entity }))
    },

    /** @throws AppError NOT_FOUND, also for what is somebody else's own */
    async getView(actor: Actor, id: string): Promise<SavedView> {
      return operations.run(actor, { name: 'views.get', scope: 'crm:read', query: { id }, readOnly: true }, (tx) => getView(tx, id))
    },

    /** @throws AppError FORBIDDEN when it is to be shared by somebody who may only read; CONFLICT when there are too many */
    async createView(actor: Actor, { name, query, shared }: ViewInput): Promise<SavedView> {
      const id = newId()
      return operations.run(
        actor,
        { name: 'views.create', scope: shared ? 'crm:write' : 'crm:read', query: { id, entity: query.entity, shared } },
        async (tx) => {
          const owner = ownerOf(actor)
          const [row] = await tx.query<{ count: number }>(
            sql`select count(*) as count from views where workspace_id = ${tx.workspaceId} and owner_id = ${owner}`,
          )
          if ((row?.count ?? 0) >= mostViews) throw new AppError('CONFLICT', `You already keep ${mostViews} views; delete one that you no longer need.`)
          const now = clock.now().toISOString()
          await tx.query(sql`
          insert into views (workspace_id, id, owner_id, name, entity, query, shared, created_at, updated_at)
          values (${tx.workspaceId}, ${id}, ${owner}, ${name}, ${query.entity}, ${stored(query)}::jsonb, ${shared}, ${now}, ${now})`)
          return getView(tx, id)
        },
      )
    },

    /** @throws AppError NOT_FOUND, or FORBIDDEN when it is shared by somebody else */
    async updateView(actor: Actor, id: string, change: ViewChange): Promise<SavedView> {
      const scope = change.shared === true ? 'crm:write' : 'crm:read'
      return operations.run(actor, { name: 'views.update', scope, query: { id, fields: Object.keys(change) } }, async (tx) => {
        const view = await getView(tx, id)
        if (!view.mine) throw new AppError('FORBIDDEN', `"${view.name}" is ${view.owner.name}'s view; save it as one of your own to change it.`)
        const { name = view.name, query = view.query, shared = view.shared } = change
        await tx.query(sql`
          update views set name = ${name}, entity = ${query.entity}, query = ${stored(query)}::jsonb, shared = ${shared}, updated_at = ${clock.now().toISOString()}
          where workspace_id = ${tx.workspaceId} and id = ${id}`)
        return getView(tx, id)
      })
    },

    /** Its owner deletes a view; a shared one also whoever looks after the workspace. @throws AppError NOT_FOUND or FORBIDDEN */
    async deleteView(actor: Actor, id: string): Promise<void> {
      await operations.run(actor, { name: 'views.delete', scope: 'crm:read', query: { id } }, async (tx) => {
        const view = await getView(tx, id)
        if (!view.mine && !hasScope(actor, 'workspace:admin'))
          throw new AppError('FORBIDDEN', `"${view.name}" is ${view.owner.name}'s view; only they and administrators can delete it.`)
        await tx.query(sql`delete from views where workspace_id = ${tx.workspaceId} and id = ${id}`)
      })
    },
  }
}

/** A page of a view is asked for when it is opened; what is kept is the question. @throws AppError VALIDATION */
function stored(query: TypedQueryInput): string {
  const { cursor: _, ...kept } = parseQuery(query)
  return JSON.stringify({ ...kept, offset: 0 })
}

function ownerOf(actor: Actor): string {
  if (actor.type === 'user') return actor.userId
  throw new AppError('FORBIDDEN', 'Views belong to people.')
}

async function readViews(tx: Transaction, { id, entity }: { id?: string | undefined; entity?: EntityName | undefined }): Promise<SavedView[]> {
  const rows = await tx.query<Omit<SavedView, 'owner' | 'mine' | 'explanation'> & { query: TypedQuery; owner_id: string; owner_name: string }>(sql`
    select v.id, v.name, v.entity, v.query, v.shared, v.owner_id, u.name as owner_name, v.created_at as "createdAt", v.updated_at as "updatedAt"
    from views v join users u on u.workspace_id = v.workspace_id and u.id = v.owner_id
    where v.workspace_id = ${tx.workspaceId}${id === undefined ? sql`` : sql` and v.id = ${id}`}${entity === undefined ? sql`` : sql` and v.entity = ${entity}`}
    order by lower(v.name), v.id`)
  const customFields = rows.length === 0 ? [] : await listCustomFields(tx)
  return rows.map(({ owner_id, owner_name, ...view }) => ({
    ...view,
    owner: { id: owner_id, name: owner_name },
    mine: tx.actor.type === 'user' && tx.actor.userId === owner_id,
    explanation: explainQuery(view.query, customFields),
  }))
}

async function getView(tx: Transaction, id: string): Promise<SavedView> {
  const [view] = isUuid(id) ? await readViews(tx, { id }) : []
  if (view === undefined) throw notFound('This view')
  return view
}
