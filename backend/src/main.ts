import { ConfigError, describeProblem, loadConfig, secretValues } from './config/index.ts'
import { DatabaseAway } from './infra/database/database-away.ts'
import { createLogs } from './infra/logger/logger.ts'
import { requestLogFields } from './kernel/request-context.ts'
import { exitWithoutDatabase } from './process/messages.ts'
import { openWorkerLink } from './process/worker-link.ts'

async function start(): Promise<void> {
  const config = loadConfig()
  const link = openWorkerLink()
  const logs = createLogs(config.logging, { secrets: secretValues(config), context: requestLogFields })
  if (link === undefined) {
    const { workerCount } = await import('./process/worker-count.ts')
    const count = workerCount(config)
    if (count > 0) {
      const { runPrimary } = await import('./process/primary.ts')
      return await runPrimary(config, count, logs)
    }
  }
  const { serve } = await import('./process/serve.ts')
  await serve(config, logs, link)
}

start().catch((error: unknown) => {
  if (error instanceof ConfigError) for (const problem of error.problems) process.stderr.write(`${describeProblem(problem)}\n`)
  else process.stderr.write(`ChatSG could not start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(isWorkerWithoutDatabase(error) ? exitWithoutDatabase : 1)
})

/** What started it tries again, while those that serve say that the database is away. */
function isWorkerWithoutDatabase(error: unknown): boolean {
  return error instanceof DatabaseAway && openWorkerLink() !== undefined
}
