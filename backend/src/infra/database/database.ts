import type { Socket } from 'node:net'
// Only the builder: the whole of drizzle-orm takes most of a second to load.
import { type SQL, sql } from 'drizzle-orm/sql/sql'
import pg from 'pg'
import { type Actor, seesEverything } from '#backend/kernel/actor.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import type { FieldMarks } from '#contracts/field-marks.ts'
import { createDataCache } from './data-cache.ts'
import { createDataViews, hiddenIn, hiddenQuery, versionIn, versionQuery } from './data-view.ts'
import { away, isConnectionError, translate, uncertain } from './database-errors.ts'
import { createEndings } from './postponed-ends.ts'
import { openReadReplica, type ReadReplica, type ReplicaStanding } from './read-replica.ts'
import { types } from './result-types.ts'
import { createSilenceWatch } from './silence-watch.ts'
import { toStatementText } from './statement-text.ts'
import { requestComment, startStatementSpan } from './statement-trace.ts'
import { createTurns, type GiveBack } from './turns.ts'

export { type SQL, sql }

/** Statements inside one database transaction that runs as one actor in one workspace. */
export interface Transaction {
  readonly actor: Actor
  readonly workspaceId: string
  readonly readOnly: boolean
  /** Rows of a parameterised statement. Times come as ISO UTC strings, dates as `YYYY-MM-DD`, numeric as decimal strings, counts as numbers. */
  query<R extends object = Record<string, unknown>>(statement: SQL, options?: StatementOptions): Promise<R[]>
  /**
   * What `compute` told when it last ran for the same key, viewer and state of the workspace's records; frozen. In a transaction that
   * writes it always runs; a value that does not hold for longer than the moment is not kept.
   */
  cached<T extends object>(key: string, compute: () => Promise<T>, holds?: (value: T) => boolean): Promise<T>
  /**
   * The fields that are hidden from the actor. A transaction that only reads finds them empty, whatever it asks; one that writes has whole
   * records, of which none leaves it unless it is stripped of them.
   */
  hidden(): Promise<FieldMarks>
  /** How old the workspace's records are, in ISO 8601: of the last look at where they come from, or now where this is their home. */
  asOf(now: Date): Promise<string>
  /** The raw connection, for what no statement of ours can say. COPY needs `copies`. */
  readonly client: pg.PoolClient
}

export interface StatementOptions {
  /** Keeps the statement's plan on the connection under this name; for few hot statements whose text never changes. */
  name?: string
  /** Nothing follows it in its transaction, whose end goes along with it and costs no round trip of its own. */
  last?: boolean
}

export interface TransactionOptions {
  readOnly?: boolean
  /** Milliseconds a single statement may take. */
  statementTimeoutMs?: number
  /** The work sends or fetches rows by COPY. */
  copies?: boolean
}

export interface Database {
  /**
   * Runs `work` in one transaction under row-level security as the actor.
   * @throws AppError UNAVAILABLE when the database cannot be reached, or a statement ran out of time
   */
  transaction<T>(actor: Actor, work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>
  /** A row readable by whoever holds its token (sign-in links, web sessions), before anybody is known. */
  withToken<T>(tokenHash: string, work: (query: <R extends object>(statement: SQL) => Promise<R[]>) => Promise<T>, options?: { readOnly?: boolean }): Promise<T>
  /** Sends statements as one text, which PostgreSQL runs as one transaction in one round trip; tells the rows of the last one. The text takes its own rights. */
  roundTrip(text: string): Promise<Record<string, unknown>[]>
  /** Answers when the database does. */
  ping(): Promise<void>
  /** How the read replica does; undefined where there is none. */
  replica?(): ReplicaStanding | undefined
  /** From now on no connection is kept that nobody uses: another process, which takes this one's place, needs them. */
  keepNone(): Promise<void>
  close(): Promise<void>
}

function toQuery<R extends object>(client: pg.PoolClient, sendEnd: () => void, onFailure?: (error: unknown) => void) {
  return async (statement: SQL, { name, last = false }: StatementOptions = {}): Promise<R[]> => {
    const { text, params } = toStatementText(statement)
    const span = startStatementSpan(text)
    const sent = together(client, () => {
      // A statement that is kept under its name has one text for all.
      const begun = send(client, name === undefined ? text + requestComment() : text, params, name)
      if (last) sendEnd()
      return begun
    })
    try {
      const rows = (await sent).rows as R[]
      span?.end()
      return rows
    } catch (error) {
      span?.end(error)
      onFailure?.(error)
      // Else it would lead to the socket that told it.
      if (error instanceof Error) Error.captureStackTrace(error)
      throw error
    }
  }
}

/** Sends a statement in the driver's own form; every other it would copy, property by property, at ten times the cost. */
function send(client: pg.PoolClient, text: string, params: unknown[], name: string | undefined): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const query = new pg.Query(text, params, (error, result) => {
      if (error) reject(error)
      else resolve(result as unknown as pg.QueryResult)
    })
    client.query(name === undefined ? query : Object.assign(query, { name }))
  })
}

