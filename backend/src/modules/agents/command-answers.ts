import type { DataClarify } from '#contracts/chat.ts'
import type { AgentDefinition } from './agent-definition.ts'
import { agentList } from './agent-list.ts'

/** Why an agent cannot do its own work here, or undefined when it can. */
export function unavailableReason(agent: AgentDefinition, modelConfigured: boolean): string | undefined {
  return agent.needsModel && !modelConfigured ? 'It needs a language model, and none is configured.' : undefined
}

export function helpText(modelConfigured: boolean): string {
  const lines = agentList.map((agent) => {
    const note = unavailableReason(agent, modelConfigured) === undefined ? '' : ' *Not available: it needs a language model, and none is configured.*'
    return `- \`${agent.command}\`: ${agent.description}${note}`
  })
  return [
    'Ask in plain words, or begin with a command to choose who answers:',
    '',
    ...lines,
    '- `/help`: lists these commands.',
    '',
    'For example: “how many contacts were created last month?” or “open opportunities over 20000, biggest first”.',
  ].join('\n')
}

/** What a command alone, without a question, is answered with. */
export function agentText(agent: AgentDefinition, modelConfigured: boolean): string {
  const reason = unavailableReason(agent, modelConfigured)
  const aliases = `Also: ${agent.aliases.map((alias) => `\`${alias}\``).join(', ')}.`
  if (reason !== undefined)
    return `**${agent.name} agent.** ${agent.description} ${reason} Questions about your CRM are answered all the same, by the CRM agent. ${aliases}`
  return `**${agent.name} agent.** ${agent.description} Write your question behind the command, for example ${agent.examples.map((example) => `\`${example}\``).join(' or ')}. ${aliases}`
}

/** The message again with each command it may have meant, to choose from. */
export function commandChoices(text: string, suggestions: readonly string[]): DataClarify {
  return {
    question: 'Which command did you mean?',
    options: [
      ...suggestions.map((suggestion) => ({ label: suggestion, message: `${suggestion} ${text}`.trim() })),
      ...(text === '' ? [] : [{ label: 'No command', message: text }]),
    ],
  }
}

export function unknownCommandText(command: string, suggestions: readonly string[]): string {
  const shown = suggestions.map((suggestion) => `\`${suggestion}\``)
  const hint = shown.length === 0 ? '' : ` Did you mean ${shown.join(' or ')}?`
  return `There is no command \`${command}\`.${hint} \`/help\` lists every command; without a slash your message is read as a question.`
}

/** Said before the planner's own words when a request belonged to an agent that has no model to work with. */
export function fallbackText(agent: AgentDefinition, isAnswered: boolean): string {
  const lack = `The ${agent.name} agent needs a language model, and none is configured`
  return isAnswered ? `${lack}; the CRM agent answers instead.` : `${lack}. What I can answer is questions about your CRM.`
}
