import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { hostname } from 'node:os'
import pg from 'pg'

export interface FolderClaim {
  release(): Promise<void>
}

/**
 * Claims the data folder for one server by a lock of a database session, so that it ends with its process however that ends.
 * @throws Error when another server holds it
 */
export async function claimFolder(adminUrl: string, dataDir: string, onLost: (error: Error) => void): Promise<FolderClaim> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'chatsg server lock', keepAlive: true })
  client.on('error', onLost)
  await client.connect()
  const key = createHash('sha256')
    .update(`${hostname()}:${realpathSync(dataDir)}`)
    .digest()
    .readBigInt64BE(0)
  const { rows } = await client.query('select pg_try_advisory_lock($1) as locked', [key.toString()])
  if (rows[0].locked) return { release: () => client.end() }
  await client.end()
  throw new Error(`Another ChatSG server already uses the data folder ${dataDir}; stop it first, or set DATA_DIR to another folder.`)
}
