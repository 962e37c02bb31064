import type { Readable } from 'node:stream'

/** Server-sent events on their way in. */
export interface EventReader {
  /**
   * The payloads of events that have come since the last look, at least one; undefined at the end.
   * @param gathers whether events that follow the last ones closely may wait for more
   * @throws what the connection did wrong
   */
  next(gathers: boolean): Promise<string[] | undefined>
  /** Lets go of the connection. */
  close(): void
}

/** Characters that may wait to be read before the sender is told to wait. */
const mostWaiting = 256 * 1024

/** @param gatherMs milliseconds between two looks at what has come */
export function createEventReader(body: Readable, { gatherMs }: { gatherMs: number }): EventReader {
  const parse = createEventParser()
  let waiting = ''
  let isOver = false
  let failure: Error | undefined
  let lookedAt = Number.NEGATIVE_INFINITY
  let wake: (() => void) | undefined
  let wakesForData = false

  const end = (error?: Error) => {
    isOver = true
    failure ??= error
    wake?.()
  }
  body.setEncoding('utf8')
  body.on('data', (text: string) => {
    waiting += text
    if (waiting.length > mostWaiting) body.pause()
    if (wakesForData) wake?.()
  })
  body.on('end', end)
  body.on('error', end)
  body.on('close', end)

  /** Resolves at the end, after so many milliseconds, or without those when something comes. */
  function pause(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(() => wake?.(), ms)
      wakesForData = ms === undefined
      wake = () => {
        wake = undefined
        clearTimeout(timer)
        resolve()
      }
    })
  }

  return {
    async next(gathers) {
      for (;;) {
        const early = gathers ? lookedAt + gatherMs - performance.now() : 0
        if (early > 0 && !isOver) await pause(early)
        const events = parse(waiting)
        waiting = ''
        if (body.isPaused()) body.resume()
        if (events.length > 0) {
          lookedAt = performance.now()
          return events
        }
        if (failure !== undefined) throw failure
        if (isOver) return undefined
        await pause()
      }
    },
    close() {
      body.destroy()
    },
  }
}

/** Takes text as it comes and tells the payloads of the events that are whole. */
function createEventParser(): (text: string) => string[] {
  let rest = ''
  let data: string[] = []
  return (text) => {
    const events: string[] = []
    rest += text
    let from = 0
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n', from)) {
      const line = rest.slice(from, end > from && rest[end - 1] === '\r' ? end - 1 : end)
      from = end + 1
      if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5))
      else if (line === '' && data.length > 0) {
        events.push(data.join('\n'))
        data = []
      }
    }
    rest = rest.slice(from)
    return events
  }
}
