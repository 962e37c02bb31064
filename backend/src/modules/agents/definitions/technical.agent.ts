import type { AgentDefinition } from '../agent-definition.ts'

export const technicalAgent: AgentDefinition = {
  id: 'technical',
  name: 'Technical',
  logName: 'TechnicalAgent',
  description: 'Explains and helps with software: code, errors, interfaces and configuration.',
  command: '/technical',
  aliases: ['/tech', '/code'],
  entities: [],
  words: ['code', 'javascript', 'python', 'sql', 'bug', 'debug', 'stack trace', 'regex', 'algorithm', 'compile', 'script', 'api'],
  needsModel: true,
  examples: ['/technical explain this error message'],
  instructions: 'Explain and help with software: code, errors, interfaces and configuration. Say what you are not sure of, and give code in fenced blocks.',
  tools: ['schema.describe', 'crm.ask', 'handoff'],
  limits: { steps: 8, tokens: 60_000, timeMs: 120_000 },
  purpose: 'code',
}
