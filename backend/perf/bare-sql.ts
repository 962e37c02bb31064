import { createHash } from 'node:crypto'
import pg from 'pg'
import { loadConfig } from '#backend/config/index.ts'
import { openConfiguredDatabase } from '#backend/infra/database/open.ts'
import { clients } from './load.ts'

/** The same database without the product: the yardstick. */
export interface BareSql {
  workspaceId: string
  query<R extends object = Record<string, unknown>>(text: string, values: unknown[]): Promise<R[]>
  close(): Promise<void>
}

/** Joins the database of a running server as its owner, past row-level security. */
export async function openBareSql(variables: Record<string, string>): Promise<BareSql> {
  const opened = await openConfiguredDatabase(loadConfig({ ...process.env, ...variables }), ignoreLostConnection)
  const pool = new pg.Pool({ connectionString: opened.adminUrl, max: clients, options: '-c search_path=chatsg -c timezone=UTC' })
  pool.on('error', ignoreLostConnection)
  return {
    workspaceId: opened.workspace.workspaceId,
    async query<R extends object>(text: string, values: unknown[]) {
      // A named statement is planned once, as any careful client would have it.
      const { rows } = await pool.query<R>({ name: createHash('sha256').update(text).digest('hex').slice(0, 32), text, values })
      return rows
    },
    async close() {
      await pool.end()
      await opened.close()
    },
  }
}

/** An idle connection may go when the server it shares the database with stops. */
function ignoreLostConnection(): void {}
