import { join } from 'node:path'
import { type BareSql, openBareSql } from '../bare-sql.ts'
import type { Figure } from '../figures.ts'
import { createHttpClient } from '../http-client.ts'
import { type Rate, startInsightly } from '../insightly-process.ts'
import { apiKey, startServer } from '../server-process.ts'
import { measureBareCopy, measureFullCopy } from './sync-copy.ts'
import { compareIdle, readIdleCost } from './sync-idle.ts'
import { measureIncremental } from './sync-incremental.ts'
import type { Mirror } from './sync-mirror.ts'
import { measureOneWrite, measureWrites } from './sync-writes.ts'

/** The mirror of a fake Insightly with so many contacts: its first copy, changes there, writes here, and what it costs while nothing happens. */
export async function measureSync(folder: string, scale: number, rate: Rate): Promise<Figure[]> {
  const insightly = await startInsightly(scale, rate)
  const figures: Figure[] = []
  try {
    const bare = await measureBareCopy(insightly, rate)
    figures.push(bare)
    await insightly.forgetCalls()
    const variables = {
      DATA_DIR: join(folder, 'sync'),
      DEMO_DATA: 'none',
      // Nobody's own database is to be filled from a stand-in.
      DATABASE_URL: '',
      SUPABASE_DB_URL: '',
      INSIGHTLY_API_KEY: insightly.key,
      INSIGHTLY_API_URL: insightly.url,
      CRM_RATE_LIMIT_MAX_REQUESTS: String(rate.requests),
      CRM_RATE_LIMIT_WINDOW_MS: String(rate.windowMs),
      // What is measured starts the runs.
      CRM_SYNC_INTERVAL: '86400000',
    }
    await serving(variables, async (mirror) => {
      figures.push(...(await measureFullCopy({ ...mirror, insightly, rate }, { scale, bareSeconds: bare.value })))
      figures.push(...(await measureIncremental({ ...mirror, insightly, rate })))
      figures.push(...(await measureWrites({ ...mirror, insightly, rate })))
      figures.push(await measureOneWrite({ ...mirror, insightly, rate }))
    })
    // Started anew, so that nothing is left to tidy up after the copy; safe mode starts nothing that leaves the machine, and with it no mirror.
    const mirroring = await serving(variables, readIdleCost)
    const without = await serving({ ...variables, SAFE_MODE: 'true' }, readIdleCost)
    figures.push(...compareIdle(mirroring, without))
    return figures
  } finally {
    await insightly.stop()
  }
}

async function serving<T>(
  variables: Record<string, string> & { DATA_DIR: string },
  measure: (mirror: Omit<Mirror, 'insightly' | 'rate'>) => Promise<T>,
): Promise<T> {
  const server = await startServer(variables)
  const client = createHttpClient(server.url, apiKey)
  let sql: BareSql | undefined
  try {
    sql = await openBareSql(variables)
    return await measure({ server, client, sql, dataFolder: variables.DATA_DIR })
  } finally {
    client.close()
    await sql?.close()
    await server.stop()
  }
}
