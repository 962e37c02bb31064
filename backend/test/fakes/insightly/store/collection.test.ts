import { describe, expect, it } from 'vitest'
import { randomFor } from '../../../../seeds/demo/random.ts'
import { writeDate } from '../dates.ts'
import type { Row } from '../json.ts'
import { createCollection, type Source } from './collection.ts'
import { rowReader } from './row-reader.ts'

const count = 40
const start = Date.UTC(2026, 0, 1)
const rowAt = (index: number): Row => ({ ID: 100 + index * 3, NAME: `name ${index % 5}`, DATE_UPDATED_UTC: writeDate(start + index * 1000) })
const source: Source = {
  count,
  idAt: (index) => 100 + index * 3,
  indexOf: (id) => (id >= 100 && id < 100 + count * 3 && (id - 100) % 3 === 0 ? (id - 100) / 3 : undefined),
  rowAt,
  updatedAt: (index) => start + index * 1000,
}

describe('a collection', () => {
  it('answers as a plain list would after any writes', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = randomFor(seed, 'writes', 0)
      const collection = createCollection(source, rowReader, 1000)
      const plain = new Map(Array.from({ length: count }, (_, index) => [100 + index * 3, rowAt(index)]))
      for (let step = 1; step <= 60; step++) {
        const known = [...plain.keys()]
        const isNew = known.length === 0 || random.chance(0.3)
        const id = isNew ? collection.nextId() : random.pick(known)
        const row = !isNew && random.chance(0.5) ? null : { ID: id, NAME: `name ${random.int(0, 6)}`, DATE_UPDATED_UTC: writeDate(start + step * 60_000) }
        collection.set(id, row)
        if (row === null) plain.delete(id)
        else plain.set(id, row)
      }
      const rows = [...plain.values()].sort((a, b) => Number(a.ID) - Number(b.ID))
      const idsOf = (some: readonly Row[]) => some.map((row) => Number(row.ID))
      expect(collection.count()).toBe(rows.length)
      for (let skip = 0; skip <= rows.length + 1; skip += 3) expect(collection.page(skip, 7)).toEqual(rows.slice(skip, skip + 7))
      for (const name of ['name 2', 'name 6', 'name']) expect(await collection.withText('NAME', name)).toEqual(idsOf(rows.filter((row) => row.NAME === name)))
      for (const after of [start - 1, start + 20_000, start + 30 * 60_000]) {
        expect(collection.changedAfter(after)).toEqual(idsOf(rows.filter((row) => String(row.DATE_UPDATED_UTC) > writeDate(after))))
      }
      for (let id = 95; id < 1070; id++) expect(collection.find(id)).toEqual(plain.get(id))
    }
  })
})
