import { type Config, loadConfig } from '#backend/config/index.ts'
import type { Database } from '#backend/infra/database/database.ts'
import type { OpenOptions } from '#backend/infra/database/open.ts'
import { createLogs, type Logs } from '#backend/infra/logger/logger.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { type Clock, createClock } from '#backend/kernel/clock.ts'

/** What an operator command works with once it needs the database. */
export interface OpenContext {
  database: Database
  /** Connection string of the database's owner, who sees all workspaces. */
  adminUrl: string
  accountsUrl: string
  /** The workspace's owner, acting from the command line. */
  actor: Extract<Actor, { type: 'user' }>
  clock: Clock
  config: Config
  logs: Logs
  logger: Logs['logger']
  /** No record is in the workspace yet. */
  isEmpty: boolean
  /** Claims the data folder, for what must not happen beside a server. @throws Error when a server runs */
  claimFolder(): Promise<void>
  close(): Promise<void>
}

export interface CliContext {
  /** Opens the database, whether or not a server runs. Close it at the end. */
  open(options?: OpenOptions): Promise<OpenContext>
  /** Opens, works and closes again. */
  with<T>(work: (context: OpenContext) => Promise<T>, options?: OpenOptions): Promise<T>
  /** Prints the value as JSON under `--json`, else the text. */
  print(value: unknown, text: string): void
  /** Says what is wrong and makes the command fail. */
  fail(message: string): void
}

export function createCliContext(isJson: () => boolean): CliContext {
  const context: CliContext = {
    async open(options = {}) {
      // Loaded only by the commands that need it: it is most of the time the command line takes to start.
      const { openConfiguredDatabase } = await import('#backend/infra/database/open.ts')
      const config = loadConfig()
      // Lines of the log would mix with what the command prints.
      const logs = createLogs({ ...config.logging, level: config.logging.file === undefined ? 'fatal' : config.logging.level })
      const opened = await openConfiguredDatabase(config, (error) => logs.logger.warn({ err: error }, 'Lost a database connection'), options)
      const { workspace } = opened
      return {
        database: opened.database,
        adminUrl: opened.adminUrl,
        accountsUrl: opened.accountsUrl,
        actor: { type: 'user', workspaceId: workspace.workspaceId, userId: workspace.userId, name: workspace.name, role: 'owner', via: 'cli' },
        clock: createClock(config.application.now),
        config,
        logs,
        logger: logs.logger,
        isEmpty: workspace.isEmpty,
        claimFolder: () => opened.claimFolder(),
        close: () => opened.close(),
      }
    },
    async with(work, options) {
      const opened = await context.open(options)
      try {
        return await work(opened)
      } finally {
        await opened.close()
      }
    },
    print(value, text) {
      process.stdout.write(`${isJson() ? JSON.stringify(value) : text}\n`)
    },
    fail(message) {
      process.exitCode = 1
      if (isJson()) process.stdout.write(`${JSON.stringify({ error: message })}\n`)
      else process.stderr.write(`${message}\n`)
    },
  }
  return context
}
