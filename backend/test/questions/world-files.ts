import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Database } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createImportService } from '#backend/modules/crm/index.ts'
import type { EntityName } from '#contracts/entities.ts'
import { createTestOperations } from '../operations.ts'

/** One file of a made-up company, under the canonical import columns. */
export interface WorldFile {
  entity: EntityName
  csv: string
}

/** @param tables rows by their column names, in the order in which they can be loaded; all rows of a table have the columns of its first */
export function toFiles(tables: readonly [EntityName, readonly Record<string, unknown>[]][]): WorldFile[] {
  return tables.map(([entity, rows]) => ({ entity, csv: toCsv(rows) }))
}

function toCsv(rows: readonly Record<string, unknown>[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const cell = (value: unknown) => {
    const text = String(value ?? '')
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return `${[columns, ...rows.map((row) => columns.map((column) => row[column]))].map((line) => line.map(cell).join(',')).join('\n')}\n`
}

/** Loads a company as any operator loads files. @throws Error naming the first row that was refused */
export async function loadFiles(database: Database, actor: Actor, files: readonly WorldFile[], now: Date): Promise<void> {
  const clock = createClock(now.toISOString())
  const folder = await mkdtemp(join(tmpdir(), 'chatsg-files-'))
  const { operations } = createTestOperations(database, clock)
  const imports = createImportService({ database, operations, clock, folder, logger: { error: () => undefined } })
  try {
    for (const { entity, csv } of files) {
      const result = await imports.importFile(actor, Readable.from([Buffer.from(csv)]), { entity, fileName: `${entity}.csv`, createMissing: false })
      if (result.errors.length > 0) throw new Error(`${entity}: ${JSON.stringify(result.errors.slice(0, 3))}`)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
