import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Database } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createImportService } from '#backend/modules/crm/index.ts'
import { createTestOperations } from '../../operations.ts'
import { generateHarbour } from './harbour.ts'
import { harbourNow } from './timeline.ts'

/** Loads the second world as any operator loads files. @throws Error naming the first row that was refused */
export async function loadHarbour(database: Database, actor: Actor): Promise<void> {
  const clock = createClock(harbourNow.toISOString())
  const folder = await mkdtemp(join(tmpdir(), 'chatsg-harbour-'))
  const { operations } = createTestOperations(database, clock)
  const imports = createImportService({ database, operations, clock, folder, logger: { error: () => undefined } })
  try {
    for (const { entity, csv } of generateHarbour()) {
      const result = await imports.importFile(actor, Readable.from([Buffer.from(csv)]), { entity, fileName: `${entity}.csv`, createMissing: false })
      if (result.errors.length > 0) throw new Error(`${entity}: ${JSON.stringify(result.errors.slice(0, 3))}`)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
