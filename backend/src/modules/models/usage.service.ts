import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { ModelUsage, ModelUsageQuery, UsageGrouping } from '#contracts/models.ts'

export interface UsageOptions {
  operations: Operations
  clock: Clock
  /** Brings what was noted so far into the books. */
  flush: () => Promise<void>
}

export type UsageService = ReturnType<typeof createUsageService>
type Figures = ModelUsage['total']

const dayMs = 86_400_000
const defaultDays = 30
/** Reading a year of calls takes longer than a year of days, and is asked for seldom. */
const statementTimeoutMs = 20_000

/** What models were used for, and what it cost: everybody sees their own, owners and admins everything. */
export function createUsageService({ operations, clock, flush }: UsageOptions) {
  return {
    /** @throws AppError VALIDATION when the time ends before it begins */
    async getUsage(actor: Actor, query: ModelUsageQuery): Promise<ModelUsage> {
      const to = query.to === undefined ? new Date(clock.now().getTime() + 1) : endOf(query.to)
      const from = query.from === undefined ? new Date(to.getTime() - defaultDays * dayMs) : new Date(query.from)
      if (from >= to)
        throw new AppError('VALIDATION', 'The time ends before it begins.', { details: [{ field: 'from', message: 'Set it to a moment before "to".' }] })
      await flush()
      return operations.run(actor, { name: 'models.usage', scope: 'chat', event: null, readOnly: true, statementTimeoutMs }, async (tx) => {
        const between = { from: from.toISOString(), to: to.toISOString() }
        const items = await tx.query<ModelUsage['items'][number]>(groupsOf(tx, query, between))
        const [total] = await tx.query<Figures>(sql`select ${figures} from model_calls c where ${isBetween(tx, between)}`)
        return { ...between, by: query.by, items, total: total ?? nothing }
      })
    },
  }
}

const nothing: Figures = {
  calls: 0,
  done: 0,
  cached: 0,
  fallback: 0,
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  costUsd: '0',
  unpriced: 0,
  estimated: 0,
}

const figures = sql`count(*) as calls, count(*) filter (where c.outcome = 'done') as done, count(*) filter (where c.outcome = 'cached') as cached,
  count(*) filter (where c.is_fallback) as fallback, coalesce(sum(c.input_tokens), 0)::bigint as "inputTokens", coalesce(sum(c.cached_tokens), 0)::bigint as "cachedTokens",
  coalesce(sum(c.output_tokens), 0)::bigint as "outputTokens", trim_scale(coalesce(sum(c.cost_usd), 0)) as "costUsd",
  count(*) filter (where c.cost_usd is null) as unpriced, count(*) filter (where c.is_estimated) as estimated`

const keys: Record<UsageGrouping, SQL> = {
  user: sql`c.user_id::text`,
  session: sql`c.session_id`,
  agent: sql`c.agent`,
  day: sql`to_char(c.at at time zone 'UTC', 'YYYY-MM-DD')`,
  model: sql`c.provider || '/' || c.model`,
}

const labels: Record<UsageGrouping, SQL> = {
  user: sql`coalesce((select u.name from users u where u.workspace_id = ${sql.raw('g.workspace_id')} and u.id::text = g.key), case when g.key is null then 'Jobs' else 'A person who left' end)`,
  session: sql`coalesce(g.key, 'Outside conversations')`,
  agent: sql`g.key`,
  day: sql`g.key`,
  model: sql`g.key`,
}

function groupsOf(tx: Transaction, { by, limit }: ModelUsageQuery, between: { from: string; to: string }): SQL {
  const order = by === 'day' ? sql`g.key` : sql`g."costUsd" desc, g."inputTokens" + g."outputTokens" desc, g.key`
  return sql`
    select g.key, ${labels[by]} as label, g.calls, g.done, g.cached, g.fallback, g."inputTokens", g."cachedTokens", g."outputTokens", g."costUsd", g.unpriced, g.estimated
    from (select c.workspace_id, ${keys[by]} as key, ${figures} from model_calls c where ${isBetween(tx, between)} group by 1, 2) g
    order by ${order} limit ${limit}`
}

function isBetween(tx: Transaction, { from, to }: { from: string; to: string }): SQL {
  return sql`c.workspace_id = ${tx.workspaceId} and c.at >= ${from} and c.at < ${to}`
}

/** A day counts whole. */
function endOf(moment: string): Date {
  const at = new Date(moment)
  return /^\d{4}-\d\d-\d\d$/.test(moment) ? new Date(at.getTime() + dayMs) : at
}
