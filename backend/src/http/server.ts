import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { AppError } from '#backend/kernel/errors.ts'
import { runInRequest } from '#backend/kernel/request-context.ts'
import type { AccessService } from '#backend/modules/security/index.ts'
import { registerApiDescription } from './api-description.ts'
import { registerAuthentication } from './authentication.ts'
import { registerErrors, sendError } from './errors.ts'

export interface ServerOptions {
  logger: FastifyBaseLogger
  access: AccessService
  appUrl: string
  httpsOnly: boolean
  corsOrigins: readonly string[]
  compression: boolean
  version: string
}

const maxBodyBytes = 32 * 1024 * 1024

/** The HTTP server without its routes: who may call, what an error looks like, which headers protect a browser. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: maxBodyBytes,
    // A file of a million rows may take a while to arrive over a slow line.
    requestTimeout: 3_600_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(),
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

  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    runInRequest({ requestId: request.id }, done)
  })
  app.addHook('onResponse', async (request, reply) => {
    const level = reply.statusCode >= 500 ? 'error' : request.url.startsWith('/api/') ? 'info' : 'debug'
    request.log[level](
      {
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        processingTime: Math.round(reply.elapsedTime * 10) / 10,
      },
      'Request served',
    )
  })

  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: options.httpsOnly ? [] : null,
      },
    },
    strictTransportSecurity: options.httpsOnly ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    xXssProtection: true,
  })
  if (options.corsOrigins.length > 0) await app.register(cors, { origin: [...options.corsOrigins], credentials: true })
  await app.register(cookie)
  if (options.compression) await app.register(compress, { threshold: 2048, encodings: ['br', 'gzip'] })
  registerAuthentication(app, { access: options.access, appUrl: options.appUrl })
  await registerApiDescription(app, { version: options.version })
  return app
}
