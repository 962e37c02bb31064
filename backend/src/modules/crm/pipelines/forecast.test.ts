import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import type { Forecast, ForecastQuery } from '#contracts/forecast.ts'
import { loadScenario } from '../../../../seeds/index.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { createTestOperations } from '../../../../test/operations.ts'
import { createForecastService } from './forecast.ts'
import { intervalOf, percentile, relativeErrors, summarise } from './forecast-intervals.ts'

const clock = createClock('2026-11-20T15:00:00Z')
let workspace: TestWorkspace

beforeAll(async () => {
  workspace = await createTestWorkspace()
  const { database, workspaceId } = workspace
  await loadScenario(database, { type: 'system', workspaceId, job: 'seed' }, { scenario: 'demo', scale: 300, now: clock.now() })
})

function forecast(query: ForecastQuery = {}): Promise<Forecast> {
  return createForecastService({ operations: createTestOperations(workspace.database, clock).operations, clock }).getForecast(workspace.actor, query)
}

describe('the forecast', () => {
  it('says of each month and currency what its open deals are worth, whole and weighted', async () => {
    const { months } = await forecast({ from: '2026-12', to: '2027-02' })
    const gold = await workspace.gold<{ month: string; currency: string; count: number; value: string; weighted: string }>(
      `select to_char(o.forecast_close_date, 'YYYY-MM') as month, o.currency, count(*)::int as count, sum(o.value) as value,
         sum(o.value * coalesce(o.probability, s.probability) / 100) as weighted
       from opportunities o join stages s on s.id = o.stage_id
       where o.workspace_id = $1 and o.deleted_at is null and o.state = 'open' and o.forecast_close_date >= '2026-12-01' and o.forecast_close_date < '2027-03-01' group by 1, 2 order by 1, 2`,
    )
    expect(gold.length).toBeGreaterThan(2)
    expect(months.map(({ month, currency, count, value }) => [month, currency, count, Number(value)])).toEqual(
      gold.map(({ month, currency, count, value }) => [month, currency, count, Number(value)]),
    )
    for (const [index, row] of gold.entries()) expect(Number(months[index]?.weightedValue)).toBeCloseTo(Number(row.weighted), 1)
    for (const { interval } of months) expect(Number(interval.low)).toBeLessThanOrEqual(Number(interval.high))
  })

  it('begins with this month and goes a year ahead when nothing is said', async () => {
    const { months } = await forecast()
    expect(months.every(({ month }) => month >= '2026-11' && month <= '2027-10')).toBe(true)
    expect(months[0]?.month).toBe('2026-11')
  })

  it('tells what was won in each past month beside what it would have said', async () => {
    const { backtest } = await forecast()
    expect([backtest.from, backtest.to]).toEqual(['2025-11', '2026-10'])
    const gold = await workspace.gold<{ currency: string; actual: string }>(
      `select currency, sum(value) as actual from opportunities where workspace_id = $1 and deleted_at is null and state = 'won'
         and actual_close_date >= '2026-09-01' and actual_close_date < '2026-10-01' and created_at::date < '2026-09-01' group by 1`,
    )
    const september = backtest.months.filter(({ month, actual }) => month === '2026-09' && Number(actual) > 0)
    expect(september.map(({ currency, actual }) => [currency, Number(actual)])).toEqual(
      gold.sort((a, b) => a.currency.localeCompare(b.currency)).map(({ currency, actual }) => [currency, Number(actual)]),
    )
  })

  it('refuses days that do not exist and ends before the beginning', async () => {
    await expect(forecast({ from: '2026-02-31' })).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(forecast({ from: '2026-12', to: '2026-11' })).rejects.toMatchObject({ code: 'VALIDATION' })
  })
})

describe('intervals', () => {
  const month = { month: '2026-12', currency: 'USD', count: 2, value: '300.00', weightedValue: '100.00', variance: '2500' }

  it('come from the spread of six past months or more', () => {
    const past = [80, 90, 100, 110, 120, 140].map((actual, index) => ({
      month: `2026-0${index + 1}`,
      currency: 'USD',
      predicted: '100',
      actual: String(actual),
    }))
    const errors = relativeErrors(past, 'USD')
    expect(errors.map((error) => Math.round(error * 100))).toEqual([-20, -10, 0, 10, 20, 40])
    expect(intervalOf(month, errors)).toEqual({ low: '85.00', high: '130.00', basis: 'history' })
    expect(summarise(past)).toMatchObject([{ currency: 'USD', months: 6, meanAbsoluteError: '16.67' }])
  })

  it('come from the probabilities where there is too little past, within nothing and everything', () => {
    expect(intervalOf(month, [])).toEqual({ low: '35.92', high: '164.08', basis: 'probability' })
    expect(intervalOf({ ...month, variance: '250000' }, [])).toEqual({ low: '0.00', high: '300.00', basis: 'probability' })
  })

  it('interpolate percentiles as SQL does', () => {
    expect(percentile([1, 2, 3, 4], 0.5)).toBe(2.5)
    expect(percentile([1, 2, 3, 4], 0.9)).toBeCloseTo(3.7)
  })
})
