import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { AppError } from '#backend/kernel/errors.ts'
import { isConnectionError } from './database-errors.ts'
import { findMismatch, flushedStatement, type Identity, primaryStatement, replicaStatement } from './replica-identity.ts'
import { createLagMeter, toLogPosition } from './replica-lag.ts'

export interface ReplicaStanding {
  /** `used` by people's reading; in every other state that goes to the primary. */
  state: 'starting' | 'used' | 'behind' | 'unreachable' | 'refused'
  /** How far it is behind; undefined while that is not known. */
  lagSeconds: number | undefined
  /** How long it took to answer. */
  latencyMs: number | undefined
}

export interface ReadReplica {
  /**
   * Reads where everything is that was committed before the call: on the replica, or else by `otherwise`, also when the replica fails
   * on the way. Nobody is ever told less than the primary would have told.
   */
  read<T>(attempt: (client: pg.PoolClient, onFailure: (error: unknown) => void) => Promise<T>, otherwise: () => Promise<T>): Promise<T>
  standing(): ReplicaStanding
  close(): Promise<void>
}

export interface ReadReplicaOptions {
  pool: pg.PoolConfig
  onConnect: (client: pg.PoolClient) => Promise<unknown>
  /** One row of a statement on the primary. */
  primary: (text: string) => Promise<Record<string, unknown>>
  /** Milliseconds behind from which on it is not asked. */
  maxLagMs: number
  onError: (error: Error) => void
}

const lookEveryMs = 500
const answerWithinMs = 1000
/** A replica that keeps up has what was just committed within milliseconds. */
const patienceMs = 50
const pauseMs = 4

