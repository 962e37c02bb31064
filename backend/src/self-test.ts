import { statfs } from 'node:fs/promises'
import { connect } from 'node:net'
import type { Config } from './config/index.ts'
import { type Database, sql } from './infra/database/database.ts'
import { createOutgoing } from './infra/http-client/outgoing.ts'
import type { Logs } from './infra/logger/logger.ts'
import type { Actor } from './kernel/actor.ts'
import { type Clock, createClock } from './kernel/clock.ts'
import { checkConnectivity } from './modules/insightly/index.ts'
import { createSelfTestService, type SystemCheckSource } from './modules/monitoring/index.ts'
import type { Operations } from './modules/security/index.ts'
import type { Security } from './security.ts'
import type { OpenApp } from './self-test-world.ts'

export interface SelfTestParts {
  database: Database
  operations: Operations
  secrets: Parameters<typeof checkConnectivity>[0]['secrets']
  audit: Pick<Security['audit'], 'verify'>
  clock: Clock
  logs: Logs
  homeWorkspaceId: string
  version: string
  memoryHealth: () => Promise<{ status: string }>
  records: { listRecords(actor: Actor, entity: 'pipelines', query: { limit: number }): Promise<{ total: number | null }> }
  /** Of the database's owner; undefined where this process may make no database. */
  adminUrl: string | undefined
  openApp: OpenApp
}

const answerWithinMs = 5000
const minFreeBytes = 100 * 1024 * 1024
const mostClockDriftMs = 5000

/** ChatSG's test of itself, wired: what it makes for that is loaded when somebody asks for it. */
export function createSelfTest(config: Config, parts: SelfTestParts) {
  const { operations, clock, logs, homeWorkspaceId, version, adminUrl, openApp } = parts
  return createSelfTestService({
    operations,
    clock,
    logger: logs.forModule('self-test'),
    homeWorkspaceId,
    openWorld:
      adminUrl === undefined
        ? undefined
        : async (now) => (await import('./self-test-world.ts')).openSelfTestWorld({ config, adminUrl, version, logs, openApp }, now),
    loadSuites: async () => (await import('./modules/monitoring/index.ts')).loadSelfTestSuites(),
    systemChecks: systemChecks(config, parts),
  })
}

function systemChecks(config: Config, parts: SelfTestParts): SystemCheckSource[] {
  const { database, audit, memoryHealth } = parts
  // The machine's time, which no setting freezes.
  const machine = createClock()
  return [
    {
      name: 'database',
      async check() {
        await database.ping()
        return 'PostgreSQL answers.'
      },
    },
    {
      name: 'migrations',
      async check(actor) {
        const [row] = await database.transaction(
          actor,
          (tx) => tx.query<{ n: number; newest: string }>(sql`select count(*)::int as n, max(name) as newest from schema_migrations`),
          {
            readOnly: true,
          },
        )
        if (row === undefined || row.n === 0) throw new Error('No migration has run; restart ChatSG.')
        return `${row.n} migrations have run, the newest is ${row.newest}.`
      },
    },
    {
      name: 'clock',
      async check(actor) {
        const [row] = await database.transaction(actor, (tx) => tx.query<{ now: string }>(sql`select clock_timestamp() as now`), { readOnly: true })
        const driftMs = Math.abs(new Date(row?.now ?? 0).getTime() - machine.now().getTime())
        if (driftMs > mostClockDriftMs) throw new Error(`The database's clock is ${Math.round(driftMs / 1000)} seconds off this machine's; set both by NTP.`)
        return 'The clocks of this machine and of the database agree.'
      },
    },
    { name: 'crm', check: (actor) => checkCrm(config, parts, machine, actor) },
    { name: 'model', check: () => checkModel(config.models) },
    {
      name: 'memory',
      async check() {
        const { status } = await memoryHealth()
        if (status === 'not_configured') return undefined
        if (status !== 'healthy') throw new Error('The Mem0 server does not answer; look at MEM0_API_URL and MEM0_API_KEY.')
        return 'Memory works.'
      },
    },
    { name: 'redis', check: () => checkPort(config.database.redisUrl, 6379, 'Redis', 'REDIS_URL') },
    { name: 'mail', check: () => checkPort(config.mail.smtpUrl, 587, 'The mail server', 'SMTP_URL') },
    {
      name: 'disk',
      async check() {
        const { bavail, bsize } = await statfs(config.application.dataDir)
        const megabytes = Math.round((bavail * bsize) / 1024 ** 2)
        if (bavail * bsize < minFreeBytes) throw new Error(`Only ${megabytes} MB are free where DATA_DIR is; make room.`)
        return `${megabytes} MB are free where DATA_DIR is.`
      },
    },
    {
      name: 'audit chain',
      async check(actor) {
        const { valid, entries, firstBroken } = await audit.verify(actor)
        if (!valid) throw new Error(`The chain is broken at entry ${firstBroken?.sequence}: ${firstBroken?.reason}; run npm run cli -- audit verify.`)
        return `${entries} entries hold together.`
      },
    },
  ]
}

