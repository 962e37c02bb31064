import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Database } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createImportService } from '#backend/modules/crm/index.ts'
import { createTestOperations } from '../../operations.ts'
import { generateCedar } from './cedar.ts'
import { cedarNow } from './timeline.ts'

/** Loads the third world as any operator loads files. @throws Error naming the first row that was refused */
export async function loadCedar(database: Database, actor: Actor): Promise<void> {
  const clock = createClock(cedarNow.toISOString())
  const folder = await mkdtemp(join(tmpdir(), 'chatsg-cedar-'))
  const { operations } = createTestOperations(database, clock)
  const imports = createImportService({ database, operations, clock, folder, logger: { error: () => undefined } })
  try {
    for (const { entity, csv } of generateCedar()) {
      const result = await imports.importFile(actor, Readable.from([Buffer.from(csv)]), { entity, fileName: `${entity}.csv`, createMissing: false })
      if (result.errors.length > 0) throw new Error(`${entity}: ${JSON.stringify(result.errors.slice(0, 3))}`)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
