import { describe, expect, it } from 'vitest'
import { costOf, findPrice } from './prices.ts'

describe('the cost of a call', () => {
  it('is exact, however small', () => {
    const price = findPrice('gpt-4o-mini', {})
    expect(costOf(price, { input: 1, cached: 0, output: 0 })).toBe('0.00000015')
    expect(costOf(price, { input: 1_000_000, cached: 1_000_000, output: 1_000_000 })).toBe('0.675')
    expect(costOf(price, { input: 0, cached: 0, output: 0 })).toBe('0')
  })

  it('counts all input in full where no price of cached tokens is known', () => {
    expect(costOf({ input: 10, output: 30 }, { input: 1000, cached: 900, output: 0 })).toBe('0.01')
  })

  it('is found for dated versions, and is the operator’s where there is one', () => {
    expect(findPrice('gpt-4o-2024-08-06', {})).toEqual(findPrice('gpt-4o', {}))
    expect(findPrice('gpt-4o', { 'gpt-4o': { input: 1, output: 1 } })).toEqual({ input: 1, output: 1 })
  })

  it('is not known of what has no price, and not guessed from a name that begins alike', () => {
    for (const model of ['llama-3', 'gpt-4o-realtime', 'gpt-4oo', 'constructor', 'toString']) expect(findPrice(model, {}), model).toBeUndefined()
    expect(costOf(undefined, { input: 1, cached: 0, output: 1 })).toBeNull()
  })
})
