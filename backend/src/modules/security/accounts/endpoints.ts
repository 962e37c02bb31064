import { z } from 'zod'

/** An endpoint of better-auth that is open to the outside; every other one is closed. */
export interface Endpoint {
  method: 'GET' | 'POST'
  /** Below /api/auth. */
  path: string
  summary: string
  body?: z.ZodType<Record<string, unknown>>
  /** Its path inside better-auth, when that is another. */
  inside?: string
}

const email = z.string().trim().min(1).max(320)
const password = z.string().min(1).max(1000)
const code = z.string().trim().min(1).max(40)
/** A path of ours, or an address that better-auth compares with APP_URL. */
const address = z.string().max(2000).optional()
const trustDevice = z.boolean().optional()
const withPassword = z.object({ password })

export const endpoints: readonly Endpoint[] = [
  {
    method: 'POST',
    path: 'sign-in/email',
    summary: 'Sign in with e-mail and password',
    body: z.object({ email, password, rememberMe: z.boolean().optional() }),
  },
  {
    method: 'POST',
    path: 'sign-in/social',
    summary: 'Start to sign in with an outside provider',
    body: z.object({ provider: z.string().max(50), callbackURL: address, errorCallbackURL: address, disableRedirect: z.boolean().optional() }),
  },
  {
    method: 'POST',
    path: 'sign-in/oauth2',
    inside: 'sign-in/social',
    summary: 'Start to sign in with an OpenID provider',
    body: z
      .object({ providerId: z.string().max(50), callbackURL: address, errorCallbackURL: address, disableRedirect: z.boolean().optional() })
      .transform(({ providerId, ...rest }) => ({ provider: providerId, ...rest })),
  },
  { method: 'GET', path: 'callback/:provider', summary: 'Where an outside provider sends people back to' },
  { method: 'GET', path: 'get-session', summary: 'The session as better-auth sees it' },
  { method: 'POST', path: 'revoke-other-sessions', summary: 'Sign out everywhere else' },
  { method: 'POST', path: 'request-password-reset', summary: 'Ask for a mail to reset the password', body: z.object({ email, redirectTo: address }) },
  {
    method: 'POST',
    path: 'reset-password',
    summary: 'Set a new password with the token of that mail',
    body: z.object({ newPassword: password, token: z.string().min(1).max(200) }),
  },
  {
    method: 'POST',
    path: 'change-password',
    summary: 'Change the password',
    body: z.object({ currentPassword: password, newPassword: password, revokeOtherSessions: z.boolean().optional() }),
  },
  { method: 'POST', path: 'two-factor/enable', summary: 'Begin to set up an authenticator app; a code of it completes it', body: withPassword },
  { method: 'POST', path: 'two-factor/disable', summary: 'Do without a second factor', body: withPassword },
  { method: 'POST', path: 'two-factor/get-totp-uri', summary: 'What the authenticator app scans', body: withPassword },
  { method: 'POST', path: 'two-factor/generate-backup-codes', summary: 'New backup codes instead of the old ones', body: withPassword },
  { method: 'POST', path: 'two-factor/verify-totp', summary: 'Give the code of the authenticator app', body: z.object({ code, trustDevice }) },
  { method: 'POST', path: 'two-factor/verify-backup-code', summary: 'Give a backup code', body: z.object({ code, trustDevice }) },
]
