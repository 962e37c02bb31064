import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Config } from './config/index.ts'
import { createServer } from './http/server.ts'
import { registerWebApp } from './http/web-app.ts'
import type { Database } from './infra/database/database.ts'
import type { Logs } from './infra/logger/logger.ts'
import { createMetrics } from './infra/metrics/metrics.ts'
import { createInsightly } from './insightly.ts'
import { type Clock, createClock } from './kernel/clock.ts'
import { agentRoutes, createAgentService, createBuiltinCrmHealth } from './modules/agents/index.ts'
import { chatRoutes, createChatService } from './modules/chat/index.ts'
import {
  createCrmQuestions,
  createExportService,
  createForecastService,
  createImportService,
  createLinksService,
  createPipelineReportService,
  createRecordsService,
  createTeamsService,
  createTimelineService,
  createViewsService,
  createWorkspaceSettingsService,
  crmRoutes,
  exportRoutes,
  importRoutes,
  recordRoutes,
  teamRoutes,
} from './modules/crm/index.ts'
import { createCompletionsService, openaiRoutes } from './modules/doors/index.ts'
import { outboxRoutes, syncRoutes } from './modules/insightly/index.ts'
import { createHealthService, healthRoutes, metricsRoutes } from './modules/monitoring/index.ts'
import { accessRoutes, auditRoutes, createPrivacy, type DefaultOwner, privacyRoutes, securityRoutes } from './modules/security/index.ts'
import { createSecurity } from './security.ts'

export interface AppDependencies {
  database: Database
  /** Connection string of the login role that reads accounts and nothing else. */
  accountsUrl: string
  owner: DefaultOwner
  logs: Logs
  /** Folder of the built web app. */
  webFolder: string
  version: string
  clock?: Clock
}

export interface App {
  server: FastifyInstance
  services: Services
  /** Loads what the first question needs. */
  warmUp(): Promise<void>
  /** Ends running answers within a time limit and closes the server; the database stays open. */
  close(): Promise<void>
}

export type Services = ReturnType<typeof createServices>

const drainMs = 5000
let planner: Promise<typeof import('./modules/planner/index.ts')> | undefined

/** A grammar and its words take a while to load; a start does not wait for them. */
function loadPlanner() {
  planner ??= import('./modules/planner/index.ts').catch((error: unknown) => {
    planner = undefined
    throw error
  })
  return planner
}

/** Everything that serves a request, wired once. */
export function createServices(config: Config, { database, accountsUrl, owner, logs, clock = createClock(config.application.now) }: AppDependencies) {
  const metrics = createMetrics({ logger: logs.forModule('metrics') })
  const security = createSecurity(config, { database, accountsUrl, owner, logs, metrics, clock })
  const { access, audit, bans, events, operations, posture, secrets } = security
  const agentLogger = logs.forModule('crm:agents')
  const builtinHealth = createBuiltinCrmHealth({ database, logger: agentLogger })
  const insightly = createInsightly(config, { database, security, homeWorkspaceId: owner.workspaceId, logs, metrics, clock, builtinHealth })
  const { crmHealth } = insightly
  const agents = createAgentService({ database, operations, clock, logger: agentLogger, crmHealth })
  const { dataDir } = config.application
  const chat = createChatService({
    database,
    operations,
    clock,
    agents,
    answerer: { answer: async (tx, question, context) => (await loadPlanner()).answerQuestion(tx, question, { ...context, pageSize: config.crm.maxPageSize }) },
    proposals: { propose: () => Promise.reject(new Error('Proposals are not wired yet.')) },
    sessionsFolder: join(dataDir, 'sessions'),
    logger: logs.forModule('crm:chat'),
    observe: metrics.observeAnswer,
  })
  return {
    clock,
    metrics,
    security,
    access,
    audit,
    bans,
    events,
    operations,
    posture,
    secrets,
    testEncryption: security.testEncryption,
    health: createHealthService({ database, dataDir, crm: crmHealth }),
    records: createRecordsService({ operations, clock }),
    timeline: createTimelineService({ operations }),
    teams: createTeamsService({ operations, clock }),
    links: createLinksService({ operations, clock }),
    questions: createCrmQuestions({ operations, clock }),
    pipelineReport: createPipelineReportService({ operations, clock }),
    forecasts: createForecastService({ operations, clock }),
    views: createViewsService({ operations, clock }),
    workspaceSettings: createWorkspaceSettingsService({ operations }),
    imports: createImportService({ database, operations, clock, folder: join(dataDir, 'imports'), logger: logs.forModule('crm:import') }),
    exports: createExportService({ database, operations, clock }),
    agents,
    chat,
    completions: createCompletionsService({ chat, agents, operations, clock }),
    insightly,
    sync: insightly.sync,
    privacy: createPrivacy({ operations, clock, redactTranscripts: chat.redactTranscripts }),
  }
}

/** Builds the HTTP application without listening. */
export async function createApp(config: Config, dependencies: AppDependencies): Promise<App> {
  const services = createServices(config, dependencies)
  const { version, webFolder, logs } = dependencies
  const server = await createServer({
    logger: logs.logger,
    ...services.security,
    trustedProxies: config.application.trustedProxies,
    appUrl: config.application.appUrl,
    httpsOnly: config.security.httpsOnly,
    corsOrigins: config.security.corsOrigins,
    compression: config.performance.compressionEnabled,
    version,
    observe: services.metrics.observeRequest,
  })
  await server.register(accessRoutes(services))
  await server.register(healthRoutes({ health: services.health, clock: services.clock, version }))
  await server.register(metricsRoutes({ metrics: services.metrics, token: config.monitoring.metricsToken, limits: services.security.limits }))
  await server.register(recordRoutes(services))
  await server.register(crmRoutes(services))
  await server.register(teamRoutes(services))
  await server.register(importRoutes(services))
  await server.register(exportRoutes(services))
  await server.register(syncRoutes(services))
  await server.register(outboxRoutes(services.insightly))
  await server.register(agentRoutes(services))
  await server.register(chatRoutes(services))
  await server.register(openaiRoutes(services))
  await server.register(auditRoutes(services))
  await server.register(privacyRoutes(services))
  await server.register(securityRoutes(services))
  await registerWebApp(server, { folder: webFolder })
  await server.ready()
  await services.security.start()
  return {
    server,
    services,
    async warmUp() {
      await loadPlanner()
    },
    async close() {
      services.health.startDraining()
      await Promise.all([services.chat.drain(drainMs), services.imports.close(), services.insightly.close()])
      await server.close()
      await services.security.close()
    },
  }
}
