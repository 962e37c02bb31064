import type { AnswerLanguage } from '#contracts/chat.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { AgentDefinition } from './agent-definition.ts'

/** Why an agent answers. */
export type RoutingReason =
  | { because: 'asked' }
  | { because: 'locked' }
  | { because: 'help' }
  | { because: 'noCommand'; command: string }
  | { because: 'nothingElse' }
  | { because: 'word'; word: string }
  | { because: 'about'; entity: EntityName; word?: string }

interface RoutingWords {
  reason(agent: string, why: RoutingReason): string
  /** After a reason, when the agent has no model to work with and another one answers. */
  replaced(by: string): string
  /** Before the planner's own words, when a request belonged to an agent that has no model to work with. */
  fallback(agent: string, isAnswered: boolean): string
  /** After a reason, when the agent has given the question to another one. */
  handoff(to: string, because: string): string
}

/** As the planner calls them; asking it here would load its words with every start. */
const germanSubjects: Readonly<Record<EntityName, string>> = {
  organisations: 'Firmen',
  contacts: 'Kontakte',
  leads: 'Leads',
  opportunities: 'Deals',
  pipelines: 'Pipelines',
  stages: 'Phasen',
  products: 'Produkte',
  orders: 'Bestellungen',
  order_lines: 'Bestellpositionen',
  quotes: 'Angebote',
  quote_lines: 'Angebotspositionen',
  tasks: 'Aufgaben',
  events: 'Termine',
  notes: 'Notizen',
  emails: 'E-Mails',
  users: 'Benutzer',
  tags: 'Tags',
}

/** What records are called when a sentence is about them. */
export const subjectOf: Readonly<Record<AnswerLanguage, (entity: EntityName) => string>> = {
  en: (entity) => entities[entity].labelPlural.toLowerCase(),
  de: (entity) => germanSubjects[entity],
}

const english: RoutingWords = {
  reason(agent, why) {
    switch (why.because) {
      case 'asked':
        return `You asked the ${agent} agent.`
      case 'locked':
        return `This conversation is kept to the ${agent} agent.`
      case 'help':
        return 'You asked for the list of commands.'
      case 'noCommand':
        return `${why.command} is not a command.`
      case 'nothingElse':
        return `Nothing in it points to another agent, so the ${agent} agent answers.`
      case 'word':
        return `“${why.word}” is a matter for the ${agent} agent.`
      case 'about': {
        const about = `It is about ${subjectOf.en(why.entity)}`
        return why.word === undefined ? `${about}, which the ${agent} agent looks after.` : `${about}, and “${why.word}” is a matter for the ${agent} agent.`
      }
    }
  },
  replaced: (by) => `It needs a language model, and none is configured, so the ${by} agent answers.`,
  fallback(agent, isAnswered) {
    const lack = `The ${agent} agent needs a language model, and none is configured`
    return isAnswered ? `${lack}; the CRM agent answers instead.` : `${lack}. What I can answer is questions about your CRM.`
  },
  handoff: (to, because) => `It was handed to the ${to} agent: ${because}`,
}

const german: RoutingWords = {
  reason(agent, why) {
    switch (why.because) {
      case 'asked':
        return `Gefragt ist der ${agent}-Agent.`
      case 'locked':
        return `Dieses Gespräch bleibt beim ${agent}-Agenten.`
      case 'help':
        return 'Gefragt ist die Liste der Befehle.'
      case 'noCommand':
        return `${why.command} ist kein Befehl.`
      case 'nothingElse':
        return `Nichts darin weist auf einen anderen Agenten hin; daher antwortet der ${agent}-Agent.`
      case 'word':
        return `Für „${why.word}“ ist der ${agent}-Agent da.`
      case 'about': {
        const about = `Es geht um ${subjectOf.de(why.entity)}`
        return why.word === undefined ? `${about}; darum kümmert sich der ${agent}-Agent.` : `${about}, und für „${why.word}“ ist der ${agent}-Agent da.`
      }
    }
  },
  replaced: (by) => `Er braucht ein Sprachmodell, und keines ist eingerichtet; daher antwortet der ${by}-Agent.`,
  fallback(agent, isAnswered) {
    const lack = `Der ${agent}-Agent braucht ein Sprachmodell, und keines ist eingerichtet`
    return isAnswered ? `${lack}; statt seiner antwortet der CRM-Agent.` : `${lack}. Fragen zum CRM lassen sich beantworten.`
  },
  handoff: (to, because) => `Weitergegeben an den ${to}-Agenten: ${because}`,
}

const words: Readonly<Record<AnswerLanguage, RoutingWords>> = { en: english, de: german }

/** Why an agent answers, as one sentence. */
export function routingSentence(agent: AgentDefinition, why: RoutingReason, language: AnswerLanguage = 'en'): string {
  return words[language].reason(agent.name, why)
}

/** Why another agent answers in place of one that has no model to work with. */
export function replacedSentence(agent: AgentDefinition, why: RoutingReason, by: AgentDefinition, language: AnswerLanguage = 'en'): string {
  return `${routingSentence(agent, why, language)} ${words[language].replaced(by.name)}`
}

/** Said before the planner's own words when a request belonged to an agent that has no model to work with. */
export function fallbackText(agent: AgentDefinition, isAnswered: boolean, language: AnswerLanguage = 'en'): string {
  return words[language].fallback(agent.name, isAnswered)
}

/** That the question was given to another agent, and why. */
export function handoffSentence(to: AgentDefinition, because: string, language: AnswerLanguage = 'en'): string {
  return words[language].handoff(to.name, because)
}
