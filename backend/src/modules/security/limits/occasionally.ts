import type { Logger } from '#backend/infra/logger/logger.ts'

/** Work that is done beside other work, at most once in `everyMs` milliseconds and for the first time after as long. */
export function occasionally(everyMs: number, logger: Pick<Logger, 'warn'>, work: () => Promise<unknown>): () => void {
  let dueAt = performance.now() + everyMs
  return () => {
    if (performance.now() < dueAt) return
    dueAt = performance.now() + everyMs
    work().catch((error: unknown) => logger.warn({ err: error }, 'What has expired could not be removed; it is tried again later'))
  }
}
