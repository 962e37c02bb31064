import { CasingCache } from 'drizzle-orm/casing'
// Only the builder: the whole of drizzle-orm takes most of a second to load.
import { type SQL, sql } from 'drizzle-orm/sql/sql'
import pg from 'pg'
import { type Actor, seesEverything } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { isUuid } from '#backend/kernel/ids.ts'

export { type SQL, sql }

const dialect = {
  casing: new CasingCache(),
  escapeName: (name: string) => `"${name.replaceAll('"', '""')}"`,
  escapeParam: (index: number) => `$${index + 1}`,
  escapeString: (text: string) => `'${text.replaceAll("'", "''")}'`,
}

/** Statements inside one database transaction that runs as one actor in one workspace. */
export interface Transaction {
  readonly actor: Actor
  readonly workspaceId: string
  /** Rows of a parameterised statement. Times come as ISO UTC strings, dates as `YYYY-MM-DD`, numeric as decimal strings, counts as numbers. */
  query<R extends object = Record<string, unknown>>(statement: SQL): Promise<R[]>
  /** The raw connection, for COPY. */
  readonly client: pg.PoolClient
}

export interface TransactionOptions {
  readOnly?: boolean
  /** Milliseconds a single statement may take. */
  statementTimeoutMs?: number
}

export interface Database {
  /**
   * Runs `work` in one transaction under row-level security as the actor.
   * @throws AppError UNAVAILABLE when the database cannot be reached, or a statement ran out of time
   */
  transaction<T>(actor: Actor, work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>
  /** A row readable by whoever holds its token (sign-in links, web sessions), before anybody is known. */
  withToken<T>(tokenHash: string, work: (query: <R extends object>(statement: SQL) => Promise<R[]>) => Promise<T>): Promise<T>
  /** Sends statements as one text, which PostgreSQL runs as one transaction in one round trip; tells the rows of the last one. The text takes its own rights. */
  roundTrip(text: string): Promise<Record<string, unknown>[]>
  /** Answers when the database does. */
  ping(): Promise<void>
  close(): Promise<void>
}

const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format === 'binary') return pg.types.getTypeParser(oid, 'binary')
    switch (oid) {
      case pg.types.builtins.INT8:
        return Number
      case pg.types.builtins.TIMESTAMPTZ:
        return (value: string) => new Date(value).toISOString()
      case pg.types.builtins.DATE:
      case pg.types.builtins.NUMERIC:
        return (value: string) => value
      default:
        return pg.types.getTypeParser(oid, 'text')
    }
  },
}

const connectionCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '08006', '08001', '08003'])

function isConnectionError(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return (code !== undefined && connectionCodes.has(code)) || /Connection terminated|timeout exceeded when trying to connect|not queryable/.test(message ?? '')
}

function translate(error: unknown): unknown {
  if (error instanceof AppError) return error
  const { code, message } = error as { code?: string; message?: string }
  if (code === '57014')
    return new AppError('UNAVAILABLE', 'That took longer than allowed; narrow the question and try again.', { cause: error, retryAfterSeconds: 5 })
  if (code === '53100' || code === 'ENOSPC')
    return new AppError('UNAVAILABLE', 'The disk is full; nothing was changed. Free some space and try again.', { cause: error, retryAfterSeconds: 60 })
  if (isConnectionError(error))
    return new AppError('UNAVAILABLE', 'The database does not answer right now; nothing was changed. Try again shortly.', {
      cause: error,
      retryAfterSeconds: 5,
    })
  if (code === '40P01' || code === '40001')
    return new AppError('CONFLICT', 'Somebody else changed the same at the same moment; nothing was changed. Try again.', { cause: error })
  if (code === '42501' && /row-level security/.test(message ?? ''))
    return new AppError('FORBIDDEN', 'This record is not yours to change, or would be hidden from you afterwards; nothing was changed.', { cause: error })
  // A NUL character cannot be stored as text; every other value error is caught by validation before.
  if (code === '22021' || code === '22P05' || (code === '22P02' && /type json/.test(message ?? '')))
    return new AppError('VALIDATION', 'The text holds a character that cannot be stored (NUL or a broken surrogate).', { cause: error })
  return error
}

