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
  /** Reads the books, while no line is on its way into them: each is either there or in flight, and never both. */
  whileReading<T>(read: () => Promise<T>): Promise<T>
  /** Writes lines into the books and takes them out of flight, while nobody reads. */
  whileWriting<T>(write: () => Promise<T>): Promise<T>
}

const zero = new Decimal(0)

export function createInFlight(): InFlight {
  const sums = new Map<string, Decimal>()
  const readings = new Set<Promise<void>>()
  let written: Promise<void> = Promise.resolve()
  const keysOf = (kind: Kind, actor: Actor) => [kind, `${kind} ${actor.workspaceId}`, `${kind} ${actor.workspaceId} ${personOf(actor)}`] as const
  const change = (key: string, by: Decimal) => {
    const sum = (sums.get(key) ?? zero).plus(by)
    if (sum.isZero()) sums.delete(key)
    else sums.set(key, sum)
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
        for (const key of keys) change(key, amount.neg())
      }
    },
    of(kind, actor) {
      const [installation, workspace, person] = keysOf(kind, actor).map((key) => sums.get(key) ?? zero)
      return { installation: installation ?? zero, workspace: workspace ?? zero, person: person ?? zero }
    },
    whileReading(read) {
      const value = written.then(read)
      const ended = settled(value)
      readings.add(ended)
      void ended.then(() => readings.delete(ended))
      return value
    },
    whileWriting(write) {
      const value = Promise.all([written, ...readings]).then(write)
      written = settled(value)
      return value
    },
  }
}

function settled(work: Promise<unknown>): Promise<void> {
  return work.then(
    () => undefined,
    () => undefined,
  )
}

/** Jobs of the system have a budget of nobody's. */
export function personOf(actor: Actor): string {
  return actor.type === 'user' ? actor.userId : nobody
}
