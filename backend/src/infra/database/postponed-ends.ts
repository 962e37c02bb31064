import type pg from 'pg'

/** Locks of tables that were read are held for so long at most. */
const endingMs = 5

/** The ends of transactions that only read: each goes with the connection's next beginning, or by itself when none comes soon. */
export function createEndings() {
  const timers = new WeakMap<pg.PoolClient, NodeJS.Timeout>()
  const end = (client: pg.PoolClient) => {
    timers.delete(client)
    // Nothing was written, so nothing can be lost; a broken connection is noticed by whoever uses it next.
    client.query('commit').catch(() => undefined)
  }
  return {
    postpone(client: pg.PoolClient): void {
      timers.set(client, setTimeout(end, endingMs, client).unref())
    },
    /** @returns what the next statement has to begin with */
    take(client: pg.PoolClient): string {
      const timer = timers.get(client)
      clearTimeout(timer)
      timers.delete(client)
      return timer === undefined ? '' : 'commit; '
    },
  }
}
