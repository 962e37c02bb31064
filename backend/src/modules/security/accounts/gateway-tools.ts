import type { Database } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { Who } from '#contracts/security.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { SecurityEventSink } from '../events/security-event.ts'
import type { SignInGuard } from '../limits/sign-in-guard.ts'
import { type Account, findAccount } from './accounts.repository.ts'
import type { AccountsDatabase } from './accounts-database.ts'
import type { AccountAlerts } from './alerts.ts'
import type { Background } from './background.ts'
import type { Endpoint } from './endpoints.ts'
import type { EngineAnswer, EngineClient, IncomingHeaders } from './engine-client.ts'
import { toAppError } from './engine-errors.ts'
import { type GuessOutcome, guess } from './guess.ts'
import { sessionCookie } from './session-cookie.ts'
import type { SessionsService, WebSession } from './sessions.service.ts'

export interface GatewayOptions {
  engine: EngineClient
  accounts: AccountsDatabase
  database: Database
  sessions: SessionsService
  guard: SignInGuard
  audit: AuditTrail
  events: SecurityEventSink
  background: Background
  alert: AccountAlerts
  describe(session: WebSession): Promise<Who>
  sessionSecret: string
  canMail: boolean
}

export interface GatewayRequest {
  /** Below /api/auth, with its query. */
  path: string
  headers: IncomingHeaders
  body: Record<string, unknown>
}

export type GatewayTools = ReturnType<typeof createGatewayTools>

/** What every step around better-auth's endpoints is made of. */
export function createGatewayTools({ engine, accounts, sessions, guard, audit, events, alert, describe }: GatewayOptions) {
  async function forward({ method, inside, path }: Endpoint, request: GatewayRequest, body = request.body): Promise<EngineAnswer> {
    return engine.send({ method, path: inside ?? (path.includes(':') ? request.path : path + queryOf(request.path)), headers: request.headers, body })
  }

  /** @throws AppError unless better-auth agreed */
  function accepted(answer: EngineAnswer): EngineAnswer {
    if (answer.status >= 400) throw toAppError(answer.status, answer.body)
    return { ...answer, body: withoutTokens(answer.body) }
  }

  /** Writes down who has signed in, ends the session the browser had before, and says who that is. */
  async function signedIn(answer: EngineAnswer, operation: string, { headers }: GatewayRequest): Promise<EngineAnswer> {
    const session = await sessionOf(answer)
    if (session === undefined) throw new AppError('FORBIDDEN', 'This account belongs to no workspace any more. Ask an administrator to let you in again.')
    const { actor } = session
    await sessions.leave({ cookie: cookieOf(headers) })
    audit.note(actor, { event: 'SIGN_IN', operation, outcome: 'ok' })
    events.record({
      type: 'authentication',
      severity: 'low',
      workspaceId: actor.workspaceId,
      userId: actor.userId,
      details: { what: 'signed_in', way: operation },
    })
    const body = answer.body as { user?: object } | undefined
    const who = await describe(session)
    return { ...answer, body: { ...body, ...who, user: { ...body?.user, ...who.user } } }
  }

  /** The session that an answer begins. */
  async function sessionOf({ cookies }: EngineAnswer): Promise<WebSession | undefined> {
    const cookie = cookies.find((line) => line.startsWith(`${sessionCookie}=`) && !line.startsWith(`${sessionCookie}=;`))
    return cookie === undefined ? undefined : sessions.findSession({ cookie: cookie.split(';')[0] })
  }

  async function own(headers: IncomingHeaders): Promise<{ session: WebSession; account: Account }> {
    const session = await sessions.findSession({ cookie: cookieOf(headers) })
    const account = session === undefined ? undefined : await findAccount(accounts.query, session.accountId)
    if (session === undefined || account === undefined) throw new AppError('UNAUTHENTICATED', 'Sign in first.')
    return { session, account }
  }

  /** Counts a refusal that a guess can cause. */
  async function guarded(email: string, attempt: () => Promise<EngineAnswer>, isWrong: (answer: EngineAnswer) => boolean): Promise<EngineAnswer> {
    const judge = (answer: EngineAnswer): GuessOutcome => {
      if (isWrong(answer)) return 'failed'
      // With a second factor to come, knowing the password alone forgives nothing.
      return answer.status >= 400 || isHalfWay(answer) ? 'released' : 'succeeded'
    }
    return accepted(await guess(guard, email, attempt, judge))
  }

  function changed({ actor }: WebSession, account: Account, what: string, sentence: string): void {
    audit.note(actor, { event: 'ACCOUNT_CHANGE', operation: `account.${what}`, outcome: 'ok' })
    events.record({ type: 'authentication', severity: 'medium', workspaceId: actor.workspaceId, userId: actor.userId, details: { what } })
    alert(account, sentence)
  }

  return { forward, accepted, signedIn, sessionOf, own, guarded, changed }
}

/** The password was right and a second factor is asked for. */
export function isHalfWay({ body }: EngineAnswer): boolean {
  return (body as { twoFactorRedirect?: boolean } | undefined)?.twoFactorRedirect === true
}

export function cookieOf({ cookie }: IncomingHeaders): string | undefined {
  return typeof cookie === 'string' ? cookie : undefined
}

function queryOf(path: string): string {
  const start = path.indexOf('?')
  return start === -1 ? '' : path.slice(start)
}

/** A session's token belongs into its cookie, where no script reads it. */
function withoutTokens(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  const { token: _, session, ...rest } = body as Record<string, unknown>
  return session === undefined ? rest : { ...rest, session: withoutTokens(session) }
}