/** The login role has no rights of its own; each transaction takes those of the actor, and row-level security does the rest. */
function runAs(actor: Actor): string {
  const role = seesEverything(actor) ? 'chatsg_app' : 'chatsg_member'
  const settings = [`set local role ${role}`, `set local app.workspace = '${actor.workspaceId}'`]
  if (actor.type === 'user') {
    if (!isUuid(actor.userId)) throw new Error('A person without an id cannot use the database.')
    settings.push(`set local app.user_id = '${actor.userId}'`, `set local app.user_role = '${actor.role}'`)
  } else {
    if (!/^[a-z][a-z -]*$/.test(actor.job)) throw new Error('A job is named by a lower-case word.')
    settings.push(`set local app.job = '${actor.job}'`)
  }
  return settings.join('; ')
}

/** What is sent at once goes in one write. */
function together<T>(client: pg.PoolClient, send: () => T): T {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  stream.cork()
  try {
    return send()
  } finally {
    stream.uncork()
  }
}

export interface Bounds {
  begin: string
  readOnly?: boolean
  copies?: boolean
}

/** What is done in one transaction on one connection. */
export type Work<T> = (client: pg.PoolClient, sendEnd: () => void, begun: Promise<unknown>) => Promise<T>

export interface DatabaseOptions {
  connectionString: string
  maxConnections: number
  connectionTimeoutMs: number
  onError: (error: Error) => void
  /** Whether what was computed from records is kept until they change; true when left out. */
  caches?: boolean
  /** A streaming replica, which people's reading goes to while it has all that was committed before. */
  replica?: { connectionString: string; maxLagMs: number }
}

const shortConnections = 4
/** Of a process that is on its way out. */
const leavingIdleMs = 500
const shortAnswerMs = 5000
const copyConnections = 2
/** So long a request waits for those that came before it. */
const turnWithinMs = 30_000
const defaultTimeoutMs = 30_000
/** Characters; some fifteen megabytes. */
const cacheSize = 6_000_000
/** Compiling to machine code costs more than our statements take, and sets of ids are to be hashed in memory. */
const settingsFor = (scope: 'session' | 'local') =>
  `set ${scope} jit = off; set ${scope} work_mem = '32MB'; set ${scope} statement_timeout = ${defaultTimeoutMs}; `

