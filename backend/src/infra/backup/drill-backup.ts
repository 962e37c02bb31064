import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { restoreBackup } from './restore-backup.ts'
import { listTables } from './tables.ts'

export interface DrillResult {
  tables: number
  rows: number
  sessions: number
  seconds: number
}

/**
 * Restores an archive into a database and a folder of its own, counts what arrived, and removes both again.
 * @throws Error when the archive cannot be restored, or rows are missing afterwards
 */
export async function drillBackup(options: { path: string; adminUrl: string; secrets: readonly string[]; now: Date }): Promise<DrillResult> {
  const { path, adminUrl, secrets, now } = options
  const name = `chatsg_drill_${randomBytes(6).toString('hex')}`
  const folder = await mkdtemp(join(tmpdir(), 'chatsg-drill-'))
  const beganAt = performance.now()
  await withClient(adminUrl, (client) => client.query(`create database ${name} template template0 encoding 'UTF8'`))
  try {
    const url = new URL(adminUrl)
    url.pathname = `/${name}`
    const restored = await restoreBackup({ path, adminUrl: url.toString(), dataDir: folder, secrets, now })
    const rows = await withClient(url.toString(), async (client) => {
      let total = 0
      for (const { sql } of await listTables(client)) total += Number((await client.query(`select count(*) as n from ${sql}`)).rows[0].n)
      return total
    })
    if (rows !== restored.rows) throw new Error(`The drill found ${rows} rows where the backup has ${restored.rows}.`)
    return { tables: restored.tables, rows, sessions: restored.sessions, seconds: Math.round((performance.now() - beganAt) / 100) / 10 }
  } finally {
    await withClient(adminUrl, (client) => client.query(`drop database if exists ${name} with (force)`))
    await rm(folder, { recursive: true, force: true })
  }
}

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, application_name: 'chatsg drill' })
  // What it tells beside a failed statement is the same failure again.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
