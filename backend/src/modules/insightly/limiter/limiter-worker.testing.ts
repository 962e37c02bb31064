import { createCallLimiter } from './call-limiter.ts'
import type { CallPriority } from './call-permit.ts'
import { openRoundTrips } from './limiter.testing.ts'

export interface WorkerTask {
  connectionString: string
  key: string
  url: string
  name: string
  maxRequests: number
  windowMs: number
  leaseMs: number
  calls: { priority: CallPriority; count: number }[]
}

/** One process of several that call the same server: makes its calls, each as soon as the limiter lets it. */
async function work({ connectionString, url, name, calls, ...limit }: WorkerTask): Promise<void> {
  const { roundTrip, close } = openRoundTrips(connectionString)
  const logger = { warn: (fields: unknown) => process.send?.({ warning: String((fields as { err?: unknown }).err) }), info: () => undefined }
  const limiter = createCallLimiter({ ...limit, roundTrip, logger: logger as never })
  await Promise.all(
    calls.flatMap(({ priority, count }) =>
      Array.from({ length: count }, async () => {
        const permit = await limiter.acquire({ priority })
        const answer = await fetch(`${url}/${name}-${priority}`)
        await permit.end({ wasMade: true })
        await answer.text()
      }),
    ),
  )
  await limiter.close()
  await close()
}

process.once('message', (task: WorkerTask) => {
  work(task).then(
    () => process.exit(0),
    (error: unknown) => {
      process.send?.({ error: String(error) })
      process.exitCode = 1
      process.disconnect()
    },
  )
})
process.send?.('ready')
