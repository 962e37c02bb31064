import { describe, expect, it } from 'vitest'
import { registerAuthorisation } from '#backend/http/authorisation.ts'
import { registerErrors } from '#backend/http/errors.ts'
import { registerIdentity } from '#backend/http/identity.ts'
import { createSite, sitePassword } from './accounts.testing.ts'
import { argon2id, createPasswords } from './passwords.ts'

const http = { registerErrors, registerIdentity, registerAuthorisation }

describe('signing in with a password', () => {
  it('gives a cookie that no script reads, says who that is, and ends with sign-out', async () => {
    const site = await createSite(http)
    const { email, userId } = await site.person('rep', { name: 'Rita Rep' })
    const browser = site.browser()
    const answer = await browser.send('POST', '/api/auth/sign-in/email', { email: email.toUpperCase(), password: sitePassword })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ user: { id: userId, name: 'Rita Rep', email, role: 'rep' }, account: { hasPassword: true, twoFactorEnabled: false } })
    expect(JSON.stringify(answer.body)).not.toContain('"token"')
    const [cookie] = [answer.headers['set-cookie']].flat() as string[]
    expect(cookie).toMatch(/^chatsg_session=[^;]+;.*HttpOnly/)
    expect(cookie).toContain('SameSite=Lax')
    expect(cookie).not.toContain('Secure')
    const inside = await browser.send('GET', '/api/auth/get-session')
    expect(inside.body).toMatchObject({ session: { userId: expect.any(String) } })
    expect(JSON.stringify(inside.body)).not.toContain(decodeURIComponent(cookie?.split('=')[1] ?? '-').split('.')[0])
    const session = await browser.send('GET', '/api/auth/session')
    expect(session.body).toMatchObject({ user: { id: userId }, workspaces: [{ id: site.workspaceId, role: 'rep' }] })
    expect((await browser.send('GET', '/api/crm/probe')).body).toMatchObject({ actor: { userId, via: 'session', role: 'rep' } })
    const old = new Map(browser.jar)
    expect((await browser.send('POST', '/api/auth/sign-out')).status).toBe(200)
    expect(browser.jar.has('chatsg_session')).toBe(false)
    for (const [name, value] of old) browser.jar.set(name, value)
    expect((await browser.send('GET', '/api/crm/probe')).status).toBe(401)
    expect(site.entries.map(({ event }) => event)).toEqual(['SIGN_IN', 'SIGN_OUT'])
  })

  it('works for a script that sends neither origin nor cookie, and marks the cookie secure under https', async () => {
    const site = await createSite(http, { appUrl: 'https://crm.example.com' })
    const { email } = await site.person('owner')
    const response = await site.server.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: { email, password: sitePassword } })
    expect(response.statusCode).toBe(200)
    const cookies = [response.headers['set-cookie']].flat()
    expect(cookies.some((line) => /^chatsg_session=.*; Secure/.test(line ?? ''))).toBe(true)
    expect(cookies.every((line) => line?.includes('Secure') && line.includes('HttpOnly'))).toBe(true)
  })

  it('says the same, after the same work, for a wrong password and for an account that is not there', async () => {
    let hashed = 0
    const passwords = createPasswords((...rest) => {
      hashed++
      return argon2id(...rest)
    })
    const site = await createSite(http, { passwords })
    const { email } = await site.person('rep')
    const answers = []
    for (const address of [email, 'nobody@example.com', 'not an address']) {
      hashed = 0
      const { status, body } = await site.browser().send('POST', '/api/auth/sign-in/email', { email: address, password: 'not-the-password-12' })
      const { requestId: _, ...error } = (body as unknown as { error: { requestId: string } }).error
      answers.push({ status, error, ...(address.includes('@') ? { hashed } : {}) })
    }
    expect(answers[0]).toEqual({ status: 401, error: { code: 'UNAUTHENTICATED', message: 'The e-mail address or the password is wrong.' }, hashed: 1 })
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toMatchObject({ status: 401 })
  })

  it('does not look at the password during a lock, and does not lock out another address', async () => {
    const site = await createSite(http)
    const { email } = await site.person('rep')
    const attacker = site.browser('198.51.100.7')
    for (let n = 0; n < 5; n++) expect((await attacker.send('POST', '/api/auth/sign-in/email', { email, password: `wrong-password-${n}` })).status).toBe(401)
    const locked = await attacker.send('POST', '/api/auth/sign-in/email', { email, password: sitePassword })
    expect(locked.status).toBe(429)
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(0)
    expect((await site.browser('198.51.100.8').send('POST', '/api/auth/sign-in/email', { email, password: sitePassword })).status).toBe(200)
  })

  it('ends the session that the browser had before', async () => {
    const site = await createSite(http)
    const { email } = await site.person('rep')
    const browser = await site.signedIn(email)
    const before = new Map(browser.jar)
    expect((await browser.send('POST', '/api/auth/sign-in/email', { email, password: sitePassword })).status).toBe(200)
    expect((await browser.send('GET', '/api/crm/probe')).status).toBe(200)
    const old = site.browser()
    for (const [name, value] of before) old.jar.set(name, value)
    expect((await old.send('GET', '/api/crm/probe')).status).toBe(401)
  })

  it('has no open sign-up and none of the library’s other doors', async () => {
    const site = await createSite(http)
    const browser = await site.signedIn((await site.person('owner')).email)
    for (const path of [
      'sign-up/email',
      'update-user',
      'delete-user',
      'list-sessions',
      'change-email',
      'ok',
      'error',
      'admin/list-users',
      'two-factor/send-otp',
    ]) {
      expect((await site.browser().send('POST', `/api/auth/${path}`, {})).status).toBe(404)
      const answer = await browser.send('POST', `/api/auth/${path}`, { email: 'new@example.com', password: sitePassword, name: 'New' })
      expect([path, answer.status]).toEqual([path, 404])
    }
  })

  it('notices a deactivation or another role within seconds', async () => {
    const site = await createSite(http)
    const owner = await site.signedIn((await site.person('owner')).email)
    const rep = await site.person('rep')
    const browser = await site.signedIn(rep.email)
    expect((await owner.send('PATCH', `/api/people/${rep.userId}`, { role: 'viewer' })).status).toBe(200)
    expect((await browser.send('GET', '/api/crm/probe')).body).toMatchObject({ actor: { role: 'viewer' } })
    expect((await owner.send('PATCH', `/api/people/${rep.userId}`, { active: false })).status).toBe(200)
    expect((await browser.send('GET', '/api/crm/probe')).status).toBe(401)
    const again = await site.browser().send('POST', '/api/auth/sign-in/email', { email: rep.email, password: sitePassword })
    expect(again.status).toBe(403)
    expect(again.body).toMatchObject({ error: { code: 'FORBIDDEN', message: expect.stringContaining('belongs to no workspace') } })
  })

  it('refuses nonsense as such', async () => {
    const site = await createSite(http)
    for (const body of [{}, { email: 1, password: 2 }, { email: 'a@example.com' }, [], { email: 'a@example.com', password: 'x'.repeat(2000) }]) {
      const { status } = await site.browser().send('POST', '/api/auth/sign-in/email', body)
      expect(status).toBe(400)
    }
  })
})
