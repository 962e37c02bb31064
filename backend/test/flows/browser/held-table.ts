import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

/**
 * Holds a table of a server's embedded database, so that an answer that needs it stays unfinished for as long as the test wants.
 * @returns releases the table
 */
export async function holdTable(dataDir: string, table: string): Promise<() => Promise<void>> {
  const { ownerPassword } = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as { ownerPassword: string }
  const port = Number((await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[3])
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'chatsg_owner', password: ownerPassword, database: 'postgres' })
  await client.connect()
  await client.query('begin')
  await client.query(`lock table chatsg.${table} in access exclusive mode`)
  return async () => {
    await client.query('rollback')
    await client.end()
  }
}
