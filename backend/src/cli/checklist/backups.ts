import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Finding, ok, problem, warning } from '#backend/cli/doctor/finding.ts'
import { type DrillResult, drillBackup } from '#backend/infra/backup/index.ts'

const hourMs = 3_600_000
/** A night and the time a backup takes. */
const recentMs = 26 * hourMs

/** Paths of the archives in the folder, the newest last. */
function listBackups(folder: string): string[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => /^chatsg-\d{8}-\d{6}\.tar\.gz$/.test(name))
  return names.sort().map((name) => join(folder, name))
}

/** Whether there is a backup of the last night; `isNeeded` where going on without one is a mistake. */
export function checkLastBackup(folder: string, now: Date, { isNeeded }: { isNeeded: boolean }): Finding {
  const newest = listBackups(folder).at(-1)
  const say = isNeeded ? problem : warning
  if (newest === undefined) return say('backup', `there is none in ${folder}`, 'Run "npm run backup", and enable chatsg-backup.timer.')
  const ageMs = now.getTime() - statSync(newest).mtimeMs
  const found = `${newest} is ${Math.max(0, Math.round(ageMs / hourMs))} h old`
  if (ageMs > recentMs) return say('backup', found, 'Run "npm run backup"; journalctl -u chatsg-backup says why the last ones are missing.')
  return ok('backup', found)
}

/** Whether the newest archive can be restored, tried in a scratch database. */
export async function checkRestore(folder: string, options: { adminUrl: string; secrets: readonly string[]; now: Date }): Promise<Finding> {
  const path = listBackups(folder).at(-1)
  if (path === undefined) return problem('restore', 'there is no backup to try', 'Run "npm run backup".')
  try {
    const { rows, seconds }: DrillResult = await drillBackup({ path, ...options })
    return ok('restore', `${path} came back whole in a scratch database: ${rows} rows in ${seconds} s`)
  } catch (error) {
    return problem(
      'restore',
      `${path} cannot be restored (${(error as Error).message})`,
      'Run "npm run backup", then this again; keep the older archives until it passes.',
    )
  }
}

/** Whether the key of the backups is known elsewhere than in the data folder, which may be lost together with it. */
export function checkEncryptionKey(dataDir: string, key: string): Finding {
  const file = join(dataDir, 'secrets.json')
  const isGenerated = existsSync(file) && readFileSync(file, 'utf8').includes(key)
  if (!isGenerated) return ok('encryption key', 'is set; keep a copy off this machine')
  return warning(
    'encryption key',
    `was generated into ${file}; without it no backup can be restored`,
    'Set ENCRYPTION_KEY to it, and keep a copy off this machine.',
  )
}
