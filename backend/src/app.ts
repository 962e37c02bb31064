import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createAgents } from './agents.ts'
import { createAlerts } from './alerts.ts'
import { automationCompanion, createAutomationServices } from './automations.ts'
import { memoryCompanion } from './companions.ts'
import type { Config } from './config/index.ts'
import { createServer } from './http/server.ts'
import { registerWebApp } from './http/web-app.ts'
import type { Database } from './infra/database/database.ts'
import type { Logs } from './infra/logger/logger.ts'
import { createMetrics } from './infra/metrics/metrics.ts'
import { createInsightly } from './insightly.ts'
import { type Clock, createClock } from './kernel/clock.ts'
import { createMemory } from './memory.ts'
import { createModelServices } from './models.ts'
import {
  type Answerer,
  agentList,
  agentRoutes,
  approvalRoutes,
  confidentialRoutes,
  createBuiltinCrmHealth,
  createPoliciesService,
  createProposals,
  createWorkflows,
  loadSdk,
  workflowRoutes,
} from './modules/agents/index.ts'
import { automationRoutes, scheduleChanges } from './modules/automations/index.ts'
import { chatRoutes, createChatService } from './modules/chat/index.ts'
import {
  createCrmQuestions,
  createExportService,
  createForecastService,
  createHiddenFieldsService,
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
  importChange,
  importRoutes,
  mergeChange,
  recordChanges,
  recordRoutes,
  teamRoutes,
} from './modules/crm/index.ts'
import { createCompletionsService, createMcpDoor, mcpRoutes, openaiRoutes } from './modules/doors/index.ts'
import { createEmailsService, emailChanges, emailRoutes } from './modules/email/index.ts'
import { outboxRoutes, syncRoutes } from './modules/insightly/index.ts'
import { createPersonMemories, memoryRoutes } from './modules/memory/index.ts'
import { modelRoutes } from './modules/models/index.ts'
import { alertRoutes, deploymentRoutes, healthRoutes, metricsRoutes, selfTestRoutes } from './modules/monitoring/index.ts'
import { accessRoutes, auditRoutes, createPrivacy, type DefaultOwner, privacyRoutes, securityRoutes } from './modules/security/index.ts'
import { createMonitoring } from './monitoring.ts'
import { createRetentionService } from './retention.ts'
import { createSecurity } from './security.ts'
import { createSelfTest } from './self-test.ts'
import { createWorkFigures } from './work-figures.ts'

export interface AppDependencies {
  database: Database
  /** Connection string of the login role that reads accounts and nothing else. */
  accountsUrl: string
  owner: DefaultOwner
  /** Connection string of the database's owner, with which the self-test makes its own. */
  adminUrl?: string
  logs: Logs
  /** Folder of the built web app. */
  webFolder: string
  version: string
  clock?: Clock
  /** Figures of every worker, where this process is one of several. */
  figuresOfAll?: () => Promise<unknown[]>
}

