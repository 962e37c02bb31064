import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { parseConfig } from '#backend/config/index.ts'
import { checkDatabase } from './database.ts'
import { describeBytes, describeFinding, problem } from './finding.ts'
import { checkInstallation, checkNode } from './machine.ts'
import { checkPort } from './port.ts'
import { checkDataFolder, checkDisk } from './storage.ts'

describe('doctor', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chatsg-doctor-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('looks at a database that is reachable and migrated', async () => {
    const findings = await checkDatabase(parseConfig({ DATABASE_URL: inject('adminUrl'), DATA_DIR: folder }))
    expect(findings.map(({ check, status }) => [check, status])).toEqual([
      ['database', 'ok'],
      ['migrations', 'ok'],
      ['clock', 'ok'],
    ])
    expect(findings[1]?.found).toBe('all have run')
  })

  it('names a database that does not answer, without its password', async () => {
    const findings = await checkDatabase(parseConfig({ DATABASE_URL: 'postgres://app:hunter2@127.0.0.1:9/x', DATA_DIR: folder }))
    expect(findings).toMatchObject([{ check: 'database', status: 'problem', found: expect.stringContaining('ECONNREFUSED') }])
    expect(JSON.stringify(findings)).not.toContain('hunter2')
  })

  it('leaves an embedded database alone that was never made', async () => {
    expect(await checkDatabase(parseConfig({ DATA_DIR: folder }))).toMatchObject([
      { status: 'ok', found: 'the embedded PostgreSQL is made at the first start' },
    ])
  })

  describe('ports', () => {
    const listen = async (body: string) => {
      const server = createServer((_, response) => response.end(body)).listen(0, '127.0.0.1')
      await new Promise((done) => server.once('listening', done))
      return { port: (server.address() as AddressInfo).port, close: () => new Promise((done) => server.close(done)) }
    }

    it('tells a free port from ours and from another program', async () => {
      const ours = await listen('{"status":"ok"}')
      const other = await listen('hello')
      expect(await checkPort('127.0.0.1', ours.port)).toMatchObject({ status: 'ok', found: `ChatSG is running on 127.0.0.1:${ours.port}` })
      expect(await checkPort('127.0.0.1', other.port)).toMatchObject({ status: 'problem', found: `127.0.0.1:${other.port} is taken by another program` })
      await ours.close()
      await other.close()
      expect(await checkPort('127.0.0.1', ours.port)).toMatchObject({ status: 'ok', found: `127.0.0.1:${ours.port} is free` })
    })

    it('names an address that is not of this machine', async () => {
      expect(await checkPort('192.0.2.1', 3000)).toMatchObject({ status: 'problem', fix: 'Set HOST to an address of this machine, such as 127.0.0.1.' })
    })
  })

  it('looks at the data folder, made or not', async () => {
    expect(await checkDataFolder(folder)).toMatchObject({ status: 'ok', found: `${folder} can be written` })
    expect(await checkDataFolder(join(folder, 'a/b'))).toMatchObject({ status: 'ok', found: `${folder}/a/b is made at the first start` })
    expect(await checkDisk(join(folder, 'a/b'))).toMatchObject({ check: 'disk' })
  })

  it('looks at Node and at what is installed', async () => {
    expect(checkNode().status).toBe('ok')
    writeFileSync(join(folder, 'package.json'), '{}')
    expect(await checkInstallation(folder)).toMatchObject({ status: 'problem', fix: 'Run "npm ci".' })
  })

  it('prints a line per finding', () => {
    expect(describeFinding(problem('port', '3000 is taken', 'Stop it.'))).toBe('PROBLEM port: 3000 is taken. Stop it.')
    expect([0, 999, 1e6, 8.2e9].map(describeBytes)).toEqual(['0 B', '999 B', '1 MB', '8.2 GB'])
  })
})
