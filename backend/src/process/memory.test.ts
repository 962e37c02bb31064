import { describe, expect, it } from 'vitest'
import { createMemoryGuard, residentBytesOf } from './memory-guard.ts'
import { shareMemory } from './memory-share.ts'

const mb = 1024 * 1024

describe('memory is divided', () => {
  it('so that heaps stay within what ChatSG may have', () => {
    expect(shareMemory({ limitBytes: 2048 * mb, workers: 2, givenHeapMb: undefined, usualHeapMb: 1024 })).toEqual({
      bytes: 768 * mb,
      nodeOptions: ['--max-old-space-size=576'],
    })
    // Where there is plenty, V8 is left alone.
    expect(shareMemory({ limitBytes: 64 * 1024 * mb, workers: 2, givenHeapMb: undefined, usualHeapMb: 4288 }).nodeOptions).toEqual([])
  })

  it('as the operator says, where one has said it', () => {
    expect(shareMemory({ limitBytes: 8192 * mb, workers: 2, givenHeapMb: 4096, usualHeapMb: 4096 })).toEqual({
      bytes: Math.floor((4096 * mb) / 0.75),
      nodeOptions: [],
    })
  })

  it('into nothing smaller than a worker needs', () => {
    expect(shareMemory({ limitBytes: 256 * mb, workers: 4, givenHeapMb: undefined, usualHeapMb: 128 }).bytes).toBe(256 * mb)
  })
})

describe('the guard', () => {
  const readings = (first: number, second = 100) =>
    new Map([
      [1, first],
      [2, second],
    ])

  it('replaces a worker that stays above its share, and none that was above it for a moment', () => {
    const guard = createMemoryGuard({ shareBytes: 500, restMs: 1000 })
    for (const [at, bytes] of [600, 600, 400, 600, 600].entries()) expect(guard.look(readings(bytes), at).replace).toBeUndefined()
    expect(guard.look(readings(700), 5).replace).toEqual({ id: 1, bytes: 700 })
  })

  it('replaces one at a time, the largest first, and says when that does not help', () => {
    const guard = createMemoryGuard({ shareBytes: 500, restMs: 1000 })
    for (const at of [0, 1]) guard.look(readings(600, 900), at)
    expect(guard.look(readings(600, 900), 2)).toEqual({ replace: { id: 2, bytes: 900 }, isTooSmall: false })
    expect(guard.look(readings(600, 0), 3)).toEqual({ replace: undefined, isTooSmall: true })
    expect(guard.look(readings(600, 0), 1002).replace).toEqual({ id: 1, bytes: 600 })
  })

  it('knows what a process occupies', { skip: process.platform !== 'linux' }, () => {
    const bytes = residentBytesOf(process.pid) ?? 0
    expect(Math.abs(bytes - process.memoryUsage.rss())).toBeLessThan(100 * mb)
    expect(residentBytesOf(2 ** 22 + 1)).toBeUndefined()
    expect(residentBytesOf(undefined)).toBeUndefined()
  })
})
