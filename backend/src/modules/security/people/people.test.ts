import { describe, expect, it } from 'vitest'
import { registerAuthorisation } from '#backend/http/authorisation.ts'
import { registerErrors } from '#backend/http/errors.ts'
import { registerIdentity } from '#backend/http/identity.ts'
import { newId } from '#backend/kernel/ids.ts'
import { type Answer, createSite, sitePassword, siteUrl } from '../accounts/accounts.testing.ts'
import { putMembership } from '../accounts/memberships.repository.ts'

const http = { registerErrors, registerIdentity, registerAuthorisation }
const tokenOf = (answer: Answer) => new URL((answer.body as unknown as { link: string }).link).searchParams.get('token') ?? ''
const items = (answer: Answer) => (answer.body as unknown as { items: Record<string, unknown>[] }).items

describe('people', () => {
  it('are listed with role, team, account and when they were seen, for administrators alone', async () => {
    const site = await createSite(http)
    const admin = await site.signedIn((await site.person('admin', { name: 'Ada Admin' })).email)
    const rep = await site.person('rep', { name: 'Rita Rep' })
    await site.member('viewer', 'Vera Without')
    const teamId = newId()
    await site.gold('insert into teams (workspace_id, id, name, created_at) values ($1, $2, $3, now())', [site.workspaceId, teamId, 'North'])
    expect((await admin.send('PATCH', `/api/people/${rep.userId}`, { teamId })).body).toMatchObject({ team: { id: teamId, name: 'North' } })
    const people = items(await admin.send('GET', '/api/people'))
    expect(people.find(({ name }) => name === 'Rita Rep')).toMatchObject({
      email: rep.email,
      role: 'rep',
      hasAccount: true,
      twoFactorEnabled: false,
      active: true,
    })
    expect(people.find(({ name }) => name === 'Vera Without')).toMatchObject({ hasAccount: false, lastSeenAt: null, team: null })
    expect(people.find(({ name }) => name === 'Ada Admin')?.lastSeenAt).toMatch(/^\d{4}-/)
    expect((await (await site.signedIn(rep.email)).send('GET', '/api/people')).status).toBe(403)
  })

  it('keep at least one active owner, also when two step down at the same moment', async () => {
    const site = await createSite(http)
    const first = await site.person('owner')
    await site.gold('delete from users where workspace_id = $1 and id = $2', [site.workspaceId, site.actor.userId])
    const browser = await site.signedIn(first.email)
    const alone = await browser.send('PATCH', `/api/people/${first.userId}`, { role: 'rep' })
    expect(alone.status).toBe(409)
    expect((await browser.send('PATCH', `/api/people/${first.userId}`, { active: false })).status).toBe(409)
    const second = await site.person('owner')
    const other = await site.signedIn(second.email)
    const both = await Promise.all([
      browser.send('PATCH', `/api/people/${first.userId}`, { role: 'admin' }),
      other.send('PATCH', `/api/people/${second.userId}`, { role: 'admin' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await site.gold('select count(*)::int as n from users where workspace_id = $1 and role = $2 and active', [site.workspaceId, 'owner'])).toEqual([
      { n: 1 },
    ])
  })

  it('owners are made and touched by owners alone, and nobody reaches another workspace', async () => {
    const site = await createSite(http)
    const elsewhere = await createSite(http)
    const admin = await site.signedIn((await site.person('admin')).email)
    const owner = await site.person('owner')
    const rep = await site.person('rep')
    const stranger = await elsewhere.person('rep')
    for (const change of [{ role: 'rep' }, { active: false }, { name: 'X' }])
      expect((await admin.send('PATCH', `/api/people/${owner.userId}`, change)).status).toBe(403)
    expect((await admin.send('PATCH', `/api/people/${rep.userId}`, { role: 'owner' })).status).toBe(403)
    expect((await admin.send('POST', '/api/people/invitations', { email: 'new@example.com', role: 'owner' })).status).toBe(403)
    expect((await admin.send('POST', `/api/people/${owner.userId}/reset-link`)).status).toBe(403)
    expect((await admin.send('PATCH', `/api/people/${stranger.userId}`, { role: 'viewer' })).status).toBe(404)
    expect((await admin.send('POST', `/api/people/${stranger.userId}/reset-link`)).status).toBe(404)
    expect((await admin.send('PATCH', `/api/people/${rep.userId}`, { role: 'manager' })).body).toMatchObject({ role: 'manager' })
    expect(site.entries.filter(({ event }) => event === 'ROLE_CHANGE')).toMatchObject([
      { operation: 'people.update', query: { id: rep.userId, change: { role: 'manager' } } },
    ])
  })

  it('get a link for a new password, once; not when the account opens another workspace too', async () => {
    const site = await createSite(http)
    const admin = await site.signedIn((await site.person('admin')).email)
    const rep = await site.person('rep')
    const browser = await site.signedIn(rep.email)
    const answer = await admin.send('POST', `/api/people/${rep.userId}/reset-link`)
    const token = tokenOf(answer)
    const weak = await site.browser().send('POST', '/api/auth/reset-password', { token, newPassword: 'password1234' })
    expect(weak.status).toBe(400)
    expect((await site.browser().send('POST', '/api/auth/reset-password', { token, newPassword: 'orange-lake-pencil-31' })).status).toBe(200)
    expect((await browser.send('GET', '/api/crm/probe')).status).toBe(401)
    expect((await site.browser().send('POST', '/api/auth/reset-password', { token, newPassword: 'orange-lake-pencil-32' })).status).toBe(400)
    expect((await site.browser().send('POST', '/api/auth/sign-in/email', { email: rep.email, password: sitePassword })).status).toBe(401)
    expect((await site.browser().send('POST', '/api/auth/sign-in/email', { email: rep.email, password: 'orange-lake-pencil-31' })).status).toBe(200)
    await putMembership(site.accounts.query, { accountId: rep.accountId, workspaceId: newId(), userId: newId() })
    expect((await admin.send('POST', `/api/people/${rep.userId}/reset-link`)).status).toBe(403)
  })
})

describe('an invitation', () => {
  it('lets a stranger in once, as what they were invited to, and proves no address when its link was handed over', async () => {
    const site = await createSite(http)
    const admin = await site.signedIn((await site.person('admin', { name: 'Ada Admin' })).email)
    const email = `${newId()}@example.com`
    const made = await admin.send('POST', '/api/people/invitations', { email: email.toUpperCase(), role: 'manager' })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      email,
      role: 'manager',
      status: 'pending',
      mailed: false,
      invitedBy: 'Ada Admin',
      link: expect.stringContaining(`${siteUrl}/invitation?token=`),
    })
    const token = tokenOf(made)
    const listed = items(await admin.send('GET', '/api/people/invitations'))
    expect(listed).toMatchObject([{ email, status: 'pending' }])
    expect(JSON.stringify(listed)).not.toContain(token)
    const stranger = site.browser()
    expect((await stranger.send('GET', `/api/auth/invitation?token=${token}`)).body).toEqual({
      email,
      workspace: 'Test',
      invitedBy: 'Ada Admin',
      role: 'manager',
      hasAccount: false,
    })
    expect((await stranger.send('POST', '/api/auth/invitation/accept', { token, name: 'Nina New', password: 'too-short' })).status).toBe(400)
    const accepted = await stranger.send('POST', '/api/auth/invitation/accept', { token, name: 'Nina New', password: 'orange-lake-pencil-31' })
    expect(accepted.body).toMatchObject({ user: { name: 'Nina New', email, role: 'manager' } })
    expect((await stranger.send('GET', '/api/crm/probe')).body).toMatchObject({ actor: { role: 'manager', name: 'Nina New' } })
    expect((await site.browser().send('POST', '/api/auth/invitation/accept', { token, name: 'Again', password: 'orange-lake-pencil-31' })).status).toBe(404)
    expect(items(await admin.send('GET', '/api/people/invitations'))).toMatchObject([{ status: 'accepted' }])
    expect(await site.accounts.query('select email_verified from "user" where email = $1', [email])).toEqual([{ email_verified: false }])
  })

  it('can be taken back, is replaced by a newer one, and ends by itself', async () => {
    const site = await createSite(http)
    const admin = await site.signedIn((await site.person('admin')).email)
    const email = `${newId()}@example.com`
    const invite = () => admin.send('POST', '/api/people/invitations', { email, role: 'rep' })
    const view = (token: string) => site.browser().send('GET', `/api/auth/invitation?token=${token}`)
    const first = await invite()
    const second = await invite()
    expect((await view(tokenOf(first))).status).toBe(404)
    expect((await view(tokenOf(second))).status).toBe(200)
    expect((await admin.send('DELETE', `/api/people/invitations/${String(second.body.id)}`)).status).toBe(200)
    expect((await view(tokenOf(second))).status).toBe(404)
    expect((await admin.send('DELETE', `/api/people/invitations/${String(second.body.id)}`)).status).toBe(409)
    const third = await invite()
    await site.gold(`update invitations set expires_at = now() - interval '1 second' where workspace_id = $1 and id = $2`, [site.workspaceId, third.body.id])
    expect((await view(tokenOf(third))).status).toBe(404)
    expect(items(await admin.send('GET', '/api/people/invitations')).map(({ status }) => status)).toEqual(['expired', 'revoked', 'revoked'])
    expect((await view('x'.repeat(43))).status).toBe(404)
  })

  it('gives an account another workspace with its own password, or while it is signed in; nobody else’s', async () => {
    const site = await createSite(http)
    const elsewhere = await createSite(http)
    const rep = await site.person('rep', { name: 'Rita Rep' })
    const owner = await elsewhere.signedIn((await elsewhere.person('owner')).email)
    const token = tokenOf(await owner.send('POST', '/api/people/invitations', { email: rep.email, role: 'viewer' }))
    expect((await site.browser().send('GET', `/api/auth/invitation?token=${token}`)).body).toMatchObject({ hasAccount: true })
    const accept = (password: string, browser = site.browser()) => browser.send('POST', '/api/auth/invitation/accept', { token, name: 'Mallory', password })
    expect((await accept('not-the-password-12')).status).toBe(401)
    const someoneElse = await site.signedIn((await site.person('rep')).email)
    expect((await accept('not-the-password-12', someoneElse)).status).toBe(401)
    const browser = await site.signedIn(rep.email)
    const accepted = await accept('', browser)
    expect(accepted.body).toMatchObject({
      workspace: { id: elsewhere.workspaceId },
      user: { role: 'viewer', name: 'Rita Rep' },
      workspaces: [{ id: elsewhere.workspaceId }, { id: site.workspaceId }],
    })
    const back = await browser.send('POST', '/api/auth/workspace', { workspaceId: site.workspaceId })
    expect(back.status).toBe(200)
    expect((await browser.send('GET', '/api/crm/probe')).body).toMatchObject({ actor: { workspaceId: site.workspaceId, role: 'rep', userId: rep.userId } })
    expect((await browser.send('POST', '/api/auth/workspace', { workspaceId: newId() })).status).toBe(404)
    const third = await createSite(http)
    expect((await browser.send('POST', '/api/auth/workspace', { workspaceId: third.workspaceId })).status).toBe(404)
  })

  it('brings somebody back who was deactivated or deleted, as who they were', async () => {
    const site = await createSite(http)
    const rep = await site.person('manager', { name: 'Rory Returner' })
    const admin = await site.signedIn((await site.person('admin')).email)
    const away = await site.signedIn(rep.email)
    expect((await admin.send('PATCH', `/api/people/${rep.userId}`, { active: false })).status).toBe(200)
    await site.gold('update users set deleted_at = now() where workspace_id = $1 and id = $2', [site.workspaceId, rep.userId])
    expect((await away.send('GET', '/api/crm/probe')).status).toBe(401)
    const made = await admin.send('POST', '/api/people/invitations', { email: rep.email, role: 'rep' })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    const accepted = await site.browser().send('POST', '/api/auth/invitation/accept', { token: tokenOf(made), name: 'Rory', password: sitePassword })
    expect(accepted.body).toMatchObject({ user: { id: rep.userId, name: 'Rory Returner', role: 'rep' } })
    expect(await site.gold('select active, deleted_at from users where id = $1', [rep.userId])).toEqual([{ active: true, deleted_at: null }])
    expect(site.entries.filter(({ operation }) => operation.startsWith('invitations.')).map(({ operation }) => operation)).toEqual([
      'invitations.create',
      'invitations.accept',
    ])
  })

  it('gives its account to a person whom records already belong to', async () => {
    const site = await createSite(http)
    const imported = await site.member('rep', 'Ida Imported')
    const email = `${newId()}@example.com`
    await site.gold('update users set email = $1 where id = $2', [email, imported.userId])
    const admin = await site.signedIn((await site.person('admin')).email)
    const token = tokenOf(await admin.send('POST', '/api/people/invitations', { email, role: 'manager' }))
    const accepted = await site.browser().send('POST', '/api/auth/invitation/accept', { token, name: 'Ida', password: 'orange-lake-pencil-31' })
    expect(accepted.body).toMatchObject({ user: { id: imported.userId, role: 'manager' } })
    expect((await admin.send('POST', '/api/people/invitations', { email, role: 'rep' })).status).toBe(409)
  })
})
