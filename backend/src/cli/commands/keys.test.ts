import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { openDatabase } from '#backend/infra/database/database.ts'
import { migrate } from '#backend/infra/database/migrate.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createKeyRing, createSecretsService } from '#backend/modules/security/index.ts'

const cli = fileURLToPath(new URL('../../../cli.js', import.meta.url))
const oldKey = 'old-key-old-key-old-key-old-key-old'
const newKey = 'new-key-new-key-new-key-new-key-new'
const lostKey = 'lost-key-lost-key-lost-key-lost-key'

let admin: pg.Client
let name: string
let url: string
let folder: string

beforeEach(async () => {
  admin = new pg.Client({ connectionString: inject('adminUrl') })
  await admin.connect()
  name = `keys_${newId().replaceAll('-', '')}`
  await admin.query(`create database ${name}`)
  url = Object.assign(new URL(inject('adminUrl')), { pathname: `/${name}` }).toString()
  folder = await mkdtemp(join(tmpdir(), 'chatsg-keys-'))
})
afterEach(async () => {
  await admin.query(`drop database ${name} with (force)`)
  await admin.end()
  await rm(folder, { recursive: true, force: true })
})

/** Runs the command as an operator does. */
async function rotate(keys: { current: string; previous?: string }, ...flags: string[]): Promise<{ code: number; stdout: string }> {
  const env = {
    CHATSG_ENVIRONMENT: 'development',
    DATABASE_URL: url,
    DATA_DIR: folder,
    ENCRYPTION_KEY: keys.current,
    ...(keys.previous === undefined ? {} : { ENCRYPTION_KEY_PREVIOUS: keys.previous }),
  }
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [cli, 'keys', 'rotate', ...flags], { env })) }
  } catch (error) {
    return error as { code: number; stdout: string }
  }
}

describe('keys rotate', () => {
  it('rotates every workspace, says how many, and fails while a value is unreadable', async () => {
    const { applicationUrl } = await migrate({ adminUrl: url, applicationPassword: 'test-only-password' })
    const owner = new pg.Client({ connectionString: url, options: '-c search_path=chatsg' })
    await owner.connect()
    const database = openDatabase({ connectionString: applicationUrl, maxConnections: 2, connectionTimeoutMs: 5000, onError: () => undefined })
    const clock = { now: () => new Date('2026-03-01T09:00:00Z') }
    const put = async (workspaceId: string, key: string) => {
      await owner.query(`insert into workspaces (id, name) values ($1, 'Test') on conflict do nothing`, [workspaceId])
      const actor: Actor = { type: 'system', workspaceId, job: 'test' }
      const secrets = createSecretsService({ database, keyRing: createKeyRing({ current: key }), clock })
      await secrets.put(actor, { purpose: 'token', name: newId(), value: 'hunter2' })
    }
    const workspaces = [newId(), newId()] as const
    for (const workspaceId of [...workspaces, workspaces[0]]) await put(workspaceId, oldKey)
    await database.close()
    await owner.end()

    const first = await rotate({ current: newKey, previous: oldKey }, '--json')
    expect(first.code).toBe(0)
    expect(JSON.parse(first.stdout)).toEqual({ rotated: 3, failed: 0 })
    const again = await rotate({ current: newKey })
    expect(again.code).toBe(0)
    expect(again.stdout).toContain('0 values were encrypted anew')

    const unreadable = await rotate({ current: lostKey }, '--json')
    expect(unreadable.code).toBe(1)
    expect(JSON.parse(unreadable.stdout)).toEqual({ rotated: 0, failed: 3 })
    const asText = await rotate({ current: lostKey })
    expect(asText.code).toBe(1)
    expect(asText.stdout).toContain('3 could not be read and were left as before. Set ENCRYPTION_KEY_PREVIOUS')
    expect(JSON.parse((await rotate({ current: lostKey, previous: newKey }, '--json')).stdout)).toEqual({ rotated: 3, failed: 0 })
  })
})
