import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { expect, it } from 'vitest'
import { removeFolder, scratchFolder } from '../../../test/server-process.ts'
import { openEmbeddedPostgres } from './embedded-postgres.ts'

it('starts although the process of the one that was killed has its number taken by another', { timeout: 90_000 }, async () => {
  const folder = await scratchFolder()
  const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' })
  try {
    const options = { folder, password: 'left-over-left-over-left-over', maxConnections: 20, settings: { shared_buffers: '16MB' } }
    const first = await openEmbeddedPostgres(options)
    const path = join(folder, 'data/postmaster.pid')
    const lock = await readFile(path, 'utf8')
    await first.release()
    await writeFile(path, lock.replace(/^\d+/, String(other.pid)))
    const second = await openEmbeddedPostgres({ ...options, patienceMs: 20_000 })
    const client = new pg.Client({ connectionString: second.adminUrl })
    await client.connect()
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await client.end()
    expect(await readFile(path, 'utf8')).toMatch(new RegExp(`^${second.pid}\n`))
    await second.release()
  } finally {
    other.kill('SIGKILL')
    await removeFolder(folder)
  }
})

it('stops nobody else in the place of a database that was killed', { timeout: 60_000 }, async () => {
  const folder = await scratchFolder()
  const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' })
  try {
    const database = await openEmbeddedPostgres({ folder, password: 'left-over-left-over-left-over', maxConnections: 20, settings: { shared_buffers: '16MB' } })
    const path = join(folder, 'data/postmaster.pid')
    const lock = await readFile(path, 'utf8')
    process.kill(database.pid, 'SIGKILL')
    await writeFile(path, lock.replace(/^\d+/, String(other.pid)))
    await database.release()
    // A signal of the watchdog would have arrived: it has ended.
    await sleep(200)
    expect([other.exitCode, other.signalCode]).toEqual([null, null])
  } finally {
    other.kill('SIGKILL')
    await removeFolder(folder)
  }
})

it('comes back where everybody looks for it, whoever starts it', { timeout: 60_000 }, async () => {
  const folder = await scratchFolder()
  try {
    const options = { folder, password: 'left-over-left-over-left-over', maxConnections: 20, settings: { shared_buffers: '16MB' } }
    const first = await openEmbeddedPostgres(options)
    const connection = { connectionString: first.adminUrl }
    process.kill(first.pid, 'SIGKILL')
    // Before the first one has noticed.
    const second = await openEmbeddedPostgres(options)
    const client = new pg.Client(connection)
    await client.connect()
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await client.end()
    expect(second.adminUrl).toBe(first.adminUrl)
    await Promise.all([first.release(), second.release()])
  } finally {
    await removeFolder(folder)
  }
})
