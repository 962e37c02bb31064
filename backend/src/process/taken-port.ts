import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const patienceMs = 2000
const everyMs = 100

/**
 * Said before anything is made, so that a second start costs nothing and harms nothing. A server that was killed a moment ago may still hold its port.
 * @throws Error with one sentence for people
 */
export async function refuseTakenPort(host: string, port: number): Promise<void> {
  if (port === 0) return
  for (let waitedMs = 0; ; waitedMs += everyMs) {
    const error = await tryPort(host, port)
    if (error === undefined) return
    if (error.code !== 'EADDRINUSE' || waitedMs >= patienceMs) throw describeListenError(error, host, port)
    await sleep(everyMs)
  }
}

function tryPort(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', done)
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => done(undefined)))
  })
}

function describeListenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') return new Error(`Port ${port} is taken by another program; stop it, or set PORT to a free one.`, { cause: error })
  if (error.code === 'EACCES') return new Error(`Port ${port} needs more rights than this user has; set PORT to one above 1023.`, { cause: error })
  if (error.code === 'EADDRNOTAVAIL') return new Error(`This machine has no address ${host}; set HOST to one of its own, such as 127.0.0.1.`, { cause: error })
  return error
}
