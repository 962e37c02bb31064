import { timingSafeEqual } from 'node:crypto'
import type { Database } from '#backend/infra/database/database.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { SignInWays, Who } from '#contracts/security.ts'
import { type Acceptance, createAcceptance } from './accounts/acceptance.service.ts'
import { createAccountService } from './accounts/account.service.ts'
import { type Account, findAccount } from './accounts/accounts.repository.ts'
import { openAccountsDatabase } from './accounts/accounts-database.ts'
import { createAccountAlerts } from './accounts/alerts.ts'
import { createBackground } from './accounts/background.ts'
import { createEngineClient } from './accounts/engine-client.ts'
import { createGateway } from './accounts/gateway.service.ts'
import { sha256 } from './accounts/hashes.ts'
import { listMemberships } from './accounts/memberships.repository.ts'
import { createOperator } from './accounts/operator.service.ts'
import { createPasswords, type Passwords } from './accounts/passwords.ts'
import { listProviders, type ProviderSettings } from './accounts/providers.ts'
import type { SealingKeys } from './accounts/sealed-columns.ts'
import { createSealedRotation } from './accounts/sealed-rotation.ts'
import { createCookieWriter } from './accounts/session-cookie.ts'
import { createSessionsService, type RequestHeaders, type WebSession } from './accounts/sessions.service.ts'
import { createSignInLinks } from './accounts/sign-in-links.service.ts'
import { createWho } from './accounts/who.ts'
import { findActivePerson, type UserActor } from './accounts/workspace-people.ts'
import { createApiKeysService } from './api-keys/api-keys.service.ts'
import type { AuditTrail } from './audit/audit-trail.ts'
import type { SecurityEventSink } from './events/security-event.ts'
import type { SignInGuard } from './limits/sign-in-guard.ts'
import type { Mailer } from './mail/mailer.ts'
import { passwordResetMail } from './mail/templates.ts'
import { createInvitations } from './people/invitations.service.ts'
import { createPeople } from './people/people.service.ts'

export type { WebSession } from './accounts/sessions.service.ts'

/** The workspace and person that the admin key and sign-in links stand for. */
export interface DefaultOwner {
  workspaceId: string
  userId: string
  name: string
}

export interface AccessOptions {
  database: Database
  /** Connection string of the login role that reads accounts and nothing else. */
  accountsUrl: string
  connectionTimeoutMs: number
  owner: DefaultOwner
  appUrl: string
  security: ProviderSettings & { adminApiKey?: string | undefined; sessionSecret: string; csrfSecret: string }
  keyRing: SealingKeys
  guard: SignInGuard
  audit: AuditTrail
  events: SecurityEventSink
  /** None when no mail server is set up. */
  mailer: Mailer | undefined
  logger: Logger
  passwords?: Passwords
}

export type AccessService = ReturnType<typeof createAccessService>

