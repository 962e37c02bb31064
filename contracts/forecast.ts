/** The forecast over HTTP. */
import { z } from 'zod'

const money = z.string().describe('decimal string')
const day = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?$/)
  .describe('a month (2026-12) or a day (2026-12-31), itself included')

export const forecastQuerySchema = z.object({ from: day.optional(), to: day.optional() })
export type ForecastQuery = z.infer<typeof forecastQuerySchema>

export const forecastSchema = z.object({
  /** Open opportunities by month of their forecast close date and currency; currencies are never added. */
  months: z.array(
    z.object({
      month: z.string().describe('2026-12'),
      currency: z.string().nullable(),
      count: z.int(),
      value: money,
      weightedValue: money,
      /** Where four of five past months would have put it (`history`), or what the probabilities alone allow for (`probability`). */
      interval: z.object({ low: money, high: money, basis: z.enum(['history', 'probability']) }),
    }),
  ),
  /** How the same rule would have done in the full months before. */
  backtest: z.object({
    from: z.string(),
    to: z.string(),
    method: z.string(),
    months: z.array(z.object({ month: z.string(), currency: z.string().nullable(), predicted: money, actual: money })),
    currencies: z.array(
      z.object({
        currency: z.string().nullable(),
        months: z.int(),
        meanAbsoluteError: money,
        /** Mean of (actual - predicted) / predicted; null without a prediction. */
        bias: z.number().nullable(),
      }),
    ),
  }),
  asOf: z.string(),
})
export type Forecast = z.infer<typeof forecastSchema>
