import { version } from 'uuid'
import { describe, expect, it } from 'vitest'
import { isUuid, newId } from './ids.ts'

describe('new ids', () => {
  const ids = Array.from({ length: 20_000 }, newId)

  it('are UUIDs of version 7, each another', () => {
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !isUuid(id) || version(id) !== 7)).toEqual([])
  })

  it('sort as they were made, however many to the millisecond', () => {
    expect(ids.toSorted()).toEqual(ids)
  })

  it('begin with the time', () => {
    const before = Date.now()
    const ms = Number.parseInt(newId().replaceAll('-', '').slice(0, 12), 16)
    expect(ms).toBeGreaterThanOrEqual(before)
    expect(ms - before).toBeLessThan(60_000)
  })
})
