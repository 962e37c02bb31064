import { chmodSync, linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredSecrets } from './config.ts'
import { ConfigError } from './config-error.ts'
import { makeFolder } from './make-folder.ts'
import { randomSecrets } from './parse-config.ts'

/**
 * The secrets that a data folder keeps in `secrets.json`, made once, readable by their owner alone; processes that start
 * at the same moment agree on one set.
 * @throws ConfigError when the folder cannot be written, or the file is damaged
 */
export function readStoredSecrets(dataDir: string): StoredSecrets {
  const path = join(dataDir, 'secrets.json')
  try {
    return parse(readFileSync(path, 'utf8'), path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw translate(error, path)
  }
  const draft = join(dataDir, `.secrets-${process.pid}.json`)
  try {
    makeFolder(dataDir, 0o700)
    writeFileSync(draft, `${JSON.stringify(randomSecrets(), null, 2)}\n`, { mode: 0o600, flush: true })
    chmodSync(draft, 0o600)
    // A link, unlike a rename, never replaces what another process has made in the meantime.
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw translate(error, path)
  } finally {
    removeDraft(draft)
  }
  return parse(readFileSync(path, 'utf8'), path)
}

function removeDraft(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

function parse(content: string, path: string): StoredSecrets {
  let stored: Partial<Record<string, unknown>>
  try {
    stored = JSON.parse(content) as Partial<Record<string, unknown>>
  } catch {
    stored = {}
  }
  for (const key of Object.keys(randomSecrets())) {
    if (typeof stored[key] !== 'string' || stored[key] === '') {
      throw damaged(path)
    }
  }
  return stored as unknown as StoredSecrets
}

function damaged(path: string): ConfigError {
  return new ConfigError([
    { variable: 'DATA_DIR', problem: `holds a damaged ${path}`, fix: 'Restore that file from a backup; without it the data in the folder cannot be opened.' },
  ])
}

function translate(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return new ConfigError([{ variable: 'DATA_DIR', problem: 'is on a full disk', fix: 'Free some space.' }])
  if (code === undefined) return error
  return new ConfigError([{ variable: 'DATA_DIR', problem: `cannot be used (${code} at ${path})`, fix: 'Name a folder that this user may write.' }])
}
