import type { Database } from '#backend/infra/database/database.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import type { AccountSession } from '#contracts/security.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { SecurityEventSink } from '../events/security-event.ts'
import type { SignInGuard } from '../limits/sign-in-guard.ts'
import { updatePerson } from '../people/people.repository.ts'
import type { PeopleService } from '../people/people.service.ts'
import { type Account, findAccount, findPasswordHash, forgetDevices, isUniqueViolation, setPasswordHash, visibleEmail } from './accounts.repository.ts'
import type { AccountsDatabase } from './accounts-database.ts'
import type { AccountAlerts } from './alerts.ts'
import { guess } from './guess.ts'
import { listMemberships } from './memberships.repository.ts'
import { refuseWeakPassword } from './password-policy.ts'
import type { Passwords } from './passwords.ts'
import type { SessionsService, WebSession } from './sessions.service.ts'
import { doorkeeper } from './workspace-people.ts'

export interface AccountOptions {
  database: Database
  accounts: AccountsDatabase
  sessions: SessionsService
  people: PeopleService
  passwords: Passwords
  guard: SignInGuard
  audit: AuditTrail
  events: SecurityEventSink
  alert: AccountAlerts
}

export interface ProfileChange {
  name?: string | undefined
  email?: string | undefined
  /** Needed for another address, once there is a password. */
  password?: string | undefined
}

export type AccountService = ReturnType<typeof createAccountService>

/** One's own account: where one is signed in, name, address and password. */
export function createAccountService(options: AccountOptions) {
  const { database, accounts, sessions, people, passwords, guard, audit, events, alert } = options

  async function accountOf(session: WebSession): Promise<Account> {
    const account = await findAccount(accounts.query, session.accountId)
    if (account === undefined) throw new AppError('UNAUTHENTICATED', 'This account is no longer here.')
    return account
  }

  /** @throws AppError UNAUTHENTICATED when it is wrong, RATE_LIMITED after too many tries */
  async function checkPassword(account: Account, password: string | undefined): Promise<void> {
    const hash = await findPasswordHash(accounts.query, account.id)
    if (hash === undefined) return
    if (password === undefined)
      throw new AppError('VALIDATION', 'Give your password to change the address.', { details: [{ field: 'password', message: 'is needed' }] })
    const isRight = await guess(
      guard,
      account.email,
      () => passwords.verify({ hash, password }),
      (right) => (right ? 'succeeded' : 'failed'),
    )
    if (!isRight) throw new AppError('UNAUTHENTICATED', 'The current password is wrong.')
  }

  async function changeEmail(session: WebSession, account: Account, email: string): Promise<void> {
    const address = email.trim().toLowerCase()
    try {
      await accounts.transaction(async (query) => {
        // Nobody has proven yet that the new address is theirs, so no provider may open the account by it.
        await query('update "user" set email = $2, email_verified = false, updated_at = now() where id = $1', [account.id, address])
        for (const { workspaceId, userId } of await listMemberships(query, account.id))
          await database.transaction(doorkeeper(workspaceId), (tx) => people.setEmail(tx, userId, address))
      })
    } catch (error) {
      if (isUniqueViolation(error)) throw new AppError('CONFLICT', 'This address cannot be used; another account has it.', { cause: error })
      throw error
    }
    const from = visibleEmail(account.email)
    audit.note(session.actor, { event: 'ACCOUNT_CHANGE', operation: 'account.email', outcome: 'ok', query: { from, to: address } })
    events.record({
      type: 'authentication',
      severity: 'medium',
      workspaceId: session.actor.workspaceId,
      userId: session.actor.userId,
      details: { what: 'email_changed' },
    })
    alert(account, `its address is now ${address}`)
  }

  return {
    async listSessions(session: WebSession): Promise<AccountSession[]> {
      const lines = await sessions.list(session.accountId)
      return lines.map(({ createdAt, lastSeenAt, expiresAt, ...line }) => ({
        ...line,
        createdAt: createdAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        current: line.id === session.id,
      }))
    },

    /** @throws AppError NOT_FOUND when it is not there, or another person's */
    async endSession(session: WebSession, id: string): Promise<void> {
      if (!(await sessions.end({ id, accountId: session.accountId }))) throw notFound('This session')
      audit.note(session.actor, { event: 'SIGN_OUT', operation: 'account.endSession', outcome: 'ok', query: { id } })
    },

    async endOthers(session: WebSession): Promise<void> {
      await sessions.endAll(session.accountId, session.id)
      audit.note(session.actor, { event: 'SIGN_OUT', operation: 'account.endOtherSessions', outcome: 'ok' })
    },

    async change(session: WebSession, { name, email, password }: ProfileChange): Promise<void> {
      const account = await accountOf(session)
      if (email !== undefined && email.trim().toLowerCase() !== account.email) {
        await checkPassword(account, password)
        await changeEmail(session, account, email)
      }
      if (name !== undefined) {
        await accounts.query('update "user" set name = $2, updated_at = now() where id = $1', [account.id, name])
        await database.transaction(doorkeeper(session.actor.workspaceId), (tx) => updatePerson(tx, session.actor.userId, { name }))
      }
      sessions.forget(account.id)
    },

    /** @throws AppError CONFLICT when there is one already: that is changed with the one before */
    async setFirstPassword(session: WebSession, password: string): Promise<void> {
      const account = await accountOf(session)
      if (account.hasPassword) throw new AppError('CONFLICT', 'This account has a password; change it with the current one.')
      await refuseWeakPassword(password, account)
      await setPasswordHash(accounts.query, account.id, await passwords.hash(password))
      await forgetDevices(accounts.query, account.id)
      audit.note(session.actor, { event: 'ACCOUNT_CHANGE', operation: 'account.setPassword', outcome: 'ok' })
      alert(account, 'a password was set')
    },
  }
}
