import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLogRotation } from './log-rotation.ts'
import { createLogs } from './logger.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatsg-rotation-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('rotation', () => {
  it('by size loses and doubles no line of two writers', () => {
    const file = join(folder, 'application.log')
    const config = { level: 'info', file, auditFile: undefined, debug: undefined } as const
    const writers = [createLogs(config), createLogs(config)]
    const rotation = createLogRotation({
      paths: [file, join(folder, 'error.log')],
      now: () => new Date(),
      maxBytes: 40_000,
      reopen: () => writers.forEach((logs) => void logs.reopen()),
    })
    let moved = 0
    for (let n = 0; n < 4000; n += 1) {
      writers[n % 2]?.logger.info({ n }, 'line')
      // The one writer may write between the move and the reopening of the other; here both are told at once.
      if (n % 97 === 0) moved += rotation.look().length
    }
    expect(moved).toBeGreaterThan(3)
    const lines = readdirSync(folder)
      .filter((name) => name.startsWith('application.log'))
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { n: number }).n)
    expect(lines.sort((left, right) => left - right)).toEqual(Array.from({ length: 4000 }, (_, n) => n))
  })

  it('by day moves what was begun on another one, and keeps the newest few', () => {
    const file = join(folder, 'application.log')
    const logs = createLogs({ level: 'info', file, auditFile: undefined, debug: undefined })
    const tomorrow = new Date(Date.now() + 86_400_000)
    const rotation = createLogRotation({ paths: [file], now: () => tomorrow, reopen: () => logs.reopen(), keep: 2 })
    for (let round = 0; round < 4; round += 1) {
      logs.logger.info({ round }, 'line')
      expect(rotation.look()).toEqual([file])
      // What is empty stays.
      expect(rotation.look()).toEqual([])
    }
    expect(readdirSync(folder).filter((name) => /^application\.log\.\d{4}-\d\d-\d\d\.\d+$/.test(name))).toHaveLength(2)
  })
})