/** Who is calling, and everything around it: accounts, sessions, keys, people and invitations. */
export function createAccessService(options: AccessOptions) {
  const { database, owner, appUrl, security, keyRing, guard, audit, events, mailer, logger, passwords = createPasswords() } = options
  const onError = (error: Error) => logger.warn({ err: error }, 'Lost a database connection')
  const accounts = openAccountsDatabase({ connectionString: options.accountsUrl, connectionTimeoutMs: options.connectionTimeoutMs, onError })
  const background = createBackground(logger)
  const alert = createAccountAlerts({ mailer, background, appUrl })
  const isSecure = appUrl.startsWith('https:')
  const cookies = createCookieWriter({ secret: security.sessionSecret, isSecure })
  const sessions = createSessionsService({ accounts, database, sessionSecret: security.sessionSecret, csrfSecret: security.csrfSecret, cookies })
  const apiKeys = createApiKeysService({ database, audit, events })
  const who = createWho({ database, accounts, ownerId: owner.userId })
  const links = createSignInLinks({ database, accounts })
  const people = createPeople({ database, accounts, sessions, apiKeys, audit, events, appUrl })
  const invitations = createInvitations({ database, accounts, audit, events, mailer, logger, appUrl })
  const account = createAccountService({ database, accounts, sessions, people, passwords, guard, audit, events, alert })
  const acceptance = createAcceptance({ accounts, invitations, sessions, passwords, guard })
  const providers = listProviders(security)
  const describe = (session: WebSession) => who.describe(session.actor, session.accountId)

  const engine = createEngineClient({
    accounts,
    keyRing,
    passwords,
    appUrl,
    sessionSecret: security.sessionSecret,
    isSecure,
    providers,
    chooseWorkspace,
    isInvited: async (email) => (await invitations.listFor(email)).length > 0,
    async sendResetMail({ email, name }, token) {
      await mailer?.send({ to: email, ...passwordResetMail({ name, link: `${appUrl}/reset-password?token=${token}` }) })
    },
    logger,
  })
  const gateway = createGateway({
    engine,
    accounts,
    database,
    sessions,
    guard,
    audit,
    events,
    background,
    alert,
    describe,
    sessionSecret: security.sessionSecret,
    canMail: mailer !== undefined,
  })
  const adminHash = security.adminApiKey === undefined ? undefined : sha256(security.adminApiKey)

  /** Where a new session works: where the account was last, or where it was invited to when a provider has just proven its address. */
  async function chooseWorkspace(accountId: string, isProven: boolean): Promise<string> {
    const found = await findAccount(accounts.query, accountId)
    if (found !== undefined && isProven && found.emailVerified) await acceptAll(found)
    for (const membership of await listMemberships(accounts.query, accountId))
      if ((await findActivePerson(database, membership)) !== undefined) return membership.workspaceId
    throw new AppError('FORBIDDEN', 'This account belongs to no workspace any more. Ask an administrator to let you in again.')
  }

  async function acceptAll(found: Account): Promise<void> {
    for (const invitation of await invitations.listFor(found.email)) await invitations.join(invitation, found)
  }

  return {
    account,
    apiKeys,
    gateway,
    invitations,
    people,
    /** Second factors under the current encryption key. */
    rotation: createSealedRotation({ accounts, keyRing }),

    /** The actor behind a bearer token; undefined when nobody holds it. The admin key needs no database. */
    authenticateKey(token: string): Promise<UserActor | undefined> | UserActor | undefined {
      if (adminHash !== undefined && timingSafeEqual(sha256(token), adminHash))
        return { type: 'user', workspaceId: owner.workspaceId, userId: owner.userId, name: owner.name, role: 'owner', via: 'adminKey' }
      return apiKeys.authenticate(token)
    },

    findSession: (headers: RequestHeaders) => sessions.findSession(headers),

    /** `Set-Cookie` that lets the cookie live as long as its session. */
    renewCookie: (headers: RequestHeaders, session: WebSession) => sessions.renew(headers, session),

    /** A token for one sign-in within the hour, as the workspace's owner unless somebody else is named. */
    createSignInLink: (person: { workspaceId: string; userId: string } = owner) => links.create(person),

    /** @throws AppError UNAUTHENTICATED when the link was used, is too old or was never made */
    async redeemSignInLink(token: string, headers: RequestHeaders = {}): Promise<{ session: WebSession; cookie: string }> {
      const started = await sessions.start(await links.redeem(token))
      if (started === undefined) throw new AppError('UNAUTHENTICATED', 'This person may no longer sign in.')
      await sessions.leave(headers)
      const { actor } = started.session
      audit.note(actor, { event: 'SIGN_IN', operation: 'sign_in.link', outcome: 'ok' })
      events.record({
        type: 'authentication',
        severity: 'low',
        workspaceId: actor.workspaceId,
        userId: actor.userId,
        details: { what: 'signed_in', way: 'sign_in.link' },
      })
      return started
    },

    /** @returns `Set-Cookie` that removes the session's cookie */
    async signOut(headers: RequestHeaders, session: WebSession | undefined): Promise<string> {
      const cookie = await sessions.signOut(headers)
      if (session !== undefined) audit.note(session.actor, { event: 'SIGN_OUT', operation: 'sign_out', outcome: 'ok' })
      return cookie
    },

    /** @throws AppError NOT_FOUND when the account is not, or no longer, in that workspace */
    async switchWorkspace(session: WebSession, workspaceId: string): Promise<void> {
      const workspaces = await who.workspacesOf(session.accountId)
      if (!workspaces.some(({ id }) => id === workspaceId)) throw new AppError('NOT_FOUND', 'This workspace was not found.')
      await sessions.switchTo(session, workspaceId)
    },

    /** @throws AppError NOT_FOUND, UNAUTHENTICATED or VALIDATION, each with what to do */
    async acceptInvitation(input: Acceptance, headers: RequestHeaders, session: WebSession | undefined): Promise<{ session: WebSession; cookie: string }> {
      const accepted = await acceptance.accept(input, session)
      await sessions.leave(headers)
      audit.note(accepted.session.actor, { event: 'SIGN_IN', operation: 'sign_in.invitation', outcome: 'ok' })
      return accepted
    },

    describe: (actor: Actor, session?: WebSession): Promise<Who> => who.describe(actor, session?.accountId),

    /** Whoever asks is about to sign in, which loads a library that nobody else needs. */
    ways(): SignInWays {
      background.run('Loading what a sign-in needs', () => engine.warmUp())
      return { password: true, providers: providers.map(({ id, label }) => ({ id, label })), mail: mailer !== undefined }
    },

    /** What whoever runs the server may do. @param adminUrl connection string of the database's owner */
    operator: (adminUrl: string) => createOperator({ database, accounts, passwords, sessions, apiKeys, audit, adminUrl, homeWorkspaceId: owner.workspaceId }),

    /** What the posture asks of accounts and keys. */
    facts: {
      withoutTwoFactor: (actor: Actor) => people.withoutTwoFactor(actor),
      keysWithoutExpiry: (actor: Actor) => apiKeys.namesWithoutExpiry(actor),
      keysUnusedSince: (actor: Actor, instant: Date) => apiKeys.namesUnusedSince(actor, instant),
    },

    /** Removes links, sessions and invitations that are past their time. */
    async removeExpired(workspaceIds: readonly string[]): Promise<void> {
      await sessions.removeExpired()
      for (const workspaceId of workspaceIds) {
        await links.removeExpired(workspaceId)
        await invitations.removeOld(workspaceId)
      }
    },

    /** Finishes what runs in the background and closes the pool of accounts. */
    async close(): Promise<void> {
      await background.finish()
      await accounts.close()
    },
  }
}
