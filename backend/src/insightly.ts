import type { Config } from './config/index.ts'
import type { Database } from './infra/database/database.ts'
import { createOutgoing } from './infra/http-client/outgoing.ts'
import type { Logs } from './infra/logger/logger.ts'
import type { Metrics } from './infra/metrics/metrics.ts'
import type { Clock } from './kernel/clock.ts'
import type { CrmHealth } from './modules/agents/index.ts'
import {
  createConnections,
  createMirrorRunner,
  createOutboxDelivery,
  createOutboxService,
  createSyncService,
  readMirrorHealth,
} from './modules/insightly/index.ts'
import type { Security } from './security.ts'

export interface InsightlyDependencies {
  database: Database
  security: Pick<Security, 'operations' | 'secrets'>
  homeWorkspaceId: string
  logs: Logs
  metrics: Metrics
  clock: Clock
  /** Where nothing is mirrored. */
  builtinHealth: CrmHealth
}

export type Insightly = ReturnType<typeof createInsightly>

/** The mirror of Insightly, wired: the part of the composition root that talks to another CRM. */
export function createInsightly(config: Config, dependencies: InsightlyDependencies) {
  const { database, security, homeWorkspaceId, logs, metrics, clock, builtinHealth } = dependencies
  const { operations, secrets } = security
  const { crm, application } = config
  const logger = logs.forModule('crm:insightly')
  const isDevelopment = application.environment === 'development'
  // An address that somebody typed leads to public hosts; a developer's stand-in is on this machine.
  const outgoing = createOutgoing({ allowed: isDevelopment ? ['127.0.0.1', '::1', 'localhost'] : [], timeoutMs: crm.requestTimeoutMs, maxBytes: 1 })
  const limits = { maxRequests: crm.rateLimitMaxRequests, windowMs: crm.rateLimitWindowMs }
  const key = { apiKey: crm.insightlyApiKey, apiUrl: crm.insightlyApiUrl }
  const connections = createConnections({
    database,
    secrets,
    clock,
    logger,
    metrics: metrics.insightly,
    ...key,
    ...limits,
    requestTimeoutMs: crm.requestTimeoutMs,
    pin: (host, port) => outgoing.pinnedAddress(host, port),
  })
  const delivery = createOutboxDelivery({ database, clock, logger })
  const runner = createMirrorRunner({
    database,
    connections,
    delivery,
    clock,
    logger,
    intervalMs: crm.syncIntervalMs,
    onEnd: ({ outcome }) => {
      if (outcome !== 'left') metrics.countJob('insightly_sync', outcome)
    },
  })
  const wake = () => runner.wake()
  const readHealth = () => readMirrorHealth({ database, connections, workspaceId: homeWorkspaceId })
  metrics.readFigures({
    insightlyCallsLeft: async () => (await readHealth())?.rateLimit.remaining ?? null,
    syncLagSeconds: async () => (await readHealth())?.lagSeconds ?? null,
  })
  const sync = createSyncService({
    database,
    operations,
    secrets,
    connections,
    clock,
    homeWorkspaceId,
    appUrl: application.appUrl,
    safeMode: application.safeMode,
    ...key,
    ...limits,
    intervalMs: crm.syncIntervalMs,
    wake,
  })
  return {
    sync,
    outbox: createOutboxService({ operations, clock, wake }),
    runner,
    connections,
    crmHealth: (async () => (await readHealth()) ?? builtinHealth()) satisfies CrmHealth as CrmHealth,

    /** Begins to work, unless nothing may leave this machine. */
    start(): void {
      if (!application.safeMode) runner.start()
      readHealth().then(
        (health) =>
          logger.info(
            { mode: health?.mode ?? 'builtin' },
            health === undefined ? 'Insightly is not connected; the records here are the only ones' : 'Insightly is connected; its records are mirrored here',
          ),
        (error: unknown) => logger.warn({ err: error }, 'How Insightly stands could not be read'),
      )
    },

    async close(): Promise<void> {
      await runner.stop()
      await connections.close()
    },
  }
}
