import type { AnswerLanguage, DataClarify } from '#contracts/chat.ts'
import type { AgentDefinition } from './agent-definition.ts'
import { agentList } from './agent-list.ts'
import { commandWords } from './command-words.ts'

/** Why an agent cannot do its own work here, or undefined when it can. */
export function unavailableReason(agent: AgentDefinition, modelConfigured: boolean, language?: AnswerLanguage): string | undefined {
  return agent.needsModel && !modelConfigured ? commandWords(language).needsModel : undefined
}

export function helpText(modelConfigured: boolean, language?: AnswerLanguage): string {
  const { description, notAvailable, helpBefore, helpCommand, helpAfter } = commandWords(language)
  const lines = agentList.map((agent) => {
    const note = unavailableReason(agent, modelConfigured) === undefined ? '' : notAvailable
    return `- \`${agent.command}\`: ${description(agent)}${note}`
  })
  return [helpBefore, '', ...lines, helpCommand, '', helpAfter].join('\n')
}

/** What a command alone, without a question, is answered with. */
export function agentText(agent: AgentDefinition, modelConfigured: boolean, language?: AnswerLanguage): string {
  const words = commandWords(language)
  const also = words.also(agent.aliases)
  if (unavailableReason(agent, modelConfigured) !== undefined) return words.agentWithoutModel(agent.name, words.description(agent), also)
  return words.agent(agent.name, words.description(agent), words.examples(agent), also)
}

/** The message again with each command it may have meant, to choose from. */
export function commandChoices(text: string, suggestions: readonly string[], language?: AnswerLanguage): DataClarify {
  const { whichCommand, noCommand } = commandWords(language)
  return {
    question: whichCommand,
    options: [
      ...suggestions.map((suggestion) => ({ label: suggestion, message: `${suggestion} ${text}`.trim() })),
      ...(text === '' ? [] : [{ label: noCommand, message: text }]),
    ],
  }
}

export function unknownCommandText(command: string, suggestions: readonly string[], language?: AnswerLanguage): string {
  return commandWords(language).unknown(command, suggestions)
}
