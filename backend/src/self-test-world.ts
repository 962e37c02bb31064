import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { loadScenario } from '../seeds/index.ts'
import type { AppDependencies } from './app.ts'
import { createScratchDatabase, dropAbandoned, type ScratchDatabase } from './cli/agent-score/scratch-database.ts'
import type { Config } from './config/index.ts'
import { createBackup, drillBackup } from './infra/backup/index.ts'
import { ensureFirstWorkspace } from './infra/database/bootstrap.ts'
import { openDatabase } from './infra/database/database.ts'
import { createLogs, type Logs } from './infra/logger/logger.ts'
import { type Actor, type Role, scopes } from './kernel/actor.ts'
import { createClock } from './kernel/clock.ts'
import { AppError } from './kernel/errors.ts'
import { newId } from './kernel/ids.ts'
import type { Caller, TestWorld } from './modules/monitoring/index.ts'

export interface SelfTestWorldOptions {
  config: Config
  /** Of the live database's owner, on whose server the scratch database is made. */
  adminUrl: string
  version: string
  logs: Logs
  /** `createApp`, handed in because it is what makes this. */
  openApp: OpenApp
}

export type OpenApp = (config: Config, dependencies: AppDependencies) => Promise<TestedApp>

interface TestedApp {
  server: FastifyInstance
  services: {
    metrics: { text(): Promise<string> }
    access: { apiKeys: { create(actor: UserActor, input: { name: string; scopes: readonly string[]; expiresAt: Date | null }): Promise<{ key: string }> } }
  }
  close(): Promise<void>
}

type UserActor = Extract<Actor, { type: 'user' }>

/** Contacts of the demo company on which the tests run. */
const contacts = 200
const strangersLimit = 200

