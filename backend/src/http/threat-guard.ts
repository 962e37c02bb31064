import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#backend/kernel/errors.ts'
import type { Bans, RequestParts, SecurityEventSink, ThreatAssessment } from '#backend/modules/security/index.ts'
import { hasBody, readAhead } from './request-body.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whoever calls has proved who it is by the address itself, and sends what people have written: it is data, whatever its words. */
    bodyIsData?: true
  }
}

export interface ThreatGuardOptions {
  mode: 'block' | 'report' | 'off'
  assess: (parts: RequestParts) => ThreatAssessment
  blockAt: number
  events: SecurityEventSink
  bans: Bans
}

/** What signed-in people search for may hold anything. */
const freeText: ReadonlySet<string> = new Set(['q', 'query', 'search', 'filter', 'name', 'title', 'text'])
const assessedBytes = 1024 * 1024
const noQuery: Pick<RequestParts, 'method' | 'path' | 'query' | 'headers'> = { method: 'POST', path: '/', query: '', headers: {} }

/** Assesses path, query and headers of every request, and the bodies of strangers; what signed-in people write is never judged by its words. */
export function registerThreatGuard(app: FastifyInstance, { mode, assess, blockAt, events, bans }: ThreatGuardOptions): void {
  if (mode === 'off') return

  app.addHook('onRequest', (request, _reply, done) => {
    const [path = '', ...query] = (request.raw.url ?? '').split('?')
    judge(
      request,
      assess({
        method: request.method,
        path,
        query: query.join('?'),
        headers: withoutCredentials(request.headers),
        ...(request.maybeActor === undefined ? {} : { exemptQueryParameters: freeText }),
      }),
    )
    done()
  })

  app.addHook('preParsing', async (request, _reply, payload) => {
    if (request.maybeActor !== undefined || !hasBody(request) || request.routeOptions.config?.bodyIsData === true) return payload
    const ahead = await readAhead(payload as Readable, assessedBytes)
    judge(request, assess({ ...noQuery, body: { contentType: request.headers['content-type'] ?? '', text: withoutPasswords(ahead.text) } }))
    return ahead.payload
  })

  function judge(request: FastifyRequest, { score, reasons }: ThreatAssessment): void {
    if (score < blockAt) return
    const isBlocked = mode === 'block'
    events.record({
      type: 'threat',
      severity: score >= 90 ? 'high' : 'medium',
      ...(request.maybeActor?.type === 'user' ? { userId: request.maybeActor.userId, workspaceId: request.maybeActor.workspaceId } : {}),
      details: {
        what: isBlocked ? 'request_blocked' : 'request_reported',
        score,
        reasons: reasons.slice(0, 10),
        method: request.method,
        path: request.url.split('?')[0]?.slice(0, 200),
      },
    })
    if (!isBlocked) return
    if (request.maybeActor === undefined) bans.threatFrom(request.clientAddress)
    throw new AppError('FORBIDDEN', 'This request looks like an attack and was refused. If it was not one, give the request id to your administrator.')
  }
}

/** Tokens are random letters: nothing to find in them, and nothing to keep. */
function withoutCredentials({ cookie: _cookie, authorization: _authorization, ...headers }: FastifyRequest['headers']): FastifyRequest['headers'] {
  return headers
}

/** A password may hold anything; it is hashed, and neither stored nor shown. */
function withoutPasswords(text: string): string {
  return text.replace(/("(?:password|newPassword|currentPassword)"\s*:\s*)"(?:[^"\\]|\\.)*"/g, '$1""')
}
