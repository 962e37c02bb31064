import type { AgentDefinition } from '../agent-definition.ts'

export const financialAgent: AgentDefinition = {
  id: 'financial',
  name: 'Financial',
  logName: 'FinancialAgent',
  description: 'Adds up money, per currency: revenue from orders, pipeline value, averages and totals.',
  command: '/financial',
  aliases: ['/finance', '/money', '/revenue'],
  entities: [],
  words: ['revenue', 'turnover', 'profit', 'margin', 'margins', 'invoice', 'invoices', 'budget', 'cash flow', 'finance', 'financial', 'income'],
  needsModel: false,
  examples: ['/financial revenue by month this year', '/financial total value of open opportunities'],
  instructions:
    'Add up money, per currency: revenue from orders, pipeline value, averages and totals. Never add currencies together, and name the period a figure is of.',
  tools: ['crm.ask', 'records.query', 'records.search', 'schema.describe', 'pipeline.report', 'forecast', 'handoff'],
  limits: { steps: 8, tokens: 60_000, timeMs: 120_000 },
  purpose: 'analysis',
}
