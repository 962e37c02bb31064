import type { Config } from './config/index.ts'
import type { Database } from './infra/database/database.ts'
import { createOutgoing } from './infra/http-client/outgoing.ts'
import type { Logs } from './infra/logger/logger.ts'
import type { Clock } from './kernel/clock.ts'
import { createMem0Client, createMem0Search, createMem0Sync, createMemoryService, type ExtractByModel, type MemoryService } from './modules/memory/index.ts'
import type { Security } from './security.ts'

export interface MemoryParts {
  database: Database
  security: Pick<Security, 'operations'>
  homeWorkspaceId: string
  logs: Logs
  clock: Clock
  /** A model that finds what no rule does. */
  extract?: ExtractByModel
}

export interface Memory extends MemoryService {
  /** For `check=detailed`. */
  checkHealth(): Promise<{ status: 'healthy' | 'degraded' | 'not_configured'; latencyMs?: number }>
}

const mostBytes = 1_000_000

/** Memory, wired: the part of the composition root that may talk to a Mem0 server. */
export function createMemory(config: Config, { database, security, homeWorkspaceId, logs, clock, extract }: MemoryParts): Memory {
  const { enabled, timeoutMs, apiUrl, apiKey } = config.memory
  const logger = logs.forModule('memory')
  const usesServer = enabled && apiUrl !== undefined && !config.application.safeMode
  const server = usesServer ? createServer(apiUrl) : undefined
  const service = createMemoryService({ operations: security.operations, clock, logger, enabled, timeoutMs, mem0: server, extract })
  return {
    ...service,
    async checkHealth() {
      if (!enabled) return { status: 'not_configured' }
      const beganAt = performance.now()
      // The memories themselves are in the database, which is looked at by itself.
      const isWell = server === undefined || (await server.client.ping().catch(() => false))
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