export interface App {
  server: FastifyInstance
  services: Services
  /** Loads what the first question needs. */
  warmUp(): Promise<void>
  /** Uses what another configuration says of log levels, feature flags and limits of requests. */
  reconfigure(config: Config): void
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
export function createServices(config: Config, { database, accountsUrl, owner, logs, version, clock = createClock(config.application.now) }: AppDependencies) {
  const metrics = createMetrics({ logger: logs.forModule('metrics') })
  if (database.replica?.() !== undefined) metrics.readReplicaLag(async () => database.replica?.()?.lagSeconds)
  const security = createSecurity(config, { database, accountsUrl, owner, logs, metrics, clock })
  const { access, audit, bans, events, operations, posture, secrets } = security
  const work = createWorkFigures(database, owner.workspaceId, clock)
  metrics.readWork(work.read)
  const agentLogger = logs.forModule('crm:agents')
  const builtinHealth = createBuiltinCrmHealth({ database, logger: agentLogger })
  const insightly = createInsightly(config, { database, security, homeWorkspaceId: owner.workspaceId, logs, metrics, clock, builtinHealth })
  const { crmHealth } = insightly
  const modelServices = createModelServices(config, {
    database,
    operations,
    logs,
    metrics,
    clock,
    agents: agentList.map(({ id }) => id),
  })
  const { dataDir } = config.application
  const memory = createMemory(config, {
    database,
    security,
    homeWorkspaceId: owner.workspaceId,
    logs,
    clock,
    models: modelServices.models,
    batches: modelServices.batches,
    masksPeople: async (actor) => (await confidential.forPrompts(actor)).maskPeople,
  })
  const changes = [
    ...recordChanges(),
    mergeChange,
    importChange({ folder: join(dataDir, 'imports') }),
    ...emailChanges(),
    ...scheduleChanges({ canMail: true }),
  ]
  const proposals = createProposals({
    operations,
    clock,
    changes,
    events,
    observe: metrics.countApprovals,
    safeMode: config.application.safeMode,
  })
  const answerer: Answerer = {
    answer: async (tx, question, context) => (await loadPlanner()).answerQuestion(tx, question, { ...context, pageSize: config.crm.maxPageSize }),
  }
  const { agents, tools, confidential } = createAgents({
    database,
    operations,
    events,
    clock,
    logger: agentLogger,
    crmHealth,
    answerer,
    proposals,
    changes,
    models: modelServices.models,
    maskPeople: config.models.maskPeople,
  })
  const monitoring = createMonitoring(config, {
    database,
    operations,
    clock,
    logs,
    version,
    homeWorkspaceId: owner.workspaceId,
    crm: crmHealth,
    parts: {
      ...security.health,
      memory: memory.checkHealth,
      model: modelServices.modelsService.checkHealth,
      // Nothing is worked on while safe mode is on.
      ...(config.application.safeMode ? {} : { queue: work.checkQueues }),
    },
  })
  const chat = createChatService({
    database,
    operations,
    clock,
    agents,
    answerer,
    proposals,
    companions: [memoryCompanion(memory), automationCompanion(proposals)],
    mayAskModel: monitoring.mayAskModel,
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
    ...monitoring,
    records: createRecordsService({ operations, clock }),
    timeline: createTimelineService({ operations }),
    teams: createTeamsService({ operations, clock }),
    links: createLinksService({ operations, clock }),
    questions: createCrmQuestions({ operations, clock }),
    pipelineReport: createPipelineReportService({ operations, clock }),
    forecasts: createForecastService({ operations, clock }),
    views: createViewsService({ operations, clock }),
    workspaceSettings: createWorkspaceSettingsService({ operations }),
    hiddenFields: createHiddenFieldsService({ operations, clock }),
    imports: createImportService({ database, operations, clock, folder: join(dataDir, 'imports'), logger: logs.forModule('crm:import') }),
    exports: createExportService({ database, operations, clock }),
    agents,
    tools,
    confidential,
    proposals,
    approvalPolicies: createPoliciesService({ operations, clock, changes }),
    emails: createEmailsService({ operations }),
    chat,
    workflows: createWorkflows({
      database,
      operations,
      proposals,
      clock,
      logger: logs.forModule('crm:workflows'),
      observe: (outcome) => metrics.countJob('workflows', outcome),
      homeWorkspaceId: owner.workspaceId,
    }),
    completions: createCompletionsService({ chat, agents, operations, clock }),
    mcp: createMcpDoor({ chat, tools, logger: logs.forModule('mcp'), version }),
    insightly,
    sync: insightly.sync,
    memory,
    automations: createAutomationServices(config, { database, security, chat, homeWorkspaceId: owner.workspaceId, logs, metrics, clock }),
    modelServices,
    retention: createRetentionService(config, { security, chat, metrics, homeWorkspaceId: owner.workspaceId, logs, clock }),
    privacy: createPrivacy({ operations, audit, clock, redactTranscripts: chat.redactTranscripts, memories: createPersonMemories() }),
  }
}

/** Builds the HTTP application without listening. */
export async function createApp(config: Config, dependencies: AppDependencies): Promise<App> {
  const services = createServices(config, dependencies)
  const { version, webFolder, logs, figuresOfAll, owner } = dependencies
  const alerts = createAlerts(config, {
    ...services,
    database: dependencies.database,
    logs,
    homeWorkspaceId: owner.workspaceId,
    observe: services.metrics.observeAlert,
    crmHealth: services.insightly.crmHealth,
    mailer: services.security.mailer,
  })
  const server = await createServer({
    logger: logs.logger,
    ...services.security,
    trustedProxies: config.application.trustedProxies,
    appUrl: config.application.appUrl,
    httpsOnly: config.security.httpsOnly,
    corsOrigins: config.security.corsOrigins,
    compression: config.performance.compressionEnabled,
    version,
    observe(served) {
      services.metrics.observeRequest(served)
      alerts.observeRequest(served)
    },
  })
  server.addHook('onRequest', (_request, reply, done) => {
    // Clients that keep their connections open them anew, to the process that takes this one's place.
    if (services.health.isDraining()) reply.header('connection', 'close')
    done()
  })
  await server.register(accessRoutes(services))
  await server.register(healthRoutes({ ...services, release: services.deployment.release }))
  await server.register(deploymentRoutes(services))
  const selfTest = createSelfTest(config, {
    ...dependencies,
    ...services,
    adminUrl: dependencies.adminUrl,
    homeWorkspaceId: owner.workspaceId,
    memoryHealth: services.memory.checkHealth,
    openApp: createApp,
  })
  await server.register(selfTestRoutes({ selfTest }))
  await server.register(alertRoutes({ alerts }))
  await server.register(
    metricsRoutes({ metrics: summed(services.metrics, figuresOfAll), token: config.monitoring.metricsToken, limits: services.security.limits }),
  )
  await server.register(recordRoutes(services))
  await server.register(crmRoutes(services))
  await server.register(teamRoutes(services))
  await server.register(importRoutes(services))
  await server.register(exportRoutes(services))
  await server.register(syncRoutes(services))
  await server.register(outboxRoutes(services.insightly))
  await server.register(agentRoutes(services))
  await server.register(approvalRoutes(services))
  await server.register(workflowRoutes(services))
  await server.register(confidentialRoutes(services))
  await server.register(emailRoutes(services))
  await server.register(chatRoutes(services))
  await server.register(openaiRoutes(services))
  await server.register(mcpRoutes({ mcp: services.mcp, appUrl: config.application.appUrl }))
  await server.register(memoryRoutes(services))
  await server.register(automationRoutes(services))
  await server.register(modelRoutes(services.modelServices))
  await server.register(auditRoutes(services))
  await server.register(privacyRoutes(services))
  await server.register(securityRoutes(services))
  await registerWebApp(server, { folder: webFolder, cdn: config.performance.cdnEnabled })
  await server.ready()
  await services.security.start()
  services.memory.start()
  alerts.start()
  await services.deployment.noteStart()
  return {
    server,
    services,
    async warmUp() {
      await Promise.all([loadPlanner(), services.featureFlags.load(), ...(services.agents.modelConfigured ? [loadSdk()] : [])])
    },
    reconfigure({ logging, security, deployment }) {
      logs.configure(logging)
      services.security.configure(security)
      services.deployment.configure(deployment.featureFlags)
    },
    async close() {
      services.health.startDraining()
      await alerts.close()
      await Promise.all([
        services.automations.close(),
        services.retention.close(),
        services.chat.drain(drainMs),
        services.imports.close(),
        services.insightly.close(),
        services.workflows.close(),
      ])
      await services.featureFlags.close()
      // What the last answers taught is kept first.
      await services.memory.close()
      await server.close()
      await services.modelServices.close()
      await services.security.close()
    },
  }
}

/** Where several processes serve, figures are told of all of them. */
function summed(metrics: Services['metrics'], figuresOfAll: AppDependencies['figuresOfAll']) {
  return figuresOfAll === undefined ? metrics : { contentType: metrics.contentType, text: async () => metrics.textOf(await figuresOfAll()) }
}