async function checkCrm(config: Config, parts: SelfTestParts, machine: Clock, actor: Parameters<SystemCheckSource['check']>[0]): Promise<string> {
  const { crm, application } = config
  const outgoing = createOutgoing({
    allowed: application.environment === 'development' ? ['127.0.0.1', '::1', 'localhost'] : [],
    timeoutMs: crm.requestTimeoutMs,
    maxBytes: 1,
  })
  const { ok, mode, checks } = await checkConnectivity({
    ...parts,
    actor,
    clock: machine,
    logger: parts.logs.forModule('self-test'),
    apiKey: crm.insightlyApiKey,
    apiUrl: crm.insightlyApiUrl,
    maxRequests: crm.rateLimitMaxRequests,
    windowMs: crm.rateLimitWindowMs,
    requestTimeoutMs: Math.min(crm.requestTimeoutMs, answerWithinMs),
    pin: (host, port) => outgoing.pinnedAddress(host, port),
    countPipelines: async () => (await parts.records.listRecords(actor, 'pipelines', { limit: 1 })).total ?? 0,
  })
  const problems = checks.filter(({ status }) => status === 'problem').map(({ check, found }) => `${check}: ${found}`)
  if (!ok) throw new Error(`${mode === 'insightly' ? 'Insightly cannot be used' : 'The CRM here cannot be used'}: ${problems.join('; ')}.`)
  return mode === 'insightly' ? 'Insightly answers, and takes the key.' : 'The records are kept here, and can be read.'
}

/** Asks for the list of models, which costs nothing. */
async function checkModel(models: Config['models']): Promise<string | undefined> {
  const { openaiApiKey, openaiBaseUrl, azureApiKey, azureEndpoint, azureApiVersion } = models
  const isAzure = openaiBaseUrl === undefined && openaiApiKey === undefined
  if (isAzure && (azureApiKey === undefined || azureEndpoint === undefined)) return undefined
  const base = (isAzure ? `${azureEndpoint?.replace(/\/$/, '')}/openai` : (openaiBaseUrl ?? 'https://api.openai.com/v1')).replace(/\/$/, '')
  const headers: Record<string, string> = isAzure
    ? { 'api-key': azureApiKey ?? '' }
    : openaiApiKey === undefined
      ? {}
      : { authorization: `Bearer ${openaiApiKey}` }
  const address = `${base}/models${isAzure ? `?api-version=${azureApiVersion ?? '2024-10-21'}` : ''}`
  const response = await fetch(address, { headers, redirect: 'error', signal: AbortSignal.timeout(answerWithinMs) }).catch((cause: unknown) => {
    throw new Error(`The language model at ${new URL(base).host} does not answer; look at its address and whether it runs.`, { cause })
  })
  await response.body?.cancel()
  if (response.status === 401 || response.status === 403) throw new Error(`The language model at ${new URL(base).host} refuses the key.`)
  // A server that has no list of models has answered all the same.
  if (response.status >= 500) throw new Error(`The language model at ${new URL(base).host} answers with status ${response.status}.`)
  return `The language model at ${new URL(base).host} answers.`
}

/** Whether anything takes a connection there. */
function checkPort(url: string | undefined, defaultPort: number, what: string, variable: string): Promise<string | undefined> {
  if (url === undefined) return Promise.resolve(undefined)
  const { hostname, port } = new URL(url)
  return new Promise((done, failed) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? defaultPort : Number(port), timeout: answerWithinMs })
    const fail = () => {
      socket.destroy()
      failed(new Error(`${what} does not answer; look at ${variable} and whether it runs.`))
    }
    socket.once('error', fail).once('timeout', fail)
    socket.once('connect', () => {
      socket.destroy()
      done(`${what} answers.`)
    })
  })
}
