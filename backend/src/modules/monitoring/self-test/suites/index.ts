import type { Suite } from '../suite.ts'
import { crmAgentSuite, customerAgentSuite, emailAgentSuite, productAgentSuite, salesAgentSuite } from './agents.ts'
import { performanceTestsSuite } from './performance.ts'
import { productionManagerSuite } from './production.ts'
import { integrationScenariosSuite } from './scenarios.ts'
import { securityManagerSuite, securityTestsSuite } from './security.ts'

/** What the self-test consists of, in the order in which it runs. */
export const suites: readonly Suite[] = [
  crmAgentSuite,
  emailAgentSuite,
  productAgentSuite,
  customerAgentSuite,
  salesAgentSuite,
  securityManagerSuite,
  productionManagerSuite,
  integrationScenariosSuite,
  performanceTestsSuite,
  securityTestsSuite,
]
