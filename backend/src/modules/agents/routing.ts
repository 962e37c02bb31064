import { LRUCache } from 'lru-cache'
import type { EntityName } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { AgentDefinition } from './agent-definition.ts'
import { agentList, defaultAgent } from './agent-list.ts'
import { type RoutingReason, routingSentence } from './routing-words.ts'

export interface Routing {
  agent: AgentDefinition
  why: RoutingReason
  /** Why this agent, as one sentence in English. */
  reason: string
}

/** A choice of an agent with its reason. */
export function routeTo(agent: AgentDefinition, why: RoutingReason): Routing {
  return { agent, why, reason: routingSentence(agent, why) }
}

/** Each agent's words as they stand between other words. */
const spacedWords = agentList.map((agent) => ({ agent, words: agent.words.map((word) => ({ word, spaced: ` ${word} ` })) }))

interface Hit {
  agent: AgentDefinition
  words: readonly string[]
}

/** A message is looked at again when its answer is there, and the same ones are sent again. */
const recentHits = new LRUCache<string, readonly Hit[]>({ max: 200 })
const longestKept = 500

/**
 * Chooses the agent of a message that names none.
 * @param entity what the planner found the question to be about, when it answered
 */
export function routeMessage(message: string, entity?: EntityName): Routing {
  const hits = recentHits.get(message) ?? hitsOf(message)
  if (entity !== undefined) return routeByEntity(entity, hits)
  const best = hits.toSorted((left, right) => right.words.length - left.words.length || order(left.agent) - order(right.agent))[0]
  if (best === undefined) return routeTo(defaultAgent, { because: 'nothingElse' })
  return routeTo(best.agent, { because: 'word', word: best.words[0] ?? '' })
}

function hitsOf(message: string): readonly Hit[] {
  const spoken = wordsOf(message)
  const hits = spacedWords
    .map(({ agent, words }) => ({ agent, words: words.filter(({ spaced }) => spoken.includes(spaced)).map(({ word }) => word) }))
    .filter(({ words }) => words.length > 0)
  if (message.length <= longestKept) recentHits.set(message, hits)
  return hits
}

function routeByEntity(entity: EntityName, hits: readonly Hit[]): Routing {
  const named = hits.find(({ agent }) => agent !== defaultAgent && !agent.needsModel && (agent.entities.includes(entity) || agent.entities.length === 0))
  if (named !== undefined) return routeTo(named.agent, { because: 'about', entity, word: named.words[0] ?? '' })
  const agent = agentList.find((candidate) => candidate.entities.includes(entity)) ?? defaultAgent
  return routeTo(agent, { because: 'about', entity })
}

/** The folded words between single spaces, so that a word or phrase is found by its spaced form alone. */
function wordsOf(message: string): string {
  return ` ${fold(message)
    .split(/[^\p{L}\p{N}-]+/u)
    .join(' ')
    .trim()} `
}

/** Among equals the default agent, whose words are the commonest, comes last. */
function order(agent: AgentDefinition): number {
  return agentList.indexOf(agent) + (agent === defaultAgent ? agentList.length : 0)
}
