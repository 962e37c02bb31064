import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { readArchive } from './archive-reader.ts'
import { loadDatabase } from './load-database.ts'
import type { ArchiveSummary } from './manifest.ts'

export interface RestoreOptions {
  path: string
  adminUrl: string
  dataDir: string
  /** `ENCRYPTION_KEY`, and the one before it. */
  secrets: readonly string[]
  now: Date
  onProgress?: (step: string) => void
}

export interface RestoredBackup extends ArchiveSummary {
  /** Where the transcripts that were here are now. */
  sessionsBefore: string | null
  /** Where the configuration of the archive was put; it is in force nowhere. */
  configuration: string | null
}

/**
 * Reads an archive whole, and only when all of it is as it was written puts it in the place of what is here.
 * @throws DamagedBackup, and Error for another key or a newer version; nothing is changed then
 */
export async function restoreBackup({ path, adminUrl, dataDir, secrets, now, onProgress }: RestoreOptions): Promise<RestoredBackup> {
  const stamp = now.toISOString().replace(/[-:]/g, '').slice(0, 15)
  const staged = join(dataDir, `restoring-${stamp}`)
  const step = onProgress === undefined ? {} : { onProgress }
  await rm(staged, { recursive: true, force: true })
  try {
    let sessions = 0
    let hasConfiguration = false
    onProgress?.('checking')
    const { header, manifest } = await readArchive(path, secrets, async (name, content) => {
      if (name.startsWith('database/')) {
        for await (const _ of content);
        return
      }
      if (name.startsWith('sessions/')) sessions += 1
      if (name.startsWith('configuration/')) hasConfiguration = true
      await pipeline(content, await fileIn(staged, name))
    })
    onProgress?.('checked')
    await mkdir(join(staged, 'sessions'), { recursive: true, mode: 0o700 })
    await loadDatabase({ adminUrl, path, secrets, manifest, ...step })
    const kept = join(dataDir, `sessions-before-${stamp}`)
    const hadSessions = await moveIfThere(join(dataDir, 'sessions'), kept)
    await rename(join(staged, 'sessions'), join(dataDir, 'sessions'))
    const configuration = join(dataDir, `restored-configuration-${stamp}`)
    if (hasConfiguration) await rename(join(staged, 'configuration'), configuration)
    const tables = manifest.streams.filter(({ rows }) => rows !== undefined)
    return {
      createdAt: header.createdAt,
      version: header.version,
      tables: tables.length,
      rows: tables.reduce((sum, { rows = 0 }) => sum + rows, 0),
      sessions,
      bytes: (await stat(path)).size,
      sessionsBefore: hadSessions ? kept : null,
      configuration: hasConfiguration ? configuration : null,
    }
  } finally {
    await rm(staged, { recursive: true, force: true })
  }
}

/** A file below the folder; names come from the archive, which is sealed, and are looked at all the same. */
async function fileIn(folder: string, name: string) {
  const path = normalize(join(folder, name))
  if (!path.startsWith(`${folder}/`)) throw new Error(`The backup holds a file outside its folder (${name.slice(0, 80)}); nothing was changed.`)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  return createWriteStream(path, { mode: 0o600 })
}

async function moveIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
