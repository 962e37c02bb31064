import type { Transaction } from '#backend/infra/database/database.ts'
import type { ProposalSource } from '#contracts/approvals.ts'
import type { AnswerLanguage, ChatAnswer, Citation, MessagePart } from '#contracts/chat.ts'
import type { AgentDefinition } from './agent-definition.ts'
import type { AnswerContext, Answerer, PlannerMemory, PlannerOutcome } from './answerer.ts'
import type { ProposedBatch, ProposeRequest } from './approvals/proposals.ts'
import type { HistoryMessage, ModelRunner, PromptRules } from './model/model-runner.types.ts'
import type { Routing } from './routing.ts'
import type { ParsedMessage } from './slash-commands.ts'

/** A message with whoever is to answer it, before anything was looked up. */
export interface Assignment {
  message: ParsedMessage
  /** Named by a command, the request or the session's lock; without it the routing is a first guess that the plan may better. */
  chosen: boolean
  routing: Routing
}

export interface AgentRun {
  assignment: Assignment
  context: AnswerContext
  answerer: Answerer
  modelConfigured: boolean
  /** The loop of the language model; left out where none is configured. */
  model?: ModelRunner | undefined
  /** Whether the model may be asked what the planner is not sure of; always when left out. */
  mayAskModel?: (() => Promise<boolean>) | undefined
  /** Why whatever is proposed is proposed. */
  source?: ProposalSource
  /** The model is asked anew, whatever it answered to the same before. */
  fresh?: boolean
  /** The conversation before the message, oldest first; asked for only when a model answers. */
  history?: () => Promise<readonly HistoryMessage[]>
  /** What is remembered about the person and the matter; the same. */
  recalled?: () => Promise<readonly string[]>
  /** What a prompt has to keep to, where it was read before. */
  rules?: Promise<PromptRules> | undefined
  /** Settled when the message is stored: a model may be asked before, but nothing it says is told, and nothing it wants is done. */
  stored?: Promise<unknown>
  /** Opens the transaction in which the answerer reads; commands that need no records never call it. */
  read(work: (tx: Transaction) => Promise<PlannerOutcome>): Promise<PlannerOutcome>
  /** Keeps what the answer wants changed for a person to decide. */
  propose(request: Pick<ProposeRequest, 'calls' | 'agent' | 'untrusted'>): Promise<ProposedBatch>
}

export interface AgentAnswer {
  agent: AgentDefinition
  routing: string
  answeredBy: ChatAnswer['answeredBy']
  /** That of the text; unknown where nothing was asked. */
  language?: AnswerLanguage
  /** Begins with all that was said before. */
  text: string
  parts: MessagePart[]
  citations: Citation[]
  coverage: ChatAnswer['coverage']
  /** What a follow-up refers to; null leaves the last one standing. */
  memory: PlannerMemory | null
  usage: ChatAnswer['usage']
  /** The model broke off; the text keeps what was said, says so, and gives the planner's answer where there is one. */
  broken?: { sentence: string; error: unknown }
}

export const noUsage: ChatAnswer['usage'] = { inputTokens: 0, outputTokens: 0, costUsd: '0' }
