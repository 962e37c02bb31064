import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { ModelCall } from '#backend/infra/models/model-call.ts'

/** Whose budget the calls of jobs are. */
export const nobody = '00000000-0000-0000-0000-000000000000'

export interface Spent {
  installation: string
  workspace: string
  person: string
}

/** Adds calls to the books and to what their day cost, in one transaction. */
export async function insertCalls(tx: Transaction, calls: readonly ModelCall[]): Promise<void> {
  const rows = calls.map(({ caller: { actor, purpose, sessionId, messageId }, tokens, ...call }) => ({
    id: call.id,
    at: call.at.toISOString(),
    user_id: actor.type === 'user' ? actor.userId : null,
    job: actor.type === 'user' ? null : actor.job,
    session_id: sessionId ?? null,
    message_id: messageId ?? null,
    agent: call.agent,
    purpose,
    provider: call.provider,
    model: call.model,
    is_fallback: call.isFallback,
    attempts: call.attempts,
    input_tokens: tokens.input,
    cached_tokens: tokens.cached,
    output_tokens: tokens.output,
    is_estimated: call.isEstimated,
    cost_usd: call.costUsd,
    first_token_ms: call.firstTokenMs,
    total_ms: call.totalMs,
    outcome: call.outcome,
    request_id: call.requestId ?? null,
  }))
  await tx.query(sql`
    with added as (
      insert into model_calls (workspace_id, id, at, user_id, job, session_id, message_id, agent, purpose, provider, model, is_fallback, attempts,
        input_tokens, cached_tokens, output_tokens, is_estimated, cost_usd, first_token_ms, total_ms, outcome, request_id)
      select ${tx.workspaceId}, id, at, user_id, job, session_id, message_id, agent, purpose, provider, model, is_fallback, attempts,
        input_tokens, cached_tokens, output_tokens, is_estimated, cost_usd, first_token_ms, total_ms, outcome, request_id
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, at timestamptz, user_id uuid, job text, session_id text, message_id text, agent text,
        purpose text, provider text, model text, is_fallback boolean, attempts integer, input_tokens bigint, cached_tokens bigint, output_tokens bigint,
        is_estimated boolean, cost_usd numeric, first_token_ms integer, total_ms integer, outcome text, request_id text)
      on conflict do nothing
      returning at, user_id, cost_usd)
    insert into model_days as d (workspace_id, day, user_id, cost_usd)
    select ${tx.workspaceId}, (at at time zone 'UTC')::date, coalesce(user_id, ${nobody}::uuid), sum(cost_usd) from added where cost_usd > 0 group by 2, 3 order by 2, 3
    on conflict (workspace_id, day, user_id) do update set cost_usd = d.cost_usd + excluded.cost_usd`)
}

/** What the day has cost so far, as far as it stands in the books. */
export async function readSpent(tx: Transaction, day: string, userId: string): Promise<Spent> {
  const [row] = await tx.query<Spent>(sql`
    select chatsg.model_spent(${day}) as installation, coalesce(sum(cost_usd), 0) as workspace, coalesce(sum(cost_usd) filter (where user_id = ${userId}), 0) as person
    from model_days where workspace_id = ${tx.workspaceId} and day = ${day}`)
  return row ?? { installation: '0', workspace: '0', person: '0' }
}

export interface BudgetRow {
  scope: 'workspace' | 'person'
  userId: string
  usdPerDay: string
  name: string | null
}

export function listBudgets(tx: Transaction): Promise<BudgetRow[]> {
  return tx.query<BudgetRow>(sql`
    select b.scope, b.user_id as "userId", b.usd_per_day as "usdPerDay", u.name
    from model_budgets b left join users u on u.workspace_id = b.workspace_id and u.id = b.user_id
    where b.workspace_id = ${tx.workspaceId} order by u.name, b.user_id`)
}

/** Sets a budget, or takes it away. */
export async function putBudget(
  tx: Transaction,
  { scope, userId, usdPerDay }: Omit<BudgetRow, 'usdPerDay' | 'name'> & { usdPerDay: string | null },
): Promise<void> {
  if (usdPerDay === null) await tx.query(sql`delete from model_budgets where workspace_id = ${tx.workspaceId} and scope = ${scope} and user_id = ${userId}`)
  else
    await tx.query(sql`
      insert into model_budgets (workspace_id, scope, user_id, usd_per_day) values (${tx.workspaceId}, ${scope}, ${userId}, ${usdPerDay})
      on conflict (workspace_id, scope, user_id) do update set usd_per_day = excluded.usd_per_day`)
}

export async function isUser(tx: Transaction, userId: string): Promise<boolean> {
  const rows = await tx.query(sql`select 1 from users where workspace_id = ${tx.workspaceId} and id = ${userId}`)
  return rows.length > 0
}
