import { statfs } from 'node:fs/promises'
import type { Config } from './config/index.ts'
import { type Database, sql } from './infra/database/database.ts'
import type { Logs } from './infra/logger/logger.ts'
import { createClock } from './kernel/clock.ts'
import {
  type AlertRule,
  createAlertMail,
  createAlertsService,
  createAlertWebhook,
  createProcessFigures,
  createRequestWindow,
} from './modules/monitoring/index.ts'
import type { Operations } from './modules/security/index.ts'
import type { Security } from './security.ts'

export interface AlertParts {
  database: Database
  operations: Operations
  logs: Logs
  homeWorkspaceId: string
  observe: (name: string, isActive: boolean) => void
  crmHealth: () => Promise<{ mode: 'builtin' | 'insightly'; lastSync: string | null }>
  mailer: Security['mailer']
}

const fullDisk = 0.95
const pingWithinMs = 5000
const leastSyncLagSeconds = 900

const percent = (share: number) => `${Math.round(share * 100)} %`

/** Alerts about this installation, wired: rules from ALERT_*, told by ALERT_WEBHOOK_URL and by mail where there is a mail server. */
export function createAlerts(config: Config, { database, operations, logs, homeWorkspaceId, observe, crmHealth, mailer }: AlertParts) {
  const { monitoring, application, crm } = config
  const logger = logs.forModule('alerts')
  // Windows and leases are of the machine's time, also where CHATSG_NOW freezes the product's.
  const clock = createClock()
  const requests = createRequestWindow(clock)
  const figures = createProcessFigures()
  const webhook =
    monitoring.alertWebhookUrl === undefined || application.safeMode
      ? undefined
      : createAlertWebhook({ url: monitoring.alertWebhookUrl, appUrl: application.appUrl, post: fetch, logger })
  const mail =
    mailer === undefined || application.safeMode
      ? undefined
      : createAlertMail({ mail: mailer.send, recipients: () => listOperators(database, homeWorkspaceId), appUrl: application.appUrl, logger })
  const ways = [webhook, mail].filter((way) => way !== undefined)
  let last: ReturnType<typeof figures.read> | undefined
  const longestLag = Math.max(leastSyncLagSeconds, (crm.syncIntervalMs / 1000) * 3)
  const rules: AlertRule[] = [
    {
      name: 'database',
      severity: 'critical',
      threshold: 0,
      read: () => answers(database.ping()).then((isThere) => (isThere ? 0 : 1)),
      describe: () => 'The database does not answer; look whether PostgreSQL runs and can be reached.',
    },
    {
      name: 'response_time',
      severity: 'warning',
      threshold: monitoring.alertResponseTimeMs,
      read: () => requests.p95Ms(),
      describe: (value) => `5 of 100 responses take longer than ${Math.round(value)} ms (ALERT_RESPONSE_TIME is ${monitoring.alertResponseTimeMs}).`,
    },
    {
      name: 'error_rate',
      severity: 'critical',
      threshold: monitoring.alertErrorRate,
      read: () => requests.errorRatio(),
      describe: (value) =>
        `${percent(value)} of the responses of the last five minutes were errors of ours (ALERT_ERROR_RATE is ${monitoring.alertErrorRate}); see the log.`,
    },
    {
      name: 'memory',
      severity: 'warning',
      threshold: monitoring.alertMemoryUsage,
      read() {
        last = figures.read()
        return last.memory.used
      },
      describe: (value) => `ChatSG occupies ${percent(value)} of the memory it may have (ALERT_MEMORY_USAGE is ${monitoring.alertMemoryUsage}).`,
    },
    {
      name: 'cpu',
      severity: 'warning',
      threshold: monitoring.alertCpuUsage,
      // Of one core, which is what the event loop can use.
      read: () => last?.cpu.used,
      describe: (value) =>
        `ChatSG uses ${percent(value)} of a processor core (ALERT_CPU_USAGE is ${monitoring.alertCpuUsage}); set WORKERS higher if there are more cores.`,
    },
    {
      name: 'disk',
      severity: 'critical',
      threshold: fullDisk,
      async read() {
        const { bavail, blocks } = await statfs(application.dataDir)
        return 1 - bavail / blocks
      },
      describe: (value) => `The disk of DATA_DIR is ${percent(value)} full; make room.`,
    },
    {
      name: 'sync_lag',
      severity: 'warning',
      threshold: longestLag,
      async read() {
        const { mode, lastSync } = await crmHealth()
        return mode === 'builtin' || lastSync === null ? undefined : (clock.now().getTime() - Date.parse(lastSync)) / 1000
      },
      describe: (value) => `The records are ${Math.round(value / 60)} minutes behind Insightly; look at Settings, Insightly.`,
    },
  ]
  const service = createAlertsService({
    operations,
    clock,
    logger,
    homeWorkspaceId,
    rules,
    tell: ways.map(({ tell }) => tell),
    observe,
    intervalMs: monitoring.healthCheckIntervalMs,
  })
  return {
    ...service,
    observeRequest: requests.observe,
    start() {
      if (monitoring.enabled) service.start()
    },
    async close() {
      await service.close()
      await Promise.all(ways.map((way) => way.close()))
      figures.close()
    },
  }
}

/** Addresses of the owners and admins of the first workspace. */
async function listOperators(database: Database, workspaceId: string): Promise<string[]> {
  const rows = await database.transaction(
    { type: 'system', workspaceId, job: 'alerts' },
    (tx) =>
      tx.query<{ email: string }>(
        sql`select email from users where workspace_id = ${tx.workspaceId} and active and role in ('owner', 'admin') and email is not null order by created_at limit 50`,
      ),
    { readOnly: true },
  )
  return rows.map(({ email }) => email)
}

/** Whether it does within a few seconds. */
function answers(work: Promise<unknown>): Promise<boolean> {
  return new Promise((done) => {
    const timer = setTimeout(done, pingWithinMs, false).unref()
    work
      .then(
        () => done(true),
        () => done(false),
      )
      .finally(() => clearTimeout(timer))
  })
}
