import type { Config } from './config/index.ts'
import type { Database } from './infra/database/database.ts'
import type { Logs } from './infra/logger/logger.ts'
import type { Metrics } from './infra/metrics/metrics.ts'
import { type Clock, createClock } from './kernel/clock.ts'
import type { HealthCheck } from './modules/monitoring/index.ts'
import {
  assessRequest,
  blockAt,
  createAccessService,
  createAudit,
  createBans,
  createInsuredPoints,
  createKeyRing,
  createMailDelivery,
  createMailer,
  createOperations,
  createPointKey,
  createPostgresPoints,
  createPosture,
  createRequestLimits,
  createSecretsService,
  createSecurityAlerts,
  createSecurityEvents,
  createSignInGuard,
  createWebhookDelivery,
  type DefaultOwner,
  type PointStore,
  type SecurityEvents,
  testEncryption,
} from './modules/security/index.ts'

const mailLookEveryMs = 60_000

export interface SecurityDependencies {
  database: Database
  accountsUrl: string
  owner: DefaultOwner
  logs: Logs
  metrics: Pick<Metrics, 'observeOperation' | 'countSecurityEvent'>
  clock: Clock
}

export type Security = ReturnType<typeof createSecurity>

/** Who may do what, and what is kept of it: the part of the composition root that everything else is handed. */
export function createSecurity(config: Config, { database, accountsUrl, owner, logs, metrics, clock }: SecurityDependencies) {
  const { security, application } = config
  const homeWorkspaceId = owner.workspaceId
  const logger = logs.forModule('security')
  // Bans and locks end by the machine's time, also where CHATSG_NOW freezes the product's.
  const wallClock = createClock()
  const keyOf = createPointKey(security.sessionSecret)
  const shared = createSharedPoints(config, database, logs)
  const store = createInsuredPoints({ store: shared, logger })
  const audit = createAudit({
    database,
    clock,
    logger: logs.forModule('security:audit'),
    secrecy: logs.secrecy,
    output: logs.audit,
    retention: { days: config.retention.auditDays, workspaceId: homeWorkspaceId },
    onBroken: (sequence) => events.record({ type: 'data_access', severity: 'critical', details: { what: 'audit_chain_broken', sequence } }),
  })
  const { smtpUrl, from } = config.mail
  const mailer = smtpUrl === undefined ? undefined : createMailer({ url: smtpUrl, from, appUrl: application.appUrl })
  const webhook = config.monitoring.alertWebhookUrl
  const alerts = createSecurityAlerts({
    logger,
    deliveries: [
      ...(webhook === undefined ? [] : [createWebhookDelivery({ url: webhook, post: fetch, appUrl: application.appUrl })]),
      ...(mailer === undefined ? [] : [createMailDelivery({ database, mailer, appUrl: application.appUrl })]),
    ],
  })
  const kept = createSecurityEvents({ database, clock, homeWorkspaceId, logger, audit, alerts })
  const events: SecurityEvents = {
    ...kept,
    record(event) {
      metrics.countSecurityEvent(event)
      kept.record(event)
    },
  }
  const operations = createOperations({ database, audit, events, observe: metrics.observeOperation })
  const limits = createRequestLimits({ store, keyOf, events, max: security.rateLimitMax, windowMs: security.rateLimitWindowMs })
  const bans = createBans({
    database,
    clock: wallClock,
    events,
    audit,
    store,
    keyOf,
    logger,
    homeWorkspaceId,
    threshold: security.autoBanThreshold,
    autoBanMs: security.autoBanMs,
  })
  const guard = createSignInGuard({
    database,
    clock: wallClock,
    store,
    keyOf,
    events,
    logger,
    homeWorkspaceId,
    maxFailures: security.loginMaxFailures,
    lockoutMs: security.loginLockoutMs,
    rateLimitMax: security.rateLimitMax,
    rateLimitWindowMs: security.rateLimitWindowMs,
  })
  const keyRing = createKeyRing({ current: security.encryptionKey, previous: security.encryptionKeyPrevious })
  const access = createAccessService({
    database,
    accountsUrl,
    connectionTimeoutMs: config.database.connectionTimeoutMs,
    owner,
    appUrl: application.appUrl,
    security,
    keyRing,
    guard,
    audit,
    events,
    mailer,
    logger,
  })
  let inForce = security
  const posture = createPosture({
    database,
    clock,
    config: {
      environment: application.environment,
      appUrl: application.appUrl,
      get security() {
        return inForce
      },
      metricsToken: config.monitoring.metricsToken,
      alertWebhookUrl: webhook,
      generatedSecrets: security.generatedSecrets,
      limitStore: config.database.redisUrl === undefined ? 'postgresql' : 'redis',
    },
    accounts: access.facts,
  })
  return {
    audit,
    events,
    operations,
    limits,
    bans,
    access,
    posture,
    secrets: createSecretsService({ database, keyRing, clock }),
    testEncryption: (text: string) => testEncryption(keyRing, text),
    /** What the server asks of each request. */
    threats: { mode: security.threatMode, assess: assessRequest, blockAt, events, bans },

    /** Redis and the mail server, where there are any; a look at the latter signs in and sends nothing. */
    health: { redis: asked(shared.ping, 0), mail: asked(mailer?.verify, mailLookEveryMs) },
    mailer,

    /** Other limits of requests from now on; that of sign-ins stays as it was at the start. */
    configure({ rateLimitMax, rateLimitWindowMs }: Pick<Config['security'], 'rateLimitMax' | 'rateLimitWindowMs'>): void {
      inForce = { ...inForce, rateLimitMax, rateLimitWindowMs }
      limits.configure({ max: rateLimitMax, windowMs: rateLimitWindowMs })
    },

    /** Begins what runs besides requests. */
    async start(): Promise<void> {
      audit.start()
      await bans.start()
    },

    /** Keeps what was noted and lets go of every connection. */
    async close(): Promise<void> {
      await bans.close()
      await alerts.close()
      await events.close()
      await audit.close()
      await access.close()
      mailer?.close()
      await shared.close()
    },
  }
}

