import type { Database } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { requestContext } from '#backend/kernel/request-context.ts'
import type { Who } from '#contracts/security.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { SecurityEventSink } from '../events/security-event.ts'
import type { SignInGuard } from '../limits/sign-in-guard.ts'
import { type Account, findAccount, forgetDevices } from './accounts.repository.ts'
import type { AccountsDatabase } from './accounts-database.ts'
import type { AccountAlerts } from './alerts.ts'
import type { Background } from './background.ts'
import type { Endpoint } from './endpoints.ts'
import type { EngineAnswer, EngineClient, IncomingHeaders } from './engine-client.ts'
import { reasonOf, toAppError } from './engine-errors.ts'
import { type GuessOutcome, guess } from './guess.ts'
import { listMemberships } from './memberships.repository.ts'
import { refuseWeakPassword } from './password-policy.ts'
import { parseCookies, readSigned, sessionCookie, stepCookiePrefix } from './session-cookie.ts'
import type { SessionsService, WebSession } from './sessions.service.ts'
import { claimCode, countRecentResets, findResetAccount, findWaitingAccount } from './verifications.repository.ts'
import { actorOf, findActivePerson } from './workspace-people.ts'

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

export type Gateway = ReturnType<typeof createGateway>

const resetsAnHour = 3
const resetAnswer = { status: true, message: 'If there is an account with this address, a mail with a link is on its way to it.' }

