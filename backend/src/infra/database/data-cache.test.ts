import { expect, it } from 'vitest'
import { createDataCache } from './data-cache.ts'

const at = (state: string) => async () => state

it('computes at once where nothing is kept, and waits for the state where something is', async () => {
  const cache = createDataCache(1000)
  const told = Promise.withResolvers<string>()
  let computed = 0
  const compute = async () => ({ n: ++computed })
  const first = cache.get('a', () => told.promise, compute)
  expect(computed).toBe(1)
  told.resolve('7')
  expect(await first).toEqual({ n: 1 })
  const later = Promise.withResolvers<string>()
  const second = cache.get('a', () => later.promise, compute)
  expect(computed).toBe(1)
  later.resolve('7')
  expect(await second).toBe(await first)
})

it('computes anew for another state of the records, and keeps that', async () => {
  const cache = createDataCache(1000)
  await cache.get('a', at('1'), async () => ({ of: 1 }))
  expect(await cache.get('a', at('2'), async () => ({ of: 2 }))).toEqual({ of: 2 })
  expect(await cache.get('a', at('2'), async () => ({ of: 3 }))).toEqual({ of: 2 })
})

it('shares what is being computed with those who see the same state, and with nobody else', async () => {
  const cache = createDataCache(1000)
  const { promise, resolve } = Promise.withResolvers<{ of: string }>()
  const first = cache.get('a', at('1'), () => promise)
  const same = cache.get('a', at('1'), async () => ({ of: 'the second' }))
  const other = cache.get('a', at('2'), async () => ({ of: 'another state' }))
  expect(await other).toEqual({ of: 'another state' })
  resolve({ of: 'the first' })
  expect([await first, await same]).toEqual([{ of: 'the first' }, { of: 'the first' }])
})

it('leaves a failure to whoever met it', async () => {
  const cache = createDataCache(1000)
  const { promise, reject } = Promise.withResolvers<{ of: string }>()
  const first = cache.get('a', at('1'), () => promise)
  const second = cache.get('a', at('1'), async () => ({ of: 'the second' }))
  reject(new Error('out of time'))
  await expect(first).rejects.toThrow('out of time')
  expect(await second).toEqual({ of: 'the second' })
})

it('keeps nothing that does not hold, and nothing whose state is not told', async () => {
  const cache = createDataCache(1000)
  await cache.get(
    'a',
    at('1'),
    async () => ({ of: 1 }),
    () => false,
  )
  expect(await cache.get('a', at('1'), async () => ({ of: 2 }))).toEqual({ of: 2 })
  const lost = () => Promise.reject(new Error('no state'))
  await expect(cache.get('b', lost, async () => ({ of: 1 }))).rejects.toThrow('no state')
  expect(await cache.get('b', at('1'), async () => ({ of: 2 }))).toEqual({ of: 2 })
})