function toQuery<R extends object>(client: { query(text: string, values: unknown[]): Promise<{ rows: unknown[] }> }) {
  return async (statement: SQL): Promise<R[]> => {
    const { sql: text, params } = statement.toQuery(dialect)
    const result = await client.query(text, params)
    return result.rows as R[]
  }
}

/** The login role has no rights of its own; each transaction takes those of the actor, and row-level security does the rest. */
function runAs(actor: Actor): string {
  const role = seesEverything(actor) ? 'chatsg_app' : 'chatsg_member'
  const settings = [`set local role ${role}`, `set local app.workspace = '${actor.workspaceId}'`]
  if (actor.type === 'user') {
    if (!isUuid(actor.userId)) throw new Error('A person without an id cannot use the database.')
    settings.push(`set local app.user_id = '${actor.userId}'`, `set local app.user_role = '${actor.role}'`)
  }
  return settings.join('; ')
}

export interface DatabaseOptions {
  connectionString: string
  maxConnections: number
  connectionTimeoutMs: number
  onError: (error: Error) => void
}

const shortConnections = 4

/** Opens a pool as the login role that row-level security binds. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.maxConnections,
    connectionTimeoutMillis: options.connectionTimeoutMs,
    idleTimeoutMillis: 60_000,
    application_name: 'chatsg',
    types,
  })
  // What decides whether a request may go on must not wait behind the questions of those that went before.
  const shortPool = new pg.Pool({
    connectionString: options.connectionString,
    max: shortConnections,
    connectionTimeoutMillis: Math.min(options.connectionTimeoutMs, 1000),
    idleTimeoutMillis: 60_000,
    application_name: 'chatsg',
  })
  let isClosing = false
  for (const each of [pool, shortPool])
    each.on('error', (error) => {
      // A server that is stopped right after us ends our last idle connections itself.
      if (!isClosing) options.onError(error)
    })

  async function run<T>(begin: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    let client: pg.PoolClient
    try {
      client = await pool.connect()
    } catch (error) {
      throw translate(isConnectionError(error) ? error : Object.assign(new Error('connect', { cause: error }), { code: 'ECONNREFUSED' }))
    }
    let broken: Error | undefined
    // A connection lost between two statements is reported here; the next statement fails and rolls the work back.
    const onLost = (error: Error) => {
      broken = error
    }
    client.on('error', onLost)
    try {
      await client.query(begin)
      const result = await work(client)
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch((rollbackError: Error) => {
        broken = rollbackError
      })
      throw translate(error)
    } finally {
      client.off('error', onLost)
      client.release(broken)
    }
  }

  return {
    transaction(actor, work, { readOnly = false, statementTimeoutMs = 30_000 } = {}) {
      if (!isUuid(actor.workspaceId)) throw new Error('An actor without a workspace cannot use the database.')
      const begin = `begin${readOnly ? ' read only' : ''}; set local statement_timeout = ${Math.trunc(statementTimeoutMs)}; ${runAs(actor)}`
      return run(begin, (client) => work({ actor, workspaceId: actor.workspaceId, client, query: toQuery(client) as Transaction['query'] }))
    },
    withToken(tokenHash, work) {
      if (!/^[0-9a-f]{64}$/.test(tokenHash)) throw new Error('A token hash is 64 hexadecimal digits.')
      return run(`begin; set local role chatsg_app; set local app.token_hash = '${tokenHash}'`, (client) => work(toQuery(client) as Transaction['query']))
    },
    async roundTrip(text) {
      const results = (await shortPool.query(text)) as unknown as pg.QueryResult<Record<string, unknown>>[]
      return results.at(-1)?.rows ?? []
    },
    async ping() {
      await run('begin read only', (client) => client.query('select 1'))
    },
    async close() {
      isClosing = true
      await Promise.all([pool.end(), shortPool.end()])
    },
  }
}