/** The whole product over a scratch database with the demo company; nothing of it leaves the machine or touches what is live. */
export async function openSelfTestWorld(options: SelfTestWorldOptions, now: Date): Promise<TestWorld> {
  const { adminUrl, config: live, logs } = options
  const dataDir = await mkdtemp(join(tmpdir(), 'chatsg-self-test-'))
  const removeFolder = () => rm(dataDir, { recursive: true, force: true })
  const applicationPassword = live.database.applicationPassword
  const scratch = await dropAbandoned(adminUrl, now)
    .then(() => createScratchDatabase({ adminUrl, applicationPassword }))
    .catch(async (cause: Error) => {
      await removeFolder()
      logs.logger.warn({ err: cause }, 'No database could be made for the self-test')
      throw new AppError(
        'CONFLICT',
        'The self-test could make no database of its own, and runs nowhere else; give the role of DATABASE_URL the right CREATEDB, or leave DATABASE_URL empty.',
        { cause },
      )
    })
  const adminKey = randomBytes(32).toString('hex')
  const ended: (() => Promise<unknown>)[] = [removeFolder, scratch.drop]
  const close = async () => {
    for (const end of ended.splice(0).reverse()) await end()
  }
  try {
    const config = isolated(live, { dataDir, adminKey, now })
    const owner = await ensureFirstWorkspace(scratch.adminUrl)
    const admin = new pg.Pool({ connectionString: scratch.adminUrl, max: 2, options: '-c search_path=chatsg -c timezone=UTC' })
    const onError = (error: Error) => logs.logger.warn({ err: error }, 'The self-test lost a database connection')
    admin.on('error', onError)
    ended.push(() => admin.end())
    const database = openDatabase({
      connectionString: scratch.applicationUrl,
      maxConnections: 6,
      connectionTimeoutMs: config.database.connectionTimeoutMs,
      onError,
    })
    ended.push(() => database.close())
    await loadScenario(database, { type: 'system', workspaceId: owner.workspaceId, job: 'seed' }, { scenario: 'demo', scale: contacts, now })
    const app = await options.openApp(config, {
      database,
      accountsUrl: scratch.accountsUrl,
      owner,
      // What the tests provoke is in their report, and the audit file is the live chain's alone.
      logs: createLogs({ level: 'fatal', file: undefined, auditFile: undefined, debug: undefined }),
      webFolder: join(dataDir, 'no-web'),
      version: options.version,
      clock: createClock(now.toISOString()),
    })
    ended.push(() => app.close())
    const keys = await makeKeys(app, admin, owner.workspaceId)
    const keyOf = (caller: Caller) => (caller === 'owner' ? adminKey : keys.get(caller))
    return {
      contacts,
      call: (method, path, callOptions = {}) => call(app.server, { method, path, key: keyOf(callOptions.as ?? 'owner'), ...callOptions }),
      async gold(text) {
        const values = [owner.workspaceId, ...(text.includes('$2') ? [now.toISOString()] : [])]
        return (await admin.query(text, text.includes('$1') ? values : [])).rows
      },
      metrics: () => app.services.metrics.text(),
      drillBackup: () => drill(options, scratch, { dataDir, now, encryptionKey: config.security.encryptionKey }),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function call(
  server: FastifyInstance,
  {
    method,
    path,
    key,
    body,
    raw,
    ip,
  }: { method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; path: string; key: string | undefined } & Parameters<TestWorld['call']>[2],
) {
  const payload = raw?.text ?? (body === undefined ? undefined : JSON.stringify(body))
  const response = await server.inject({
    method,
    url: path,
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(payload === undefined ? {} : { 'content-type': raw?.contentType ?? 'application/json' }),
    },
    ...(payload === undefined ? {} : { payload }),
    ...(ip === undefined ? {} : { remoteAddress: ip }),
  })
  const isJson = response.headers['content-type']?.toString().includes('application/json') === true
  return { status: response.statusCode, body: isJson && response.body !== '' ? response.json() : {}, text: response.body, headers: response.headers }
}

/** A key for each kind of person, one of them of another workspace. */
async function makeKeys(app: TestedApp, admin: pg.Pool, workspaceId: string): Promise<Map<Caller, string>> {
  const otherId = newId()
  await admin.query('insert into workspaces (id, name) values ($1, $2)', [otherId, 'Somebody else'])
  const wanted: readonly { caller: Caller; workspaceId: string; role: Role }[] = [
    { caller: 'rep', workspaceId, role: 'rep' },
    { caller: 'viewer', workspaceId, role: 'viewer' },
    { caller: 'stranger', workspaceId: otherId, role: 'owner' },
  ]
  const keys = new Map<Caller, string>()
  for (const { caller, role, ...where } of wanted) {
    const actor: UserActor = { type: 'user', ...where, userId: newId(), name: `Self-test ${caller}`, role, via: 'cli' }
    await admin.query('insert into users (workspace_id, id, name, email, role) values ($1, $2, $3, $4, $5)', [
      actor.workspaceId,
      actor.userId,
      actor.name,
      `${caller}@self-test.example`,
      role,
    ])
    const allowed = role === 'viewer' ? ['crm:read', 'chat', 'account'] : role === 'rep' ? ['crm:read', 'crm:write', 'crm:import', 'chat', 'account'] : scopes
    keys.set(caller, (await app.services.access.apiKeys.create(actor, { name: 'Self-test', scopes: allowed, expiresAt: null })).key)
  }
  return keys
}

async function drill(
  { version }: SelfTestWorldOptions,
  scratch: ScratchDatabase,
  { dataDir, now, encryptionKey }: { dataDir: string; now: Date; encryptionKey: string },
) {
  const backup = await createBackup({
    adminUrl: scratch.adminUrl,
    dataDir,
    backupDir: join(dataDir, 'backups'),
    encryptionKey,
    configurationFiles: {},
    version,
    now,
  })
  const restored = await drillBackup({ path: backup.path, adminUrl: scratch.adminUrl, secrets: [encryptionKey], now })
  return { tables: backup.tables, rows: backup.rows, restoredRows: restored.rows }
}

/** The live configuration with secrets of its own, and nobody outside to talk to. */
function isolated(live: Config, { dataDir, adminKey, now }: { dataDir: string; adminKey: string; now: Date }): Config {
  const secret = () => randomBytes(32).toString('hex')
  const { application, models, crm, database, memory, mail, monitoring, security } = live
  return {
    ...live,
    application: { ...application, now: now.toISOString(), dataDir, demoData: 'none', safeMode: false, trustedProxies: [] },
    models: {
      ...models,
      openaiApiKey: undefined,
      openaiBaseUrl: undefined,
      azureApiKey: undefined,
      azureEndpoint: undefined,
      fallbackApiKey: undefined,
      fallbackBaseUrl: undefined,
    },
    crm: { ...crm, insightlyApiKey: undefined },
    database: { ...database, url: undefined, readUrl: undefined, redisUrl: undefined },
    memory: { ...memory, apiUrl: undefined, apiKey: undefined },
    mail: { ...mail, smtpUrl: undefined },
    monitoring: { ...monitoring, alertWebhookUrl: undefined, otlpEndpoint: undefined },
    security: {
      ...security,
      adminApiKey: adminKey,
      encryptionKey: secret(),
      encryptionKeyPrevious: undefined,
      sessionSecret: secret(),
      csrfSecret: secret(),
      rateLimitMax: strangersLimit,
      threatMode: 'block',
    },
  }
}
