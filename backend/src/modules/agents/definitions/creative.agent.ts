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
}
