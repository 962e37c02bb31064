import type { Socket } from 'node:net'
import pg from 'pg'

export interface SilenceWatch {
  /** Looks after a connection while somebody works with it. @returns ends that */
  watch(client: pg.PoolClient): () => void
  close(): void
}

export interface SilenceWatchOptions {
  connectionString: string
  /** Milliseconds without a word after which the database is asked whether it is there. */
  patienceMs?: number
  /** Milliseconds it has to answer that. */
  answerWithinMs: number
}

interface Watched {
  bytesRead: number
  waitingSince: number | undefined
}

const lookEveryMs = 1000

/**
 * Breaks connections that wait for a database which has fallen silent: frozen, or cut off without a word. A statement may take its
 * time as long as a new connection is answered; only when that is not either does whoever waits hear that the database is away.
 */
export function createSilenceWatch({ connectionString, patienceMs = 5000, answerWithinMs }: SilenceWatchOptions): SilenceWatch {
  const busy = new Map<pg.PoolClient, Watched>()
  let isAsking = false

  /** Those that have waited too long for a word. */
  function overdue(now: number): pg.PoolClient[] {
    const found: pg.PoolClient[] = []
    for (const [client, watched] of busy) {
      const { bytesRead } = socketOf(client)
      if (!isWaiting(client) || bytesRead !== watched.bytesRead) busy.set(client, { bytesRead, waitingSince: undefined })
      else {
        watched.waitingSince ??= now
        if (now - watched.waitingSince >= patienceMs) found.push(client)
      }
    }
    return found
  }

  async function look(): Promise<void> {
    if (isAsking || busy.size === 0 || overdue(performance.now()).length === 0) return
    isAsking = true
    try {
      if (await isSilent(connectionString, answerWithinMs)) for (const client of overdue(performance.now())) socketOf(client).destroy()
    } finally {
      isAsking = false
    }
  }

  const timer = setInterval(() => void look(), lookEveryMs).unref()
  return {
    watch(client) {
      busy.set(client, { bytesRead: -1, waitingSince: undefined })
      return () => void busy.delete(client)
    },
    close: () => clearInterval(timer),
  }
}

/** Whether a new connection gets no answer at all; a refusal is one. */
async function isSilent(connectionString: string, withinMs: number): Promise<boolean> {
  const client = new pg.Client({ connectionString, application_name: 'chatsg probe', connectionTimeoutMillis: withinMs, query_timeout: withinMs })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    await client.end()
    return false
  } catch (error) {
    socketOf(client).destroy()
    return /timeout/i.test((error as Error).message)
  }
}

function isWaiting(client: pg.PoolClient): boolean {
  return (client as unknown as { readyForQuery: boolean }).readyForQuery === false
}

function socketOf(client: pg.ClientBase): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream
}
