import { AppError } from '#backend/kernel/errors.ts'
import { findAccount } from './accounts.repository.ts'
import type { Endpoint } from './endpoints.ts'
import type { EngineAnswer } from './engine-client.ts'
import { toAppError } from './engine-errors.ts'
import { cookieOf, type GatewayOptions, type GatewayRequest, type GatewayTools, isHalfWay } from './gateway-tools.ts'
import { parseCookies, readSigned, stepCookiePrefix } from './session-cookie.ts'
import type { WebSession } from './sessions.service.ts'
import { claimCode, findWaitingAccount } from './verifications.repository.ts'

/** The ways to a session: password, second factor, outside provider. */
export function createSignInSteps({ accounts, sessions, events, alert, sessionSecret }: GatewayOptions, tools: GatewayTools) {
  const { forward, accepted, guarded, signedIn, sessionOf, changed } = tools

  async function signIn(endpoint: Endpoint, request: GatewayRequest): Promise<EngineAnswer> {
    const email = String(request.body.email).trim().toLowerCase()
    const body = { email, password: request.body.password }
    const answer = await guarded(
      email,
      () => forward(endpoint, request, body),
      ({ status }) => status === 400 || status === 401,
    )
    return isHalfWay(answer) ? answer : signedIn(answer, 'sign_in.password', request)
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
    return signedIn(answer, isBackup ? 'sign_in.backup_code' : 'sign_in.totp', request)
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

  async function returnFromProvider(endpoint: Endpoint, request: GatewayRequest): Promise<EngineAnswer> {
    const answer = accepted(await forward(endpoint, request))
    if ((await sessionOf(answer)) !== undefined) return { ...(await signedIn(answer, 'sign_in.provider', request)), body: undefined }
    const reason = URL.parse(answer.location ?? '', 'http://unused.invalid')?.searchParams.get('error')
    if (reason != null)
      events.record({ type: 'authentication', severity: 'medium', details: { what: 'sign_in_failed', way: 'provider', reason: reason.slice(0, 100) } })
    return answer
  }

  return { signIn, verifyCode, returnFromProvider }
}
