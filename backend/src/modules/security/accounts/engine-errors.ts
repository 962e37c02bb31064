import { AppError, type ErrorCode } from '#backend/kernel/errors.ts'

const codes: Readonly<Record<number, ErrorCode>> = {
  400: 'VALIDATION',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  415: 'UNSUPPORTED',
  422: 'VALIDATION',
  429: 'RATE_LIMITED',
}

/** What better-auth says in our words; the same for an account that is not there and a password that is wrong. */
const sentences: Readonly<Record<string, { code?: ErrorCode; message: string }>> = {
  INVALID_EMAIL: { code: 'UNAUTHENTICATED', message: 'The e-mail address or the password is wrong.' },
  INVALID_EMAIL_OR_PASSWORD: { message: 'The e-mail address or the password is wrong.' },
  INVALID_PASSWORD: { message: 'The current password is wrong.' },
  CREDENTIAL_ACCOUNT_NOT_FOUND: { message: 'This account has no password yet; set one first.' },
  INVALID_TOKEN: { message: 'This link was used already or is too old. Ask for a new one.' },
  NO_WORKSPACE: { message: 'This account belongs to no workspace any more. Ask an administrator to let you in again.' },
  PROVIDER_NOT_FOUND: {
    code: 'UNAVAILABLE',
    message: 'This provider cannot be reached right now. Try again shortly, or sign in another way.',
  },
  INVALID_CODE: { message: 'This code is wrong or too old.' },
  INVALID_BACKUP_CODE: { message: 'This backup code is wrong or was used already.' },
  INVALID_TWO_FACTOR_COOKIE: { message: 'The sign-in took too long. Start again with your password.' },
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: { code: 'RATE_LIMITED', message: 'Too many wrong codes. Start again with your password in 15 minutes.' },
  ACCOUNT_TEMPORARILY_LOCKED: { code: 'RATE_LIMITED', message: 'Too many wrong codes. Try again in 15 minutes.' },
  TOTP_ALREADY_ENABLED: { code: 'CONFLICT', message: 'An authenticator app is set up already; remove it first.' },
  TOTP_NOT_ENABLED: { message: 'No authenticator app is set up for this account.' },
  TWO_FACTOR_NOT_ENABLED: { message: 'No second factor is set up for this account.' },
  BACKUP_CODES_NOT_ENABLED: { message: 'There are no backup codes for this account.' },
  MISSING_OR_NULL_ORIGIN: { message: 'A request with cookies needs the Origin of the page it comes from.' },
  INVALID_ORIGIN: { message: 'This request does not come from the address ChatSG is opened at.' },
  INVALID_CALLBACK_URL: { message: 'The address to return to is not one of ChatSG.' },
  INVALID_ERROR_CALLBACK_URL: { message: 'The address to return to is not one of ChatSG.' },
  INVALID_REDIRECT_URL: { message: 'The address to return to is not one of ChatSG.' },
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: { message: 'Another site tried to sign you in here. Open ChatSG itself and sign in there.' },
}

const lockMinutes = 15

/** better-auth's refusal as ours; whatever it says beyond the list stays inside. */
export function toAppError(status: number, body: unknown): AppError {
  const reason = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''
  const sentence = sentences[reason]
  const code = sentence?.code ?? codes[status] ?? 'INTERNAL'
  const fallback = code === 'UNAUTHENTICATED' ? 'Sign in first.' : code === 'INTERNAL' ? 'Something went wrong here; it was logged.' : 'This was not accepted.'
  return new AppError(code, sentence?.message ?? fallback, code === 'RATE_LIMITED' ? { retryAfterSeconds: lockMinutes * 60 } : {})
}

export function reasonOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''
}
