import { describe, expect, it } from 'vitest'
import { registerAuthorisation } from '#backend/http/authorisation.ts'
import { registerErrors } from '#backend/http/errors.ts'
import { registerIdentity } from '#backend/http/identity.ts'
import { newId } from '#backend/kernel/ids.ts'
import { type Answer, createSite, sitePassword } from './accounts.testing.ts'

const http = { registerErrors, registerIdentity, registerAuthorisation }
const items = (answer: Answer) => (answer.body as unknown as { items: { id: string; current: boolean }[] }).items

describe('one’s own account', () => {
  it('shows where one is signed in, and ends any of it; another person’s sessions are not found', async () => {
    const site = await createSite(http)
    const rep = await site.person('rep')
    const [here, there, third] = [await site.signedIn(rep.email), await site.signedIn(rep.email), await site.signedIn(rep.email)]
    const other = await site.signedIn((await site.person('owner')).email)
    const list = items(await here.send('GET', '/api/account/sessions'))
    expect(list.filter(({ current }) => current)).toHaveLength(1)
    expect(list).toHaveLength(3)
    expect(list[0]).toMatchObject({ ip: '203.0.113.9', userAgent: expect.any(String) })
    const [foreign] = items(await other.send('GET', '/api/account/sessions'))
    expect((await here.send('DELETE', `/api/account/sessions/${foreign?.id}`)).status).toBe(404)
    const mine = items(await there.send('GET', '/api/account/sessions')).find(({ current }) => current)
    expect((await here.send('DELETE', `/api/account/sessions/${mine?.id}`)).status).toBe(200)
    expect((await there.send('GET', '/api/crm/probe')).status).toBe(401)
    expect((await here.send('POST', '/api/account/sessions/revoke-others')).status).toBe(200)
    expect((await third.send('GET', '/api/crm/probe')).status).toBe(401)
    expect((await here.send('GET', '/api/crm/probe')).status).toBe(200)
    expect((await other.send('GET', '/api/crm/probe')).status).toBe(200)
  })

  it('begins with a one-time link: then an address and a password are set, and open it', async () => {
    const site = await createSite(http)
    const token = await site.access.createSignInLink()
    const browser = site.browser()
    const first = await browser.send('POST', '/api/auth/sign-in/link', { token })
    expect(first.body).toMatchObject({ user: { id: site.actor.userId, email: null, role: 'owner' }, account: { hasPassword: false } })
    expect((await site.browser().send('POST', '/api/auth/sign-in/link', { token })).status).toBe(401)
    const email = `${newId()}@example.com`
    expect((await browser.send('PATCH', '/api/account', { email, name: 'Olga Owner' })).status).toBe(200)
    expect((await browser.send('POST', '/api/account/password', { password: 'short' })).status).toBe(400)
    expect((await browser.send('POST', '/api/account/password', { password: 'orange-lake-pencil-31' })).status).toBe(200)
    expect((await browser.send('POST', '/api/account/password', { password: 'orange-lake-pencil-32' })).status).toBe(409)
    const again = await site.browser().send('POST', '/api/auth/sign-in/email', { email, password: 'orange-lake-pencil-31' })
    expect(again.body).toMatchObject({ user: { id: site.actor.userId, email, name: 'Olga Owner' }, account: { hasPassword: true } })
    const [person] = await site.gold('select name, email from users where id = $1', [site.actor.userId])
    expect(person).toEqual({ name: 'Olga Owner', email })
    const second = site.browser()
    expect((await second.send('POST', '/api/auth/sign-in/link', { token: await site.access.createSignInLink() })).body).toMatchObject({ user: { email } })
  })

  it('changes its address with its password only, never to one that is taken, and nobody has proven the new one', async () => {
    const site = await createSite(http)
    const rep = await site.person('rep')
    const other = await site.person('rep')
    const browser = await site.signedIn(rep.email)
    const email = `${newId()}@example.com`
    expect((await browser.send('PATCH', '/api/account', { email })).status).toBe(400)
    expect((await browser.send('PATCH', '/api/account', { email, password: 'not-the-password-12' })).status).toBe(401)
    expect((await browser.send('PATCH', '/api/account', { email: other.email, password: sitePassword })).status).toBe(409)
    expect((await browser.send('PATCH', '/api/account', { email, password: sitePassword })).status).toBe(200)
    expect(await site.accounts.query('select email, email_verified from "user" where id = $1', [rep.accountId])).toEqual([{ email, email_verified: false }])
  })

  it('changes its password with the one before, which ends every other session', async () => {
    const site = await createSite(http)
    const rep = await site.person('rep')
    const [here, there] = [await site.signedIn(rep.email), await site.signedIn(rep.email)]
    const change = (currentPassword: string, newPassword: string) => here.send('POST', '/api/auth/change-password', { currentPassword, newPassword })
    expect((await change('not-the-password-12', 'orange-lake-pencil-31')).status).toBe(400)
    expect((await change(sitePassword, 'password1234')).status).toBe(400)
    expect((await change(sitePassword, rep.email)).status).toBe(400)
    expect((await change(sitePassword, 'x'.repeat(201))).status).toBe(400)
    const changed = await change(sitePassword, 'orange-lake-pencil-31')
    expect(changed.status).toBe(200)
    expect(JSON.stringify(changed.body)).not.toContain('token')
    expect((await there.send('GET', '/api/crm/probe')).status).toBe(401)
    expect((await here.send('GET', '/api/crm/probe')).status).toBe(200)
    expect((await site.browser().send('POST', '/api/auth/sign-in/email', { email: rep.email, password: sitePassword })).status).toBe(401)
    expect((await site.browser().send('POST', '/api/auth/sign-in/email', { email: rep.email, password: 'orange-lake-pencil-31' })).status).toBe(200)
  })

  it('is not guessed by whoever holds a session', async () => {
    const site = await createSite(http)
    const rep = await site.person('rep')
    const browser = await site.signedIn(rep.email)
    const statuses = []
    for (let n = 0; n < 7; n++) statuses.push((await browser.send('POST', '/api/auth/two-factor/enable', { password: `wrong-password-${n}` })).status)
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429, 429])
  })

  it('is for browsers: a key has no sessions and no password', async () => {
    const site = await createSite(http)
    const browser = await site.signedIn((await site.person('owner')).email)
    const { key } = (await browser.send('POST', '/api/api-keys', { name: 'x', scopes: ['account', 'crm:read'], expiresInDays: 1 })).body as unknown as {
      key: string
    }
    expect((await site.withKey(key, 'GET', '/api/account/sessions')).status).toBe(403)
    expect((await site.withKey(key, 'POST', '/api/account/password', { password: 'orange-lake-pencil-31' })).status).toBe(403)
    expect((await site.withKey(key, 'POST', '/api/auth/change-password', { currentPassword: sitePassword, newPassword: 'orange-lake-pencil-31' })).status).toBe(
      401,
    )
  })
})
