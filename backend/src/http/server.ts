import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import cors from '@fastify/cors'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import type { ServedRequest } from '#backend/infra/metrics/metrics.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { runInRequest } from '#backend/kernel/request-context.ts'
import { runInSpan } from '#backend/kernel/tracing.ts'
import type { AccessService, Operations, RequestLimits } from '#backend/modules/security/index.ts'
import { registerApiDescription } from './api-description.ts'
import { isApi, registerAuthorisation } from './authorisation.ts'
import { registerBans } from './bans.ts'
import { createClientAddress } from './client-address.ts'
import { registerErrors, sendError } from './errors.ts'
import { registerIdentity } from './identity.ts'
import { registerRateLimit } from './rate-limit.ts'
import { registerBodyBounds } from './request-body.ts'
import { requestIdOf } from './request-id.ts'
import { startRequestSpan } from './request-span.ts'
import { registerSecurityHeaders } from './security-headers.ts'
import { serializerCompiler } from './serializer.ts'
import { registerThreatGuard, type ThreatGuardOptions } from './threat-guard.ts'
import { answerUnreadable, registerUnreadable } from './unreadable-requests.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Address of the client, past trusted proxies. */
    clientAddress: string
  }
}

export interface ServerOptions {
  logger: FastifyBaseLogger
  access: AccessService
  limits: RequestLimits
  threats: ThreatGuardOptions
  operations: Operations
  trustedProxies: readonly string[]
  appUrl: string
  httpsOnly: boolean
  corsOrigins: readonly string[]
  compression: boolean
  version: string
  /** Told of every request when it is over. */
  observe?: (request: ServedRequest) => void
}

const maxBodyBytes = 32 * 1024 * 1024
const headersWithinMs = 15_000
/** A connection on which nothing moves; a streamed answer sends a heartbeat more often. */
const silentForMs = 120_000
const longestAgent = 300
/** What a page of an allowed origin may do, and which headers of the answer it may read. */
const allMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const toldToPages = ['X-Request-Id', 'Retry-After', 'Location', 'Content-Disposition', 'X-Vercel-AI-UI-Message-Stream']

/** The HTTP server without its routes: who may call, what an error looks like, which headers protect a browser. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: maxBodyBytes,
    // A file of a million rows may take a while to arrive over a slow line.
    requestTimeout: 3_600_000,
    connectionTimeout: silentForMs,
    http: { headersTimeout: headersWithinMs, requireHostHeader: false },
    clientErrorHandler: answerUnreadable,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    genReqId: requestIdOf,
    // Every line of a request gets its id from the request's context.
    childLoggerFactory: (logger) => logger,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    frameworkErrors: (error, request, reply) => {
      sendError(new AppError('VALIDATION', 'The address of this request is not valid.', { cause: error }), request, reply)
    },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  registerErrors(app)

  const addressOf = createClientAddress(options.trustedProxies)
  app.decorateRequest('clientAddress', '')
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    // What a route answers belongs to whoever asked.
    if (isApi(request.url)) reply.header('cache-control', 'no-store')
    request.clientAddress = addressOf(request.raw)
    const userAgent = request.headers['user-agent']?.slice(0, longestAgent)
    const span = startRequestSpan(request, reply)
    const begin = span === undefined ? done : () => runInSpan(span, done)
    runInRequest({ requestId: request.id, ip: request.clientAddress, ...(userAgent === undefined ? {} : { userAgent }) }, begin)
  })
  app.addHook('onResponse', (request, reply, done) => {
    const { method } = request
    const { url: route } = request.routeOptions
    const { statusCode: status, elapsedTime: elapsedMs } = reply
    options.observe?.({ method, route, status, seconds: elapsedMs / 1000 })
    const level = status >= 500 ? 'error' : isApi(request.url) ? 'info' : 'debug'
    request.log[level](
      {
        method,
        route: route ?? 'unknown',
        status,
        processingTime: Math.round(elapsedMs * 10) / 10,
      },
      'Request served',
    )
    done()
  })

  await registerSecurityHeaders(app, options)
  registerUnreadable(app)
  if (options.corsOrigins.length > 0)
    await app.register(cors, { origin: [...options.corsOrigins], credentials: true, methods: allMethods, exposedHeaders: toldToPages })
  await app.register(cookie)
  if (options.compression) await app.register(compress, { threshold: 2048, encodings: ['br', 'gzip'] })
  const { access, limits, threats, operations } = options
  registerIdentity(app, { access, appUrl: options.appUrl })
  registerBans(app, threats)
  registerRateLimit(app, { limits })
  registerThreatGuard(app, threats)
  registerBodyBounds(app)
  registerAuthorisation(app, { operations })
  await registerApiDescription(app, { version: options.version })
  return app
}
