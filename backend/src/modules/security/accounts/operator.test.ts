import { randomUUID } from 'node:crypto'
import { describe, expect, inject, it } from 'vitest'
import { registerAuthorisation } from '#backend/http/authorisation.ts'
import { registerErrors } from '#backend/http/errors.ts'
import { registerIdentity } from '#backend/http/identity.ts'
import { createSite, sitePassword } from './accounts.testing.ts'

const http = { registerErrors, registerIdentity, registerAuthorisation }
const address = () => `${randomUUID()}@example.com`

describe('whoever runs the server', () => {
  it('makes accounts and workspaces, and lets an account into another one with its own password', async () => {
    const site = await createSite(http)
    const operator = site.access.operator(inject('adminUrl'))
    const [email, workspace] = [address(), `Company ${randomUUID()}`]
    const made = await operator.createUser({ email: email.toUpperCase(), name: 'Anna', password: sitePassword, role: 'owner' })
    expect(made).toMatchObject({ email, role: 'owner', workspace: { id: site.workspaceId, created: false } })
    const second = await operator.createUser({ email, name: 'Anna', role: 'viewer', workspace })
    expect(second.workspace).toMatchObject({ name: workspace, created: true })
    await expect(operator.createUser({ email, name: 'Anna', password: 'another-password-77', role: 'rep', workspace })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    await expect(operator.createUser({ email: address(), name: 'Weak', password: 'password1234', role: 'rep' })).rejects.toThrow(/guessed first/)
    await expect(operator.createUser({ email: address(), name: 'None', role: 'rep' })).rejects.toMatchObject({ code: 'VALIDATION' })
    const browser = await site.signedIn(email)
    expect((await browser.send('GET', '/api/auth/session')).body).toMatchObject({
      workspaces: expect.arrayContaining([
        expect.objectContaining({ id: site.workspaceId, role: 'owner' }),
        expect.objectContaining({ name: workspace, role: 'viewer' }),
      ]),
    })
    const listed = (await operator.listUsers()).filter((person) => person.email === email)
    expect(listed).toMatchObject([
      { workspaceId: site.workspaceId, role: 'owner', hasAccount: true },
      { workspace, role: 'viewer', active: true },
    ])
    const byId = await operator.createUser({ email: address(), name: 'Bo', password: sitePassword, role: 'rep', workspace: second.workspace.id })
    expect(byId.workspace).toMatchObject({ id: second.workspace.id, created: false })
  })

  it('resets a password, which signs out everywhere and keeps the second factor unless told otherwise', async () => {
    const site = await createSite(http)
    const operator = site.access.operator(inject('adminUrl'))
    const { email, accountId } = await site.person('rep')
    await site.accounts.query('update "user" set two_factor_enabled = true where id = $1', [accountId])
    const factor = () => site.accounts.query('select two_factor_enabled from "user" where id = $1', [accountId])
    await operator.resetPassword({ email, password: 'orange-lake-pencil-31', removesTwoFactor: false })
    expect(await factor()).toEqual([{ two_factor_enabled: true }])
    await operator.resetPassword({ email, password: 'orange-lake-pencil-32', removesTwoFactor: true })
    expect(await factor()).toEqual([{ two_factor_enabled: false }])
    await expect(site.signedIn(email)).rejects.toThrow(/is wrong/)
    expect((await site.browser().send('POST', '/api/auth/sign-in/email', { email, password: 'orange-lake-pencil-32' })).status).toBe(200)
    await expect(operator.resetPassword({ email: address(), password: sitePassword, removesTwoFactor: false })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(site.entries.filter(({ operation }) => operation === 'users.resetPassword')).toHaveLength(2)
  })

  it('makes and revokes keys by address or id, in the workspace that is named', async () => {
    const site = await createSite(http)
    const operator = site.access.operator(inject('adminUrl'))
    const email = address()
    const rep = await operator.createUser({ email, name: 'Rita', password: sitePassword, role: 'rep' })
    const elsewhere = await operator.createUser({ email, name: 'Rita', role: 'viewer', workspace: `Company ${randomUUID()}` })
    const make = (user: string, workspace?: string) => operator.createKey({ user, workspace, name: 'Robot', scopes: ['crm:read'], expiresAt: null })
    const here = await make(email)
    const there = await make(email, elsewhere.workspace.name)
    expect((await site.withKey(here.key, 'GET', '/api/crm/probe')).body).toMatchObject({ actor: { workspaceId: site.workspaceId, userId: rep.id } })
    expect((await site.withKey(there.key, 'GET', '/api/crm/probe')).body).toMatchObject({ actor: { workspaceId: elsewhere.workspace.id, role: 'viewer' } })
    expect((await make(elsewhere.id)).user.id).toBe(elsewhere.id)
    await expect(make(address())).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(operator.createKey({ user: elsewhere.id, name: 'x', scopes: ['crm:write'], expiresAt: null })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await operator.revokeKey(there.id)
    expect((await site.withKey(there.key, 'GET', '/api/crm/probe')).status).toBe(401)
    expect((await operator.listKeys()).find(({ id }) => id === there.id)?.revokedAt).not.toBeNull()
    await expect(operator.revokeKey('no-id')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
