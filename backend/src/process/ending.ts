import { Server as NetServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from '../app.ts'
import type { Logs } from '../infra/logger/logger.ts'
import type { WorkerLink } from './worker-link.ts'

const stopWithinMs = 9000
const lookMs = 250
/**
 * Answers under way are brought to their end. Clients that keep a connection hear with its next answer that it closes, and have been told that
 * an unused one does so after 65 s: who is cut off before may be sending at that moment.
 */
const finishWithinMs = 150_000

export interface Closing {
  app: App
  /** Gives up what another process could use; what is under way goes on. */
  makeRoom(): Promise<void>
  close(): Promise<void>
}

export interface Ending {
  /** What there is to close; before, the process simply ends. */
  closes(closing: Closing): void
  hasBegun(): boolean
}

/** Ends the process in order: at once when it is told to stop, without breaking anything when another one takes its place. */
export function createEnding(logs: Logs, link: WorkerLink | undefined): Ending {
  let closing: Closing | undefined
  let isEnding = false
  let isHurried = false

  function end(why: string, withinMs: number, prepare: () => Promise<void> = () => Promise.resolve()) {
    if (isEnding) return
    isEnding = true
    logs.logger.info({ why }, 'Stopping')
    const deadline = setTimeout(() => {
      logs.logger.error('Stopping took too long; ending now')
      process.exit(0)
    }, withinMs)
    deadline.unref()
    prepare()
      .then(() => closing?.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          logs.logger.error({ err: error }, 'Stopping failed')
          process.exit(1)
        },
      )
  }

  async function retire(): Promise<void> {
    if (closing !== undefined) {
      const { server, services } = closing.app
      services.health.startDraining()
      // Stops listening and nothing else: connections that are idle now may bring a request the next moment.
      NetServer.prototype.close.call(server.server)
      link?.tell({ type: 'retired' })
      await closing.makeRoom().catch((error: unknown) => logs.logger.warn({ err: error }, 'Connections to the database could not be given up'))
      // Each connection brings one more request at most, whose answer says that it closes: then whoever asked has left.
      let hasCleared = false
      for (let waited = 0; waited < finishWithinMs && (await connectionsOf(server.server)) > 0; waited += lookMs) {
        // Once: over and over it would meet somebody between two requests.
        if (isHurried && !hasCleared) server.server.closeIdleConnections()
        hasCleared = isHurried
        await sleep(lookMs)
      }
      await services.chat.drain(finishWithinMs)
    }
  }

  if (link === undefined) {
    process.on('SIGTERM', () => end('SIGTERM', stopWithinMs))
    process.on('SIGINT', () => end('SIGINT', stopWithinMs))
    process.on('SIGUSR2', () => logs.reopen())
  } else {
    // What is typed at a terminal reaches all of a group; the primary decides.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2'] as const) process.on(signal, () => undefined)
    link.on('stop', () => {
      isHurried = true
      end('stop', stopWithinMs)
    })
    link.on('hurry', () => {
      isHurried = true
    })
    link.on('retire', () => end('replaced', finishWithinMs + 20_000, retire))
    link.on('reopenLogs', () => logs.reopen())
  }
  return {
    closes(what) {
      closing = what
    },
    hasBegun: () => isEnding,
  }
}

function connectionsOf(server: NetServer): Promise<number> {
  return new Promise((done, failed) => server.getConnections((error, count) => (error ? failed(error) : done(count))))
}
