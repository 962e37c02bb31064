import type { Database } from '#backend/infra/database/database.ts'
import { readConnection } from './connections.repository.ts'
import type { Connections } from './connections.ts'
import { readAsMirror } from './mirror-actor.ts'
import { listRuns, readHistory } from './sync-runs.repository.ts'

export interface MirrorHealth {
  mode: 'insightly'
  /** False while Insightly is not called because it did not answer, and when the last run could not go on, as with a key that is refused. */
  reachable: boolean
  rateLimit: { limit: number | null; remaining: number | null }
  lastSync: string | null
  lagSeconds: number | null
  lastError: string | null
}

/** How the mirror of a workspace stands, without calling Insightly; undefined where nothing is mirrored. */
export async function readMirrorHealth({
  database,
  connections,
  workspaceId,
}: {
  database: Database
  connections: Connections
  workspaceId: string
}): Promise<MirrorHealth | undefined> {
  const told = await readAsMirror(database, workspaceId, async (tx) => {
    const connection = await readConnection(tx)
    if (connection === undefined || connection.state === 'left') return undefined
    const [run] = await listRuns(tx, 1)
    return { history: await readHistory(tx), error: run?.error ?? null, hasFailed: run?.state === 'failed' }
  })
  if (told === undefined) return undefined
  const connection = await connections.of(workspaceId)
  const standing = await connection?.standing()
  const { syncedAt, now } = told.history
  return {
    mode: 'insightly',
    reachable: !told.hasFailed && (connection?.client.health().reachable ?? false),
    rateLimit: { limit: standing?.quota?.limit ?? null, remaining: standing?.quota?.remaining ?? null },
    lastSync: syncedAt,
    lagSeconds: syncedAt === null ? null : Math.max(0, (Date.parse(now) - Date.parse(syncedAt)) / 1000),
    lastError: told.error ?? (connection === undefined ? 'The API key is not there any more.' : null),
  }
}
