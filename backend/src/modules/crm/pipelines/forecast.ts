import { DateTime } from 'luxon'
import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { getWorkspace } from '#backend/modules/crm/records/workspace.repository.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { Forecast, ForecastQuery } from '#contracts/forecast.ts'
import { requireShown } from '../query/hidden-fields.ts'
import { type ComingMonth, intervalOf, type PastMonth, relativeErrors, summarise } from './forecast-intervals.ts'

const monthsAhead = 12
const madeOf = ['value', 'probability', 'forecast_close_date', 'actual_close_date'] as const
const monthsBack = 12
const method =
  'For each full month before, the deals that were there and undecided when it began and are forecast for it, by their value, times the share won among those decided in the year before; against what was won in it of deals that were there. Forecast dates are those recorded now.'

/** What the open deals are expected to bring, and how that rule would have done before. */
export function createForecastService({ operations, clock }: { operations: Operations; clock: Clock }) {
  return {
    /**
     * Open opportunities by month of their forecast close date, from `from` to `to`: by default this month and the eleven after it.
     * `weightedValue` is the sum of value × probability, the deal's own or else its stage's.
     * @throws AppError FORBIDDEN where part of it is hidden from the actor, VALIDATION for a day that does not exist, or a `to` before `from`
     */
    async getForecast(actor: Actor, query: ForecastQuery): Promise<Forecast> {
      return operations.run(actor, { name: 'pipelines.forecast', scope: 'crm:read', query, readOnly: true }, async (tx) => {
        requireShown(await tx.hidden(), 'opportunities', madeOf)
        const { timeZone } = await getWorkspace(tx)
        const now = DateTime.fromJSDate(clock.now(), { zone: timeZone })
        const from = dayOf(query.from, 'first') ?? now.startOf('month').toISODate()
        const to =
          dayOf(query.to, 'last') ??
          DateTime.fromISO(from as string)
            .plus({ months: monthsAhead })
            .minus({ days: 1 })
            .toISODate()
        if (from === null || to === null || to < from)
          throw new AppError('VALIDATION', 'The forecast ends before it begins. Give a “to” that is not before “from”.')
        const coming = await comingMonths(tx, from, to)
        const start = now.startOf('month')
        const past = await pastMonths(tx, start.toISODate() as string)
        const errors = new Map([...new Set(coming.map(({ currency }) => currency))].map((currency) => [currency, relativeErrors(past, currency)]))
        return {
          months: coming.map((month) => {
            const { variance: _, ...told } = month
            return { ...told, interval: intervalOf(month, errors.get(month.currency) ?? []) }
          }),
          backtest: {
            from: start.minus({ months: monthsBack }).toFormat('yyyy-MM'),
            to: start.minus({ months: 1 }).toFormat('yyyy-MM'),
            method,
            months: past,
            currencies: summarise(past),
          },
          asOf: await tx.asOf(clock.now()),
        }
      })
    },
  }
}

/** The first or last day of a month, or the day itself. */
function dayOf(text: string | undefined, edge: 'first' | 'last'): string | null {
  if (text === undefined) return null
  const date = DateTime.fromISO(text, { zone: 'utc' })
  if (!date.isValid) throw new AppError('VALIDATION', `There is no day “${text}”. Write a day as 2026-12-31, or a month as 2026-12.`)
  return (text.length === 7 && edge === 'last' ? date.endOf('month') : date).toISODate()
}

async function comingMonths(tx: Transaction, from: string, to: string): Promise<ComingMonth[]> {
  return tx.query<ComingMonth & Record<string, unknown>>(sql`
    select to_char(o.forecast_close_date, 'YYYY-MM') as month, o.currency, count(*)::int as count, coalesce(sum(o.value), 0)::numeric(30, 2) as value,
      coalesce(sum(o.value * coalesce(o.probability, s.probability, 0) / 100), 0)::numeric(30, 2) as "weightedValue",
      coalesce(sum(o.value * o.value * (coalesce(o.probability, s.probability, 0) / 100) * (1 - coalesce(o.probability, s.probability, 0) / 100)), 0) as variance
    from opportunities o left join stages s on s.workspace_id = o.workspace_id and s.id = o.stage_id
    where o.workspace_id = ${tx.workspaceId} and o.deleted_at is null and o.state = 'open' and o.forecast_close_date between ${from}::date and ${to}::date
    group by 1, 2 order by 1, 2`)
}

async function pastMonths(tx: Transaction, start: string): Promise<PastMonth[]> {
  return tx.query<PastMonth & Record<string, unknown>>(sql`
    with months as (
      select m::date as first, (m + interval '1 month')::date as next
      from generate_series(${start}::date - make_interval(months => ${monthsBack}), ${start}::date - interval '1 month', interval '1 month') m),
    deals as (
      select currency, state, value, created_at::date as created, forecast_close_date as forecast, actual_close_date as closed
      from opportunities where workspace_id = ${tx.workspaceId} and deleted_at is null),
    rates as (
      select m.first, (count(*) filter (where d.state = 'won'))::numeric / nullif(count(*), 0) as rate
      from months m left join deals d on d.state in ('won', 'lost') and d.closed >= m.first - interval '1 year' and d.closed < m.first group by 1)
    select to_char(m.first, 'YYYY-MM') as month, d.currency,
      (coalesce(sum(d.value) filter (where d.forecast >= m.first and d.forecast < m.next and (d.closed is null or d.closed >= m.first)), 0) * coalesce(max(r.rate), 0))::numeric(30, 2) as predicted,
      coalesce(sum(d.value) filter (where d.state = 'won' and d.closed >= m.first and d.closed < m.next), 0)::numeric(30, 2) as actual
    from months m join rates r on r.first = m.first join deals d on d.created < m.first
      and ((d.forecast >= m.first and d.forecast < m.next) or (d.closed >= m.first and d.closed < m.next))
    group by m.first, d.currency order by 1, 2`)
}
