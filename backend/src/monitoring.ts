import type { ProductFlag } from '#contracts/deployment.ts'
import { type Config, inspectLoadedConfig } from './config/index.ts'
import type { Database } from './infra/database/database.ts'
import type { Logs } from './infra/logger/logger.ts'
import type { Actor } from './kernel/actor.ts'
import type { Clock } from './kernel/clock.ts'
import {
  createDeploymentService,
  createFeatureFlags,
  createHealthService,
  createProcessFigures,
  crmCheck,
  type HealthCheck,
  replicaCheck,
  type ServiceStatus,
} from './modules/monitoring/index.ts'
import type { Operations } from './modules/security/index.ts'

export interface MonitoringDependencies {
  database: Database
  operations: Operations
  clock: Clock
  logs: Logs
  version: string
  homeWorkspaceId: string
  crm: () => Promise<{ mode: 'builtin' | 'insightly'; reachable: boolean }>
  /** Parts that say themselves how they are; those not named are not configured. */
  parts?: Partial<Record<'redis' | 'model' | 'memory' | 'mail' | 'queue', HealthCheck['check']>>
}

const notConfigured: HealthCheck['check'] = () => Promise.resolve({ status: 'not_configured' satisfies ServiceStatus })

/** What is known of how ChatSG itself is doing, wired once. */
export function createMonitoring(config: Config, { database, operations, clock, logs, version, homeWorkspaceId, crm, parts = {} }: MonitoringDependencies) {
  const { application, deployment } = config
  const part = (name: keyof typeof parts): HealthCheck => ({ name, check: parts[name] ?? notConfigured })
  const figures = createProcessFigures()
  const standing = () => database.replica?.()
  const replica = standing() === undefined ? [] : [replicaCheck(standing)]
  const deployments = createDeploymentService({
    operations,
    clock,
    version,
    homeWorkspaceId,
    environment: application.environment,
    commit: deployment.gitCommit,
    build: deployment.buildNumber,
    deployedBy: deployment.deployedBy,
    flags: deployment.featureFlags,
  })
  const featureFlags = createFeatureFlags({ findRule: deployments.findRule, logger: logs.forModule('flags') })
  return {
    health: createHealthService({
      database,
      dataDir: application.dataDir,
      checks: [part('redis'), crmCheck(crm), part('model'), part('memory'), part('mail'), part('queue'), ...replica],
    }),
    deployment: deployments,
    featureFlags,
    /** Where flags cannot be read, nothing leaves for a model. */
    mayAskModel: async (actor: Actor) => (await featureFlags.clientFor(actor)).getBooleanValue('modelAnswers' satisfies ProductFlag, false),
    readFigures: () => figures.read(),
    inspectConfig() {
      const { problems, warnings } = inspectLoadedConfig()
      const namesOf = (found: readonly { variable: string }[]) => [...new Set(found.map(({ variable }) => variable))].sort()
      return { errors: namesOf(problems), warnings: namesOf(warnings) }
    },
    close: () => figures.close(),
  }
}
