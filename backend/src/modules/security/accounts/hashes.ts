import { createHmac, hash } from 'node:crypto'

export function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}

/** What is stored of a token, in hexadecimal digits. */
export function tokenHash(token: string): string {
  return sha256(token).toString('hex')
}

/** Under which whoever was invited at this address is found. */
export function emailHash(email: string): string {
  return tokenHash(`invitation:${email.trim().toLowerCase()}`)
}

/** The token a page of this session sends with each change; nothing is stored for it. */
export function csrfTokenOf(sessionId: string, secret: string): string {
  return createHmac('sha256', secret).update(`csrf:${sessionId}`).digest('base64url')
}
