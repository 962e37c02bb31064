/** A right to use one of so many connections, to be given back. */
export type GiveBack = () => void

export interface Turns {
  /** @throws what `refuse` was given, or that the wait was too long */
  take(): Promise<GiveBack>
  /** Tells all who wait that their turn will not come: the database is away. */
  refuse(error: Error): void
}

interface Waiting {
  begin(): void
  refuse(error: Error): void
}

/**
 * Hands out turns in the order they are asked for. Waiting for one is waiting for other people's questions, which may take longer than a
 * database that is there takes to let somebody in; the pool of connections knows only one patience for both.
 */
export function createTurns(count: number, waitMs: number): Turns {
  let free = count
  const queue = new Set<Waiting>()

  function giveBack(): void {
    const [next] = queue
    if (next === undefined) {
      free += 1
      return
    }
    queue.delete(next)
    next.begin()
  }

  /** Whoever gives back twice would let in too many. */
  function once(): GiveBack {
    let isGiven = false
    return () => {
      if (isGiven) return
      isGiven = true
      giveBack()
    }
  }

  return {
    take() {
      if (free > 0) {
        free -= 1
        return Promise.resolve(once())
      }
      return new Promise((done, failed) => {
        const waiting: Waiting = {
          begin() {
            clearTimeout(timer)
            done(once())
          },
          refuse(error) {
            clearTimeout(timer)
            failed(error)
          },
        }
        const timer = setTimeout(() => {
          queue.delete(waiting)
          failed(new Error(`No connection to the database was free for ${waitMs / 1000} s.`))
        }, waitMs)
        queue.add(waiting)
      })
    },
    refuse(error) {
      const all = [...queue]
      queue.clear()
      for (const waiting of all) waiting.refuse(error)
    },
  }
}
