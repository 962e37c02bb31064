import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { groupOrders } from './group-orders.ts'
import type { RawRow } from './row-converter.ts'

async function* rows(): AsyncGenerator<RawRow[]> {
  for (let pass = 0; pass < 3; pass++) {
    yield Array.from({ length: 500 }, (_, order) => ({
      row: pass * 500 + order + 2,
      id: undefined,
      raw: { order_id: `O${order}`, sku: `S${pass}` },
      problem: undefined,
    }))
  }
}

describe('grouping order lines', () => {
  it.each([1000, 50_000_000])('keeps the lines of an order together and in order, in a file of %i bytes', async (size) => {
    const folder = await mkdtemp(join(tmpdir(), 'chatsg-orders-'))
    const seen = new Map<string, number[]>()
    for await (const batch of groupOrders(rows(), { size, folder, batchSize: 100 })) {
      const inBatch = Map.groupBy(batch, ({ raw }) => raw.order_id as string)
      for (const [order, own] of inBatch) {
        expect(seen.has(order)).toBe(false)
        seen.set(
          order,
          own.map(({ row }) => row),
        )
      }
    }
    expect(seen.size).toBe(500)
    expect(seen.get('O7')).toEqual([9, 509, 1009])
    expect(await readdir(folder)).toEqual([])
  })
})
