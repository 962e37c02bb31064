import type { AgentDefinition } from '../agent-definition.ts'

export const salesAgent: AgentDefinition = {
  id: 'sales',
  name: 'Sales',
  logName: 'SalesAgent',
  description: 'Looks after leads and opportunities: the pipeline, win rates, what is stalled and what closes next.',
  command: '/sales',
  aliases: ['/deals', '/pipeline', '/leads'],
  entities: ['leads', 'opportunities', 'pipelines', 'stages'],
  words: ['forecast', 'win rate', 'win rates', 'stalled', 'quota', 'qualify', 'qualified', 'qualification', 'closing', 'lead score', 'lead scores', 'at risk', 'sales cycle', 'sales', 'prospect', 'prospects'],
  needsModel: false,
  examples: ['/sales win rate by owner', '/sales stalled opportunities over 20000'],
}
