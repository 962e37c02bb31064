import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Actor } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { addToRequest } from '#backend/kernel/request-context.ts'
import type { AccessService, WebSession } from '#backend/modules/security/index.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls. Reading it on a public route without anybody signed in throws UNAUTHENTICATED. */
    actor: Actor
    maybeActor: Actor | undefined
    webSession: WebSession | undefined
    /** An API key was sent that nobody holds. */
    hasBadKey: boolean
  }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])
const longestToken = 400

/** Health must answer, and pages must load, while the database does not. */
const answersWithoutDatabase = /^\/(api\/health|metrics|assets\/|$)/

/** Finds out who calls; decides nothing but that a session is not used by another site's page. */
export function registerIdentity(app: FastifyInstance, { access, appUrl }: { access: AccessService; appUrl: string }): void {
  const origin = new URL(appUrl).origin
  app.decorateRequest('maybeActor', undefined)
  app.decorateRequest('webSession', undefined)
  app.decorateRequest('hasBadKey', false)
  app.decorateRequest('actor', {
    getter(this: FastifyRequest): Actor {
      if (this.maybeActor !== undefined) return this.maybeActor
      throw new AppError(
        'UNAUTHENTICATED',
        this.hasBadKey ? 'This API key is not valid, was revoked or has expired.' : 'Sign in, or send an API key as "Authorization: Bearer …".',
      )
    },
  })

  app.addHook('onRequest', async (request) => {
    const path = pathOf(request)
    try {
      await identify(request, path)
    } catch (error) {
      const isUnreachable = error instanceof AppError && error.code === 'UNAVAILABLE'
      if (!isUnreachable || !answersWithoutDatabase.test(path)) throw error
    }
    if (request.maybeActor?.type === 'user') addToRequest({ userId: request.maybeActor.userId })
  })

  async function identify(request: FastifyRequest, path: string): Promise<void> {
    const { authorization } = request.headers
    if (authorization !== undefined) {
      const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1]
      if (token !== undefined && token.length <= longestToken) request.maybeActor = await access.authenticateKey(token)
      request.hasBadKey = request.maybeActor === undefined
      return
    }
    if (path.startsWith('/assets/')) return
    const session = await access.findSession(request.headers)
    if (session === undefined) return
    if (!safeMethods.has(request.method)) refuseForgery(request, session, path)
    request.webSession = session
    request.maybeActor = session.actor
  }

  /** A page of another site can send our cookie, but neither our origin nor our token. */
  function refuseForgery(request: FastifyRequest, session: WebSession, path: string): void {
    if (request.headers.origin !== origin) throw new AppError('FORBIDDEN', `This request does not come from ${origin}. Open ChatSG at that address.`)
    // Whoever signs in anew has no page of the old session any more.
    if (path.startsWith('/api/auth/sign-in/')) return
    if (request.headers['x-csrf-token'] !== session.csrfToken)
      throw new AppError('FORBIDDEN', 'The security token of this page is missing or old; reload the page.')
  }
}

export function pathOf(request: FastifyRequest): string {
  const end = request.url.indexOf('?')
  return end === -1 ? request.url : request.url.slice(0, end)
}
