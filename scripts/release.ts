import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureWebBuilt } from './build-web.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

export interface Release {
  archive: string
  checksumFile: string
  sha256: string
  files: number
}

/**
 * Packs what is committed, with the web app that is built, into `chatsg-VERSION.tar.gz` and its checksum; the same commit makes the same bytes.
 * @throws Error when something is changed and not committed, unless `allowChanges`
 */
export function packRelease({ folder = root, into, allowChanges = false }: { folder?: string; into: string; allowChanges?: boolean }): Release {
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const changed = git('status', '--porcelain').trim()
  if (changed !== '' && !allowChanges) throw new Error('A release is made of what is committed. Commit or stash what has changed, then try again.')
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  const name = `chatsg-${version}`
  mkdirSync(into, { recursive: true })
  const scratch = mkdtempSync(join(tmpdir(), 'chatsg-release-'))
  try {
    const tracked = git('ls-files', '-z')
      .split('\0')
      .filter((file) => file !== '')
    const list = join(scratch, 'files')
    writeFileSync(list, `${[...tracked, 'frontend/dist'].join('\0')}\0`)
    // npm ci takes this one before package-lock.json, also where the release is a dependency of something.
    copyFileSync(join(folder, 'package-lock.json'), join(scratch, 'npm-shrinkwrap.json'))
    const draft = join(scratch, `${name}.tar.gz`)
    const steady = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', `--mtime=@${git('log', '-1', '--format=%ct').trim()}`, '--mode=go=rX,u+rw']
    execFileSync('tar', [
      '-cf',
      `${draft}.tar`,
      ...steady,
      `--transform=s,^,${name}/,`,
      '--null',
      '-C',
      folder,
      '-T',
      list,
      '-C',
      scratch,
      'npm-shrinkwrap.json',
    ])
    execFileSync('gzip', ['-n', '-9', `${draft}.tar`])
    const archive = join(resolve(into), `${name}.tar.gz`)
    const sha256 = createHash('sha256')
      .update(readFileSync(`${draft}.tar.gz`))
      .digest('hex')
    copyFileSync(`${draft}.tar.gz`, `${archive}.draft`)
    renameSync(`${archive}.draft`, archive)
    const checksumFile = `${archive}.sha256`
    writeFileSync(checksumFile, `${sha256}  ${basename(archive)}\n`)
    return { archive, checksumFile, sha256, files: tracked.length }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  try {
    await ensureWebBuilt()
    const release = packRelease({ into: process.argv.find((argument, index) => index > 1 && !argument.startsWith('-')) ?? 'release' })
    const text = `${release.archive}\n  ${release.files} files and the web app; SHA-256 ${release.sha256}\nPut it into service with: deploy/update.sh ${basename(release.archive)}`
    process.stdout.write(`${process.argv.includes('--json') ? JSON.stringify(release) : text}\n`)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 1
  }
}
