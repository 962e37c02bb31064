import type { Logger } from 'pino'
import type { Mem0Client } from './mem0-client.ts'
import { mem0User } from './mem0-sync.ts'

const failuresToRest = 3
const restMs = 30_000

/** Asks a Mem0 server what is near in meaning; after some failures in a row it is left alone for a while, so that answers do not wait for it each time. */
export function createMem0Search({ client, logger }: { client: Mem0Client; logger: Pick<Logger, 'warn'> }) {
  let failures = 0
  let restsUntil = 0
  return {
    /** Ids of memories, best first; none when the server is late or fails. */
    async near(workspaceId: string, actorId: string, query: string, { limit, timeoutMs }: { limit: number; timeoutMs: number }): Promise<string[]> {
      if (performance.now() < restsUntil) return []
      const signal = AbortSignal.timeout(timeoutMs)
      try {
        const found = await Promise.all([actorId, null].map((owner) => client.search(mem0User(workspaceId, owner), query, { limit, signal })))
        failures = 0
        return found.flat()
      } catch (error) {
        failures += 1
        if (failures >= failuresToRest) restsUntil = performance.now() + restMs
        logger.warn({ err: error, late: signal.aborted }, 'The Mem0 server was not asked in time; the answer goes on without it')
        return []
      }
    },
    /** Whether the last calls went well. */
    isWell: () => failures === 0,
  }
}

export type Mem0Search = ReturnType<typeof createMem0Search>
