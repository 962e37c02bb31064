import { Decimal } from 'decimal.js'
import type { Forecast } from '#contracts/forecast.ts'

/** Months with a prediction that it takes before their spread is used. */
const enoughMonths = 6
/** Of the normal distribution: 80% lie within. */
const z80 = 1.2815515655446004

/** A month of the past: what the rule would have said at its start, and what was won in it. */
export interface PastMonth {
  month: string
  currency: string | null
  predicted: string
  actual: string
}

/** A month to come; `variance` is the sum over its deals of value² × p × (1 − p). */
export interface ComingMonth {
  month: string
  currency: string | null
  count: number
  value: string
  weightedValue: string
  variance: string
}

/** (actual − predicted) / predicted of the months that had a prediction. */
export function relativeErrors(past: readonly PastMonth[], currency: string | null): number[] {
  return past
    .filter((month) => month.currency === currency && Number(month.predicted) > 0)
    .map(({ predicted, actual }) => new Decimal(actual).minus(predicted).dividedBy(predicted).toNumber())
}

/**
 * Bounds of 80%. With at least six past months: weighted value × (1 + e), e being the 10th and 90th percentile of the relative errors of
 * those months. With fewer: weighted value ± 1.2816 × √Σ value² p (1 − p), as if the deals were won independently of each other, and
 * between nothing and all of them.
 */
export function intervalOf(month: ComingMonth, errors: readonly number[]): Forecast['months'][number]['interval'] {
  const weighted = new Decimal(month.weightedValue)
  if (errors.length >= enoughMonths) {
    const low = Decimal.max(0, weighted.times(1 + percentile(errors, 0.1)))
    return { low: low.toFixed(2), high: Decimal.max(low, weighted.times(1 + percentile(errors, 0.9))).toFixed(2), basis: 'history' }
  }
  const spread = new Decimal(month.variance).sqrt().times(z80)
  return {
    low: Decimal.max(0, weighted.minus(spread)).toFixed(2),
    high: Decimal.min(month.value, weighted.plus(spread)).toFixed(2),
    basis: 'probability',
  }
}

/** Interpolated between neighbours, as SQL's percentile_cont does. */
export function percentile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * at
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? below
  return below + (above - below) * (place - Math.floor(place))
}

/** How far off the rule was, by currency. */
export function summarise(past: readonly PastMonth[]): Forecast['backtest']['currencies'] {
  const currencies = [...new Set(past.map(({ currency }) => currency))]
  return currencies.map((currency) => {
    const months = past.filter((month) => month.currency === currency)
    const total = months.reduce((sum, { predicted, actual }) => sum.plus(new Decimal(actual).minus(predicted).abs()), new Decimal(0))
    const errors = relativeErrors(past, currency)
    return {
      currency,
      months: months.length,
      meanAbsoluteError: total.dividedBy(months.length).toFixed(2),
      bias: errors.length === 0 ? null : errors.reduce((sum, error) => sum + error, 0) / errors.length,
    }
  })
}
