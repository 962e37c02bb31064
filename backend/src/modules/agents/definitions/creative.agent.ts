import type { AgentDefinition } from '../agent-definition.ts'

export const creativeAgent: AgentDefinition = {
  id: 'creative',
  name: 'Creative',
  logName: 'CreativeAgent',
  description: 'Writes: stories, slogans, posts and other free text.',
  command: '/creative',
  aliases: ['/write', '/creator'],
  entities: [],
  words: ['poem', 'poems', 'story', 'slogan', 'slogans', 'blog post', 'lyrics', 'song', 'tagline', 'brainstorm', 'creative', 'haiku', 'joke'],
  needsModel: true,
  examples: ['/creative a slogan for our new sensor'],
  instructions:
    'Write what is asked for: posts, slogans, stories and other free text. Facts about customers, products and deals come from the records or are left out.',
  tools: ['records.search', 'records.get', 'crm.ask', 'handoff'],
  limits: { steps: 8, tokens: 60_000, timeMs: 120_000 },
  purpose: 'writing',
}
