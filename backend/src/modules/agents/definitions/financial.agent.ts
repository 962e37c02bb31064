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
}
