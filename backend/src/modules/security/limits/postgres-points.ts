import type { Logger } from '#backend/infra/logger/logger.ts'
import { occasionally } from './occasionally.ts'
import type { PointStore } from './point-store.ts'

/** Sends statements as one text, which PostgreSQL runs as one transaction in one round trip; tells the rows of the last one. */
export interface SingleTrip {
  query(text: string): Promise<Record<string, unknown>[]>
}

// The login role has no rights of its own; a count that a crash forgets is not worth waiting for the disk.
const asApplication = 'set local role chatsg_app; set local synchronous_commit = off'

export interface PostgresPointsOptions {
  connection: SingleTrip
  logger: Pick<Logger, 'warn'>
  removeEveryMs?: number
}

/** Counts in PostgreSQL, for all processes and replicas of the installation. */
export function createPostgresPoints({ connection, logger, removeEveryMs = 300_000 }: PostgresPointsOptions): PointStore {
  const removeEnded = occasionally(removeEveryMs, logger, () =>
    connection.query(
      `${asApplication}; delete from request_counts where key in (select key from request_counts where expires_at < now() limit 20000 for update skip locked)`,
    ),
  )
  return {
    async add(key, points, windowMs) {
      // One text cannot carry parameters, so nothing but hexadecimal digits and whole numbers may get into it.
      if (!/^[0-9a-f]{1,64}$/.test(key) || !Number.isSafeInteger(points) || !Number.isSafeInteger(windowMs)) throw new Error('This cannot be counted.')
      const [row] = await connection.query(`${asApplication}; select points, reset_ms from add_points('${key}', ${points}, ${windowMs})`)
      if (row === undefined) throw new Error('The count was not answered.')
      removeEnded()
      return { points: Number(row.points), resetMs: Number(row.reset_ms) }
    },
  }
}
