import type { CallPermit, CallPriority } from './call-permit.ts'

interface Waiter {
  grant(permit: CallPermit): void
  refuse(reason: unknown): void
}

export type WaitingLine = ReturnType<typeof createWaitingLine>

/** The calls of this process that wait for a permit: first come, first served within each priority, and whoever gives up leaves the line. */
export function createWaitingLine(onLeft: () => void) {
  const lines: Record<CallPriority, Set<Waiter>> = { person: new Set(), sync: new Set() }
  return {
    count: (priority: CallPriority): number => lines[priority].size,
    /** @throws the signal's reason when it fires first */
    join(priority: CallPriority, signal: AbortSignal | undefined): Promise<CallPermit> {
      return new Promise((done, failed) => {
        const leave = () => {
          lines[priority].delete(waiter)
          signal?.removeEventListener('abort', giveUp)
        }
        const waiter: Waiter = {
          grant(permit) {
            leave()
            done(permit)
          },
          refuse(reason) {
            leave()
            failed(reason)
          },
        }
        const giveUp = () => {
          waiter.refuse(signal?.reason)
          onLeft()
        }
        lines[priority].add(waiter)
        signal?.addEventListener('abort', giveUp, { once: true })
      })
    },
    /** Hands the permit to whoever waited longest; false when nobody waits any more. */
    serve(priority: CallPriority, permit: CallPermit): boolean {
      const [first] = lines[priority]
      first?.grant(permit)
      return first !== undefined
    },
    refuseAll(priority: CallPriority, reason: unknown): void {
      for (const waiter of [...lines[priority]]) waiter.refuse(reason)
    },
  }
}
