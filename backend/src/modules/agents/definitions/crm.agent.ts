import type { AgentDefinition } from '../agent-definition.ts'

export const crmAgent: AgentDefinition = {
  id: 'crm',
  name: 'CRM',
  logName: 'CRMAgent',
  description: 'Finds, counts, sums and groups everything in your CRM: contacts, organisations, leads, opportunities, pipelines, orders, tasks, events and notes.',
  command: '/crm',
  aliases: ['/contacts', '/find', '/search'],
  entities: ['contacts', 'organisations', 'leads', 'opportunities', 'pipelines', 'stages', 'orders', 'order_lines', 'tasks', 'events', 'notes', 'users', 'tags'],
  words: ['contact', 'contacts', 'organisation', 'organisations', 'organization', 'organizations', 'company', 'companies', 'lead', 'leads', 'opportunity', 'opportunities', 'deal', 'deals', 'pipeline', 'task', 'tasks', 'meeting', 'meetings', 'event', 'events', 'note', 'notes', 'owner', 'phone'],
  needsModel: false,
  examples: ['/crm how many contacts were created last month', '/crm pipeline status'],
}
