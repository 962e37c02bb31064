import { createHash, timingSafeEqual } from 'node:crypto'
import { BlockList, isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { AppError } from '#backend/kernel/errors.ts'
import type { RequestLimits } from '#backend/modules/security/index.ts'

export interface MetricsRoutesOptions {
  metrics: { text(): Promise<string>; contentType: string }
  /** METRICS_TOKEN; without it only this machine may read. */
  token: string | undefined
  limits: Pick<RequestLimits, 'countStranger'>
}

/** `GET /metrics` for Prometheus: with METRICS_TOKEN for who sends it, from wherever; without it for programs on this machine. */
export function metricsRoutes({ metrics, token, limits }: MetricsRoutesOptions): FastifyPluginAsyncZod {
  const wanted = token === undefined ? undefined : sha256(token)

  async function admit(request: FastifyRequest): Promise<void> {
    if (wanted === undefined) {
      if (isFromHere(request)) return
      throw new AppError(
        'FORBIDDEN',
        'Metrics are read on this machine only. Set METRICS_TOKEN and send it as "Authorization: Bearer …" to read them from another.',
      )
    }
    const sent = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (sent !== undefined && timingSafeEqual(sha256(sent), wanted)) return
    // A scrape is not counted, but guessing is.
    const { allowed, limit, resetSeconds } = await limits.countStranger(request.clientAddress)
    if (!allowed)
      throw new AppError('RATE_LIMITED', `That was more than ${limit} requests; try again in ${resetSeconds} seconds.`, { retryAfterSeconds: resetSeconds })
    throw new AppError('UNAUTHENTICATED', 'Send METRICS_TOKEN as "Authorization: Bearer …".')
  }

  return async (app) => {
    app.get('/metrics', { config: { access: 'public' }, schema: { hide: true } }, async (request, reply) => {
      await admit(request)
      return reply
        .type(metrics.contentType)
        .header('cache-control', 'no-store')
        .send(await metrics.text())
    })
  }
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

function isLoopback(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && loopback.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

/** A proxy on this machine that is not among TRUSTED_PROXIES passes on requests of anybody, and says so. */
function isFromHere({ clientAddress, headers }: FastifyRequest): boolean {
  const forwarded = [headers['x-forwarded-for'], headers['x-real-ip']].flat().flatMap((value) => value?.split(',') ?? [])
  return isLoopback(clientAddress) && headers.forwarded === undefined && forwarded.every((address) => isLoopback(address.trim()))
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