/** Opens a pool as the login role that row-level security binds. */
export function openDatabase(options: DatabaseOptions): Database {
  const settings = {
    connectionString: options.connectionString,
    connectionTimeoutMillis: options.connectionTimeoutMs,
    idleTimeoutMillis: 60_000,
    application_name: 'chatsg',
    types,
  }
  // Statements do not wait for the one before them to be answered, so the beginning of a transaction costs no round trip of its own.
  const pool = new pg.Pool({ ...settings, max: options.maxConnections, pipeline: true } as pg.PoolConfig)
  const copyPool = new pg.Pool({ ...settings, max: copyConnections })
  pool.on('connect', (client) => void client.query(settingsFor('session')).catch(options.onError))
  // A size in which nothing has room keeps nothing.
  const cache = createDataCache(options.caches === false ? 1 : cacheSize)
  const views = createDataViews()
  const endings = createEndings()
  const poolTurns = createTurns(options.maxConnections, turnWithinMs)
  const copyTurns = createTurns(copyConnections, turnWithinMs)
  const silence = createSilenceWatch({ connectionString: options.connectionString, answerWithinMs: 2 * options.connectionTimeoutMs })
  // What decides whether a request may go on must not wait behind the questions of those that went before.
  const shortPool = new pg.Pool({
    connectionString: options.connectionString,
    max: shortConnections,
    connectionTimeoutMillis: Math.min(options.connectionTimeoutMs, 1000),
    query_timeout: shortAnswerMs,
    idleTimeoutMillis: 60_000,
    application_name: 'chatsg',
  })
  let isClosing = false
  for (const each of [pool, copyPool, shortPool])
    each.on('error', (error) => {
      // A server that is stopped right after us ends our last idle connections itself.
      if (!isClosing) options.onError(error)
    })

  async function run<T>(bounds: Bounds, work: Work<T>): Promise<T> {
    const turns = bounds.copies === true ? copyTurns : poolTurns
    let giveBack: GiveBack
    let client: pg.PoolClient
    try {
      giveBack = await turns.take()
    } catch (error) {
      throw translate(away(error))
    }
    try {
      try {
        client = await (bounds.copies === true ? copyPool : pool).connect()
      } catch (error) {
        // Nobody who waits would fare better.
        turns.refuse(away(error))
        throw translate(away(error))
      }
      const endWatch = silence.watch(client)
      try {
        return await runOn(client, bounds, work)
      } finally {
        endWatch()
      }
    } finally {
      giveBack()
    }
  }

  async function runOn<T>(client: pg.PoolClient, { begin, readOnly = false }: Bounds, work: Work<T>): Promise<T> {
    let broken: Error | undefined
    // A connection lost between two statements is reported here; the next statement fails and rolls the work back.
    const onLost = (error: Error) => {
      broken = error
    }
    client.on('error', onLost)
    let ended: Promise<unknown> | undefined
    const sendEnd = () => {
      if (readOnly || ended !== undefined) return
      ended = client.query('select chatsg.note_changes(); commit')
      // Told below; after a statement that failed it fails as well, and the rollback ends the transaction.
      ended.catch(() => undefined)
    }
    try {
      const result = await together(client, () => {
        // Should it fail, whatever follows fails as well: a login role outside a transaction has no rights.
        const begun = client.query(endings.take(client) + begin + requestComment())
        // Told below, once the work no longer uses the connection.
        begun.catch(() => undefined)
        return work(client, sendEnd, begun).then((done) => begun.then(() => done))
      })
      sendEnd()
      if (readOnly) endings.postpone(client)
      else await ended
      return result
    } catch (error) {
      await client.query('rollback').catch((rollbackError: Error) => {
        broken = rollbackError
      })
      // Of a commit that nobody answered it cannot be said that nothing was changed.
      throw ended !== undefined && isConnectionError(error) ? uncertain(error) : translate(error)
    } finally {
      client.off('error', onLost)
      client.release(broken)
    }
  }

  const replica = options.replica === undefined ? undefined : openReplica(options.replica)

  /** Its connections are like ours, so that the same transactions run on them. */
  function openReplica({ connectionString, maxLagMs }: NonNullable<DatabaseOptions['replica']>): ReadReplica {
    return openReadReplica({
      pool: { ...settings, connectionString, max: options.maxConnections, pipeline: true } as pg.PoolConfig,
      onConnect: (client) => client.query(settingsFor('session')),
      primary: async (text) => (await shortPool.query<Record<string, unknown>>(text)).rows[0] ?? {},
      maxLagMs,
      onError: options.onError,
    })
  }

  return {
    transaction(actor, work, { readOnly = false, statementTimeoutMs = defaultTimeoutMs, copies = false } = {}) {
      if (!isUuid(actor.workspaceId)) throw new Error('An actor without a workspace cannot use the database.')
      const { workspaceId } = actor
      const timeout = statementTimeoutMs === defaultTimeoutMs ? '' : `set local statement_timeout = ${Math.trunc(statementTimeoutMs)}; `
      // A connection that is not pipelined cannot be told more than one thing at a time.
      const told = readOnly ? versionQuery(actor) : hiddenQuery(actor)
      const begin = `begin${readOnly ? ' isolation level repeatable read read only' : ''}; ${copies ? settingsFor('local') : ''}${timeout}${runAs(actor)}${told === undefined ? '' : `; ${told}`}`
      const workOn = (client: pg.PoolClient, sendEnd: () => void, begun: Promise<unknown>, onFailure?: (error: unknown) => void) =>
        work({
          actor,
          workspaceId,
          readOnly,
          client,
          query: toQuery(client, sendEnd, onFailure) as Transaction['query'],
          hidden: async () => hiddenIn(await begun, actor),
          async asOf(now) {
            return (readOnly ? versionIn(await begun).as_of : null) ?? now.toISOString()
          },
          async cached(key, compute, holds) {
            if (!readOnly) return compute()
            const view = views.of(actor)
            return cache.get(`${view.name} ${key}`, async () => view.stateAt(versionIn(await begun)), compute, holds)
          },
        })
      const here = () => run({ begin, readOnly, copies }, workOn)
      // Jobs hand work to each other in a few rows; only people's questions are worth the way.
      if (replica === undefined || !readOnly || copies || actor.type !== 'user') return here()
      return replica.read((client, onFailure) => runOn(client, { begin, readOnly }, (...given) => workOn(...given, onFailure)), here)
    },
    withToken(tokenHash, work, { readOnly = false } = {}) {
      if (!/^[0-9a-f]{64}$/.test(tokenHash)) throw new Error('A token hash is 64 hexadecimal digits.')
      const begin = `begin${readOnly ? ' read only' : ''}; set local role chatsg_app; set local app.token_hash = '${tokenHash}'`
      return run({ begin, readOnly }, (client, sendEnd) => work(toQuery(client, sendEnd) as Transaction['query']))
    },
    async roundTrip(text) {
      const results = (await shortPool.query(text)) as unknown as pg.QueryResult<Record<string, unknown>>[]
      return results.at(-1)?.rows ?? []
    },
    async ping() {
      await run({ begin: 'begin read only', readOnly: true }, (client) => client.query('select 1'))
    },
    replica: () => replica?.standing(),
    async keepNone() {
      for (const each of [pool, copyPool, shortPool]) {
        each.options.idleTimeoutMillis = leavingIdleMs
        // Who asks while one is idle is given that one; a busy one is not waited for.
        while (each.idleCount > 0) (await each.connect()).release(true)
      }
    },
    async close() {
      isClosing = true
      silence.close()
      await replica?.close()
      await Promise.all([pool.end(), copyPool.end(), shortPool.end()])
    },
  }
}
