import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import type { RoundTrip } from './call-log.ts'

/** A small pool of its own as the application's login role, as the composition root opens it. */
export function openRoundTrips(connectionString: string): { roundTrip: RoundTrip; close(): Promise<void> } {
  const pool = new pg.Pool({ connectionString, max: 4, connectionTimeoutMillis: 1000 })
  pool.on('error', () => undefined)
  return {
    async roundTrip(text) {
      const results = (await pool.query(text)) as unknown as pg.QueryResult[]
      return results.at(-1)?.rows ?? []
    },
    close: () => pool.end(),
  }
}

/** A server that notes when each request arrived, and by whom. */
export async function openRecorder(answerAfterMs: (nth: number) => number = () => 0) {
  const arrivals: { at: number; name: string }[] = []
  const server = createServer((request, response) => {
    arrivals.push({ at: performance.now(), name: (request.url ?? '').slice(1) })
    setTimeout(() => response.end('[]'), answerAfterMs(arrivals.length))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    arrivals,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** The most arrivals within any stretch of time shorter than the window. */
export function mostWithin(arrivals: readonly { at: number }[], windowMs: number): number {
  const times = arrivals.map(({ at }) => at).sort((a, b) => a - b)
  let most = 0
  let first = 0
  for (const [index, time] of times.entries()) {
    while (time - (times[first] as number) >= windowMs) first += 1
    most = Math.max(most, index - first + 1)
  }
  return most
}
