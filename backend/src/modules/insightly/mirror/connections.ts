import { type Database, sql } from '#backend/infra/database/database.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import type { SecretsService } from '#backend/modules/security/index.ts'
import type { InsightlyMetrics } from '../client/call-outcome.ts'
import type { InsightlyClient } from '../client/insightly-client.ts'
import type { Pin } from '../client/transport.ts'
import type { CallLimiter } from '../limiter/call-limiter.ts'
import type { LimitStanding } from '../limiter/call-log.ts'
import { readConnection } from './connections.repository.ts'
import { readAsMirror } from './mirror-actor.ts'

export const keySecret = { purpose: 'insightly-key', name: 'insightly' } as const

export interface ConnectionsOptions {
  database: Database
  secrets: SecretsService
  clock: Clock
  logger: Logger
  metrics: InsightlyMetrics
  /** Of the environment. */
  apiKey: string | undefined
  apiUrl: string
  maxRequests: number
  windowMs: number
  requestTimeoutMs: number
  /** Judges the hosts of addresses that were typed into a page. */
  pin: Pin
}

/** An account with its key, ready to be called. */
export interface OpenConnection {
  client: InsightlyClient
  standing(): Promise<LimitStanding>
}

export type Connections = ReturnType<typeof createConnections>

/** The ways to Insightly, one for each address and key, kept open. */
export function createConnections(options: ConnectionsOptions) {
  const { database, secrets, logger, clock, metrics, apiKey, pin, maxRequests, windowMs, requestTimeoutMs } = options
  const opened = new Map<string, Promise<OpenConnection & { limiter: CallLimiter }>>()

  async function create(url: string, key: string, isTyped: boolean) {
    // Most installations never need it, and it takes a tenth of a second to load.
    const [{ createInsightlyClient }, { createCallLimiter }, { limitKeyOf }] = await Promise.all([
      import('../client/insightly-client.ts'),
      import('../limiter/call-limiter.ts'),
      import('../limiter/limit-key.ts'),
    ])
    const limiter = createCallLimiter({
      roundTrip: (text) => database.roundTrip(text),
      key: limitKeyOf({ url, apiKey: key }),
      maxRequests,
      windowMs,
      logger,
    })
    const client = createInsightlyClient({ url, key, limiter, requestTimeoutMs, clock, logger, metrics, ...(isTyped ? { pin } : {}) })
    return { client, limiter, standing: () => limiter.standing() }
  }

  /** @throws AppError VALIDATION when the address or the key cannot be used */
  function open(url: string, key: string, isTyped: boolean): Promise<OpenConnection> {
    const name = `${isTyped} ${url} ${key}`
    const known = opened.get(name)
    if (known !== undefined) return known
    const creating = create(url, key, isTyped)
    opened.set(name, creating)
    // What could not be opened is tried anew.
    creating.catch(() => opened.delete(name))
    return creating
  }

  return {
    open,
    /** That of a workspace; undefined when it is not connected, or its key is not there any more. */
    async of(workspaceId: string): Promise<OpenConnection | undefined> {
      const found = await readAsMirror(database, workspaceId, async (tx) => {
        const connection = await readConnection(tx)
        if (connection === undefined || connection.state === 'left') return undefined
        const key = connection.keySource === 'environment' ? apiKey : await secrets.find(tx, keySecret)
        return key === undefined ? undefined : { url: connection.url, key, isTyped: connection.keySource === 'workspace' }
      })
      return found === undefined ? undefined : open(found.url, found.key, found.isTyped)
    },
    /** Workspaces that are mirrored, whoever connected them. */
    async workspaces(): Promise<string[]> {
      const row = await database.roundTrip(`set local role chatsg_app; select coalesce(array_agg(workspace_id::text), '{}') as ids from insightly_workspaces()`)
      return (row[0]?.ids as string[] | undefined) ?? []
    },
    async close(): Promise<void> {
      const all = await Promise.allSettled(opened.values())
      opened.clear()
      for (const one of all) {
        if (one.status === 'rejected') continue
        await one.value.limiter.close()
        await one.value.client.close()
      }
    },
  }
}

/** Whose a hook's token is; undefined when it is nobody's. */
export async function workspaceOfHook(database: Database, homeWorkspaceId: string, token: string): Promise<string | undefined> {
  return readAsMirror(database, homeWorkspaceId, async (tx) => {
    const [row] = await tx.query<{ id: string | null }>(sql`select insightly_hook_workspace(${token}) as id`)
    return row?.id ?? undefined
  })
}
