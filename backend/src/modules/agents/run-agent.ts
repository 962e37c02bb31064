import { traced } from '#backend/kernel/tracing.ts'
import type { AgentDefinition } from './agent-definition.ts'
import { defaultAgent } from './agent-list.ts'
import type { PlannerOutcome } from './answerer.ts'
import { agentText, commandChoices, helpText, unknownCommandText } from './command-answers.ts'
import { answerByModel } from './model-answer.ts'
import { isSure, toPlannerAnswer } from './planner-answer.ts'
import { standingSentence } from './proposal-words.ts'
import { type Routing, routeMessage, routeTo } from './routing.ts'
import { routingSentence } from './routing-words.ts'
import { type AgentAnswer, type AgentRun, type Assignment, noUsage } from './run-agent.types.ts'
import { parseSlashCommand } from './slash-commands.ts'

export type { AgentAnswer, AgentRun, Assignment } from './run-agent.types.ts'

/**
 * Decides who answers: a slash command, then the agent the request names, then the session's lock, then the words.
 */
export function assignMessage(text: string, asked: { requested?: AgentDefinition | undefined; locked?: AgentDefinition | undefined }): Assignment {
  const message = parseSlashCommand(text)
  switch (message.kind) {
    case 'agent':
      return { message, chosen: true, routing: routeTo(message.agent, { because: 'asked' }) }
    case 'help':
      return { message, chosen: true, routing: routeTo(defaultAgent, { because: 'help' }) }
    case 'unknown':
      return { message, chosen: true, routing: routeTo(defaultAgent, { because: 'noCommand', command: message.command }) }
    case 'text':
      if (asked.requested !== undefined) return { message, chosen: true, routing: routeTo(asked.requested, { because: 'asked' }) }
      if (asked.locked !== undefined) return { message, chosen: true, routing: routeTo(asked.locked, { because: 'locked' }) }
      return { message, chosen: false, routing: routeMessage(message.text) }
  }
}

/**
 * Answers one message as the assigned agent: a command by itself, a question by the planner where that is sure, else by the model with
 * what the planner made of it. An agent that lives from its model is asked at once when somebody chose it.
 */
export function runAgent(run: AgentRun): Promise<AgentAnswer> {
  const { id, name } = run.assignment.routing.agent
  const describe = () => ({ attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.id': id, 'gen_ai.agent.name': name } })
  return traced(`invoke_agent ${id}`, describe, async (span) => {
    const answer = await answerAs(run)
    span?.set({ 'chatsg.answered_by': answer.answeredBy, 'chatsg.agent': answer.agent.id })
    return answer
  })
}

async function answerAs(run: AgentRun): Promise<AgentAnswer> {
  const { assignment, context, answerer, modelConfigured, model, mayAskModel, read } = run
  const { message, routing } = assignment
  // A command says nothing of its language; the conversation before it does.
  const language = context.previous?.language
  if (message.kind === 'help') return said(routing, helpText(modelConfigured, language), language)
  if (message.kind === 'unknown') {
    const answer = said(routing, unknownCommandText(message.command, message.suggestions, language), language)
    if (message.suggestions.length > 0) answer.parts.push({ type: 'data-clarify', data: commandChoices(message.text, message.suggestions, language) })
    return answer
  }
  if (message.kind === 'agent' && message.text === '') return said(routing, agentText(message.agent, modelConfigured, language), language)
  const hasModel = model?.isConfigured(routing.agent.id) === true
  if (hasModel && assignment.chosen && routing.agent.needsModel) return await answerByModel(run, model, { message: message.text })
  const outcome = await traced(
    'plan',
    () => ({}),
    async (span) => {
      const planned = await read((tx) => answerer.answer(tx, message.text, context))
      span?.set({ 'chatsg.plan.outcome': planned.kind })
      return planned
    },
  )
  if (!hasModel || isSure(outcome) || (await mayAskModel?.()) === false) return await answerByPlanner(run, outcome)
  return await answerByModel(run, model, { message: message.text, planned: outcome, fallback: () => answerByPlanner(run, outcome) })
}

async function answerByPlanner({ assignment, modelConfigured, propose }: AgentRun, outcome: PlannerOutcome): Promise<AgentAnswer> {
  const answer = await toPlannerAnswer(assignment, outcome, modelConfigured)
  if (outcome.changes === undefined || outcome.changes.length === 0) return answer
  const batch = await propose({ calls: outcome.changes, agent: answer.agent.id, untrusted: false })
  const text = `${answer.text} ${standingSentence(batch.proposals, answer.language)}`
  const parts = answer.parts.map((part, index) => (index === answer.parts.findIndex(({ type }) => type === 'text') ? { type: 'text' as const, text } : part))
  return { ...answer, text, parts: [...parts, { type: 'data-proposals', data: batch }] }
}

function said({ agent, why }: Routing, text: string, language: AgentAnswer['language']): AgentAnswer {
  return {
    agent,
    routing: routingSentence(agent, why, language),
    answeredBy: 'planner',
    ...(language === undefined ? {} : { language }),
    text,
    parts: [{ type: 'text', text }],
    citations: [],
    coverage: null,
    memory: null,
    usage: noUsage,
  }
}
