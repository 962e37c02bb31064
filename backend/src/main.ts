import { createServer as createNetServer } from 'node:net'
import { join } from 'node:path'
import { ensureWebBuilt } from '../../scripts/build-web.ts'
import type { App } from './app.ts'
import { type Config, ConfigError, describeProblem, loadConfig, repositoryRoot, secretValues } from './config/index.ts'
import { type OpenedDatabase, openConfiguredDatabase } from './infra/database/open.ts'
import { listWorkspaceIds } from './infra/database/workspaces.ts'
import { createLogs, type Logs } from './infra/logger/logger.ts'
import { createClock } from './kernel/clock.ts'
import { requestLogFields } from './kernel/request-context.ts'
import { readVersion } from './version.ts'

const stopWithinMs = 9000
const hourMs = 3_600_000

async function start(): Promise<void> {
  const config = loadConfig()
  const { application } = config
  const logs = createLogs(config.logging, { secrets: secretValues(config), context: requestLogFields })
  await refuseTakenPort(application.host, application.port)
  // The database opens in processes of its own while this one loads its modules.
  const opening = openConfiguredDatabase(config, (error) => logs.logger.warn({ err: error }, 'Lost a database connection'))
  const stopping = handleSignals(logs)
  const [opened, { createApp }] = await Promise.all([opening, import('./app.ts')])
  let app: App
  try {
    await opened.claimFolder()
    if (opened.applied.length > 0) logs.logger.info({ migrations: opened.applied }, 'Database migrated')
    app = await createApp(config, {
      database: opened.database,
      accountsUrl: opened.accountsUrl,
      owner: opened.workspace,
      logs,
      webFolder: join(repositoryRoot, 'frontend/dist'),
      version: readVersion(),
    })
    if (wantsDemo(config) && opened.workspace.isEmpty) {
      const { seedDemo } = await import('../seeds/index.ts')
      await seedDemo({ database: opened.database, workspaceId: opened.workspace.workspaceId, clock: createClock(application.now), logger: logs.logger })
    }
    const workspaceIds = await listWorkspaceIds(opened.adminUrl)
    await app.services.chat.failInterrupted(workspaceIds)
    stopping.with(async () => {
      await app.close()
      await opened.close()
    })
    await app.services.sync.connectEnvironment()
    await app.server.listen({ host: application.host, port: application.port })
    app.services.insightly.start()
    // Last, because the API can be used without it.
    if (!process.argv.includes('--no-web-build')) await ensureWebBuilt()
  } catch (error) {
    await opened.close()
    throw error
  }
  await settle(config, app, opened, logs).catch((error: unknown) => {
    // Whoever is told to stop right after the start stops in order; what was left to do is done at the next start.
    if (!stopping.hasBegun()) throw error
  })
}

/** What follows once requests are served. */
async function settle(config: Config, app: App, opened: OpenedDatabase, logs: Logs): Promise<void> {
  await announce(config, app)
  await app.warmUp()
  const { chat, access } = app.services
  await chat.repairTranscripts(await listWorkspaceIds(opened.adminUrl))
  const removeExpired = () =>
    listWorkspaceIds(opened.adminUrl)
      .then((workspaceIds) => access.removeExpired(workspaceIds))
      .catch((error: unknown) => logs.logger.warn({ err: error }, 'What has expired could not be removed; it is tried again within the hour'))
  await removeExpired()
  setInterval(removeExpired, hourMs).unref()
}

function wantsDemo(config: Config): boolean {
  const { application, crm } = config
  // Whoever brings the records of Insightly wants no others.
  return application.environment === 'development' && application.demoData === 'auto' && crm.insightlyApiKey === undefined
}

/** Said before anything is made, so that a second start costs nothing and harms nothing. */
function refuseTakenPort(host: string, port: number): Promise<void> {
  if (port === 0) return Promise.resolve()
  return new Promise((done, failed) => {
    const probe = createNetServer()
    probe.once('error', (error: NodeJS.ErrnoException) => failed(describeListenError(error, host, port)))
    probe.listen(port, host, () => probe.close(() => done()))
  })
}

function describeListenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') return new Error(`Port ${port} is taken by another program; stop it, or set PORT to a free one.`, { cause: error })
  if (error.code === 'EACCES') return new Error(`Port ${port} needs more rights than this user has; set PORT to one above 1023.`, { cause: error })
  if (error.code === 'EADDRNOTAVAIL') return new Error(`This machine has no address ${host}; set HOST to one of its own, such as 127.0.0.1.`, { cause: error })
  return error
}

/** Ends the process in order on SIGTERM or SIGINT; before there is anything to close, at once. */
function handleSignals(logs: Logs): { with(close: () => Promise<void>): void; hasBegun(): boolean } {
  let close = () => Promise.resolve()
  let isStopping = false
  const stop = (signal: string) => {
    if (isStopping) return
    isStopping = true
    logs.logger.info({ signal }, 'Stopping')
    const deadline = setTimeout(() => {
      logs.logger.error('Stopping took too long; ending now')
      process.exit(0)
    }, stopWithinMs)
    deadline.unref()
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        logs.logger.error({ err: error }, 'Stopping failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))
  process.on('SIGUSR2', () => logs.reopen())
  return {
    with(toClose) {
      close = toClose
    },
    hasBegun: () => isStopping,
  }
}

async function announce(config: Config, app: App): Promise<void> {
  const address = app.server.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.application.port
  const url = config.application.port === 0 ? `http://${config.application.host}:${port}` : config.application.appUrl
  process.stdout.write(`\nChatSG is ready: ${url}\n`)
  if (config.application.environment !== 'production')
    process.stdout.write(`Sign in with this link (once, within the hour): ${url}/sign-in?token=${await app.services.access.createSignInLink()}\n`)
  process.stdout.write('\n')
}

start().catch((error: unknown) => {
  if (error instanceof ConfigError) for (const problem of error.problems) process.stderr.write(`${describeProblem(problem)}\n`)
  else process.stderr.write(`ChatSG could not start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
