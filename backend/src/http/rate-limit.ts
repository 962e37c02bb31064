import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#backend/kernel/errors.ts'
import type { RequestLimits } from '#backend/modules/security/index.ts'
import { pathOf } from './identity.ts'

/** Probes ask often, and the files of the web app are many and cost nothing. */
const uncounted = /^\/(api\/health(\/|$)|metrics$|assets\/|favicon)/

/** Counts each request of a stranger by address and of a signed-in person or key by who it is; says so in the headers. */
export function registerRateLimit(app: FastifyInstance, { limits }: { limits: RequestLimits }): void {
  app.addHook('onRequest', async (request, reply) => {
    if (uncounted.test(pathOf(request))) return
    const { allowed, limit, remaining, resetSeconds } = await count(request)
    reply.header('ratelimit-limit', String(limit)).header('ratelimit-remaining', String(remaining)).header('ratelimit-reset', String(resetSeconds))
    if (!allowed)
      throw new AppError('RATE_LIMITED', `That was more than ${limit} requests; try again in ${describe(resetSeconds)}.`, { retryAfterSeconds: resetSeconds })
  })

  function count({ maybeActor, clientAddress }: FastifyRequest) {
    return maybeActor === undefined ? limits.countStranger(clientAddress) : limits.countActor(maybeActor)
  }
}

function describe(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
}
