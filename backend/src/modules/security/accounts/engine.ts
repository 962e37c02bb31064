import { APIError } from '@better-auth/core/error'
import { isAPIError } from 'better-auth/api'
import { betterAuth } from 'better-auth/minimal'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createAccountStore } from './account-store.ts'
import type { AccountsDatabase } from './accounts-database.ts'
import { addressHeader } from './address-header.ts'
import { tokenHash } from './hashes.ts'
import type { Passwords } from './passwords.ts'
import type { OutsideProvider } from './providers.ts'
import type { SealingKeys } from './sealed-columns.ts'
import { sessionCookie, sessionLifetimeMs, stepCookiePrefix } from './session-cookie.ts'

export interface EngineOptions {
  accounts: AccountsDatabase
  keyRing: SealingKeys
  passwords: Passwords
  appUrl: string
  sessionSecret: string
  isSecure: boolean
  providers: readonly OutsideProvider[]
  /** The workspace a new session works in; `isProven` when a provider has just vouched for the person. @throws AppError FORBIDDEN when there is none */
  chooseWorkspace(accountId: string, isProven: boolean): Promise<string>
  /** Whether somebody whom a provider vouches for may get an account. */
  isInvited(email: string): Promise<boolean>
  sendResetMail(account: { email: string; name: string }, token: string): Promise<void>
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string): void
}

export interface Engine {
  handler(request: Request): Promise<Response>
  /** Names of the outside providers that could be reached. */
  connected: ReadonlySet<string>
}

/** better-auth with our tables, our passwords and no open door but the ones that are mounted. Loading it takes half a second. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const withoutTokens = { accessToken: null, refreshToken: null, idToken: null, accessTokenExpiresAt: null, refreshTokenExpiresAt: null }
  const auth = betterAuth({
    appName: 'ChatSG',
    baseURL: options.appUrl,
    basePath: '/api/auth',
    secret: options.sessionSecret,
    database: createAccountStore(options.accounts, options.keyRing),
    trustedOrigins: [new URL(options.appUrl).origin],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      // Our own rule has been applied before; these only must not stand in its way.
      minPasswordLength: 1,
      maxPasswordLength: 1000,
      password: options.passwords,
      resetPasswordTokenExpiresIn: 60 * 60,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }) => options.sendResetMail(user, token),
    },
    session: {
      expiresIn: sessionLifetimeMs / 1000,
      updateAge: 24 * 60 * 60,
      freshAge: 0,
      cookieCache: { enabled: false },
      additionalFields: { activeWorkspaceId: { type: 'string', required: false, input: false } },
    },
    account: { accountLinking: { enabled: true, trustedProviders: [], requireLocalEmailVerified: true } },
    // What a link or cookie says is stored as its hash alone.
    verification: { storeIdentifier: { hash: async (identifier) => tokenHash(identifier) } },
    user: {
      async validateUserInfo({ user, source }) {
        if (source.action !== 'create-user') return undefined
        const isWelcome = user.emailVerified === true && typeof user.email === 'string' && (await options.isInvited(user.email))
        return isWelcome ? undefined : { error: 'not_invited' }
      },
    },
    databaseHooks: {
      account: {
        // We ask a provider once who somebody is; what is not kept cannot be stolen.
        create: { before: async (account) => ({ data: { ...account, ...withoutTokens } }) },
        update: { before: async (account) => ({ data: { ...account, ...withoutTokens } }) },
      },
      session: {
        create: {
          before: async (session, context) => {
            if (typeof session.activeWorkspaceId === 'string') return
            const isProven = context?.path?.startsWith('/callback') === true
            try {
              return { data: { ...session, activeWorkspaceId: await options.chooseWorkspace(session.userId, isProven) } }
            } catch (error) {
              if (error instanceof AppError && error.code === 'FORBIDDEN') throw new APIError('FORBIDDEN', { code: 'NO_WORKSPACE', message: error.message })
              throw error
            }
          },
        },
      },
    },
    advanced: {
      cookiePrefix: stepCookiePrefix,
      cookies: { session_token: { name: sessionCookie } },
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: options.isSecure },
      ipAddress: { ipAddressHeaders: [addressHeader], ipv6Subnet: 128 },
      disableCSRFCheck: false,
      disableOriginCheck: false,
      database: { generateId: () => newId(), validateSchema: false },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    onAPIError: { errorURL: new URL('/sign-in', options.appUrl).href, onError: throwUnlessAnswer },
    logger: { level: 'debug', disableColors: true, log: (level, message) => options.log(level, String(message)) },
    plugins: [
      twoFactor({
        issuer: 'ChatSG',
        accountLockout: { enabled: true, maxFailedAttempts: 5, durationSeconds: 15 * 60 },
      }),
      ...(options.providers.length === 0 ? [] : [genericOAuth({ config: options.providers.map(({ connect }) => connect) })]),
    ],
  })
  const { socialProviders } = await auth.$context
  return { handler: auth.handler, connected: new Set(socialProviders.map(({ id }) => id)) }
}

/** What is no answer to the person is thrown at the caller, who knows how to log it. */
function throwUnlessAnswer(error: unknown): void {
  if (!isAPIError(error)) throw error
}
