import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { AppError } from '#backend/kernel/errors.ts'
import type { AccessService } from './access.service.ts'

export const sessionCookie = 'chatsg_session'

const whoSchema = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string().nullable(), role: z.string() }),
  workspace: z.object({ id: z.string(), name: z.string(), currency: z.string(), timeZone: z.string() }),
})

/** `/api/auth/*`: sign in by one-time link, who am I, CSRF token, sign out. */
export function accessRoutes({ access, secureCookies }: { access: AccessService; secureCookies: boolean }): FastifyPluginAsyncZod {
  const setCookie = (reply: FastifyReply, token: string, expires: Date) =>
    reply.setCookie(sessionCookie, token, { path: '/', httpOnly: true, sameSite: 'lax', secure: secureCookies, expires })

  return async (app) => {
    const config = { access: 'public' } as const
    const tags = ['Access']

    app.post(
      '/api/auth/sign-in/link',
      {
        config,
        schema: { tags, summary: 'Sign in with a one-time link', body: z.object({ token: z.string().min(20).max(200) }), response: { 200: whoSchema } },
      },
      async (request, reply) => {
        const { token, session } = await access.redeemSignInLink(request.body.token)
        setCookie(reply, token, new Date(session.expiresAt))
        return access.describe(session.actor)
      },
    )

    app.post(
      '/api/auth/sign-in/email',
      {
        config,
        schema: {
          tags,
          summary: 'Sign in with e-mail and password',
          body: z.object({ email: z.string().max(320), password: z.string().max(1000) }),
          response: { 200: whoSchema },
        },
      },
      async () => {
        throw new AppError('UNAUTHENTICATED', 'Accounts with passwords are not set up in this workspace. Use a one-time link: npm run cli -- sign-in-link')
      },
    )

    app.get('/api/auth/session', { config, schema: { tags, summary: 'Who is signed in', response: { 200: whoSchema } } }, async (request) => {
      if (request.maybeActor === undefined) throw new AppError('UNAUTHENTICATED', 'Nobody is signed in.')
      return access.describe(request.maybeActor)
    })

    app.get(
      '/api/auth/csrf',
      { config, schema: { tags, summary: 'Token to send as X-CSRF-Token', response: { 200: z.object({ token: z.string().nullable() }) } } },
      async (request) => ({
        token: request.webSession?.csrfToken ?? null,
      }),
    )

    app.post(
      '/api/auth/sign-out',
      { config, schema: { tags, summary: 'Sign out', response: { 200: z.object({ success: z.boolean() }) } } },
      async (request, reply) => {
        const token = request.cookies[sessionCookie]
        if (token !== undefined) await access.signOut(token)
        reply.clearCookie(sessionCookie, { path: '/' })
        return { success: true }
      },
    )
  }
}
