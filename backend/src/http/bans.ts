import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#backend/kernel/errors.ts'
import type { Bans } from '#backend/modules/security/index.ts'
import { pathOf } from './identity.ts'

/**
 * Refuses banned addresses. An automatic ban holds for strangers only, so that one machine of an office cannot lock the others out;
 * the admin key passes always, so that every ban can be lifted.
 */
export function registerBans(app: FastifyInstance, { bans }: { bans: Bans }): void {
  app.addHook('onRequest', (request, reply, done) => {
    const ban = bans.isBanned(request.clientAddress)
    if (ban === undefined || isExempt(request, ban)) return done()
    reply.header('connection', 'close')
    throw new AppError(
      'FORBIDDEN',
      `Requests from ${request.clientAddress} are blocked until ${ban.expiresAt}. If this is a mistake, ask your administrator to lift it.`,
    )
  })
}

function isExempt(request: FastifyRequest, { automatic }: { automatic: boolean }): boolean {
  if (/^\/api\/health(\/|$)/.test(pathOf(request))) return true
  const actor = request.maybeActor
  return actor !== undefined && (automatic || (actor.type === 'user' && actor.via === 'adminKey'))
}
