import { Decimal } from 'decimal.js'
import type { Config } from '#backend/config/index.ts'
import type { TokenCounts } from './model-call.ts'

export type ModelPrices = Config['models']['prices']
type ModelPrice = ModelPrices[string]

/** Day of the list below: US dollars for a million tokens, as OpenAI published them. */
export const pricesAsOf = '2025-08-07'

const published: Readonly<Record<string, ModelPrice>> = {
  'gpt-5': { input: 1.25, cachedInput: 0.125, output: 10 },
  'gpt-5-mini': { input: 0.25, cachedInput: 0.025, output: 2 },
  'gpt-5-nano': { input: 0.05, cachedInput: 0.005, output: 0.4 },
  'gpt-4.1': { input: 2, cachedInput: 0.5, output: 8 },
  'gpt-4.1-mini': { input: 0.4, cachedInput: 0.1, output: 1.6 },
  'gpt-4.1-nano': { input: 0.1, cachedInput: 0.025, output: 0.4 },
  'gpt-4o': { input: 2.5, cachedInput: 1.25, output: 10 },
  'gpt-4o-mini': { input: 0.15, cachedInput: 0.075, output: 0.6 },
  'gpt-4-turbo': { input: 10, output: 30 },
  'gpt-3.5-turbo': { input: 0.5, output: 1.5 },
  o3: { input: 2, cachedInput: 0.5, output: 8 },
  'o3-mini': { input: 1.1, cachedInput: 0.55, output: 4.4 },
  'o4-mini': { input: 1.1, cachedInput: 0.275, output: 4.4 },
  o1: { input: 15, cachedInput: 7.5, output: 60 },
}

const million = 1_000_000

/** The price of a model: the operator's, else the published one, also of a dated version such as `gpt-4o-2024-08-06`; undefined when unknown. */
export function findPrice(model: string, own: ModelPrices): ModelPrice | undefined {
  for (const prices of [own, published]) {
    if (Object.hasOwn(prices, model)) return prices[model]
  }
  const undated = model.replace(/-(\d{4}-\d\d-\d\d|\d{4})$/, '')
  return undated !== model && Object.hasOwn(published, undated) ? published[undated] : undefined
}

/** US dollars as a decimal with ten places at most, or null when the price is not known. */
export function costOf(price: ModelPrice | undefined, { input, cached, output }: TokenCounts): string | null {
  if (price === undefined) return null
  return new Decimal(price.input)
    .times(Math.max(0, input - cached))
    .plus(new Decimal(price.cachedInput ?? price.input).times(cached))
    .plus(new Decimal(price.output).times(output))
    .div(million)
    .toDecimalPlaces(10)
    .toFixed()
}

/** The same in a batch, at half the price: of what its provider had seen before nothing is taken off again. */
export function batchCostOf(price: ModelPrice | undefined, tokens: TokenCounts): string | null {
  const whole = costOf(price, { ...tokens, cached: 0 })
  return whole === null ? null : new Decimal(whole).div(2).toFixed()
}
