import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { registerAuthorisation } from '#backend/http/authorisation.ts'
import { registerErrors } from '#backend/http/errors.ts'
import { registerIdentity } from '#backend/http/identity.ts'
import { openDatabase } from '#backend/infra/database/database.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createAccessService } from './access.service.ts'
import { createSite, siteAdminKey } from './accounts/accounts.testing.ts'
import { tokenHash } from './accounts/hashes.ts'
import { createCookieWriter } from './accounts/session-cookie.ts'
import { createKeyRing } from './encryption/key-ring.ts'

const http = { registerErrors, registerIdentity, registerAuthorisation }

function atNoPort(url: string): string {
  const address = new URL(url)
  address.port = '9'
  return address.toString()
}

describe('access while the database is away', () => {
  it('lets the admin key in, and says to everybody else that it does not know right now', async () => {
    const database = openDatabase({
      connectionString: atNoPort(inject('applicationUrl')),
      maxConnections: 1,
      connectionTimeoutMs: 1000,
      onError: () => undefined,
    })
    const idle = async () => undefined
    const access = createAccessService({
      database,
      accountsUrl: atNoPort(inject('accountsUrl')),
      connectionTimeoutMs: 1000,
      owner: { workspaceId: newId(), userId: newId(), name: 'Owner' },
      appUrl: 'http://127.0.0.1:3000',
      security: { adminApiKey: siteAdminKey, sessionSecret: 's'.repeat(40), csrfSecret: 'c'.repeat(40) },
      keyRing: createKeyRing({ current: 'e'.repeat(40) }),
      guard: { check: idle, failed: idle, succeeded: idle, released: idle },
      audit: { append: idle, note: () => undefined },
      events: { record: () => undefined },
      mailer: undefined,
      logger: pino({ level: 'silent' }),
    })
    onTestFinished(async () => {
      await access.close()
      await database.close()
    })
    expect(await access.authenticateKey(siteAdminKey)).toMatchObject({ role: 'owner', via: 'adminKey' })
    expect(await access.authenticateKey('not a key')).toBeUndefined()
    await expect(access.authenticateKey(`csg_${'A'.repeat(43)}`)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    const cookie = createCookieWriter({ secret: 's'.repeat(40), isSecure: false })
      .set('any-token', new Date(Date.now() + 1000))
      .split(';')[0]
    await expect(access.findSession({ cookie })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(await access.findSession({})).toBeUndefined()
    const body = { email: 'a@example.com', password: 'any-password-at-all' }
    const endpoint = { method: 'POST', path: 'sign-in/email', summary: '' } as const
    await expect(access.gateway.handle(endpoint, { path: endpoint.path, headers: {}, body })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    const session = { method: 'GET', path: 'get-session', summary: '' } as const
    await expect(access.gateway.handle(session, { path: session.path, headers: { cookie }, body: {} })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})

describe('what is past its time', () => {
  it('opens nothing, and is removed', async () => {
    const site = await createSite(http)
    const { email, accountId } = await site.person('rep')
    const browser = await site.signedIn(email)
    const link = await site.access.createSignInLink()
    await site.gold(`update sign_in_links set expires_at = now() - interval '1 second' where token_hash = $1`, [tokenHash(link)])
    expect((await site.browser().send('POST', '/api/auth/sign-in/link', { token: link })).status).toBe(401)
    await site.accounts.query(`update session set expires_at = now() - interval '1 second' where user_id = $1`, [accountId])
    await site.accounts.query(`insert into verification (id, identifier, value, expires_at) values ($1, $1, $2, now() - interval '1 second')`, [
      randomUUID(),
      accountId,
    ])
    await site.access.removeExpired([site.workspaceId])
    expect(await site.accounts.query('select 1 from session where user_id = $1', [accountId])).toEqual([])
    expect(await site.accounts.query('select 1 from verification where value = $1', [accountId])).toEqual([])
    expect(await site.gold('select 1 from sign_in_links where workspace_id = $1')).toEqual([])
    // What this process remembers of a session it believes for five seconds at most; another one knows nothing of it.
    const other = await createSite(http, { workspace: site })
    const cookie = `chatsg_session=${encodeURIComponent(browser.jar.get('chatsg_session') ?? '')}`
    expect((await other.server.inject({ url: '/api/crm/probe', headers: { cookie } })).statusCode).toBe(401)
  })

  it('slides while a session is used, and the browser’s cookie with it', async () => {
    const site = await createSite(http)
    const { email, accountId } = await site.person('rep')
    const browser = await site.signedIn(email)
    await site.accounts.query(`update session set expires_at = now() + interval '1 hour', last_seen_at = now() - interval '1 hour' where user_id = $1`, [
      accountId,
    ])
    const other = await createSite(http, { workspace: site })
    const cookie = `chatsg_session=${encodeURIComponent(browser.jar.get('chatsg_session') ?? '')}`
    const answer = await other.server.inject({ url: '/api/auth/session', headers: { cookie } })
    expect(answer.headers['set-cookie']).toMatch(/^chatsg_session=.*Max-Age=12095\d\d/)
    expect(await site.accounts.query(`select expires_at > now() + interval '13 days' as slid from session where user_id = $1`, [accountId])).toEqual([
      { slid: true },
    ])
  })
})