/** What happens around better-auth's endpoints: guesses are slowed down, passwords judged, sign-ins written down, tokens kept inside. */
export function createGateway(options: GatewayOptions) {
  const { engine, accounts, database, sessions, guard, audit, events, background, alert, describe, sessionSecret, canMail } = options

  async function forward({ method, inside, path }: Endpoint, request: GatewayRequest, body = request.body): Promise<EngineAnswer> {
    return engine.send({ method, path: inside ?? (path.includes(':') ? request.path : path + queryOf(request.path)), headers: request.headers, body })
  }

  /** @throws AppError unless better-auth agreed */
  function accepted(answer: EngineAnswer): EngineAnswer {
    if (answer.status >= 400) throw toAppError(answer.status, answer.body)
    return { ...answer, body: withoutTokens(answer.body) }
  }

  async function signedIn(answer: EngineAnswer, operation: string): Promise<EngineAnswer> {
    const session = await sessionOf(answer)
    if (session === undefined) throw new AppError('FORBIDDEN', 'This account belongs to no workspace any more. Ask an administrator to let you in again.')
    const { actor } = session
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

  async function signIn(endpoint: Endpoint, request: GatewayRequest): Promise<EngineAnswer> {
    const email = String(request.body.email).trim().toLowerCase()
    const body = { email, password: request.body.password }
    const answer = await guarded(
      email,
      () => forward(endpoint, request, body),
      ({ status }) => status === 400 || status === 401,
    )
    return isHalfWay(answer) ? answer : signedIn(answer, 'sign_in.password')
  }

  async function verifyCode(endpoint: Endpoint, request: GatewayRequest): Promise<EngineAnswer> {
    const session = await sessions.findSession({ cookie: cookieOf(request.headers) })
    if (session !== undefined) return confirmSetUp(endpoint, request, session)
    const waiting = readSigned(parseCookies(cookieOf(request.headers)).get(`${stepCookiePrefix}.two_factor`) ?? '', sessionSecret)
    const account = waiting === undefined ? undefined : await findWaitingAccount(accounts.query, waiting)
    if (account === undefined) throw toAppError(401, { code: 'INVALID_TWO_FACTOR_COOKIE' })
    const isBackup = endpoint.path.endsWith('backup-code')
    const attempt = async () => {
      const isFirstUse = isBackup || (await claimCode(accounts.query, account.id, String(request.body.code)))
      return isFirstUse ? forward(endpoint, request) : { status: 401, cookies: [], body: { code: 'INVALID_CODE' } }
    }
    const answer = await guarded(account.email, attempt, ({ status }) => status === 401)
    if (isBackup) alert(account, 'a backup code was used to sign in')
    return signedIn(answer, isBackup ? 'sign_in.backup_code' : 'sign_in.totp')
  }

  async function confirmSetUp(endpoint: Endpoint, request: GatewayRequest, session: WebSession): Promise<EngineAnswer> {
    const account = await findAccount(accounts.query, session.accountId)
    if (account === undefined) throw new AppError('UNAUTHENTICATED', 'Sign in first.')
    const answer = await guarded(
      account.email,
      () => forward(endpoint, request),
      ({ status }) => status === 401,
    )
    sessions.forget(account.id)
    if (!account.twoFactorEnabled) changed(session, account, 'two_factor_enabled', 'a second factor is now asked for')
    return answer
  }

  /** What needs the current password, whoever holds the session. */
  async function confirmed(endpoint: Endpoint, request: GatewayRequest): Promise<EngineAnswer> {
    const { session, account } = await own(request.headers)
    if (!account.hasPassword) throw new AppError('CONFLICT', 'This account has no password yet; set one first.')
    const isChange = endpoint.path === 'change-password'
    if (isChange) await refuseWeakPassword(String(request.body.newPassword), account)
    const { revokeOtherSessions, ...body } = request.body
    const answer = await guarded(
      account.email,
      () => forward(endpoint, request, body),
      ({ body: said }) => reasonOf(said) === 'INVALID_PASSWORD',
    )
    if (isChange) {
      if (revokeOtherSessions !== false) await sessions.endAll(account.id, session.id)
      await forgetDevices(accounts.query, account.id)
      changed(session, account, 'password_changed', 'its password was changed')
    }
    if (endpoint.path === 'two-factor/disable') changed(session, account, 'two_factor_disabled', 'no second factor is asked for any more')
    if (endpoint.path === 'two-factor/generate-backup-codes') changed(session, account, 'backup_codes_replaced', 'its backup codes were replaced')
    sessions.forget(account.id)
    return answer
  }

  function changed({ actor }: WebSession, account: Account, what: string, sentence: string): void {
    audit.note(actor, { event: 'ACCOUNT_CHANGE', operation: `account.${what}`, outcome: 'ok' })
    events.record({ type: 'authentication', severity: 'medium', workspaceId: actor.workspaceId, userId: actor.userId, details: { what } })
    alert(account, sentence)
  }

  async function requestReset(endpoint: Endpoint, request: GatewayRequest): Promise<EngineAnswer> {
    if (!canMail) throw new AppError('UNAVAILABLE', 'No mail server is set up here. Ask an administrator of your workspace for a link to reset the password.')
    const email = String(request.body.email).trim().toLowerCase()
    // Answered before anything is looked up: neither the answer nor its time tells whether there is such an account.
    background.run('Mailing a password reset', async () => {
      if ((await countRecentResets(accounts.query, email)) >= resetsAnHour) return
      await forward(endpoint, { ...request, headers: {} }, { email })
    })
    return { status: 200, cookies: [], body: resetAnswer }
  }

  async function reset(endpoint: Endpoint, request: GatewayRequest): Promise<EngineAnswer> {
    const account = await findResetAccount(accounts.query, String(request.body.token))
    if (account === undefined) throw toAppError(400, { code: 'INVALID_TOKEN' })
    await refuseWeakPassword(String(request.body.newPassword), account)
    const answer = accepted(await forward(endpoint, request))
    // Whoever reads the person's mail is the person: what was guessed before does not count any more.
    await guard.succeeded(account.email, requestContext().ip ?? '')
    await forgetDevices(accounts.query, account.id)
    sessions.forget(account.id)
    for (const membership of (await listMemberships(accounts.query, account.id)).slice(0, 1)) {
      const person = await findActivePerson(database, membership)
      if (person !== undefined)
        audit.note(actorOf(membership.workspaceId, person, 'session'), { event: 'ACCOUNT_CHANGE', operation: 'account.password_reset', outcome: 'ok' })
      const { workspaceId, userId } = membership
      events.record({ type: 'authentication', severity: 'medium', workspaceId, userId, details: { what: 'password_reset' } })
    }
    alert(account, 'its password was reset')
    return answer
  }

  async function returnFromProvider(endpoint: Endpoint, request: GatewayRequest): Promise<EngineAnswer> {
    const answer = accepted(await forward(endpoint, request))
    if ((await sessionOf(answer)) !== undefined) return { ...(await signedIn(answer, 'sign_in.provider')), body: undefined }
    const reason = URL.parse(answer.location ?? '', 'http://unused.invalid')?.searchParams.get('error')
    if (reason != null)
      events.record({ type: 'authentication', severity: 'medium', details: { what: 'sign_in_failed', way: 'provider', reason: reason.slice(0, 100) } })
    return answer
  }

  return {
    /** @throws AppError in our words when it is refused */
    async handle(endpoint: Endpoint, request: GatewayRequest): Promise<EngineAnswer> {
      switch (endpoint.path) {
        case 'sign-in/email':
          return signIn(endpoint, request)
        case 'sign-in/social':
        case 'sign-in/oauth2':
          await engine.reach(String(request.body.provider))
          return accepted(await forward(endpoint, request))
        case 'callback/:provider':
          return returnFromProvider(endpoint, request)
        case 'two-factor/verify-totp':
        case 'two-factor/verify-backup-code':
          return verifyCode(endpoint, request)
        case 'request-password-reset':
          return requestReset(endpoint, request)
        case 'reset-password':
          return reset(endpoint, request)
        case 'get-session':
          return accepted(await forward(endpoint, request))
        case 'revoke-other-sessions': {
          const { session } = await own(request.headers)
          await sessions.endAll(session.accountId, session.id)
          audit.note(session.actor, { event: 'SIGN_OUT', operation: 'account.endOtherSessions', outcome: 'ok' })
          return { status: 200, cookies: [], body: { status: true } }
        }
        default:
          return confirmed(endpoint, request)
      }
    },
  }
}

/** The password was right and a second factor is asked for. */
function isHalfWay({ body }: EngineAnswer): boolean {
  return (body as { twoFactorRedirect?: boolean } | undefined)?.twoFactorRedirect === true
}

function cookieOf({ cookie }: IncomingHeaders): string | undefined {
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
