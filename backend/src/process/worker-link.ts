import cluster from 'node:cluster'
import type { ToPrimary, ToWorker } from './messages.ts'

/** A worker's way to the primary process; what runs alone has none. */
export interface WorkerLink {
  tell(message: ToPrimary): void
  on<T extends ToWorker['type']>(type: T, listener: (message: Extract<ToWorker, { type: T }>) => void): void
  /** The figures of all workers. */
  figuresOfAll(): Promise<unknown[]>
}

const figuresWithinMs = 3000

/** @returns undefined in a process that is not a worker */
export function openWorkerLink(): WorkerLink | undefined {
  if (!cluster.isWorker) return undefined
  // Nobody can signal us any more once the primary is gone, and it held our port.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  const listeners = new Map<string, ((message: never) => void)[]>()
  const waiting = new Map<number, (figures: unknown[]) => void>()
  let asked = 0
  process.on('message', (message: ToWorker) => {
    if (message.type === 'allFigures') waiting.get(message.id)?.(message.figures)
    for (const listener of listeners.get(message.type) ?? []) listener(message as never)
  })
  const tell = (message: ToPrimary) => {
    if (process.connected) process.send?.(message)
  }
  return {
    tell,
    on(type, listener) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener as (message: never) => void])
    },
    figuresOfAll() {
      asked += 1
      const id = asked
      return new Promise((done, failed) => {
        const timer = setTimeout(() => {
          waiting.delete(id)
          failed(new Error('The other workers did not tell their figures in time.'))
        }, figuresWithinMs)
        waiting.set(id, (figures) => {
          clearTimeout(timer)
          waiting.delete(id)
          done(figures)
        })
        tell({ type: 'wantFigures', id })
      })
    },
  }
}