/** How a part is that answers or fails; where it is dear to ask, what it said last holds for a while. */
function asked(ask: (() => Promise<void>) | undefined, holdsMs: number): HealthCheck['check'] {
  if (ask === undefined) return () => Promise.resolve({ status: 'not_configured' })
  let last: { at: number; answer: ReturnType<HealthCheck['check']> } | undefined
  const look: HealthCheck['check'] = async () => {
    const beganAt = performance.now()
    const answered = await ask().then(
      () => true,
      () => false,
    )
    // Without them less works: limits are counted in this process alone, and mail waits.
    return { status: answered ? 'healthy' : 'degraded', latencyMs: Math.round(performance.now() - beganAt) }
  }
  return () => {
    if (last === undefined || performance.now() - last.at >= holdsMs) last = { at: performance.now(), answer: look() }
    return last.answer
  }
}

/** Counts that all processes share: in Redis when there is one, else in PostgreSQL. */
function createSharedPoints(
  { database: { redisUrl: url } }: Config,
  database: Database,
  logs: Logs,
): PointStore & { ping?(): Promise<void>; close(): Promise<void> } {
  const logger = logs.forModule('security:limits')
  if (url === undefined) {
    const points = createPostgresPoints({ connection: { query: (text) => database.roundTrip(text) }, logger })
    return { add: points.add, close: () => Promise.resolve() }
  }
  // Only who has a Redis pays for loading its client.
  const opening = import('./infra/redis/redis-points.ts').then(({ openRedisPoints }) => openRedisPoints({ url, logger }))
  return {
    add: async (...points) => (await opening).add(...points),
    ping: async () => (await opening).ping(),
    close: async () => (await opening).close(),
  }
}
