import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { agentList } from '../agent-list.ts'
import type { ConfidentialFields } from '../tools/confidential/confidential-fields.service.ts'
import type { ToolRegistry } from '../tools/registry.ts'
import { toWireName } from '../tools/tool-names.ts'
import { createDispatch, type Dispatch } from './dispatch.ts'
import { failureText, type LoopEnd, loopSentence } from './failures.ts'
import { createFindings } from './findings.ts'
import { instructionsOf } from './instructions.ts'
import type { ModelAnswer, ModelRequest, ModelRunner } from './model-runner.types.ts'
import { type Prompt, toMessages } from './prompt.ts'
import { loadSdk } from './sdk.ts'
import { createSpeakingModel } from './speaking-model.ts'
import { createSpeech, type Speech } from './speech.ts'
import { createToolSet, handoffTool } from './tool-set.ts'
import { createUsageSum, type UsageSum } from './usage.ts'

/** Where language models come from; the composition root hands it over. */
export interface LanguageModels {
  isConfigured(agent?: string): boolean
  languageModel(
    agent: string,
    caller: { actor: Actor; purpose: string; sessionId?: string | undefined; messageId?: string | undefined; varying?: string; fresh?: boolean },
  ): LanguageModelV4 | undefined
}

export interface ModelRunnerDependencies {
  models: LanguageModels
  registry: ToolRegistry
  confidential: Pick<ConfidentialFields, 'forPrompts'>
  logger: Pick<Logger, 'warn'>
}

/** The one loop: a language model, the tools of its agent, and the bounds of both. */
export function createModelRunner(dependencies: ModelRunnerDependencies): ModelRunner {
  return {
    isConfigured: (agentId) => dependencies.models.isConfigured(agentId),
    prepare(actor) {
      loadSdk().catch(() => undefined)
      return dependencies.confidential.forPrompts(actor)
    },
    answer: (request) => answer(dependencies, request),
  }
}

async function answer({ models, registry, confidential, logger }: ModelRunnerDependencies, request: ModelRequest): Promise<ModelAnswer> {
  const { agent, context, turn, planned } = request
  const language = planned?.language ?? context.previous?.language
  const findings = createFindings()
  const usage = createUsageSum()
  // Not the platform's own, which would be kept with all that hangs on it until its time is up, however early the answer was there.
  const overtime = new AbortController()
  const timer = setTimeout(() => overtime.abort(new DOMException('The answer took too long', 'TimeoutError')), agent.limits.timeMs)
  const fatal = new AbortController()
  let speech: Speech | undefined
  let dispatch: Dispatch | undefined

  function finish(broken?: ModelAnswer['broken']): ModelAnswer {
    const text = speech?.text ?? ''
    return {
      agent: dispatch?.agent ?? agent,
      ...(dispatch?.handoff === undefined ? {} : { handoff: dispatch.handoff }),
      text,
      parts: findings.parts(),
      citations: findings.citations(text),
      coverage: findings.coverage(),
      usage: usage.total(),
      ...(broken === undefined ? {} : { broken }),
    }
  }

  function brokenBy(error: unknown): ModelAnswer {
    speech?.end()
    logger.warn({ err: error, agent: agent.id }, 'The language model did not finish its answer')
    if (overtime.signal.aborted) return finish({ sentence: loopSentence('time', language), error })
    const cause = fatal.signal.aborted ? fatal.signal.reason : error
    return finish({ sentence: failureText(cause, language), error: cause })
  }

  try {
    const [history, recalled, prompting] = await Promise.all([
      request.history?.() ?? [],
      request.recalled?.() ?? [],
      request.rules ?? confidential.forPrompts(context.actor),
      loadSdk(),
    ])
    const prompt = toMessages(request, { history, recalled, ...prompting })
    const { masking, said: seen } = prompt
    speech = createSpeech({ turn, masking, seen, say: context.say })
    dispatch = createDispatch({ agent, context, turn, registry, findings, masking, seen, fail: (error) => fatal.abort(error) })
    const signal = AbortSignal.any([context.signal, overtime.signal, fatal.signal])
    const end = await loop(models, { request, registry, prompt, speech, dispatch, usage, signal })
    context.signal.throwIfAborted()
    if (signal.aborted) return brokenBy(signal.reason)
    return end === undefined ? finish() : finish({ sentence: loopSentence(end, language), error: new Error(`The loop of the model ended: ${end}.`) })
  } catch (error) {
    context.signal.throwIfAborted()
    return brokenBy(error)
  } finally {
    clearTimeout(timer)
  }
}

