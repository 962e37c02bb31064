import { Decimal } from 'decimal.js'
import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { AppliedChange, Change } from '#backend/modules/crm/index.ts'

export interface PolicyRow extends Record<string, unknown> {
  id: string
  tool: string
  role: string | null
  mode: 'ask' | 'askAbove' | 'auto'
  limit: string | null
  currency: string | null
  created_at: string
  created_by: string
  created_name: string
  revoked_at: string | null
}

export async function activePolicies(tx: Transaction): Promise<PolicyRow[]> {
  return tx.query<PolicyRow>(sql`select * from approval_policies where workspace_id = ${tx.workspaceId} and revoked_at is null`)
}

/** The policy that approves this change without asking, if one does: the most specific one decides, a tool before a role. */
export function policyThatApproves(
  policies: readonly PolicyRow[],
  change: Change,
  input: Record<string, unknown>,
  applied: AppliedChange,
  role: string | null,
): PolicyRow | undefined {
  const matching = policies.filter((policy) => (policy.tool === change.name || policy.tool === '*') && (policy.role === null || policy.role === role))
  const [policy] = matching.sort((a, b) => rank(b) - rank(a))
  if (policy === undefined || policy.mode === 'ask') return undefined
  // What leaves the workspace is only let go by a policy that names it.
  if (change.sends && policy.tool !== change.name) return undefined
  if (policy.mode === 'auto') return policy
  const amount = change.amount?.(input, applied)
  if (amount === undefined || policy.limit === null || amount.currency !== policy.currency) return undefined
  return new Decimal(amount.value).abs().lte(policy.limit) ? policy : undefined
}

function rank({ tool, role }: PolicyRow): number {
  return (tool === '*' ? 0 : 2) + (role === null ? 0 : 1)
}
