import { Decimal } from 'decimal.js'
import type { Actor } from '#backend/kernel/actor.ts'
import { nobody } from './spending.repository.ts'

/** `made` are calls that are being made, with what they may cost at most; `noted` are those whose line is on its way into the books. */
type Kind = 'made' | 'noted'

/** Of all, of the workspace, and of the person. */
type Sums = Record<'installation' | 'workspace' | 'person', Decimal>

/** What does not stand in the books yet. */
export interface InFlight {
  /** The result takes it away again. */
  add(kind: Kind, actor: Actor, usd: string): () => void
  of(kind: Kind, actor: Actor): Sums
  /** Reads the books: what was in flight when it began, and got there while it was read, counts as in flight until it has been read. */
  whileReading<T>(read: () => Promise<T>): Promise<T>
}

const zero = new Decimal(0)

export function createInFlight(): InFlight {
  const sums = new Map<string, Decimal>()
  const readings = new Set<number>()
  let departures: { at: number; leave: () => void }[] = []
  let now = 0
  const keysOf = (kind: Kind, actor: Actor) => [kind, `${kind} ${actor.workspaceId}`, `${kind} ${actor.workspaceId} ${personOf(actor)}`] as const
  const change = (key: string, by: Decimal) => {
    const sum = (sums.get(key) ?? zero).plus(by)
    if (sum.isZero()) sums.delete(key)
    else sums.set(key, sum)
  }
  const depart = () => {
    const oldest = Math.min(...readings, Number.POSITIVE_INFINITY)
    const due = departures.filter(({ at }) => at < oldest)
    departures = departures.filter(({ at }) => at >= oldest)
    for (const { leave } of due) leave()
  }
  return {
    add(kind, actor, usd) {
      const amount = new Decimal(usd)
      if (amount.isZero()) return () => undefined
      const keys = keysOf(kind, actor)
      for (const key of keys) change(key, amount)
      let isThere = true
      return () => {
        if (!isThere) return
        isThere = false
        const leave = () => {
          for (const key of keys) change(key, amount.neg())
        }
        departures.push({ at: ++now, leave })
        depart()
      }
    },
    of(kind, actor) {
      const [installation, workspace, person] = keysOf(kind, actor).map((key) => sums.get(key) ?? zero)
      return { installation: installation ?? zero, workspace: workspace ?? zero, person: person ?? zero }
    },
    async whileReading(read) {
      const reading = ++now
      readings.add(reading)
      try {
        return await read()
      } finally {
        // After whoever read has looked at what is in flight.
        setImmediate(() => {
          readings.delete(reading)
          depart()
        })
      }
    },
  }
}

/** Jobs of the system have a budget of nobody's. */
export function personOf(actor: Actor): string {
  return actor.type === 'user' ? actor.userId : nobody
}
