import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type Actor, actorId, actorName, hasScope, roles } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid, newId } from '#backend/kernel/ids.ts'
import type { Change } from '#backend/modules/crm/index.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { ApprovalPolicy, NewApprovalPolicy } from '#contracts/approvals.ts'
import type { PolicyRow } from './approval-rules.ts'

export interface PoliciesDependencies {
  operations: Operations
  clock: Clock
  changes: readonly Change[]
}

export type PoliciesService = ReturnType<typeof createPoliciesService>

/** What needs no asking, as managers and admins said. */
export function createPoliciesService({ operations, clock, changes }: PoliciesDependencies) {
  const event = 'SETTING_CHANGE'
  return {
    /** Those that count, the newest first; with `history` also the revoked ones. */
    async list(actor: Actor, history: boolean): Promise<ApprovalPolicy[]> {
      return operations.run(actor, { name: 'approvals.policies', scope: 'crm:read', event: null, readOnly: true }, async (tx) => {
        const rows = await tx.query<PolicyRow>(sql`
          select * from approval_policies where workspace_id = ${tx.workspaceId} ${history ? sql`` : sql`and revoked_at is null`} order by id desc limit 500`)
        return rows.map(toPolicy)
      })
    },

    /** Takes the place of the one for the same tool and role. @throws AppError FORBIDDEN for more than one's own rights */
    async create(actor: Actor, policy: NewApprovalPolicy): Promise<ApprovalPolicy> {
      const { tool, role, mode } = policy
      return operations.run(
        actor,
        { name: 'approvals.policies.create', scope: 'crm:write', event, query: ({ id }) => ({ id, tool, role, mode }) },
        async (tx) => {
          refuseMoreThanOwn(actor, policy, changes)
          await revoke(tx, sql`tool = ${tool} and role is not distinct from ${role}`, clock.now())
          const id = newId()
          const limit = mode === 'askAbove' ? policy.limit : null
          const currency = mode === 'askAbove' ? policy.currency : null
          await tx.query(sql`
          insert into approval_policies (workspace_id, id, tool, role, mode, "limit", currency, created_at, created_by, created_name)
          values (${tx.workspaceId}, ${id}, ${tool}, ${role}, ${mode}, ${limit}, ${currency}, ${clock.now().toISOString()}, ${actorId(actor)}, ${actorName(actor)})`)
          const [row] = await tx.query<PolicyRow>(sql`select * from approval_policies where workspace_id = ${tx.workspaceId} and id = ${id}`)
          if (row === undefined) throw notFound('This policy')
          return toPolicy(row)
        },
      )
    },

    /** From now on it is asked again. */
    async revoke(actor: Actor, id: string): Promise<void> {
      await operations.run(actor, { name: 'approvals.policies.revoke', scope: 'crm:write', event, query: { id } }, async (tx) => {
        if (!isUuid(id)) throw notFound('This policy')
        const [known] = await tx.query<PolicyRow>(
          sql`select * from approval_policies where workspace_id = ${tx.workspaceId} and id = ${id} and revoked_at is null`,
        )
        if (known === undefined) throw notFound('This policy')
        refuseOthers(actor)
        await revoke(tx, sql`id = ${id}`, clock.now())
      })
    },
  }
}

async function revoke(tx: Transaction, which: ReturnType<typeof sql>, now: Date): Promise<void> {
  await tx.query(sql`
    update approval_policies set revoked_at = ${now.toISOString()}, revoked_by = ${actorId(tx.actor)} where workspace_id = ${tx.workspaceId} and revoked_at is null and ${which}`)
}

/** @throws AppError FORBIDDEN for whoever is no manager or above */
function refuseOthers(actor: Actor): void {
  if (actor.type === 'user' && roles.indexOf(actor.role) > roles.indexOf('manager'))
    throw new AppError('FORBIDDEN', `Managers and admins say what needs no asking; your role is ${actor.role}.`)
}

/** @throws AppError FORBIDDEN, and VALIDATION for a tool that does not exist */
function refuseMoreThanOwn(actor: Actor, { tool, role }: NewApprovalPolicy, changes: readonly Change[]): void {
  refuseOthers(actor)
  const meant = tool === '*' ? changes : changes.filter(({ name }) => name === tool)
  if (meant.length === 0)
    throw new AppError('VALIDATION', `There is no change called "${tool}"; there are *, ${changes.map(({ name }) => name).join(', ')}.`, {
      details: [{ field: 'tool', message: 'is unknown' }],
    })
  if (actor.type !== 'user') return
  const lacking = meant.find(({ scope }) => !hasScope(actor, scope))
  if (lacking !== undefined) throw new AppError('FORBIDDEN', `You may not use ${lacking.name} yourself, so you cannot let others use it without asking.`)
  if (actor.role === 'manager' && (role === null || roles.indexOf(role) < roles.indexOf('manager')))
    throw new AppError('FORBIDDEN', 'Managers decide for managers, reps and viewers; name one of these roles, or ask an admin.')
}

function toPolicy(row: PolicyRow): ApprovalPolicy {
  const { id, tool, role, mode, limit, currency } = row
  return {
    id,
    tool,
    role,
    mode,
    limit,
    currency,
    createdAt: row.created_at,
    createdBy: { id: row.created_by, name: row.created_name },
    revokedAt: row.revoked_at,
  }
}