interface LoopParts {
  request: ModelRequest
  registry: ToolRegistry
  prompt: Prompt
  speech: Speech
  dispatch: Dispatch
  usage: UsageSum
  signal: AbortSignal
}

/**
 * Lets the model speak and call tools until it has answered.
 * @returns why it has not
 * @throws whatever the provider did wrong
 */
async function loop(models: LanguageModels, { request, registry, prompt, speech, dispatch, usage, signal }: LoopParts): Promise<LoopEnd | undefined> {
  const { agent, context, turn } = request
  const { generateText, isStepCount, jsonSchema, ToolChoiceViolationError } = await loadSdk()
  const { sessionId, messageId } = turn.source
  // The mark differs in each prompt and means nothing: answers to prompts that are else the same are the same.
  const caller = {
    actor: context.actor,
    purpose: agent.purpose,
    sessionId,
    messageId,
    varying: turn.marker,
    ...(request.fresh === undefined ? {} : { fresh: request.fresh }),
  }
  let finishReason = ''
  const modelOf = (agentId: string) => {
    const model = models.languageModel(agentId, caller)
    if (model === undefined) return undefined
    return createSpeakingModel(model, {
      mayBegin: request.stored,
      onText(text) {
        if (!signal.aborted) speech.push(text)
      },
      onFinish(finish) {
        speech.pause()
        usage.add(finish.usage, finish.providerMetadata)
        finishReason = finish.finishReason.unified
      },
    })
  }
  const model = modelOf(agent.id)
  if (model === undefined) throw new Error('No language model is configured.')
  const { steps, tokens } = agent.limits
  const { tools } = agent
  const answering = generateText({
    model,
    instructions: instructionsOf(agent),
    messages: prompt.messages,
    tools: createToolSet({ names: tools.includes(handoffTool) ? everyTool : tools, agentIds, registry, jsonSchema, run: dispatch.run }),
    activeTools: tools.map(toWireName),
    // One after the other, so that what is proposed before words of others are read stays apart from what is proposed after.
    toolCallConcurrency: 1,
    stopWhen: [isStepCount(steps), () => usage.tokens() > tokens],
    prepareStep: ({ stepNumber }) => ({
      ...(dispatch.agent === agent
        ? {}
        : { activeTools: [...new Set([...turn.allowed, handoffTool])].map(toWireName), model: modelOf(dispatch.agent.id) ?? model }),
      // The last step is for the answer.
      ...(stepNumber === steps - 1 ? { toolChoice: 'none' as const } : {}),
    }),
    async onStepEnd({ toolCalls }) {
      for (const { toolName, invalid } of toolCalls) {
        const tool = invalid === true ? toolsByWireName.get(toolName) : undefined
        if (tool !== undefined && tool !== handoffTool) await dispatch.noteRefused(tool)
      }
    },
    maxRetries: 0,
    abortSignal: signal,
  })
  try {
    await untilAborted(answering, signal)
  } catch (error) {
    if (signal.aborted) return undefined
    // Told that it may use no tool any more, it did.
    if (ToolChoiceViolationError.isInstance(error)) return 'steps'
    throw error
  } finally {
    speech.end()
  }
  return endOf(finishReason, speech.text, usage.tokens() > tokens)
}

/** A tool that does not notice that it was given up is not waited for. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
    if (signal.aborted) onAbort()
  })
}

const everyTool = [...new Set(agentList.flatMap(({ tools }) => tools))]
const toolsByWireName = new Map(everyTool.map((tool) => [toWireName(tool), tool]))
const agentIds = agentList.map(({ id }) => id)

function endOf(finishReason: string, text: string, isOverTokens: boolean): LoopEnd | undefined {
  if (finishReason === 'length') return 'length'
  if (finishReason === 'content-filter') return 'filter'
  if (finishReason === 'tool-calls') return isOverTokens ? 'tokens' : 'steps'
  return text.trim() === '' ? 'empty' : undefined
}
