import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readStoredSecrets } from './stored-secrets.ts'

describe('readStoredSecrets', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chatsg-secrets-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('makes them once, for their owner alone', () => {
    const dataDir = join(folder, 'new', 'data')
    const first = readStoredSecrets(dataDir)
    expect(new Set(Object.values(first)).size).toBe(5)
    expect(readStoredSecrets(dataDir)).toEqual(first)
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)
    expect(readdirSync(dataDir)).toEqual(['secrets.json'])
  })

  it('gives processes that start together the same set', async () => {
    const module = new URL('./stored-secrets.ts', import.meta.url).href
    const program = `const { readStoredSecrets } = await import(${JSON.stringify(module)}); process.stdout.write(JSON.stringify(readStoredSecrets(process.argv[1])))`
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, folder])
    const outputs = await Promise.all(Array.from({ length: 4 }, run))
    expect(new Set(outputs.map(({ stdout }) => stdout)).size).toBe(1)
    expect(JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'))).toEqual(JSON.parse(outputs[0]?.stdout ?? ''))
    expect(readdirSync(folder)).toEqual(['secrets.json'])
  })

  it('never replaces a damaged file', () => {
    writeFileSync(join(folder, 'secrets.json'), '{"encryptionKey":')
    expect(() => readStoredSecrets(folder)).toThrow(/holds a damaged .*secrets\.json\. Restore that file/)
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toBe('{"encryptionKey":')
  })

  it('says when the folder cannot be used', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => readStoredSecrets(join(folder, 'file'))).toThrow(/DATA_DIR cannot be used \((ENOTDIR|EEXIST)/)
  })

  // Node's own way to make folders never ends there.
  it.runIf(existsSync('/proc/self'))('says so of a file system that takes no folders', () => {
    for (const path of ['/proc/nothing', '/proc/nothing/deeper'])
      expect(() => readStoredSecrets(path)).toThrow(/DATA_DIR cannot be used \(E(NOENT|ACCES|PERM) .*Name a folder that this user may write/)
  })
})
