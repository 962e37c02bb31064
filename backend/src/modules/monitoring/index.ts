export { deploymentRoutes } from './deployment/deployment.routes.ts'
export { createDeploymentService, type DeploymentService } from './deployment/deployment.service.ts'
export { healthRoutes } from './health.routes.ts'
export { createHealthService, crmCheck, type HealthCheck, type HealthService, type ServiceStatus } from './health.service.ts'
export { metricsRoutes } from './metrics.routes.ts'
export { createProcessFigures, type ProcessFigures } from './process-figures.ts'
export { selfTestRoutes } from './self-test/self-test.routes.ts'
export { createSelfTestService, type SelfTestService } from './self-test/self-test.service.ts'
/** The suites, loaded when they are to run. */
export const loadSelfTestSuites = async () => (await import('./self-test/suites/index.ts')).suites
export type { Caller, TestWorld } from './self-test/suite.ts'
export type { SystemCheckSource } from './self-test/system-checks.ts'
