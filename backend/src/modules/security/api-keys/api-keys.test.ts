import { createHmac, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { registerAuthorisation } from '#backend/http/authorisation.ts'
import { registerErrors } from '#backend/http/errors.ts'
import { registerIdentity } from '#backend/http/identity.ts'
import { type Browser, createSite, type Site, siteAdminKey } from '../accounts/accounts.testing.ts'
import { actorOf } from '../accounts/workspace-people.ts'

const http = { registerErrors, registerIdentity, registerAuthorisation }

async function makeKey(browser: Browser, input: object = {}): Promise<{ id: string; key: string }> {
  const answer = await browser.send('POST', '/api/api-keys', { name: 'Robot', scopes: ['crm:read', 'account'], expiresInDays: 30, ...input })
  expect(answer.status).toBe(201)
  return answer.body as never
}

const probe = (site: Site, key: string) => site.withKey(key, 'GET', '/api/crm/probe')

describe('API keys', () => {
  it('act as their person within their scopes, are shown once, and only as hashes stored', async () => {
    const site = await createSite(http)
    const rep = await site.person('rep', { name: 'Rita Rep' })
    const browser = await site.signedIn(rep.email)
    const { id, key } = await makeKey(browser)
    expect(key).toMatch(/^csg_[A-Za-z0-9_-]{43}$/)
    expect((await probe(site, key)).body).toMatchObject({
      actor: { userId: rep.userId, role: 'rep', via: 'apiKey', key: { id, scopes: ['crm:read', 'account'] } },
    })
    expect((await site.withKey(key, 'GET', '/api/people')).status).toBe(403)
    const [stored] = await site.gold<{ row: string }>('select row_to_json(k)::text as row from api_keys k where id = $1', [id])
    expect(stored?.row).not.toContain(key.slice(10))
    const list = (await browser.send('GET', '/api/api-keys')).body as unknown as {
      items: { id: string; lastUsedAt: string | null; prefix: string; key?: string }[]
    }
    expect(list.items).toMatchObject([{ id, prefix: key.slice(0, 10), user: { id: rep.userId, name: 'Rita Rep' } }])
    expect(list.items[0]?.lastUsedAt).not.toBeNull()
    expect(list.items[0]).not.toHaveProperty('key')
  })

  it('stop working when revoked, expired, or when their person is deactivated', async () => {
    const site = await createSite(http)
    const owner = await site.signedIn((await site.person('owner')).email)
    const rep = await site.person('rep')
    const browser = await site.signedIn(rep.email)
    const first = await makeKey(browser)
    const second = await makeKey(browser)
    expect((await probe(site, first.key)).status).toBe(200)
    expect((await browser.send('DELETE', `/api/api-keys/${first.id}`)).status).toBe(200)
    expect((await probe(site, first.key)).status).toBe(401)
    const person = { id: rep.userId, name: rep.name, email: rep.email, role: 'rep', active: true } as const
    const short = await site.access.apiKeys.create(actorOf(site.workspaceId, person, 'cli'), {
      name: 'Short',
      scopes: ['crm:read'],
      expiresAt: new Date(Date.now() + 1000),
    })
    expect((await probe(site, short.key)).status).toBe(200)
    // What is remembered of a key is believed for two seconds at most.
    await sleep(3100)
    expect((await probe(site, short.key)).status).toBe(401)
    expect((await probe(site, second.key)).status).toBe(200)
    await owner.send('PATCH', `/api/people/${rep.userId}`, { active: false })
    expect((await probe(site, second.key)).status).toBe(401)
    expect(site.events.filter(({ details }) => details.what === 'api_key_refused').map(({ details }) => details.reason)).toEqual([
      'revoked',
      'expired',
      'person_inactive',
    ])
  })

  it('can do no more than their maker: not than a role, and not than the key that makes them', async () => {
    const site = await createSite(http)
    const viewer = await site.signedIn((await site.person('viewer')).email)
    const tooMuch = await viewer.send('POST', '/api/api-keys', { name: 'x', scopes: ['crm:read', 'crm:write'], expiresInDays: 1 })
    expect(tooMuch.status).toBe(403)
    expect(tooMuch.body).toMatchObject({ error: { message: expect.stringContaining('crm:write') } })
    const owner = await site.signedIn((await site.person('owner')).email)
    const { key } = await makeKey(owner)
    const beyond = await site.withKey(key, 'POST', '/api/api-keys', { name: 'y', scopes: ['workspace:admin'], expiresInDays: null })
    expect(beyond.status).toBe(403)
    expect((await site.withKey(key, 'POST', '/api/api-keys', { name: 'z', scopes: ['crm:read'], expiresInDays: 1 })).status).toBe(201)
  })

  it('are each person’s own; an administrator sees and revokes all of them', async () => {
    const site = await createSite(http)
    const rita = await site.signedIn((await site.person('rep', { name: 'Rita' })).email)
    const tom = await site.signedIn((await site.person('rep', { name: 'Tom' })).email)
    const admin = await site.signedIn((await site.person('admin')).email)
    const { id, key } = await makeKey(rita)
    expect((await tom.send('GET', '/api/api-keys')).body).toEqual({ items: [], nextCursor: null, total: 0 })
    expect((await tom.send('DELETE', `/api/api-keys/${id}`)).status).toBe(404)
    expect((await probe(site, key)).status).toBe(200)
    expect((await admin.send('GET', '/api/api-keys')).body).toMatchObject({ items: [{ id }] })
    expect((await admin.send('DELETE', `/api/api-keys/${id}`)).status).toBe(200)
    expect((await probe(site, key)).status).toBe(401)
    const elsewhere = await createSite(http)
    const stranger = await elsewhere.signedIn((await elsewhere.person('owner')).email)
    expect((await stranger.send('DELETE', `/api/api-keys/${id}`)).status).toBe(404)
  })

  it('are not found by anything that only looks like one', async () => {
    const site = await createSite(http)
    const browser = await site.signedIn((await site.person('rep')).email)
    const { key } = await makeKey(browser)
    const head = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = head({ sub: site.actor.userId, workspaceId: site.workspaceId, role: 'owner', iat: 1, exp: 4_102_444_800 })
    const signed = (secret: string) => {
      const text = `${head({ alg: 'HS256', typ: 'JWT' })}.${claims}`
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
    }
    const hostile = [
      ...Array.from({ length: key.length }, (_, at) => key.slice(0, at) + (key[at] === 'A' ? 'B' : 'A') + key.slice(at + 1)),
      ...Array.from({ length: key.length - 1 }, (_, length) => key.slice(0, length + 1)),
      ...Array.from({ length: 50 }, () => `csg_${randomBytes(32).toString('base64url')}`),
      `${key}A`,
      key.toUpperCase(),
      `${head({ alg: 'none', typ: 'JWT' })}.${claims}.`,
      `${head({ alg: 'None' })}.${claims}.x`,
      ...['', 'secret', 's'.repeat(40), 'c'.repeat(40), 'better-auth-secret-12345678901234567890', siteAdminKey].map(signed),
      siteAdminKey.slice(0, -1),
      `${siteAdminKey}y`,
      siteAdminKey.toUpperCase(),
      "csg_' or '1'='1",
      'undefined',
      'null',
      'true',
    ]
    const accepted = []
    for (const token of hostile) if ((await probe(site, token)).status !== 401) accepted.push(token)
    expect(accepted).toEqual([])
    expect((await probe(site, key)).status).toBe(200)
    expect((await probe(site, siteAdminKey)).body).toMatchObject({ actor: { role: 'owner', via: 'adminKey' } })
  })
})
