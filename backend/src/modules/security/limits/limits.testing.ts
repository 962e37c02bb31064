import { connect, createServer, type Server, type Socket } from 'node:net'
import pg from 'pg'
import { inject } from 'vitest'
import type { NewSecurityEvent, SecurityEventSink } from '../events/security-event.ts'
import type { SingleTrip } from './postgres-points.ts'

/** A small pool of its own as the application's login role, as the composition root opens it. */
export function openSingleTrips(options: { port?: number; max?: number } = {}): SingleTrip & { close(): Promise<void> } {
  const url = new URL(inject('applicationUrl'))
  if (options.port !== undefined) {
    url.port = String(options.port)
    // A gate is between two ports; the database's own socket would go round it.
    url.searchParams.delete('host')
  }
  const pool = new pg.Pool({ connectionString: url.toString(), max: options.max ?? 4, connectionTimeoutMillis: 500 })
  pool.on('error', () => undefined)
  return {
    async query(text) {
      const results = (await pool.query(text)) as unknown as pg.QueryResult[]
      return results.at(-1)?.rows ?? []
    },
    close: () => pool.end(),
  }
}

/** Keeps what is recorded. */
export function collectEvents(): SecurityEventSink & { events: NewSecurityEvent[] } {
  const events: NewSecurityEvent[] = []
  return { events, record: (event) => events.push(event) }
}

/** Keeps log lines by level. */
export function collectLogs() {
  const lines: { level: string; message: string }[] = []
  const at = (level: string) => (_fields: unknown, message?: unknown) => {
    lines.push({ level, message: String(message ?? _fields) })
  }
  return { lines, logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } as never }
}

/** A way to another port that can be cut and opened again. */
export async function openGate(targetPort: number): Promise<{ port: number; shut(): Promise<void>; open(): Promise<void> }> {
  let server: Server | undefined
  const sockets = new Set<Socket>()
  let port = 0
  const open = () =>
    new Promise<void>((done) => {
      server = createServer((near) => {
        const far = connect(targetPort, '127.0.0.1')
        for (const socket of [near, far]) {
          sockets.add(socket)
          socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
        }
        near.pipe(far).pipe(near)
      }).listen(port, '127.0.0.1', () => {
        const address = server?.address()
        if (typeof address === 'object' && address !== null) port = address.port
        done()
      })
    })
  await open()
  return {
    get port() {
      return port
    },
    open,
    shut: () =>
      new Promise<void>((done) => {
        server?.close(() => done())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
