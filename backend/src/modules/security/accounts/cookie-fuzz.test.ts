import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { registerAuthorisation } from '#backend/http/authorisation.ts'
import { registerErrors } from '#backend/http/errors.ts'
import { registerIdentity } from '#backend/http/identity.ts'
import { createSite, siteUrl } from './accounts.testing.ts'
import { signValue } from './session-cookie.ts'

const http = { registerErrors, registerIdentity, registerAuthorisation }

describe('a session cookie that was tampered with', () => {
  it('opens nothing: neither our routes nor better-auth’s', async () => {
    const site = await createSite(http)
    const mine = await site.signedIn((await site.person('owner')).email)
    const other = await site.signedIn((await site.person('rep')).email)
    const value = mine.jar.get('chatsg_session') ?? ''
    const [token = '', signature = ''] = value.split('.')
    const [otherToken = '', otherSignature = ''] = other.jar.get('chatsg_session')?.split('.') ?? []
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
    // Every other letter in the signature's last place, where decoders of base64 overlook bits.
    const last = signature.length - 2
    const forged = [
      ...Array.from({ length: value.length }, (_, at) => value.slice(0, at) + (value[at] === 'x' ? 'y' : 'x') + value.slice(at + 1)),
      ...Array.from({ length: value.length }, (_, length) => value.slice(0, length)),
      ...[...letters].filter((letter) => letter !== signature[last]).map((letter) => `${token}.${signature.slice(0, last)}${letter}=`),
      `${token}.${otherSignature}`,
      `${otherToken}.${signature}`,
      token,
      `${token}.`,
      `.${signature}`,
      `${value} `,
      `${value}=`,
      `${token}.${signature.replace('=', '')}`,
      signValue(token, 'c'.repeat(40)),
      signValue(token, 'better-auth-secret-12345678901234567890'),
      signValue(randomBytes(32).toString('base64url'), 's'.repeat(40)),
      signValue("' or true --", 's'.repeat(40)),
      JSON.stringify({ token }),
      'x'.repeat(10_000),
    ]
    const accepted: string[] = []
    for (const cookie of forged) {
      const headers = { cookie: `chatsg_session=${encodeURIComponent(cookie)}` }
      const ours = await site.server.inject({ url: '/api/crm/probe', headers })
      const theirs = await site.server.inject({ url: '/api/auth/get-session', headers })
      if (ours.statusCode !== 401 || theirs.body !== 'null') accepted.push(cookie)
    }
    expect(forged.length).toBeGreaterThan(200)
    expect(accepted).toEqual([])
    for (const header of [
      'chatsg_session',
      '=',
      ';;;=;',
      'chatsg_session=%E0%A4%A; x',
      `chatsg_session="${value}`,
      `CHATSG_SESSION=${encodeURIComponent(value)}`,
    ])
      expect((await site.server.inject({ url: '/api/crm/probe', headers: { cookie: header } })).statusCode).toBe(401)
    expect((await mine.send('GET', '/api/crm/probe')).status).toBe(200)
  })
})

describe('the token of a page', () => {
  it('is needed for each change, is of one session, and no other is taken for it', async () => {
    const site = await createSite(http)
    const mine = await site.signedIn((await site.person('owner')).email)
    const other = await site.signedIn((await site.person('owner')).email)
    const cookie = `chatsg_session=${encodeURIComponent(mine.jar.get('chatsg_session') ?? '')}`
    const { token } = (await mine.send('GET', '/api/auth/csrf')).body as unknown as { token: string }
    const { token: foreign } = (await other.send('GET', '/api/auth/csrf')).body as unknown as { token: string }
    const send = (headers: Record<string, string>) =>
      site.server.inject({
        method: 'POST',
        url: '/api/api-keys',
        headers: { cookie, ...headers },
        payload: { name: 'x', scopes: ['crm:read'], expiresInDays: 1 },
      })
    const tokens = [
      foreign,
      '',
      'null',
      'undefined',
      token.slice(0, -1),
      `${token}x`,
      token.toUpperCase(),
      ...Array.from({ length: token.length }, (_, at) => token.slice(0, at) + (token[at] === 'x' ? 'y' : 'x') + token.slice(at + 1)),
      randomBytes(32).toString('base64url'),
    ]
    for (const wrong of tokens) expect((await send({ origin: siteUrl, 'x-csrf-token': wrong })).statusCode).toBe(403)
    expect((await send({ origin: siteUrl })).statusCode).toBe(403)
    for (const origin of ['https://evil.example', `${siteUrl}.evil.example`, 'null', 'http://127.0.0.1'])
      expect((await send({ origin, 'x-csrf-token': token })).statusCode).toBe(403)
    expect((await send({ 'x-csrf-token': token })).statusCode).toBe(403)
    expect((await send({ origin: siteUrl, 'x-csrf-token': token })).statusCode).toBe(201)
    expect((await mine.send('GET', '/api/auth/csrf')).body).toEqual({ token })
  })
})
