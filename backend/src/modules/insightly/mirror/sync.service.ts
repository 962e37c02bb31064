import { randomBytes } from 'node:crypto'
import { type Database, sql, type Transaction } from '#backend/infra/database/database.ts'
import { type Actor, actorName } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { Operations, SecretsService } from '#backend/modules/security/index.ts'
import type { InsightlyAccess, InsightlyTrial, SyncRunJson, SyncStatus } from '#contracts/sync.ts'
import { toApiAddress } from '../client/api-address.ts'
import { leaveConnection, readConnection, saveConnection } from './connections.repository.ts'
import { type Connections, keySecret, workspaceOfHook } from './connections.ts'
import { hintsIn, keepHints } from './hints.ts'
import { readAsMirror, writeAsMirror } from './mirror-actor.ts'
import { toRunJson } from './run-json.ts'
import { nextRunAt } from './schedule.ts'
import { changeRun, findActiveRun, insertRun, listRuns, readHistory, type SyncMode } from './sync-runs.repository.ts'
import { asTyped, tryAccess } from './trial.ts'

export interface SyncServiceOptions {
  database: Database
  operations: Operations
  secrets: SecretsService
  connections: Connections
  clock: Clock
  homeWorkspaceId: string
  appUrl: string
  /** Nothing leaves this machine. */
  safeMode: boolean
  apiKey: string | undefined
  apiUrl: string
  maxRequests: number
  windowMs: number
  intervalMs: number
  /** Something is to be done now. */
  wake: () => void
}

/** Only one run of a workspace goes on at a time. */
export class RunUnderWay extends AppError {
  readonly runId: string | null

  constructor(runId: string | null) {
    super(
      'CONFLICT',
      'A run is under way already. Wait until it ends, or cancel it first.',
      runId === null ? {} : { details: [{ field: 'runId', message: runId }] },
    )
    this.runId = runId
  }
}

const admin = { scope: 'workspace:admin' } as const
const trialMs = 30_000

export type SyncService = ReturnType<typeof createSyncService>

