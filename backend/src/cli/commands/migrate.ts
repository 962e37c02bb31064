import type { Command } from 'commander'
import { inspectConfiguredDatabase } from '#backend/cli/checklist/inspect-database.ts'
import type { CliContext } from '#backend/cli/context.ts'
import { loadConfig } from '#backend/config/index.ts'

/** `migrate status|up`: what the schema lacks, and the step that an update takes before the new release serves. */
export function registerMigrate(program: Command, context: CliContext): void {
  const migrate = program.command('migrate').description('the schema of the database')
  migrate
    .command('status')
    .description('list migrations that have not run; changes nothing')
    .action(async () => {
      const found = await inspectConfiguredDatabase(loadConfig())
      const { pending, unknown, unsuited } = found ?? { pending: [], unknown: [], unsuited: undefined }
      context.print({ pending, unknown, unsuited: unsuited ?? null }, describe({ pending, unknown, unsuited, isThere: found !== undefined }))
      if (unsuited !== undefined) process.exitCode = 1
    })
  migrate
    .command('up')
    .description('run the migrations that have not run, each whole or not at all; servers go on meanwhile')
    .action(async () => {
      const config = loadConfig()
      const before = await inspectConfiguredDatabase(config)
      // Opening a database brings it up to date.
      await context.with(async () => undefined)
      const after = await inspectConfiguredDatabase(config)
      const applied = (before?.pending ?? []).filter((name) => after?.pending.includes(name) === false)
      const said = before === undefined ? 'The embedded database is made.' : applied.length === 0 ? 'All migrations had run.' : `${applied.length} have run:`
      context.print({ applied }, [said, ...applied].join('\n'))
    })
}

interface Found {
  pending: readonly string[]
  unknown: readonly string[]
  unsuited: string | undefined
  isThere: boolean
}

function describe({ pending, unknown, unsuited, isThere }: Found): string {
  if (unsuited !== undefined)
    return `The database was migrated by a newer ChatSG (${unsuited}), which left no room for this one; install that version or restore a backup.`
  if (unknown.length > 0) return `The database was migrated by a newer ChatSG (${unknown.at(-1)}); this one works with it.`
  if (!isThere) return 'The embedded database is made at the first start, with all migrations.'
  return pending.length === 0 ? 'All migrations have run.' : [`${pending.length} will run:`, ...pending].join('\n')
}
