import { AppError } from '#backend/kernel/errors.ts'

export interface QueueOptions {
  /** Calls at the same time. */
  maxRunning: number
  /** Calls that may wait. */
  maxWaiting: number
}

export interface QueuedCall {
  /** Whose it is: people take turns, however much one of them asks. */
  owner: string
  /** Goes after everybody who waits for an answer. */
  background?: boolean | undefined
  signal?: AbortSignal | undefined
}

export type CallQueue = ReturnType<typeof createCallQueue>

interface Waiting {
  admit(): void
}

/** After so many calls of people in a row, one of those in the background has its turn. */
const mostOfPeopleInARow = 8
const retryAfterSeconds = 5

/** Keeps calls of a model within what its provider bears, fairly between people. */
export function createCallQueue({ maxRunning, maxWaiting }: QueueOptions) {
  // Owners stand in the order of their turns.
  const lines = { people: new Map<string, Waiting[]>(), background: new Map<string, Waiting[]>() }
  let running = 0
  let waiting = 0
  let peopleInARow = 0

  function takeNext(): Waiting | undefined {
    const backgroundIsDue = lines.background.size > 0 && (lines.people.size === 0 || peopleInARow >= mostOfPeopleInARow)
    const line = backgroundIsDue ? lines.background : lines.people
    const [turn] = line
    if (turn === undefined) return undefined
    const [owner, calls] = turn
    const next = calls.shift()
    line.delete(owner)
    if (calls.length > 0) line.set(owner, calls)
    peopleInARow = backgroundIsDue ? 0 : peopleInARow + 1
    waiting--
    return next
  }

  function createRelease(): () => void {
    let isReleased = false
    return () => {
      if (isReleased) return
      isReleased = true
      running--
      admitWaiting()
    }
  }

  function admitWaiting(): void {
    while (running < maxRunning) {
      const next = takeNext()
      if (next === undefined) return
      running++
      next.admit()
    }
  }

  return {
    get running(): number {
      return running
    },
    get waiting(): number {
      return waiting
    },
    /**
     * Resolves when it is the call's turn, with what gives its place to the next.
     * @throws AppError RATE_LIMITED when too many wait, or the signal's reason
     */
    async enter({ owner, background = false, signal }: QueuedCall): Promise<() => void> {
      signal?.throwIfAborted()
      if (running < maxRunning) {
        running++
        return createRelease()
      }
      if (waiting >= maxWaiting)
        throw new AppError('RATE_LIMITED', 'Too many people are waiting for the language model. Try again in a moment.', { retryAfterSeconds })
      const line = background ? lines.background : lines.people
      return new Promise((resolve, reject) => {
        const calls = line.get(owner) ?? []
        const entry: Waiting = {
          admit() {
            signal?.removeEventListener('abort', leave)
            resolve(createRelease())
          },
        }
        function leave() {
          const place = calls.indexOf(entry)
          if (place === -1) return
          calls.splice(place, 1)
          waiting--
          if (calls.length === 0 && line.get(owner) === calls) line.delete(owner)
          reject(signal?.reason)
        }
        calls.push(entry)
        line.set(owner, calls)
        waiting++
        signal?.addEventListener('abort', leave, { once: true })
      })
    },
  }
}
