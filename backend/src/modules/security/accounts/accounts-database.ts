import pg from 'pg'
import { AppError } from '#backend/kernel/errors.ts'

export type Row = Record<string, unknown>
/** Rows of one parameterised statement. Times come as `Date`. */
export type RunStatement = <R extends object = Row>(text: string, values?: readonly unknown[]) => Promise<R[]>

/** The tables of accounts, reached by a login role that sees nothing else. */
export interface AccountsDatabase {
  /** @throws AppError UNAVAILABLE when the database cannot be reached */
  query: RunStatement
  /** Runs `work` in one transaction. */
  transaction<T>(work: (query: RunStatement) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface AccountsDatabaseOptions {
  connectionString: string
  connectionTimeoutMs: number
  onError: (error: Error) => void
  maxConnections?: number
}

/** Opens a small pool that connects on its first use. */
export function openAccountsDatabase({ connectionString, connectionTimeoutMs, onError, maxConnections = 5 }: AccountsDatabaseOptions): AccountsDatabase {
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    connectionTimeoutMillis: connectionTimeoutMs,
    idleTimeoutMillis: 60_000,
    statement_timeout: 15_000,
    // One that has fallen silent ends no statement itself.
    query_timeout: 16_000,
    application_name: 'chatsg accounts',
  })
  let isClosing = false
  pool.on('error', (error) => {
    if (!isClosing) onError(error)
  })

  async function connect(): Promise<pg.PoolClient> {
    try {
      return await pool.connect()
    } catch (error) {
      throw unavailable(error)
    }
  }

  async function use<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await connect()
    let broken: Error | undefined
    const onLost = (error: Error) => {
      broken = error
    }
    client.on('error', onLost)
    try {
      return await work(client)
    } catch (error) {
      if (isLost(error)) broken = error as Error
      throw isLost(error) ? unavailable(error) : error
    } finally {
      client.off('error', onLost)
      client.release(broken)
    }
  }

  return {
    query: (text, values) => use((client) => runner(client)(text, values)),
    transaction: (work) =>
      use(async (client) => {
        await client.query('begin')
        try {
          const result = await work(runner(client))
          await client.query('commit')
          return result
        } catch (error) {
          await client.query('rollback').catch((rollbackError: Error) => {
            throw new AggregateError([error, rollbackError], 'Rolling back failed')
          })
          throw error
        }
      }),
    async close() {
      if (isClosing) return
      isClosing = true
      await pool.end()
    },
  }
}

function runner(client: pg.PoolClient): RunStatement {
  return async <R extends object>(text: string, values: readonly unknown[] = []) => (await client.query(text, [...values])).rows as R[]
}

const lostCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '08006', '08001', '08003'])

function isLost(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isLost)
  const { code, message } = error as { code?: string; message?: string }
  return (code !== undefined && lostCodes.has(code)) || /Connection terminated|not queryable|Query read timeout/.test(message ?? '')
}

function unavailable(cause: unknown): AppError {
  return new AppError('UNAVAILABLE', 'The database does not answer right now; nothing was changed. Try again shortly.', { cause, retryAfterSeconds: 5 })
}
