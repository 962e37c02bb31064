import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/** Adds the headers that protect a browser. They are the same for every answer, so helmet is asked once. */
export async function registerSecurityHeaders(app: FastifyInstance, { httpsOnly }: { httpsOnly: boolean }): Promise<void> {
  await app.register(helmet, {
    global: false,
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: httpsOnly ? [] : null,
      },
    },
    strictTransportSecurity: httpsOnly ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    xXssProtection: true,
    xFrameOptions: { action: 'deny' },
  })
  let headers: Record<string, string> | undefined
  app.addHook('onRequest', (_request, reply, done) => {
    if (headers === undefined) {
      reply.helmet()
      // Everybody else writes to the reply, nobody to the bare answer.
      headers = Object.fromEntries(Object.entries(reply.raw.getHeaders()).map(([name, value]) => [name, String(value)]))
    } else reply.headers(headers)
    done()
  })
}
