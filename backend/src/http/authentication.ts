import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Actor, requireScope, type Scope } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { addToRequest } from '#backend/kernel/request-context.ts'
import { type AccessService, sessionCookie, type WebSession } from '#backend/modules/security/index.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route; every route under /api states it. */
    access?: 'public' | Scope
  }
  interface FastifyRequest {
    /** Who calls. Reading it on a public route without anybody signed in throws UNAUTHENTICATED. */
    actor: Actor
    maybeActor: Actor | undefined
    webSession: WebSession | undefined
  }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Finds out who calls before anything else of the request is looked at, and refuses by default. */
export function registerAuthentication(app: FastifyInstance, { access, appUrl }: { access: AccessService; appUrl: string }): void {
  const origin = new URL(appUrl).origin
  app.decorateRequest('maybeActor', undefined)
  app.decorateRequest('webSession', undefined)
  app.decorateRequest('actor', {
    getter(this: FastifyRequest): Actor {
      if (this.maybeActor === undefined) throw new AppError('UNAUTHENTICATED', 'Sign in, or send an API key as "Authorization: Bearer …".')
      return this.maybeActor
    },
  })

  app.addHook('onRoute', (route) => {
    // The pages of the API's documentation belong to a library that does not know our rule.
    if (route.url.startsWith('/api/docs')) route.config = { ...route.config, access: 'public' }
    if (route.url.startsWith('/api') && route.config?.access === undefined)
      throw new Error(`The route ${String(route.method)} ${route.url} does not state who may call it.`)
  })

  app.addHook('onRequest', async (request) => {
    const required = request.routeOptions.config?.access
    // An unknown path says nothing to strangers either.
    const isPublic = required === 'public' || (required === undefined && !request.url.startsWith('/api'))
    await identify(request, isPublic)
    if (request.maybeActor?.type === 'user') addToRequest({ userId: request.maybeActor.userId })
    if (isPublic) return
    const { actor } = request
    if (required !== undefined) requireScope(actor, required)
  })

  async function identify(request: FastifyRequest, isPublic: boolean): Promise<void> {
    const { authorization } = request.headers
    if (authorization !== undefined) {
      const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1]
      request.maybeActor = token === undefined ? undefined : access.authenticateKey(token)
      if (request.maybeActor === undefined && !isPublic) throw new AppError('UNAUTHENTICATED', 'This API key is not valid.')
      return
    }
    const cookie = request.cookies[sessionCookie]
    if (cookie === undefined || cookie.length > 200) return
    // Health must answer while the database does not.
    if (isPublic && !request.url.startsWith('/api/auth')) return
    const session = await access.findSession(cookie)
    if (session === undefined) return
    if (!safeMethods.has(request.method)) refuseForgery(request, session)
    request.webSession = session
    request.maybeActor = session.actor
  }

  /** A page of another site can send our cookie, but neither our origin nor our token. */
  function refuseForgery(request: FastifyRequest, session: WebSession): void {
    if (request.headers.origin !== origin) throw new AppError('FORBIDDEN', `This request does not come from ${origin}. Open ChatSG at that address.`)
    if (request.headers['x-csrf-token'] !== session.csrfToken)
      throw new AppError('FORBIDDEN', 'The security token of this page is missing or old; reload the page.')
  }
}
