import { AppError } from '#backend/kernel/errors.ts'
import type { AgentAnswer, Assignment } from '#backend/modules/agents/index.ts'
import { tooDear } from '#backend/modules/crm/index.ts'
import type { AnswerLanguage, ChatAnswer } from '#contracts/chat.ts'

type Identity = Pick<ChatAnswer, 'sessionId' | 'messageId' | 'processingTime'>

export const noUsage: ChatAnswer['usage'] = { inputTokens: 0, outputTokens: 0, costUsd: '0' }

/** The answer of an agent; what was said before it stands at its beginning. */
export function wholeAnswer(identity: Identity, made: AgentAnswer, said: string): ChatAnswer {
  const { agent, routing, answeredBy, language, text, parts, citations, coverage, usage } = made
  const continued = text.startsWith(said)
  return {
    ...identity,
    agent: agent.id,
    routing,
    answeredBy,
    ...(language === undefined ? {} : { language }),
    text: continued ? text : `${said}\n\n${text}`,
    parts: continued ? parts : [{ type: 'text', text: said }, ...parts],
    citations,
    coverage,
    usage,
  }
}

/** What is left of an answer that was stopped or failed: what was said, and why it says no more. */
export function brokenAnswer(identity: Identity, { routing }: Assignment, said: string, sentence: string): ChatAnswer {
  const text = [said, sentence].filter((piece) => piece !== '').join('\n\n')
  return {
    ...identity,
    agent: routing.agent.id,
    routing: routing.reason,
    // The planner speaks once, when it has everything.
    answeredBy: said === '' ? 'planner' : 'model',
    text,
    parts: text === '' ? [] : [{ type: 'text', text }],
    citations: [],
    coverage: null,
    usage: noUsage,
  }
}

/** What a person is told about a failure; an unknown one keeps its message to the log. */
export function failureSentence(error: unknown, language: AnswerLanguage = 'en'): string {
  if (!(error instanceof AppError)) return unknownFailure[language]
  return language === 'de' ? germanFailure(error) : error.message
}

const unknownFailure: Readonly<Record<AnswerLanguage, string>> = {
  en: 'Something went wrong while this was being answered. Your question is kept; ask again.',
  de: 'Beim Beantworten ist etwas schiefgegangen. Die Frage ist gespeichert; bitte noch einmal stellen.',
}

const germanRoles: Readonly<Record<string, string>> = { owner: 'Inhaber', admin: 'Admin', manager: 'Manager', rep: 'Vertrieb', viewer: 'Leser' }

/** What the planner says is German already; what comes from below it is not. */
function germanFailure({ code, details, message }: AppError): string {
  if (details?.some((detail) => detail.message === tooDear))
    return 'Diese Frage würde bei so vielen Datensätzen zu lange dauern; es wurde nichts gelesen. Bitte eingrenzen, etwa auf einen Zeitraum oder einen Besitzer, oder eine Bedingung zu verknüpften Datensätzen weglassen.'
  const role = /^Your role \((\w+)\)/.exec(message)?.[1]
  if (role !== undefined) return `Ihre Rolle (${germanRoles[role] ?? role}) erlaubt das nicht; es wurde nichts geändert.`
  if (message.includes('SAFE_MODE'))
    return 'Der abgesicherte Modus (SAFE_MODE) ist an, deshalb lesen Agenten nur. Es wurde nichts geändert; ohne ihn gestartet, geht es weiter.'
  if (code === 'UNAVAILABLE')
    return 'Das hat zu lange gedauert, oder die Datenbank antwortet gerade nicht. Bitte enger fragen oder es gleich noch einmal versuchen.'
  // Why a change cannot be made is told in the words of whatever refuses it.
  if (code !== 'VALIDATION' || details !== undefined) return `Das geht so nicht, und es wurde nichts geändert. Der Grund auf Englisch: ${message}`
  return message
}
