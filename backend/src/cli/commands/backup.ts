import type { Command } from 'commander'
import { backupSettings } from '#backend/cli/backup/backup-settings.ts'
import type { CliContext } from '#backend/cli/context.ts'
import { createBackup, drillBackup } from '#backend/infra/backup/index.ts'
import { readVersion } from '#backend/version.ts'

/** `backup`: one archive of everything; `backup drill`: a backup, restored where nobody works, and counted. */
export function registerBackup(program: Command, context: CliContext): void {
  const backup = program
    .command('backup')
    .description('write one archive of database, transcripts and configuration into BACKUP_DIR, while people go on working')
    .action(() =>
      context.with(async ({ config, adminUrl }) => {
        const settings = backupSettings(config)
        const beganAt = performance.now()
        const made = await createBackup({ ...settings, adminUrl, version: readVersion(), now: new Date() })
        const seconds = secondsSince(beganAt)
        const lines = [
          `Backup written: ${made.path}`,
          `  ${made.rows.toLocaleString('en')} rows of ${made.tables} tables, ${made.sessions} transcripts, ${megabytes(made.bytes)} MB in ${seconds} s`,
          ...made.removed.map((name) => `  Removed, older than ${settings.retentionDays} days: ${name}`),
        ]
        context.print({ ...made, seconds }, lines.join('\n'))
      }),
    )
  backup
    .command('drill')
    .description('make a backup, restore it into a scratch database, count its rows, and remove the scratch database')
    .option('--file <file>', 'an archive that is there, instead of a new one')
    .action(({ file }: { file?: string }) =>
      context.with(async ({ config, adminUrl }) => {
        const settings = backupSettings(config)
        const beganAt = performance.now()
        const path = file ?? (await createBackup({ ...settings, adminUrl, version: readVersion(), now: new Date() })).path
        const backupSeconds = file === undefined ? secondsSince(beganAt) : null
        const drill = await drillBackup({ path, adminUrl, secrets: settings.secrets, now: new Date() })
        const made = backupSeconds === null ? '' : `backup ${backupSeconds} s, `
        context.print(
          { path, backupSeconds, restore: drill },
          `Drill passed: ${drill.rows.toLocaleString('en')} rows of ${drill.tables} tables and ${drill.sessions} transcripts came back (${made}restore ${drill.seconds} s).\n  ${path}`,
        )
      }),
    )
}

function secondsSince(beganAt: number): number {
  return Math.round((performance.now() - beganAt) / 100) / 10
}

function megabytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(1)
}
