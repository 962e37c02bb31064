import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import pg from 'pg'
import { createServices, type Services } from '#backend/app.ts'
import type { Config } from '#backend/config/index.ts'
import { ensureFirstWorkspace } from '#backend/infra/database/bootstrap.ts'
import { openDatabase } from '#backend/infra/database/database.ts'
import type { Logs } from '#backend/infra/logger/logger.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { ScoreWorld } from './run-tasks.ts'
import type { Scenario } from './scenario.ts'
import { createScratchDatabase, dropAbandoned, type ScratchDatabase } from './scratch-database.ts'
import { readState } from './state.ts'

export interface WorldOptions {
  scenario: Omit<Scenario, 'tasks'>
  /** Whether no model is asked, or the configured one. */
  agent: 'planner' | 'model'
  config: Config
  logs: Logs
  /** Of a PostgreSQL on which databases may be made. */
  adminUrl: string
  applicationPassword: string
}

export interface OpenedWorld extends ScoreWorld {
  /** The product as it serves the copy in use. */
  product(): OpenProduct
}

/** The product over a scenario's records, in a database that is dropped afterwards. */
export async function openScoreWorld(options: WorldOptions): Promise<OpenedWorld> {
  const { scenario } = options
  const dataDir = await mkdtemp(join(tmpdir(), 'chatsg-score-'))
  const config = isolated(options, dataDir)
  await dropAbandoned(options.adminUrl, createClock().now())
  const base = await createScratchDatabase(options)
  let copy: OpenProduct | undefined
  const close = async () => {
    await copy?.close()
    await base.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await prepare({ ...options, config }, base)
    copy = await openCopy({ ...options, config }, base)
  } catch (error) {
    await close()
    throw error
  }
  const current = () => copy as OpenProduct
  return {
    product: current,
    timeZone: scenario.timeZone,
    person: scenario.person.email,
    ask: (message, sessionId) => current().services.chat.ask(current().actor, { message, sessionId, timeZone: scenario.timeZone }, { requestId: newId() }),
    approve: (batchId) => current().services.proposals.decideBatch(current().actor, batchId, { decision: 'approve' }),
    undo: (batchId) => current().services.proposals.undoBatch(current().actor, batchId),
    state: (before) => readState(current().admin, current().actor.workspaceId, before),
    async renew() {
      await copy?.close()
      copy = undefined
      copy = await openCopy({ ...options, config }, base)
    },
    close,
  }
}

/** Nothing of it leaves the machine but calls of the configured model. */
function isolated({ config, scenario, agent }: WorldOptions, dataDir: string): Config {
  const { models } = config
  const isConfigured = models.openaiApiKey !== undefined || models.openaiBaseUrl !== undefined || models.azureApiKey !== undefined
  if (agent === 'model' && !isConfigured)
    throw new AppError('VALIDATION', 'No model is configured; set OPENAI_API_KEY or OPENAI_BASE_URL, or score the planner.')
  const unasked = {
    openaiApiKey: undefined,
    openaiBaseUrl: undefined,
    azureApiKey: undefined,
    azureEndpoint: undefined,
    fallbackApiKey: undefined,
    fallbackBaseUrl: undefined,
  }
  return {
    ...config,
    application: { ...config.application, now: scenario.now, dataDir },
    models: agent === 'planner' ? { ...models, ...unasked } : models,
    crm: { ...config.crm, insightlyApiKey: undefined },
    database: { ...config.database, readUrl: undefined, redisUrl: undefined },
    memory: { ...config.memory, apiUrl: undefined },
    mail: { ...config.mail, smtpUrl: undefined },
    monitoring: { ...config.monitoring, alertWebhookUrl: undefined, otlpEndpoint: undefined },
  }
}

export interface OpenProduct {
  services: Services
  actor: Extract<Actor, { type: 'user' }>
  admin: pg.Pool
  close(): Promise<void>
}

async function openCopy(options: WorldOptions, base: ScratchDatabase): Promise<OpenProduct> {
  const scratch = await createScratchDatabase({ ...options, template: base })
  const product = await openProduct(options, scratch)
  return {
    ...product,
    async close() {
      await product.close()
      await scratch.drop()
    },
  }
}

/** Loads the records once; the copies begin with them. */
async function prepare(options: WorldOptions, base: ScratchDatabase): Promise<void> {
  const product = await openProduct(options, base)
  try {
    const { scenario } = options
    const { services, actor, admin } = product
    await admin.query('update workspaces set currency = $2, time_zone = $3 where id = $1', [actor.workspaceId, scenario.currency, scenario.timeZone])
    for (const { name, email } of scenario.people.filter((person) => person.email !== scenario.person.email))
      await admin.query(`insert into users (workspace_id, id, name, email, role) values ($1, $2, $3, $4, 'rep')`, [actor.workspaceId, newId(), name, email])
    for (const { entity, path, mapping, createMissing } of scenario.files) {
      const result = await services.imports.importFile(actor, createReadStream(path), {
        entity: entity as Parameters<Services['imports']['importFile']>[2]['entity'],
        fileName: basename(path),
        timeZone: scenario.timeZone,
        createMissing,
        ...(mapping === undefined ? {} : { mapping }),
      })
      const [first] = result.errors
      if (first !== undefined)
        throw new AppError(
          'VALIDATION',
          `${basename(path)} cannot be read as ${entity}: row ${first.row}, ${first.field}: ${first.message} (${result.errorCount} in all).`,
        )
    }
  } finally {
    await product.close()
  }
}

async function openProduct({ scenario, config, logs }: WorldOptions, scratch: ScratchDatabase): Promise<OpenProduct> {
  const owner = await ensureFirstWorkspace(scratch.adminUrl)
  const admin = new pg.Pool({ connectionString: scratch.adminUrl, max: 2, options: '-c search_path=chatsg -c timezone=UTC' })
  admin.on('error', (error) => logs.logger.warn({ err: error }, 'Lost a database connection'))
  const database = openDatabase({
    connectionString: scratch.applicationUrl,
    maxConnections: 6,
    connectionTimeoutMs: config.database.connectionTimeoutMs,
    onError: (error) => logs.logger.warn({ err: error }, 'Lost a database connection'),
  })
  const { name, email } = scenario.person
  await admin.query('update users set name = $3, email = $4 where workspace_id = $1 and id = $2', [owner.workspaceId, owner.userId, name, email])
  const services = createServices(config, {
    database,
    accountsUrl: scratch.accountsUrl,
    owner: { ...owner, name },
    logs,
    clock: createClock(scenario.now),
    webFolder: '',
    version: '',
  })
  return {
    services,
    actor: { type: 'user', workspaceId: owner.workspaceId, userId: owner.userId, name, role: 'owner', via: 'cli' },
    admin,
    async close() {
      await services.chat.drain(2000)
      await services.imports.close()
      await services.insightly.close()
      await services.security.close()
      await database.close()
      await admin.end()
    },
  }
}
