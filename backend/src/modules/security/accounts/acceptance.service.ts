import { AppError } from '#backend/kernel/errors.ts'
import type { SignInGuard } from '../limits/sign-in-guard.ts'
import type { OpenInvitation } from '../people/invitations.repository.ts'
import type { InvitationsService } from '../people/invitations.service.ts'
import { type Account, findAccountByEmail, findPasswordHash, insertAccount, isUniqueViolation } from './accounts.repository.ts'
import type { AccountsDatabase } from './accounts-database.ts'
import { guess } from './guess.ts'
import { refuseWeakPassword } from './password-policy.ts'
import type { Passwords } from './passwords.ts'
import type { SessionsService, WebSession } from './sessions.service.ts'

export interface AcceptanceOptions {
  accounts: AccountsDatabase
  invitations: InvitationsService
  sessions: SessionsService
  passwords: Passwords
  guard: SignInGuard
}

export interface Acceptance {
  token: string
  name: string
  password: string
}

/** Lets somebody in who was invited: with a new account, or with the one they have. */
export function createAcceptance({ accounts, invitations, sessions, passwords, guard }: AcceptanceOptions) {
  async function create(invitation: OpenInvitation, { name, password }: Acceptance): Promise<Pick<Account, 'id' | 'name'>> {
    await refuseWeakPassword(password, { name, email: invitation.email })
    const passwordHash = await passwords.hash(password)
    try {
      // A link that was handed over proves nothing about the address.
      const id = await accounts.transaction((query) =>
        insertAccount(query, { name, email: invitation.email, emailVerified: invitation.isMailed, passwordHash }),
      )
      return { id, name }
    } catch (error) {
      if (isUniqueViolation(error)) throw new AppError('CONFLICT', 'There is an account with this address by now; accept with its password.', { cause: error })
      throw error
    }
  }

  /** Whoever has an account shows that it is theirs. */
  async function prove(account: Account, password: string): Promise<void> {
    const hash = await findPasswordHash(accounts.query, account.id)
    if (hash === undefined || account.twoFactorEnabled)
      throw new AppError('UNAUTHENTICATED', `Sign in as ${account.email} first, then open the invitation again.`)
    const verify = () => passwords.verify({ hash, password })
    const isRight = await guess(guard, account.email, verify, (right) => (right ? 'succeeded' : 'failed'))
    if (!isRight) throw new AppError('UNAUTHENTICATED', `There is an account for ${account.email}, and this is not its password.`)
  }

  return {
    /** @throws AppError NOT_FOUND for a used or old invitation, UNAUTHENTICATED for somebody else's account, VALIDATION for a weak password */
    async accept(acceptance: Acceptance, session: WebSession | undefined): Promise<{ session: WebSession; cookie: string }> {
      const invitation = await invitations.findOpen(acceptance.token)
      const known = await findAccountByEmail(accounts.query, invitation.email)
      if (known !== undefined && known.id !== session?.accountId) await prove(known, acceptance.password)
      const account = known ?? (await create(invitation, acceptance))
      const { workspaceId } = await invitations.join(invitation, account)
      const started = await sessions.start({ accountId: account.id, workspaceId })
      if (started === undefined) throw new AppError('FORBIDDEN', 'You are no longer in this workspace.')
      return started
    },
  }
}
