import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import { removeFolder, type ServerProcess, scratchFolder, startServer } from '../server-process.ts'

describe('a conversation deleted at one of two servers', { timeout: 90_000 }, () => {
  const name = `deleted_${newId().replaceAll('-', '')}`
  const servers: ServerProcess[] = []
  let folder: string
  let env: Record<string, string>

  const asAdmin = async (statement: string) => {
    const admin = new pg.Client({ connectionString: inject('adminUrl') })
    await admin.connect()
    await admin.query(statement).finally(() => admin.end())
  }
  const start = async (place: string) => {
    const server = await startServer(join(folder, place), env)
    servers.push(server)
    return server
  }
  const hasTranscript = (place: string, sessionId: string) => existsSync(join(folder, place, 'sessions', `${sessionId}.jsonl`))

  beforeAll(async () => {
    folder = await scratchFolder()
    await asAdmin(`create database ${name}`)
    env = {
      DATABASE_URL: Object.assign(new URL(inject('adminUrl')), { pathname: `/${name}` }).toString(),
      ENCRYPTION_KEY: 'e'.repeat(40),
      SESSION_SECRET: 's'.repeat(40),
      CSRF_SECRET: 'c'.repeat(40),
    }
  })
  afterAll(async () => {
    for (const server of servers) if (server.child.exitCode === null && server.child.signalCode === null) await server.stop('SIGKILL')
    await asAdmin(`drop database if exists ${name} with (force)`)
    await removeFolder(folder)
  })

  it('is gone from the folder of the other when that starts again, and what was not deleted is there', async () => {
    const one = await start('one')
    const ask = async (message: string) => {
      const response = await one.fetch('/api/chat', { method: 'POST', body: JSON.stringify({ message }) })
      expect(response.status).toBe(200)
      return ((await response.json()) as { sessionId: string }).sessionId
    }
    const [gone, kept] = [await ask('How many contacts are there?'), await ask('How many organisations are there?')]
    const other = await start('other')
    // It completes its folder from the database once it serves.
    await expect.poll(() => [gone, kept].map((id) => hasTranscript('other', id)), { timeout: 20_000 }).toEqual([true, true])
    // While it is away, or its own look might follow the deletion at once.
    expect(await other.stop()).toBe(0)
    expect((await one.fetch(`/api/sessions/${gone}`, { method: 'DELETE' })).status).toBeLessThan(300)
    expect([hasTranscript('one', gone), hasTranscript('other', gone)]).toEqual([false, true])
    await start('other')
    await expect.poll(() => hasTranscript('other', gone), { timeout: 20_000 }).toBe(false)
    expect([hasTranscript('one', kept), hasTranscript('other', kept)]).toEqual([true, true])
  })
})