/** Connects a workspace with Insightly, starts and stops runs, and tells how things stand. */
export function createSyncService(options: SyncServiceOptions) {
  const { database, operations, secrets, connections, clock, apiKey, apiUrl, intervalMs, wake } = options
  const now = () => clock.now().toISOString()

  function refuseInSafeMode(): void {
    if (options.safeMode) throw new AppError('UNAVAILABLE', 'Safe mode is on (SAFE_MODE), so Insightly is not called. Start ChatSG without it to go on.')
  }

  async function statusIn(tx: Transaction): Promise<Omit<SyncStatus, 'quota'>> {
    const connection = await readConnection(tx)
    const [run] = await listRuns(tx, 1)
    const history = await readHistory(tx)
    const [counts] = await tx.query<{ pending: number; failed: number; conflicts: number; now: string; lag: number | null }>(sql`
      select count(*) filter (where status in ('pending', 'sending')) as pending, count(*) filter (where status = 'failed') as failed,
        (select count(*) from insightly_conflicts where workspace_id = ${tx.workspaceId} and resolved_at is null) as conflicts, clock_timestamp() as now,
        extract(epoch from clock_timestamp() - ${history.syncedAt}::timestamptz)::float8 as lag
      from insightly_outbox where workspace_id = ${tx.workspaceId} and status in ('pending', 'sending', 'failed')`)
    const isConnected = connection !== undefined && connection.state === 'mirrored'
    const states = { queued: 'running', running: 'running', paused: 'paused', failed: 'failed', done: 'idle', cancelled: 'idle' } as const
    return {
      mode: isConnected ? 'insightly' : 'builtin',
      state: isConnected && run !== undefined ? states[run.state] : 'idle',
      connection: isConnected
        ? {
            url: connection.url,
            account: connection.account,
            keySource: connection.keySource,
            connectedAt: connection.connectedAt,
            notInPlan: connection.notInPlan,
          }
        : null,
      lastRun: run === undefined ? null : toRunJson(run, counts?.now ?? now()),
      lagSeconds: counts?.lag == null ? null : Math.max(0, Math.round(counts.lag)),
      asOf: history.syncedAt,
      nextRunAt: isConnected ? nextRunAt(history, intervalMs) : null,
      outbox: { pending: counts?.pending ?? 0, failed: counts?.failed ?? 0 },
      conflicts: counts?.conflicts ?? 0,
      serverKey: apiKey !== undefined,
      hookUrl: isConnected && connection.hookToken !== null ? `${options.appUrl}/api/hooks/insightly/${connection.hookToken}` : null,
    }
  }

  async function status(actor: Actor): Promise<SyncStatus> {
    // The tables are for admins; that a copy exists and how old it is is told to everybody who reads it.
    const told = await operations.run(actor, { name: 'sync.status', scope: 'crm:read', event: null, readOnly: true }, async () =>
      readAsMirror(database, actor.workspaceId, statusIn),
    )
    const quota = told.mode === 'builtin' ? null : ((await (await connections.of(actor.workspaceId))?.standing())?.quota ?? null)
    return { ...told, quota: quota === null ? null : { limit: quota.limit, remaining: quota.remaining } }
  }

  async function queue(
    tx: Transaction,
    mode: SyncMode,
    { requestedBy, mayDeleteMost = false }: { requestedBy: string; mayDeleteMost?: boolean },
  ): Promise<string> {
    const id = newId()
    if (!(await insertRun(tx, { id, mode, requestedBy, mayDeleteMost }))) {
      const active = await findActiveRun(tx)
      throw new RunUnderWay(active?.id ?? null)
    }
    return id
  }

  /** What was typed, or what the environment has. */
  function accessOf({ url, key }: InsightlyAccess): { url: string; key: string; keySource: 'environment' | 'workspace' } {
    if (key === undefined || key.trim() === '') {
      // The server's own key never goes to an address that somebody typed, and the address is not what it would try.
      if (apiKey === undefined || url !== undefined)
        throw new AppError('VALIDATION', 'Enter the API key. It stands in Insightly under User settings, API.', {
          details: [{ field: 'key', message: 'is missing' }],
        })
      return { url: apiUrl, key: apiKey, keySource: 'environment' }
    }
    return { url: toTyped(url ?? apiUrl).href.replace(/\/+$/, ''), key: key.trim(), keySource: 'workspace' }
  }

  async function trial(access: InsightlyAccess): Promise<InsightlyTrial> {
    const { url, key, keySource } = accessOf(access)
    return called(url, keySource, async () =>
      tryAccess(await connections.open(url, key, keySource === 'workspace'), {
        maxRequests: options.maxRequests,
        windowMs: options.windowMs,
        signal: AbortSignal.timeout(trialMs),
      }),
    )
  }

  /** Calls for a person who waits, and who typed the address unless the environment has it. */
  async function called<T>(url: string, keySource: 'environment' | 'workspace', call: () => Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError')
        throw new AppError('UPSTREAM', `Insightly at ${new URL(url).host} took too long to answer. Try again.`, { cause: error })
      throw keySource === 'workspace' ? asTyped(error, url) : error
    }
  }

  return {
    status,
    async listRuns(actor: Actor, limit: number): Promise<SyncRunJson[]> {
      return operations.run(actor, { name: 'sync.runs', ...admin, event: null, readOnly: true }, async (tx) =>
        (await listRuns(tx, limit)).map((run) => toRunJson(run, now())),
      )
    },

    /** @throws AppError CONFLICT with the run that is under way */
    async start(actor: Actor, { mode, mayDeleteMost = false }: { mode: SyncMode; mayDeleteMost?: boolean }): Promise<string> {
      refuseInSafeMode()
      const runId = await operations.run(actor, { name: 'sync.start', ...admin, query: { mode } }, async (tx) => {
        const connection = await readConnection(tx)
        if (connection === undefined || connection.state === 'left')
          throw new AppError('CONFLICT', 'This workspace is not connected with Insightly. Connect it under Settings, Insightly, or set INSIGHTLY_API_KEY.')
        if (mode !== 'full' && !(await readHistory(tx)).hasFullCopy) throw new AppError('CONFLICT', 'There is no full copy yet; start a full run first.')
        return queue(tx, mode, { requestedBy: actorName(actor), mayDeleteMost })
      })
      wake()
      return runId
    },

    async change(actor: Actor, change: 'pause' | 'resume' | 'cancel'): Promise<SyncStatus> {
      await operations.run(actor, { name: `sync.${change}`, ...admin }, async (tx) => {
        if ((await changeRun(tx, change)) === undefined)
          throw new AppError(
            'CONFLICT',
            change === 'resume' ? 'No run is paused.' : change === 'pause' ? 'No run is under way that could be paused.' : 'No run is under way.',
          )
      })
      wake()
      return status(actor)
    },

    /** Tries a key without keeping it. */
    async test(actor: Actor, access: InsightlyAccess): Promise<InsightlyTrial> {
      refuseInSafeMode()
      return operations.during(actor, { name: 'sync.test', ...admin, query: { url: access.url } }, () => trial(access))
    },

    /** Keeps address and key, and begins to copy. */
    async connect(actor: Actor, access: InsightlyAccess): Promise<string> {
      refuseInSafeMode()
      const { url, key, keySource } = await operations.during(actor, { name: 'sync.test', ...admin, query: { url: access.url } }, async () => {
        const wanted = accessOf(access)
        await called(wanted.url, wanted.keySource, async () => {
          const connection = await connections.open(wanted.url, wanted.key, wanted.keySource === 'workspace')
          await connection.client.me({ priority: 'person', signal: AbortSignal.timeout(trialMs) })
        })
        return wanted
      })
      const runId = await operations.run(actor, { name: 'sync.connect', ...admin, query: { url, keySource }, event: 'SETTING_CHANGE' }, async (tx) => {
        if (keySource === 'workspace') await secrets.put(tx, { ...keySecret, value: key })
        await saveConnection(tx, { url, keySource, hookToken: newHookToken(), at: now() })
        return queue(tx, 'full', { requestedBy: actorName(actor) })
      })
      wake()
      return runId
    },

    /** Stops mirroring: every record stays, the key is forgotten, and changes are not sent any more. */
    async leave(actor: Actor): Promise<SyncStatus> {
      await operations.run(actor, { name: 'sync.leave', ...admin, event: 'SETTING_CHANGE' }, async (tx) => {
        const connection = await readConnection(tx)
        if (connection === undefined || connection.state === 'left') throw new AppError('CONFLICT', 'This workspace is not connected with Insightly.')
        await leaveConnection(tx, now())
        await secrets.remove(tx, keySecret)
      })
      return status(actor)
    },

    /** A workflow of Insightly says that something was changed; what it says is only where to look. */
    async hint(token: string, message: unknown): Promise<void> {
      if (!/^[A-Za-z0-9_-]{43}$/.test(token)) throw notFound('This address')
      const workspaceId = await workspaceOfHook(database, options.homeWorkspaceId, token)
      if (workspaceId === undefined) throw notFound('This address')
      await writeAsMirror(database, workspaceId, (tx) => keepHints(tx, hintsIn(message)))
      wake()
    },

    /** A key in the environment connects the first workspace by itself, unless somebody has left there on purpose. */
    async connectEnvironment(): Promise<void> {
      if (apiKey === undefined) return
      const url = toApiAddress(apiUrl).href.replace(/\/+$/, '')
      await writeAsMirror(database, options.homeWorkspaceId, async (tx) => {
        const known = await readConnection(tx)
        if (known?.state === 'left' || (known?.keySource === 'environment' && known.url === url) || known?.keySource === 'workspace') return
        await saveConnection(tx, { url, keySource: 'environment', hookToken: newHookToken(), at: now() })
      })
    },
  }
}

function toTyped(address: string): URL {
  try {
    return toApiAddress(address)
  } catch (error) {
    // That names the variable of the environment.
    throw new AppError('VALIDATION', 'This is not an address of the Insightly API. It looks like https://api.na1.insightly.com/v3.1 and begins with https.', {
      cause: error,
      details: [{ field: 'url', message: 'is not right' }],
    })
  }
}

function newHookToken(): string {
  return randomBytes(32).toString('base64url')
}
