import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { AppError } from '#backend/kernel/errors.ts'
import { invitationAcceptSchema, invitationViewSchema, signInWaysSchema, whoSchema } from '#contracts/security.ts'
import type { AccessService, WebSession } from './access.service.ts'
import { accountRoutes } from './accounts/account.routes.ts'
import { gatewayRoutes } from './accounts/gateway.routes.ts'
import { apiKeyRoutes } from './api-keys/api-keys.routes.ts'
import { peopleRoutes } from './people/people.routes.ts'

export { sessionCookie } from './accounts/session-cookie.ts'

/** `/api/auth/*`, `/api/account/*`, `/api/api-keys`, `/api/people`: who may come in, and as what. */
export function accessRoutes({ access }: { access: AccessService }): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(signInRoutes(access))
    await app.register(gatewayRoutes(access.gateway))
    await app.register(accountRoutes(access))
    await app.register(apiKeyRoutes(access.apiKeys))
    await app.register(peopleRoutes(access))
  }
}

/** The session of a request. @throws AppError UNAUTHENTICATED without one, also for API keys */
function sessionOf({ webSession }: FastifyRequest): WebSession {
  if (webSession === undefined) throw new AppError('UNAUTHENTICATED', 'Sign in with a browser first.')
  return webSession
}

function signInRoutes(access: AccessService): FastifyPluginAsyncZod {
  const config = { access: 'public' } as const
  const tags = ['Access']
  const token = z.string().min(20).max(200)
  const success = z.object({ success: z.boolean() })
  const withCookie = (reply: FastifyReply, cookie: string) => reply.header('set-cookie', cookie).header('cache-control', 'no-store')

  return async (app) => {
    app.post(
      '/api/auth/sign-in/link',
      { config, schema: { tags, summary: 'Sign in with a one-time link', body: z.object({ token }), response: { 200: whoSchema } } },
      async (request, reply) => {
        const { session, cookie } = await access.redeemSignInLink(request.body.token, request.headers)
        withCookie(reply, cookie)
        return access.describe(session.actor, session)
      },
    )

    app.get('/api/auth/session', { config, schema: { tags, summary: 'Who is signed in', response: { 200: whoSchema } } }, async (request, reply) => {
      if (request.maybeActor === undefined) throw new AppError('UNAUTHENTICATED', 'Nobody is signed in.')
      const cookie = request.webSession === undefined ? undefined : access.renewCookie(request.headers, request.webSession)
      if (cookie !== undefined) withCookie(reply, cookie)
      return access.describe(request.maybeActor, request.webSession)
    })

    app.get('/api/auth/ways', { config, schema: { tags, summary: 'Ways to sign in', response: { 200: signInWaysSchema } } }, async () => access.ways())

    app.get(
      '/api/auth/csrf',
      { config, schema: { tags, summary: 'Token to send as X-CSRF-Token', response: { 200: z.object({ token: z.string().nullable() }) } } },
      async (request, reply) => {
        reply.header('cache-control', 'no-store')
        return { token: request.webSession?.csrfToken ?? null }
      },
    )

    app.post('/api/auth/sign-out', { config, schema: { tags, summary: 'Sign out', response: { 200: success } } }, async (request, reply) => {
      withCookie(reply, await access.signOut(request.headers, request.webSession))
      return { success: true }
    })

    app.post(
      '/api/auth/workspace',
      { config, schema: { tags, summary: 'Work in another of my workspaces', body: z.object({ workspaceId: z.uuid() }), response: { 200: success } } },
      async (request) => {
        await access.switchWorkspace(sessionOf(request), request.body.workspaceId)
        return { success: true }
      },
    )

    app.get(
      '/api/auth/invitation',
      { config, schema: { tags, summary: 'What an invitation is to', querystring: z.object({ token }), response: { 200: invitationViewSchema } } },
      async (request) => access.invitations.view(await access.invitations.findOpen(request.query.token)),
    )

    app.post(
      '/api/auth/invitation/accept',
      { config, schema: { tags, summary: 'Accept an invitation', body: invitationAcceptSchema, response: { 200: whoSchema } } },
      async (request, reply) => {
        const { session, cookie } = await access.acceptInvitation(request.body, request.headers, request.webSession)
        withCookie(reply, cookie)
        return access.describe(session.actor, session)
      },
    )
  }
}
