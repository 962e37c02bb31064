import type { Logger } from '#backend/infra/logger/logger.ts'

/** Work that nobody waits for, such as mails whose time would tell whether an account exists; it is finished before the server ends. */
export function createBackground(logger: Pick<Logger, 'error'>) {
  const running = new Set<Promise<void>>()
  return {
    run(what: string, work: () => Promise<unknown>): void {
      const job = work()
        .then(() => undefined)
        .catch((error: unknown) => logger.error({ err: error }, `${what} failed`))
        .finally(() => running.delete(job))
      running.add(job)
    },
    async finish(): Promise<void> {
      while (running.size > 0) await Promise.all(running)
    },
  }
}

export type Background = ReturnType<typeof createBackground>
