import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import type { Transaction } from '#backend/infra/database/database.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createTestWorkspace } from '../../../../test/harness.ts'
import { createTestOperations } from '../../../../test/operations.ts'
import { type BatchOutcome, emptyOutcome } from './batch.ts'
import { createImportService } from './import.service.ts'
import type { RawRow } from './row-converter.ts'
import { landBatch } from './run-batches.ts'

const context = { entity: 'contacts', customFields: [], timeZone: 'UTC', createMissing: false, currency: 'USD', now: new Date(0), importId: undefined } as const
const rowsOf = (count: number): RawRow[] => Array.from({ length: count }, (_, index) => ({ row: index + 2, id: undefined, raw: {}, problem: undefined }))
const refusal = (code: string) => Object.assign(new Error('refused'), { code })

/** Runs a batch through an importer that fails as told; tells the rows of each try and what landed. */
async function land(rows: readonly RawRow[], failure: (tryNumber: number, rows: readonly RawRow[]) => string | undefined) {
  const tries: number[][] = []
  const landed: BatchOutcome[] = []
  await landBatch(
    {
      transact: (work) => work({} as Transaction),
      importer: async (_tx, given) => {
        tries.push(given.map(({ row }) => row))
        const code = failure(tries.length, given)
        if (code !== undefined) throw refusal(code)
        return { ...emptyOutcome(), created: given.length }
      },
      context,
      onOutcome: async () => undefined,
      onLanded: (outcome) => void landed.push(outcome),
    },
    rows,
  )
  return { tries, created: landed.reduce((sum, { created }) => sum + created, 0), errors: landed.flatMap(({ errors }) => errors) }
}

it.each(['40P01', '40001', '55P03'])('tries a batch again that somebody was in the way of (%s)', async (code) => {
  const { tries, created, errors } = await land(rowsOf(3), (tryNumber) => (tryNumber < 3 ? code : undefined))
  expect({ tries: tries.length, created, errors }).toEqual({ tries: 3, created: 3, errors: [] })
})

it('finds the one row that the database refuses, and lands the others', async () => {
  const { created, errors } = await land(rowsOf(9), (_, rows) => (rows.some(({ row }) => row === 7) ? '22003' : undefined))
  expect(created).toBe(8)
  expect(errors.map(({ row }) => row)).toEqual([7])
})

it('commits a batch when its words are written, and tries both again when they could not be', async () => {
  const order: string[] = []
  let tries = 0
  await landBatch(
    {
      async transact(work) {
        const result = await work({} as Transaction)
        order.push('committed')
        return result
      },
      async importer(_tx, rows, { keeper }) {
        keeper?.add(rows.map(({ row }) => `word${row}`))
        return { ...emptyOutcome(), created: rows.length }
      },
      context,
      keepWords: () => {
        tries += 1
        const isRefused = tries === 1
        return {
          add: (words) => void order.push([...words].join(' ')),
          async written() {
            if (isRefused) throw refusal('55P03')
            order.push('written')
          },
        }
      },
      onOutcome: async () => undefined,
      onLanded: () => void order.push('landed'),
    },
    rowsOf(2),
  )
  expect(order).toEqual(['word2 word3', 'word2 word3', 'written', 'committed', 'landed'])
})

it('lands two files at once that change the same records in opposite orders, each row once', async () => {
  const workspace = await createTestWorkspace()
  const { operations } = createTestOperations(workspace.database)
  const folder = await mkdtemp(join(tmpdir(), 'chatsg-import-'))
  const imports = createImportService({ database: workspace.database, operations, clock: createClock(), folder, logger: { error: () => undefined } })
  const numbers = Array.from({ length: 3000 }, (_, index) => index)
  const load = (city: string, order: readonly number[]) =>
    imports.importFile(workspace.actor, Readable.from([Buffer.from(`external_id,last_name,city\n${order.map((n) => `x${n},Person,${city}`).join('\n')}\n`)]), {
      entity: 'contacts',
    })
  await load('Bonn', numbers)
  const results = await Promise.all([load('Paris', numbers), load('Rome', numbers.toReversed())])
  for (const result of results) expect(result).toMatchObject({ total: 3000, updated: 3000, errorCount: 0 })
  const cities = await workspace.gold<{ city: string; n: number }>('select city, count(*)::int as n from contacts where workspace_id = $1 group by city')
  expect(cities.every(({ city }) => city === 'Paris' || city === 'Rome')).toBe(true)
  expect(cities.reduce((sum, { n }) => sum + n, 0)).toBe(3000)
})
