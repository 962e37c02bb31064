import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { Config } from '#backend/config/index.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { type AnswerCache, createAnswerCache } from './answer-cache.ts'
import { type Attempts, createAttempts, type EndpointState } from './attempts.ts'
import { type CallQueue, createCallQueue } from './call-queue.ts'
import { type Endpoint, findEndpoints } from './endpoints.ts'
import type { ModelCall, ModelCaller, ModelLedger } from './model-call.ts'
import { findPrice } from './prices.ts'
import { createTrackedModel } from './tracked-model.ts'

export interface ModelsOptions {
  ledger: ModelLedger
  logger: Pick<Logger, 'info' | 'warn'>
  clock: Clock
  /** Is told of every call that ended. */
  observe?: (call: ModelCall) => void
  /** The state of a workspace's records; without it nothing is answered from memory. */
  dataVersion?: ((actor: Actor) => Promise<number | undefined>) | undefined
  /** Milliseconds of the first pause between two tries. */
  pauseMs?: number
}

/** What a call is made with. */
export interface ModelDependencies extends ModelsOptions {
  config: Config['models']
  endpoints: readonly Endpoint[]
  attempts: Attempts
  queue: CallQueue
  cache: AnswerCache | undefined
}

/** Which model an agent asks. */
export interface AgentModel {
  provider: Endpoint['name']
  model: string
  /** Its price is known, so that its cost is counted. */
  isPriced: boolean
}

/** The language models of the configuration. */
export interface Models {
  /** Whether there is a model for the agent; without one, for anybody. */
  isConfigured(agent?: string): boolean
  /** The agent's model for one caller; undefined when none is configured. It is loaded when it is first asked. */
  languageModel(agent: string, caller: ModelCaller): LanguageModelV4 | undefined
  /** The model an agent asks, and the one that is asked when that does not answer. */
  modelOf(agent: string): AgentModel | undefined
  fallbackOf(agent: string): AgentModel | undefined
  states(): EndpointState[]
  load(): { running: number; waiting: number }
  /** Loads the agent's provider, without asking it. @throws when it cannot be loaded */
  warmUp(agent: string): Promise<void>
}

/** Everything between an agent and the servers of its models: turns, time limits, tries, a second provider, and the books. */
export function createModels(config: Config['models'], options: ModelsOptions): Models {
  const endpoints = findEndpoints(config)
  const { logger, clock, dataVersion, pauseMs } = options
  const attempts = createAttempts({ endpoints, logger, now: clock.now, ...(pauseMs === undefined ? {} : { pauseMs }) })
  const queue = createCallQueue({ maxRunning: config.maxConcurrency, maxWaiting: config.maxQueue })
  const cache = dataVersion === undefined ? undefined : createAnswerCache({ dataVersion })
  const dependencies: ModelDependencies = { ...options, config, endpoints, attempts, queue, cache }
  const describe = (endpoint: Endpoint | undefined, agent: string): AgentModel | undefined => {
    if (endpoint === undefined) return undefined
    const model = endpoint.modelOf(agent)
    return { provider: endpoint.name, model, isPriced: findPrice(model, config.prices) !== undefined }
  }
  return {
    isConfigured: () => endpoints.length > 0,
    languageModel: (agent, caller) => (endpoints.length === 0 ? undefined : createTrackedModel(agent, caller, dependencies)),
    modelOf: (agent) => describe(endpoints[0], agent),
    fallbackOf: (agent) => describe(endpoints[1], agent),
    states: attempts.states,
    load: () => ({ running: queue.running, waiting: queue.waiting }),
    async warmUp(agent) {
      await Promise.all(endpoints.map((endpoint) => endpoint.open(endpoint.modelOf(agent))))
    },
  }
}
