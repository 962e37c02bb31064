import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { AppError } from '#backend/kernel/errors.ts'
import { wholeList, wholeListSchema } from '#contracts/lists.ts'
import { accountSessionSchema } from '#contracts/security.ts'
import type { AccountService } from './account.service.ts'
import type { WebSession } from './sessions.service.ts'

const success = z.object({ success: z.boolean() })
const profileSchema = z
  .object({ name: z.string().trim().min(1).max(200), email: z.email().max(320), password: z.string().max(1000) })
  .partial()
  .refine(({ name, email }) => name !== undefined || email !== undefined, 'Nothing to change.')

/** `/api/account/*`: one's own account, for people in a browser. */
export function accountRoutes({ account }: { account: AccountService }): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'account' } as const
    const tags = ['Account']

    app.get(
      '/api/account/sessions',
      { config, schema: { tags, summary: 'Where I am signed in', response: { 200: wholeListSchema(accountSessionSchema) } } },
      async (request) => wholeList(await account.listSessions(sessionOf(request))),
    )

    app.delete(
      '/api/account/sessions/:id',
      { config, schema: { tags, summary: 'Sign out there', params: z.object({ id: z.string().min(1).max(100) }), response: { 200: success } } },
      async (request) => {
        await account.endSession(sessionOf(request), request.params.id)
        return { success: true }
      },
    )

    app.post(
      '/api/account/sessions/revoke-others',
      { config, schema: { tags, summary: 'Sign out everywhere else', response: { 200: success } } },
      async (request) => {
        await account.endOthers(sessionOf(request))
        return { success: true }
      },
    )

    app.patch(
      '/api/account',
      { config, schema: { tags, summary: 'Change my name or address', body: profileSchema, response: { 200: success } } },
      async (request) => {
        await account.change(sessionOf(request), request.body)
        return { success: true }
      },
    )

    app.post(
      '/api/account/password',
      { config, schema: { tags, summary: 'Set my first password', body: z.object({ password: z.string().max(1000) }), response: { 200: success } } },
      async (request) => {
        await account.setFirstPassword(sessionOf(request), request.body.password)
        return { success: true }
      },
    )
  }
}

function sessionOf({ webSession }: FastifyRequest): WebSession {
  if (webSession === undefined) throw new AppError('FORBIDDEN', 'This belongs to a person in a browser; an API key has no account of its own.')
  return webSession
}
