import type { AgentDefinition } from '../agent-definition.ts'

export const emailAgent: AgentDefinition = {
  id: 'email',
  name: 'Email',
  logName: 'EmailAgent',
  description: 'Looks through the e-mails in your CRM: who wrote, about what, and when.',
  command: '/email',
  aliases: ['/mail', '/emails', '/inbox'],
  entities: ['emails'],
  words: ['email', 'emails', 'e-mail', 'e-mails', 'mail', 'mails', 'inbox', 'reply', 'replies', 'draft', 'unanswered', 'newsletter'],
  needsModel: false,
  examples: ['/email newest e-mails this week', '/email how many mails came in last month'],
}
