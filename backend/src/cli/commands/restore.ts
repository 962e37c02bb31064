import { resolve } from 'node:path'
import type { Command } from 'commander'
import { backupSettings } from '#backend/cli/backup/backup-settings.ts'
import type { CliContext } from '#backend/cli/context.ts'
import { restoreBackup } from '#backend/infra/backup/index.ts'

/** `restore FILE`: an archive in the place of what is here, all of it or nothing. */
export function registerRestore(program: Command, context: CliContext): void {
  program
    .command('restore')
    .description('put a backup in the place of everything that is here; the server must be stopped')
    .argument('<file>', 'an archive that `npm run backup` wrote')
    .action(async (file: string) => {
      await context.with(
        async (opened) => {
          await opened.claimFolder()
          const settings = backupSettings(opened.config)
          const beganAt = performance.now()
          const restored = await restoreBackup({
            path: resolve(file),
            adminUrl: opened.adminUrl,
            dataDir: settings.dataDir,
            secrets: settings.secrets,
            now: new Date(),
          })
          const seconds = Math.round((performance.now() - beganAt) / 100) / 10
          const lines = [
            `Restored the backup of ${restored.createdAt} (ChatSG ${restored.version}) in ${seconds} s.`,
            `  ${restored.rows.toLocaleString('en')} rows of ${restored.tables} tables, ${restored.sessions} transcripts`,
            ...(restored.sessionsBefore === null ? [] : [`  The transcripts that were here: ${restored.sessionsBefore}`]),
            ...(restored.configuration === null ? [] : [`  The configuration of then, for you to compare; it is in force nowhere: ${restored.configuration}`]),
          ]
          context.print({ ...restored, seconds }, lines.join('\n'))
        },
        { loads: true },
      )
      // An older backup is brought up to date, and who may do what is stated anew.
      await context.with(() => Promise.resolve())
    })
}
