import { createHmac, timingSafeEqual } from 'node:crypto'

export const sessionCookie = 'chatsg_session'
/** Prefix of the short-lived cookies between two steps of a sign-in. */
export const stepCookiePrefix = 'chatsg'
export const sessionLifetimeMs = 14 * 24 * 60 * 60 * 1000
const longestValue = 400

/** The value of a cookie that only this server can have written: `value.signature`, in better-auth's form. */
export function signValue(value: string, secret: string): string {
  return `${value}.${createHmac('sha256', secret).update(value).digest('base64')}`
}

/** The value behind a signature; undefined unless every character of it is as this server wrote it. */
export function readSigned(signed: string, secret: string): string | undefined {
  const dot = signed.lastIndexOf('.')
  if (dot < 1 || signed.length > longestValue) return undefined
  const value = signed.slice(0, dot)
  const given = Buffer.from(signed)
  // Compared as text: decoders of base64 overlook the last bits.
  const right = Buffer.from(signValue(value, secret))
  return given.length === right.length && timingSafeEqual(given, right) ? value : undefined
}

/** The cookies of a request; of two with one name the first counts. */
export function parseCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>()
  for (const part of (header ?? '').slice(0, 16_384).split(';')) {
    const equals = part.indexOf('=')
    if (equals < 1) continue
    const name = part.slice(0, equals).trim()
    const value = decode(part.slice(equals + 1).trim())
    if (value !== undefined && !cookies.has(name)) cookies.set(name, value)
  }
  return cookies
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

export interface CookieWriter {
  /** `Set-Cookie` for a session's token. */
  set(token: string, expiresAt: Date): string
  /** `Set-Cookie` that removes it. */
  clear(): string
}

export function createCookieWriter({ secret, isSecure }: { secret: string; isSecure: boolean }): CookieWriter {
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
  return {
    set: (token, expiresAt) =>
      `${sessionCookie}=${encodeURIComponent(signValue(token, secret))}; ${attributes}; Max-Age=${Math.max(0, Math.floor((expiresAt.getTime() - Date.now()) / 1000))}`,
    clear: () => `${sessionCookie}=; ${attributes}; Max-Age=0`,
  }
}
