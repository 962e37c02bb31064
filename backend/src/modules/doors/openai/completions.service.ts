import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { AgentService } from '#backend/modules/agents/index.ts'
import { type ChatService, partMarkdown } from '#backend/modules/chat/index.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { ChatAnswer, MessagePart } from '#contracts/chat.ts'
import type { Completion, CompletionModel, CompletionRequest } from '#contracts/openai.ts'
import { createCompletionText } from './completion-text.ts'
import { type Conversation, toConversation } from './conversation.ts'
import { findThread, keepThread } from './threads.repository.ts'

/** Chooses the agent by the words of each message. */
export const routedModel = 'chatsg'

export interface CompletionsDependencies {
  chat: Pick<ChatService, 'ask' | 'stream'>
  agents: Pick<AgentService, 'list'>
  operations: Operations
  clock: Clock
}

export interface CompletionsService {
  models(actor: Actor): CompletionModel[]
  /** @throws AppError NOT_FOUND for a model there is not, and whatever asking in the chat throws */
  complete(actor: Actor, request: CompletionRequest, context: { requestId: string }): Promise<Completion>
  /** The same as events, each the JSON of one `chat.completion.chunk`; when it resolves, the question is stored. */
  stream(actor: Actor, request: CompletionRequest, context: { requestId: string }): Promise<AsyncIterable<Record<string, unknown>>>
}

/** Agents as models of OpenAI's protocol; a conversation there is a session here. */
export function createCompletionsService({ chat, agents, operations, clock }: CompletionsDependencies): CompletionsService {
  const own = { scope: 'chat', event: null } as const

  function models(actor: Actor): CompletionModel[] {
    const model = (id: string, description: string) => ({ id, object: 'model' as const, created: 0, owned_by: 'chatsg', description })
    return [model(routedModel, 'Chooses the agent for each message.'), ...agents.list(actor).map(({ id, description }) => model(id, description))]
  }

  function agentOf(actor: Actor, name: string): string | undefined {
    const id = name.replace(/^chatsg\//, '')
    const known = models(actor).map((model) => model.id)
    if (!known.includes(id)) throw new AppError('NOT_FOUND', `There is no model “${name.slice(0, 60)}”; choose one of ${known.join(', ')}.`)
    return id === routedModel ? undefined : id
  }

  async function toQuestion(actor: Actor, request: CompletionRequest, { message, before }: Conversation) {
    const agent = agentOf(actor, request.model)
    const sessionId =
      before === undefined ? undefined : await operations.run(actor, { name: 'completions.find', ...own, readOnly: true }, (tx) => findThread(tx, before))
    return { message, ...(agent === undefined ? {} : { agent }), ...(sessionId === undefined ? {} : { sessionId }) }
  }

  function remember(actor: Actor, conversation: Conversation, sessionId: string, text: string): Promise<void> {
    return operations.run(actor, { name: 'completions.keep', ...own }, (tx) => keepThread(tx, conversation.afterAnswer(text), sessionId, clock.now()))
  }

  const nowInSeconds = () => Math.floor(clock.now().getTime() / 1000)

  return {
    models,
    async complete(actor, request, context) {
      const conversation = toConversation(request)
      const answer = await chat.ask(actor, await toQuestion(actor, request, conversation), context)
      const text = textOf(answer.parts)
      await remember(actor, conversation, answer.sessionId, text)
      return {
        id: `chatcmpl-${answer.messageId}`,
        object: 'chat.completion',
        created: nowInSeconds(),
        model: request.model,
        choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop', logprobs: null }],
        usage: usageOf(answer.usage),
        chatsg: answer,
      }
    },
    async stream(actor, request, context) {
      const conversation = toConversation(request)
      const chunks = await chat.stream(actor, await toQuestion(actor, request, conversation), context)
      const includeUsage = request.stream_options?.include_usage === true
      const created = nowInSeconds()

      async function* events(): AsyncGenerator<Record<string, unknown>> {
        let id = ''
        let usage: ChatAnswer['usage'] | undefined
        let sessionId = ''
        const said = createCompletionText(partMarkdown)
        const event = (delta: Record<string, unknown>, finishReason: string | null = null) => ({
          id,
          object: 'chat.completion.chunk',
          created,
          model: request.model,
          choices: [{ index: 0, delta, finish_reason: finishReason, logprobs: null }],
          ...(includeUsage ? { usage: null } : {}),
        })
        for await (const chunk of chunks) {
          switch (chunk.type) {
            case 'start':
              id = `chatcmpl-${chunk.messageId}`
              sessionId = chunk.messageMetadata?.sessionId ?? ''
              yield event({ role: 'assistant', content: '' })
              break
            case 'text-delta':
              yield event({ content: said.text(chunk.delta) })
              break
            case 'text-end':
              said.endText()
              break
            case 'finish':
              usage = chunk.messageMetadata?.usage
              break
            case 'error':
              yield { error: { message: chunk.errorText, type: 'server_error', code: 'UPSTREAM' } }
              return
            default: {
              const shown = isShownPart(chunk) ? said.part(chunk) : ''
              if (shown !== '') yield event({ content: shown })
            }
          }
        }
        // A client that was told the end may ask on at once.
        await remember(actor, conversation, sessionId, said.whole())
        yield event({}, 'stop')
        if (includeUsage) yield { ...event({}), choices: [], usage: usageOf(usage) }
      }
      return events()
    },
  }
}

function textOf(parts: readonly MessagePart[]): string {
  const said = createCompletionText(partMarkdown)
  for (const part of parts) {
    if (part.type !== 'text') said.part(part)
    else {
      said.text(part.text)
      said.endText()
    }
  }
  return said.whole()
}

function isShownPart(chunk: { type: string }): chunk is Exclude<MessagePart, { type: 'text' }> {
  return chunk.type.startsWith('data-')
}

function usageOf(usage: ChatAnswer['usage'] | undefined): Completion['usage'] {
  const { inputTokens = 0, outputTokens = 0 } = usage ?? {}
  return { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: inputTokens + outputTokens }
}
