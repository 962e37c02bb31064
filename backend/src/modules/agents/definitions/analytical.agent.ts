import type { AgentDefinition } from '../agent-definition.ts'

export const analyticalAgent: AgentDefinition = {
  id: 'analytical',
  name: 'Analytical',
  logName: 'AnalyticalAgent',
  description: 'Compares and breaks down the figures in your CRM, by month, owner, stage or any other field.',
  command: '/analytical',
  aliases: ['/analysis', '/analytics', '/analyse', '/analyze'],
  entities: [],
  words: ['analyse', 'analyze', 'analysis', 'trend', 'trends', 'correlation', 'compare', 'comparison', 'breakdown', 'statistics', 'distribution'],
  needsModel: false,
  examples: ['/analytical opportunities by month this year', '/analytical average deal value by stage'],
  instructions:
    'Compare and break down figures, by month, owner, stage or any other field. Have the figures computed by a query; compare in words, and say what the figures cannot show.',
  tools: ['crm.ask', 'records.query', 'records.search', 'schema.describe', 'pipeline.report', 'forecast', 'handoff'],
  limits: { steps: 8, tokens: 60_000, timeMs: 120_000 },
  purpose: 'analysis',
}
