import { z } from 'zod'
import type { Actor } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { Forecast, ForecastQuery } from '#contracts/forecast.ts'
import type { ConfidentialFields } from '../confidential/confidential-fields.service.ts'
import type { ReadTool } from '../registry.ts'

const month = z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/, 'A month or day such as 2026-04.')
const input = z.strictObject({ from: month.optional(), to: month.optional() })

/** What the open deals are expected to bring. */
export function forecastTool({
  forecasts,
  confidential,
}: {
  forecasts: { getForecast(actor: Actor, query: ForecastQuery): Promise<Forecast> }
  confidential: ConfidentialFields
}): ReadTool {
  return {
    effect: 'reads',
    name: 'forecast',
    title: 'Look at the forecast',
    description: 'Gives what the open deals are expected to bring by month and currency, with an interval, and how that rule did in the months before.',
    scope: 'crm:read',
    input,
    async run({ actor }, given) {
      const kept = await confidential.of(actor)
      if (['value', 'probability', 'forecast_close_date', 'state'].some((field) => kept.hides('opportunities', field)))
        throw new AppError(
          'FORBIDDEN',
          'Fields of opportunities that the forecast is made of are kept from language models in this workspace, or from your role.',
        )
      const { months, backtest, asOf } = await forecasts.getForecast(actor, given as ForecastQuery)
      return { value: { months, backtest: { method: backtest.method, currencies: backtest.currencies }, asOf }, untrusted: false }
    },
  }
}