/** Opens connections to a streaming replica and keeps an eye on it. */
export function openReadReplica({ pool: poolConfig, onConnect, primary, maxLagMs, onError }: ReadReplicaOptions): ReadReplica {
  const bounded = { ...poolConfig, connectionTimeoutMillis: Math.min(poolConfig.connectionTimeoutMillis ?? answerWithinMs, answerWithinMs) }
  const pool = new pg.Pool(bounded)
  const lookPool = new pg.Pool({
    connectionString: poolConfig.connectionString,
    max: 1,
    connectionTimeoutMillis: answerWithinMs,
    query_timeout: answerWithinMs,
  })
  const lag = createLagMeter()
  const closing = new AbortController()
  const busy = new Set<pg.PoolClient>()
  const flushed = shareLooks(async () => String((await primary(flushedStatement)).lsn))
  let isUsable = false
  let standing: ReplicaStanding = { state: 'starting', lagSeconds: undefined, latencyMs: undefined }
  pool.on('connect', (client) => void onConnect(client).catch(() => undefined))
  for (const each of [pool, lookPool])
    each.on('error', (error) => {
      if (!closing.signal.aborted) lose(error)
    })

  function stand(state: ReplicaStanding['state'], reason?: string, figures: Partial<ReplicaStanding> = {}): void {
    if (reason !== undefined && standing.state !== state)
      onError(new Error(`The read replica (DATABASE_READ_URL) is not used: ${reason}. Reading goes to the primary.`))
    isUsable = state === 'used'
    standing = { state, lagSeconds: undefined, latencyMs: undefined, ...figures }
  }

  /** Whoever waits for it is sent to the primary at once. */
  function lose(error: unknown): void {
    stand('unreachable', `it does not answer (${error instanceof Error ? error.message : String(error)})`)
    for (const client of busy) socketOf(client).destroy()
  }

  async function look(): Promise<void> {
    let here: Identity
    try {
      here = (await primary(primaryStatement)) as unknown as Identity
    } catch {
      // Whoever answers in its place may be another server: the replica has to show anew whom it follows.
      isUsable = false
      return
    }
    lag.sawPrimary(toLogPosition(here.lsn ?? '0/0'), performance.now())
    const askedAt = performance.now()
    try {
      const { rows } = await lookPool.query<Identity>(replicaStatement)
      const there = rows[0] as Identity
      const now = performance.now()
      const mismatch = findMismatch(here, there)
      if (mismatch !== undefined) return stand('refused', mismatch)
      const lagMs = lag.lagMs(toLogPosition(there.lsn ?? '0/0'), now)
      stand(lagMs <= maxLagMs ? 'used' : 'behind', undefined, { lagSeconds: lagMs / 1000, latencyMs: Math.round((now - askedAt) * 100) / 100 })
    } catch (error) {
      if (!closing.signal.aborted) lose(error)
    }
  }

  async function keepLooking(): Promise<void> {
    while (!closing.signal.aborted) {
      await look()
      await sleep(lookEveryMs, undefined, { signal: closing.signal, ref: false }).catch(() => undefined)
    }
  }
  const looking = keepLooking()

  /** A connection of the replica that has everything that was committed before, or undefined. */
  async function take(): Promise<pg.PoolClient | undefined> {
    if (!isUsable) return undefined
    const needed = await flushed().catch(() => undefined)
    if (needed === undefined) isUsable = false
    if (needed === undefined || !isUsable) return undefined
    let client: pg.PoolClient
    try {
      client = await pool.connect()
    } catch (error) {
      // All connections may be busy for so long; then there is nothing wrong with it.
      if (pool.totalCount < (poolConfig.max ?? 1)) lose(error)
      return undefined
    }
    const onLost = (error: Error) => lose(error)
    client.on('error', onLost)
    try {
      if (await inTime(reaches(client, needed))) {
        busy.add(client)
        return client
      }
      // Whoever comes next does not wait as well.
      isUsable = false
      client.release()
    } catch (error) {
      lose(error)
      client.release(error as Error)
    } finally {
      client.off('error', onLost)
    }
    return undefined
  }

  return {
    async read(attempt, otherwise) {
      const client = await take()
      if (client === undefined) return await otherwise()
      let failure: unknown
      try {
        const result = await attempt(client, (error) => {
          failure ??= error
        })
        // The work may have made an answer of a failure that is not the question's.
        if (!isReplicasOwn(failure)) return result
      } catch (error) {
        failure ??= error instanceof AppError ? error.cause : error
        if (!isReplicasOwn(failure)) throw error
      } finally {
        busy.delete(client)
      }
      if (isConnectionError(failure) && !closing.signal.aborted) lose(failure)
      return await otherwise()
    },
    standing: () => standing,
    async close() {
      closing.abort()
      isUsable = false
      await looking
      await Promise.all([pool.end(), lookPool.end()])
    },
  }
}

async function reaches(client: pg.PoolClient, lsn: string): Promise<boolean> {
  if (!/^[0-9A-F]+\/[0-9A-F]+$/.test(lsn)) throw new Error('The primary tells no place in its log.')
  const until = performance.now() + patienceMs
  for (;;) {
    const { rows } = await client.query<{ reached: boolean }>(
      `select pg_is_in_recovery() and coalesce(pg_last_wal_replay_lsn() >= '${lsn}'::pg_lsn, false) as reached`,
    )
    if (rows[0]?.reached === true) return true
    if (performance.now() >= until) return false
    await sleep(pauseMs)
  }
}

/** Failures that a standby has and its primary would not: connections, and rows that the primary has cleaned up meanwhile. */
function isReplicasOwn(error: unknown): boolean {
  if (error === undefined || error === null) return false
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return isConnectionError(error) || ['40001', '40P01', '25006', '0A000', '55000', '57P04'].includes(code) || /conflict with recovery/.test(message)
}

/** Those who come while one look is under way share the next: a look tells what was committed before it began, and no more. */
function shareLooks<T>(look: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<unknown> = Promise.resolve()
  let next: Promise<T> | undefined
  return () => {
    next ??= underWay.then(
      () => begin(),
      () => begin(),
    )
    return next
  }
  function begin(): Promise<T> {
    next = undefined
    const looked = look()
    underWay = looked
    return looked
  }
}

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error('it took too long')), answerWithinMs)
    work.then(done, failed).finally(() => clearTimeout(timer))
  })
}

function socketOf(client: pg.PoolClient): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream
}
