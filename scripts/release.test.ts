import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { packRelease } from './release.ts'

let scratch: string
let folder: string

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'chatsg-release-test-'))
  folder = join(scratch, 'checkout')
  mkdirSync(join(folder, 'frontend/dist'), { recursive: true })
  mkdirSync(join(folder, 'backend'))
  writeFileSync(join(folder, 'package.json'), '{"name":"chatsg","version":"1.2.3"}')
  writeFileSync(join(folder, 'package-lock.json'), '{"lockfileVersion":3}')
  writeFileSync(join(folder, '.gitignore'), 'frontend/dist/\nbackend/.env\n')
  writeFileSync(join(folder, 'backend/server.js'), '// a server\n')
  writeFileSync(join(folder, 'backend/.env'), 'ENCRYPTION_KEY=secret\n')
  writeFileSync(join(folder, 'frontend/dist/index.html'), '<h1>ChatSG</h1>')
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { stdio: 'ignore' })
  git('init')
  git('add', '.')
  git('commit', '-m', 'All')
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

describe('a release', () => {
  it('holds what is committed, the web app and the versions of all packages, and nothing secret', () => {
    const { archive, checksumFile, files } = packRelease({ folder, into: join(scratch, 'out') })
    expect(archive).toBe(join(scratch, 'out/chatsg-1.2.3.tar.gz'))
    expect(files).toBe(4)
    execFileSync('sha256sum', ['--check', '--status', checksumFile], { cwd: join(scratch, 'out') })
    execFileSync('tar', ['-xzf', archive, '-C', scratch])
    const unpacked = join(scratch, 'chatsg-1.2.3')
    expect(readFileSync(join(unpacked, 'frontend/dist/index.html'), 'utf8')).toBe('<h1>ChatSG</h1>')
    expect(readFileSync(join(unpacked, 'npm-shrinkwrap.json'), 'utf8')).toBe('{"lockfileVersion":3}')
    expect(existsSync(join(unpacked, 'backend/server.js'))).toBe(true)
    expect(existsSync(join(unpacked, 'backend/.env'))).toBe(false)
    expect(existsSync(join(unpacked, '.git'))).toBe(false)
  })

  it('is the same, byte for byte, when it is made again', () => {
    const first = packRelease({ folder, into: join(scratch, 'one') })
    const second = packRelease({ folder, into: join(scratch, 'two') })
    expect(second.sha256).toBe(first.sha256)
  })

  it('is not made of what is not committed', () => {
    writeFileSync(join(folder, 'backend/server.js'), '// another server\n')
    expect(() => packRelease({ folder, into: join(scratch, 'out') })).toThrow('made of what is committed')
    expect(existsSync(join(scratch, 'out'))).toBe(false)
  })
})
