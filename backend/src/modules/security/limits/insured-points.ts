import type { Logger } from '#backend/infra/logger/logger.ts'
import { createMemoryPoints } from './memory-points.ts'
import type { PointStore } from './point-store.ts'

export interface InsuredPointsOptions {
  store: PointStore
  logger: Pick<Logger, 'info' | 'warn'>
  /** Milliseconds after which the store counts as not answering. */
  timeLimitMs?: number
  /** Milliseconds between two attempts to reach a store that did not answer. */
  retryMs?: number
}

const probe = '0'.repeat(40)

/** Counts in memory while the store does not answer, and in the store again as soon as it does: a dead store neither opens the door nor closes it. */
export function createInsuredPoints({ store, logger, timeLimitMs = 1000, retryMs = 1000 }: InsuredPointsOptions): PointStore {
  // Kept from one outage to the next, so that a store that comes and goes opens no door either.
  const insurance = createMemoryPoints()
  let isDown = false
  let retryAt = 0
  let isTrying = false

  function insure(error: unknown): void {
    if (!isDown) logger.warn({ err: error }, 'Rate limit store does not answer; this process counts in its own memory until it does')
    isDown = true
    retryAt = performance.now() + retryMs
  }

  async function tryAgain(): Promise<void> {
    isTrying = true
    try {
      await withinTime(store.add(probe, 0, 1000), timeLimitMs)
      isDown = false
      logger.info('Rate limit store answers again')
    } catch (error) {
      insure(error)
    } finally {
      isTrying = false
    }
  }

  return {
    async add(key, points, windowMs) {
      if (isDown) {
        if (!isTrying && performance.now() >= retryAt) void tryAgain()
      } else {
        try {
          return await withinTime(store.add(key, points, windowMs), timeLimitMs)
        } catch (error) {
          insure(error)
        }
      }
      return insurance.add(key, points, windowMs)
    },
  }
}

async function withinTime<T>(work: Promise<T>, timeLimitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_done, failed) => {
    timer = setTimeout(() => failed(new Error(`No answer within ${timeLimitMs} ms.`)), timeLimitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
