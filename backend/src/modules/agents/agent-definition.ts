import type { EntityName } from '#contracts/entities.ts'

/** An agent as data: who it is, how it is called, what it is about, and what it may use. */
export interface AgentDefinition {
  id: string
  /** As in "the Sales agent". */
  name: string
  /** Its name in the log, for example `CRMAgent`. */
  logName: string
  /** What it does for a person, as a sentence. */
  description: string
  /** Slash command with its slash. */
  command: string
  aliases: readonly string[]
  /** Records it is about; where two agents share one, the words of the question decide, then the order of the list. */
  entities: readonly EntityName[]
  /** Folded words and phrases that point to it when they stand in a question. */
  words: readonly string[]
  /** It has nothing to offer without a language model. */
  needsModel: boolean
  examples: readonly string[]
  /** What a model is told to be and to do as this agent, beside what all agents are told. */
  instructions: string
  /** Names of the tools its model is given: fewer than twelve. */
  tools: readonly string[]
  limits: AgentLimits
  /** What its model is for; accounting and the choice of a model go by it. */
  purpose: 'records' | 'writing' | 'analysis' | 'code'
}

/** Bounds of one answer of a model. */
export interface AgentLimits {
  /** Calls of the model, each of which may use tools. */
  steps: number
  /** Input and output of all its calls together. */
  tokens: number
  timeMs: number
}
