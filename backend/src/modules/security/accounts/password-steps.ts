import { AppError } from '#backend/kernel/errors.ts'
import { requestContext } from '#backend/kernel/request-context.ts'
import { type Account, forgetDevices } from './accounts.repository.ts'
import type { Endpoint } from './endpoints.ts'
import type { EngineAnswer } from './engine-client.ts'
import { reasonOf, toAppError } from './engine-errors.ts'
import type { GatewayOptions, GatewayRequest, GatewayTools } from './gateway-tools.ts'
import { listMemberships } from './memberships.repository.ts'
import { refuseWeakPassword } from './password-policy.ts'
import { countRecentResets, findResetAccount } from './verifications.repository.ts'
import { actorOf, findActivePerson } from './workspace-people.ts'

const resetsAnHour = 3
const resetAnswer = { status: true, message: 'If there is an account with this address, a mail with a link is on its way to it.' }

/** What the current password protects, and what helps whoever forgot it. */
export function createPasswordSteps(options: GatewayOptions, { forward, accepted, guarded, own, changed }: GatewayTools) {
  const { accounts, database, sessions, guard, audit, events, background, alert, canMail } = options

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

  async function requestReset(endpoint: Endpoint, request: GatewayRequest): Promise<EngineAnswer> {
    if (!canMail) throw new AppError('CONFLICT', 'No mail server is set up here. Ask an administrator of your workspace for a link to reset the password.')
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
    await noteReset(account)
    return answer
  }

  async function noteReset(account: Account): Promise<void> {
    alert(account, 'its password was reset')
    for (const membership of await listMemberships(accounts.query, account.id)) {
      const person = await findActivePerson(database, membership)
      if (person === undefined) continue
      const { workspaceId, userId } = membership
      audit.note(actorOf(workspaceId, person, 'session'), { event: 'ACCOUNT_CHANGE', operation: 'account.password_reset', outcome: 'ok' })
      events.record({ type: 'authentication', severity: 'medium', workspaceId, userId, details: { what: 'password_reset' } })
    }
  }

  return { confirmed, requestReset, reset }
}
