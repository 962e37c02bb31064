import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Actor } from '#backend/kernel/actor.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import type { ImportOptions } from './import-options.ts'
import type { ImportPlan } from './plan-import.ts'
import { reopenSpooled, type SpooledFile } from './spool.ts'

/** An import that this server has taken on: whatever happens to the process, it is brought to its end. */
export interface AcceptedImport {
  importId: string
  actor: Actor
  options: ImportOptions
  plan: ImportPlan
}

const suffix = '.json'
const prefix = 'accepted-'
const fileOf = (folder: string, importId: string) => join(folder, `${prefix}${importId}`)

/** Keeps the file and, beside it, how it is to be imported; both are on the disk when this returns. */
export async function keepAccepted(folder: string, file: SpooledFile, accepted: AcceptedImport): Promise<void> {
  await mkdir(folder, { recursive: true })
  const path = fileOf(folder, accepted.importId)
  await file.keepAs(path)
  const draft = await open(`${path}.draft`, 'w', 0o600)
  try {
    await draft.writeFile(JSON.stringify(accepted))
    await draft.sync()
  } finally {
    await draft.close()
  }
  // A note is there whole or not at all.
  await rename(`${path}.draft`, path + suffix)
  const directory = await open(folder, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/** Lets go of an import that has come to its end. */
export async function forgetAccepted(folder: string, importId: string): Promise<void> {
  const path = fileOf(folder, importId)
  await rm(path + suffix, { force: true })
  await rm(path, { force: true })
}

/** Imports that were taken on and not brought to their end, the oldest first. */
export async function listAccepted(folder: string): Promise<AcceptedImport[]> {
  const accepted: AcceptedImport[] = []
  for (const name of (await namesIn(folder)).sort()) {
    const id = name.slice(prefix.length, -suffix.length)
    if (name.startsWith(prefix) && name.endsWith(suffix) && isUuid(id)) accepted.push(JSON.parse(await readFile(join(folder, name), 'utf8')) as AcceptedImport)
  }
  return accepted
}

export function reopenAccepted(folder: string, importId: string): Promise<SpooledFile> {
  return reopenSpooled(fileOf(folder, importId))
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
