import type { Config } from './config/index.ts'
import type { Database } from './infra/database/database.ts'
import { createOutgoing } from './infra/http-client/outgoing.ts'
import type { Logs } from './infra/logger/logger.ts'
import type { ModelBatches } from './infra/models/model-batches.ts'
import type { Models } from './infra/models/models.ts'
import type { Actor } from './kernel/actor.ts'
import type { Clock } from './kernel/clock.ts'
import { createMem0Client, createMem0Search, createMem0Sync, createMemoryService, type MemoryService, type ReadingModel } from './modules/memory/index.ts'
import type { Security } from './security.ts'

export interface MemoryParts {
  database: Database
  security: Pick<Security, 'operations'>
  homeWorkspaceId: string
  logs: Logs
  clock: Clock
  /** What `MEMORY_MODEL` may ask. */
  models: Pick<Models, 'languageModel' | 'isConfigured'>
  batches: ModelBatches | undefined
  /** Whether the workspace lets nobody's addresses into a prompt. */
  masksPeople(actor: Actor): Promise<boolean>
}

export interface Memory extends MemoryService {
  /** For `check=detailed`. */
  checkHealth(): Promise<{ status: 'healthy' | 'degraded' | 'not_configured'; latencyMs?: number }>
}

/** Under which readings stand in the books, and in `LLM_AGENT_MODELS`. */
export const memoryAgent = 'memory'
const mostBytes = 1_000_000

/** Memory, wired: the part of the composition root that may talk to a Mem0 server. */
export function createMemory(config: Config, parts: MemoryParts): Memory {
  const { database, security, homeWorkspaceId, logs, clock } = parts
  const { enabled, timeoutMs, apiUrl, apiKey } = config.memory
  const logger = logs.forModule('memory')
  const usesServer = enabled && apiUrl !== undefined && !config.application.safeMode
  const server = usesServer ? createServer(apiUrl) : undefined
  const model = createReadingModel(config, parts)
  const reading = model && { model, database, homeWorkspaceId }
  const service = createMemoryService({ operations: security.operations, clock, logger, enabled, timeoutMs, mem0: server, reading })
  return {
    ...service,
    async checkHealth() {
      if (!enabled) return { status: 'not_configured' }
      const beganAt = performance.now()
      // The memories themselves are in the database, which is looked at by itself.
      const isWell = !service.isReadingFailing() && (server === undefined || (await server.client.ping().catch(() => false)))
      return { status: isWell ? 'healthy' : 'degraded', latencyMs: Math.round(performance.now() - beganAt) }
    },
  }

  function createServer(baseUrl: string) {
    const { hostname, port, protocol } = new URL(baseUrl)
    // The operator named this one host and port, which may well be inside.
    const outgoing = createOutgoing({ allowed: [`${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`], timeoutMs, maxBytes: mostBytes })
    const client = createMem0Client({ baseUrl, apiKey, fetch: (url, init) => outgoing.fetch(url, init) })
    return { client, sync: createMem0Sync({ database, client, homeWorkspaceId, logger }), search: createMem0Search({ client, logger }) }
  }
}

/** The model that reads behind everybody; undefined while `MEMORY_MODEL` is off, and where there is no model to ask, as in safe mode. */
function createReadingModel(
  { memory: { model: mode }, models: { timeoutMs } }: Config,
  { models, batches, masksPeople }: MemoryParts,
): ReadingModel | undefined {
  if (mode === 'off' || !models.isConfigured() || (mode === 'batch' && batches === undefined)) return undefined
  return {
    mode,
    batches,
    masksPeople,
    // It may wait for its turn as long as it may take.
    callSeconds: Math.ceil((2 * timeoutMs) / 1000),
    async ask(caller, messages, signal) {
      const model = models.languageModel(memoryAgent, { ...caller, fresh: true })
      const answer = await model?.doGenerate({
        prompt: messages.map(({ role, content }) => (role === 'system' ? { role, content } : { role, content: [{ type: 'text', text: content }] })),
        responseFormat: { type: 'json' },
        temperature: 0,
        abortSignal: signal,
      })
      return (answer?.content ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('')
    },
  }
}
