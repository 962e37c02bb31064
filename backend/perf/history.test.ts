import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { appendHistory, type HistoryEntry, mediansBefore, readHistory } from './history.ts'

const machine = { cores: 2, processor: 'Some processor', memoryMb: 8000, node: '24.21.0' }
const entry = (value: number, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  at: '2026-11-23T02:00:00.000Z',
  commit: 'abc1234',
  scale: 20_000,
  machine,
  load: { before: 0.1, after: 1.2 },
  passed: true,
  figures: { 'search p95': { value, unit: 'ms' } },
  ...more,
})

describe('the history', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chatsg-history-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('keeps a line for each run, and survives one that was cut off', async () => {
    const file = join(folder, 'history.jsonl')
    expect(await readHistory(file)).toEqual([])
    await appendHistory(file, entry(10))
    appendFileSync(file, '{"at":"2026-11-23T03:0\n')
    await appendHistory(file, entry(20))
    expect(await readHistory(file)).toEqual([entry(10), entry(20)])
  })

  it('compares with the median of the last five runs that had the figure', () => {
    const runs = [1000, 10, 20, 30, 40, 50].map((value) => entry(value))
    const without = entry(0, { figures: { 'pipeline p95': { value: 7, unit: 'ms' } } })
    expect(mediansBefore([...runs, without], entry(0))).toEqual(
      new Map([
        ['search p95', 30],
        ['pipeline p95', 7],
      ]),
    )
    expect(mediansBefore([entry(10), entry(30)], entry(0)).get('search p95')).toBe(20)
  })

  it('compares only what was measured alike', () => {
    const others = [entry(1, { scale: 500 }), entry(2, { machine: { ...machine, cores: 16 } }), entry(3, { machine: { ...machine, processor: 'Another' } })]
    expect(mediansBefore(others, entry(0)).size).toBe(0)
    // A newer Node is what one wants to compare.
    expect(mediansBefore([entry(4, { machine: { ...machine, node: '24.20.0' } })], entry(0)).get('search p95')).toBe(4)
  })
})
