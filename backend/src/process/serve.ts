import { join } from 'node:path'
import { ensureWebBuilt } from '../../../scripts/build-web.ts'
import type { App } from '../app.ts'
import { type Config, repositoryRoot } from '../config/index.ts'
import { type OpenedDatabase, openConfiguredDatabase } from '../infra/database/open.ts'
import { listWorkspaceIds } from '../infra/database/workspaces.ts'
import { createLogRotation } from '../infra/logger/log-rotation.ts'
import type { Logs } from '../infra/logger/logger.ts'
import { startTelemetry } from '../infra/telemetry/telemetry.ts'
import { createClock } from '../kernel/clock.ts'
import { readVersion } from '../version.ts'
import { createEnding } from './ending.ts'
import { createReload } from './reload.ts'
import { refuseTakenPort } from './taken-port.ts'
import type { WorkerLink } from './worker-link.ts'
import { growForRequests } from './young-space.ts'

const hourMs = 3_600_000
const tryAgainMs = 5000

/** Serves requests, alone or as one of the workers of a primary process. */
export async function serve(config: Config, logs: Logs, link: WorkerLink | undefined): Promise<void> {
  const { application } = config
  if (link === undefined) {
    await refuseTakenPort(application.host, application.port)
    // Of several processes the primary does it for all.
    createLogRotation({ paths: logs.files, reopen: () => logs.reopen(), now: () => new Date() }).start((error) =>
      logs.logger.error({ err: error }, 'The log could not be rotated'),
    )
  }
  // The database opens in processes of its own while this one loads its modules.
  const opening = openConfiguredDatabase(config, (error) => logs.logger.warn({ err: error }, 'Lost a database connection'))
  const ending = createEnding(logs, link)
  const reload = createReload(config, logs)
  let serving: App | undefined
  // Of several processes the primary replaces each by a new one instead.
  if (link === undefined)
    process.on('SIGHUP', () => {
      // During the start the configuration has only just been read.
      const read = serving === undefined ? undefined : reload.read()
      if (read === undefined) return
      serving?.reconfigure(read.config)
      logs.logger.info(read.changes, 'The configuration is read anew')
    })
  const tracing = startTelemetry(config, { version: readVersion(), logger: logs.logger })
  const [opened, { createApp }, telemetry] = await Promise.all([opening, import('../app.ts'), tracing])
  let app: App
  try {
    await claim(opened, link)
    if (opened.applied.length > 0) logs.logger.info({ migrations: opened.applied }, 'Database migrated')
    app = await createApp(config, {
      database: opened.database,
      accountsUrl: opened.accountsUrl,
      adminUrl: opened.adminUrl,
      owner: opened.workspace,
      logs,
      webFolder: join(repositoryRoot, 'frontend/dist'),
      version: readVersion(),
      ...(link === undefined ? {} : { figuresOfAll: () => link.figuresOfAll() }),
    })
    link?.on('figures', ({ id }) => {
      app.services.metrics.figures().then(
        (figures) => link.tell({ type: 'figures', id, figures }),
        (error: unknown) => logs.logger.warn({ err: error }, 'The figures of this worker could not be told'),
      )
    })
    if (wantsDemo(config) && opened.workspace.isEmpty) {
      const { seedDemo } = await import('../../seeds/index.ts')
      await seedDemo({ database: opened.database, workspaceId: opened.workspace.workspaceId, clock: createClock(application.now), logger: logs.logger })
    }
    // Other workers make answers from the same folder; what theirs left behind is noticed when nobody holds it any more.
    await app.services.chat.failInterrupted(await listWorkspaceIds(opened.adminUrl), { alone: link === undefined })
    growForRequests()
    serving = app
    ending.closes({
      app,
      makeRoom: () => opened.database.keepNone(),
      async close() {
        link?.tell({ type: 'lastFigures', figures: await app.services.metrics.figures() })
        await app.close()
        await opened.close()
        await telemetry.close()
      },
    })
    await app.services.sync.connectEnvironment()
    await app.server.listen({ host: application.host, port: application.port })
    app.services.insightly.start()
    app.services.automations.start()
    app.services.chat.start()
    if (!application.safeMode) app.services.workflows.begin()
    if (!application.safeMode) app.services.retention.start()
    // Last, because the API can be used without it.
    if (link === undefined && !process.argv.includes('--no-web-build')) await ensureWebBuilt()
  } catch (error) {
    await opened.close()
    throw error
  }
  // Requests are served already: whatever goes wrong from here on is tried again, and ends nothing.
  const untilDone = (what: string, work: () => Promise<void>) =>
    void work().catch((error: unknown) => {
      // Whoever is told to stop right after the start stops in order; what was left to do is done at the next start.
      if (ending.hasBegun()) return
      logs.logger.warn({ err: error }, `${what} could not be done yet; it is tried again`)
      setTimeout(() => untilDone(what, work), tryAgainMs).unref()
    })
  const lead = () => untilDone('What one process does for all', () => settle(config, app, opened, logs))
  if (link === undefined) return lead()
  link.on('lead', lead)
  link.tell({ type: 'ready' })
  untilDone('What the first question needs', () => app.warmUp())
}

/** One server holds the data folder; workers are told by their primary that they may. */
function claim(opened: OpenedDatabase, link: WorkerLink | undefined): Promise<void> {
  if (link === undefined) return opened.claimFolder()
  return new Promise((done) => {
    link.on('claimed', () => done())
    link.tell({ type: 'opened', adminUrl: opened.adminUrl })
  })
}

let isAnnounced = false

/** What one process does for all, once requests are served. */
async function settle(config: Config, app: App, opened: OpenedDatabase, logs: Logs): Promise<void> {
  if (!isAnnounced) await announce(config, app)
  isAnnounced = true
  await app.warmUp()
  const { chat, access } = app.services
  await chat.repairTranscripts(await listWorkspaceIds(opened.adminUrl))
  const tidy = async () => {
    try {
      const workspaceIds = await listWorkspaceIds(opened.adminUrl)
      await access.removeExpired(workspaceIds)
      await chat.removeDeletedTranscripts(workspaceIds)
      // What was said, and who was erased, at other servers of the same database.
      if (config.database.url !== undefined) await chat.repairTranscripts(workspaceIds)
    } catch (error) {
      logs.logger.warn({ err: error }, 'What has expired could not be removed; it is tried again within the hour')
    }
  }
  await tidy()
  setInterval(tidy, hourMs).unref()
}

function wantsDemo(config: Config): boolean {
  const { application, crm } = config
  // Whoever brings the records of Insightly wants no others.
  return application.environment === 'development' && application.demoData === 'auto' && crm.insightlyApiKey === undefined
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
