import type { AgentDefinition } from './agent-definition.ts'
import { analyticalAgent } from './definitions/analytical.agent.ts'
import { creativeAgent } from './definitions/creative.agent.ts'
import { crmAgent } from './definitions/crm.agent.ts'
import { customerAgent } from './definitions/customer.agent.ts'
import { emailAgent } from './definitions/email.agent.ts'
import { financialAgent } from './definitions/financial.agent.ts'
import { productAgent } from './definitions/product.agent.ts'
import { salesAgent } from './definitions/sales.agent.ts'
import { technicalAgent } from './definitions/technical.agent.ts'

/** Every agent, the one that takes what nobody else claims first. */
export const agentList: readonly AgentDefinition[] = [
  crmAgent,
  emailAgent,
  productAgent,
  customerAgent,
  salesAgent,
  analyticalAgent,
  creativeAgent,
  technicalAgent,
  financialAgent,
]

export const defaultAgent = crmAgent

export function findAgent(id: string): AgentDefinition | undefined {
  return agentList.find((agent) => agent.id === id)
}
