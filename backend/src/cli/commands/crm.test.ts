import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import { startFakeInsightly } from '../../../test/fakes/insightly/server.ts'

const cli = fileURLToPath(new URL('../../../cli.js', import.meta.url))
const key = 'cli-test-key-of-insightly'

describe('crm connectivity', () => {
  let admin: pg.Client
  let fake: Awaited<ReturnType<typeof startFakeInsightly>>
  let folder: string
  const name = `crm_${newId().replaceAll('-', '')}`

  beforeAll(async () => {
    admin = new pg.Client({ connectionString: inject('adminUrl') })
    await admin.connect()
    await admin.query(`create database ${name}`)
    folder = await mkdtemp(join(tmpdir(), 'chatsg-crm-'))
    fake = await startFakeInsightly({ key, records: 10, settings: { rateRequests: 1000 } })
  })
  afterAll(async () => {
    await fake.close()
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
    await rm(folder, { recursive: true, force: true })
  })

  /** Runs the command as an operator does. */
  async function check(env: Record<string, string>, ...flags: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const url = Object.assign(new URL(inject('adminUrl')), { pathname: `/${name}` }).toString()
    const all = {
      CHATSG_ENVIRONMENT: 'development',
      DATABASE_URL: url,
      DATA_DIR: folder,
      LOG_LEVEL: 'trace',
      LOG_FILE: join(folder, 'application.log'),
      ...env,
    }
    try {
      return { code: 0, ...(await promisify(execFile)(process.execPath, [cli, 'crm', 'connectivity', ...flags], { env: all })) }
    } catch (error) {
      return error as { code: number; stdout: string; stderr: string }
    }
  }

  it('prints a line for each thing it looked at', async () => {
    const builtin = await check({})
    expect(builtin).toMatchObject({ code: 0, stderr: '' })
    expect(builtin.stdout).toContain('ok      connection: no Insightly account is connected, so the CRM is the database here, and it answers\n')
    expect(builtin.stdout).toMatch(/\nThe CRM can be used\.\n$/)
    const mirrored = await check({ INSIGHTLY_API_KEY: key, INSIGHTLY_API_URL: fake.url })
    expect(mirrored).toMatchObject({ code: 0, stderr: '' })
    expect(mirrored.stdout).toContain(`ok      connection: ${fake.url} answers\n`)
    expect(mirrored.stdout).toContain('ok      quota: 99,995 of 100,000 calls of the day are left\n')
  })

  it('fails with what is wrong, as JSON too, and shows the key nowhere', async () => {
    const wrong = 'wrong-key-of-insightly'
    const { code, stdout, stderr } = await check({ INSIGHTLY_API_KEY: wrong, INSIGHTLY_API_URL: fake.url }, '--json')
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, mode: 'insightly', checks: [{ check: 'credentials', status: 'problem' }] })
    for (const form of [wrong, Buffer.from(`${wrong}:`).toString('base64')]) expect(stdout + stderr).not.toContain(form)
    const unreachable = await check({ INSIGHTLY_API_KEY: wrong, INSIGHTLY_API_URL: 'http://127.0.0.1:9/v3.1' })
    expect(unreachable.code).toBe(1)
    expect(unreachable.stdout).toMatch(/^PROBLEM connection: Insightly did not answer/)
    expect(unreachable.stdout).toMatch(/\n1 problem found\.\n$/)
    expect(unreachable.stdout + unreachable.stderr).not.toContain(wrong)
    const log = await readFile(join(folder, 'application.log'), 'utf8')
    expect(log).toContain('Insightly call')
    for (const one of [key, wrong]) for (const form of [one, Buffer.from(`${one}:`).toString('base64')]) expect(log).not.toContain(form)
  })
})
