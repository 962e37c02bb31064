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
}
