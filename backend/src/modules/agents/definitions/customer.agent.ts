import type { AgentDefinition } from '../agent-definition.ts'

export const customerAgent: AgentDefinition = {
  id: 'customer',
  name: 'Customer',
  logName: 'CustomerAgent',
  description: 'Looks at your customers through what they order: who buys, how often, and for how much.',
  command: '/customer',
  aliases: ['/customers', '/client', '/clients'],
  entities: ['orders', 'order_lines'],
  words: ['customer', 'customers', 'churn', 'lifetime value', 'clv', 'segment', 'segments', 'rfm', 'retention', 'loyal', 'repeat buyers', 'buyers'],
  needsModel: false,
  examples: ['/customer top 10 customers by order total', '/customer how many orders last quarter'],
  instructions: 'Look at customers through what they order and what was said with them: who buys, how often, for how much, and who has gone quiet.',
  tools: ['crm.ask', 'records.query', 'records.search', 'records.get', 'records.timeline', 'schema.describe', 'records.create', 'records.update', 'handoff'],
  limits: { steps: 8, tokens: 60_000, timeMs: 120_000 },
  purpose: 'analysis',
}
