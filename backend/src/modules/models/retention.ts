import { type Database, sql } from '#backend/infra/database/database.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { Clock } from '#backend/kernel/clock.ts'

export interface ModelRetentionOptions {
  database: Database
  clock: Clock
  homeWorkspaceId: string
  /** Days the books are kept. */
  callDays: number
  /** Days prompts and answers are kept. */
  exchangeDays: number
  logger: Pick<Logger, 'info' | 'error'>
}

const dayMs = 86_400_000
/** A start has other things to do. */
const firstMs = 60_000

/** Lets go of old calls and of what was said in them, once a day. */
export function createModelRetention({ database, clock, homeWorkspaceId, callDays, exchangeDays, logger }: ModelRetentionOptions) {
  let timer: NodeJS.Timeout | undefined
  let sweeping: Promise<unknown> = Promise.resolve()

  /** Resolves to how many exchanges were removed. */
  async function sweep(): Promise<number> {
    const before = (days: number) => new Date(clock.now().getTime() - days * dayMs).toISOString()
    const [row] = await database.transaction({ type: 'system', workspaceId: homeWorkspaceId, job: 'model retention' }, (tx) =>
      tx.query<{ removed: number }>(sql`select chatsg.model_forget(${before(callDays)}, ${before(exchangeDays)}) as removed`),
    )
    return row?.removed ?? 0
  }

  function run(): void {
    sweeping = sweep().then(
      (removed) => removed > 0 && logger.info({ removed }, 'Old prompts and answers of models were removed'),
      (error: unknown) => logger.error({ err: error }, 'Old prompts and answers of models could not be removed; it is tried again tomorrow'),
    )
  }

  return {
    sweep,
    start(): void {
      timer = setTimeout(() => {
        run()
        timer = setInterval(run, dayMs).unref()
      }, firstMs).unref()
    },
    async close(): Promise<void> {
      clearTimeout(timer)
      await sweeping
    },
  }
}
