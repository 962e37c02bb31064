import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { registerAuthorisation } from '#backend/http/authorisation.ts'
import { registerErrors } from '#backend/http/errors.ts'
import { registerIdentity } from '#backend/http/identity.ts'
import { newId } from '#backend/kernel/ids.ts'
import { type Answer, type Browser, createSite, type Site, sitePassword, siteUrl } from './accounts.testing.ts'
import { isVerifiedByEntra, listProviders } from './providers.ts'
import { parseCookies } from './session-cookie.ts'

const http = { registerErrors, registerIdentity, registerAuthorisation }

/** A real OpenID provider; whoever logs in there has the address they log in with, proven unless it begins with "unproven". */
async function createOpenIdProvider(port = 0): Promise<{ issuer: string; requests: string[]; close(): Promise<void> }> {
  // The library warns that its pages for logging in are for development, which this is.
  vi.spyOn(console, 'info').mockImplementation(() => undefined)
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const requests: string[] = []
  const server = createServer()
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'chatsg', client_secret: 'secret-of-chatsg', redirect_uris: [`${siteUrl}/api/auth/callback/oidc`] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    cookies: { keys: ['key-of-the-provider'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: id.replace('unproven-', ''), email_verified: !id.startsWith('unproven'), name: 'Given by provider' }),
    }),
  })
  const handle = provider.callback()
  server.on('request', (request, response) => {
    requests.push(`${request.method} ${request.url?.split('?')[0]}`)
    handle(request, response)
  })
  const close = () =>
    new Promise<void>((closed) => {
      server.closeAllConnections()
      server.close(() => closed())
    })
  onTestFinished(close)
  return { issuer, requests, close }
}

/** What a person does on the provider's pages: log in, consent, and be sent back. */
async function logInThere(start: string, login: string): Promise<string> {
  const jar = new Map<string, string>()
  let url = start
  let form: URLSearchParams | undefined
  for (let step = 0; step < 12; step++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { redirect: 'manual', headers: { cookie }, ...(form === undefined ? {} : { method: 'POST', body: form }) })
    for (const line of response.headers.getSetCookie()) for (const [name, value] of parseCookies(line.split(';')[0])) jar.set(name, encodeURIComponent(value))
    const location = response.headers.get('location')
    if (location !== null) {
      url = new URL(location, url).href
      form = undefined
      if (url.startsWith(siteUrl)) return url
      continue
    }
    const page = await response.text()
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
    if (response.status !== 200 || prompt === undefined) throw new Error(`The provider answered ${response.status}: ${page.slice(0, 500)}`)
    form = new URLSearchParams({ prompt, login, password: 'any' })
  }
  throw new Error('The provider sent us around in circles.')
}

async function start(browser: Browser, path = '/api/auth/sign-in/oauth2'): Promise<string> {
  const body = { providerId: 'oidc', provider: 'oidc', callbackURL: '/', errorCallbackURL: '/sign-in' }
  const answer = await browser.send('POST', path, body)
  expect(answer.status).toBe(200)
  return (answer.body as unknown as { url: string }).url
}

/** The whole dance, from our page to the provider and back. */
async function dance(site: Site, login: string): Promise<{ browser: Browser; back: Answer; callback: string }> {
  const browser = site.browser()
  const callback = await logInThere(await start(browser), login)
  return { browser, back: await browser.send('GET', callback.slice(siteUrl.length)), callback }
}

const settings = (issuer: string) => ({ security: { oidcIssuer: issuer, oidcClientId: 'chatsg', oidcClientSecret: 'secret-of-chatsg' } })

describe('signing in with an OpenID provider', () => {
  it('opens the account with the proven address, by discovery, PKCE and nonce, and keeps none of the provider’s tokens', async () => {
    const provider = await createOpenIdProvider()
    const site = await createSite(http, settings(provider.issuer))
    const { email, userId, accountId } = await site.person('rep')
    expect((await site.browser().send('GET', '/api/auth/ways')).body).toMatchObject({ providers: [{ id: 'oidc', label: '127.0.0.1' }] })
    const url = new URL(await start(site.browser(), '/api/auth/sign-in/social'))
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      nonce: expect.stringMatching(/.{16}/),
      state: expect.stringMatching(/.{16}/),
      redirect_uri: `${siteUrl}/api/auth/callback/oidc`,
    })
    const { browser, back } = await dance(site, email)
    expect(back.status).toBe(302)
    expect(back.headers.location).toBe('/')
    expect((await browser.send('GET', '/api/auth/session')).body).toMatchObject({ user: { id: userId, email, role: 'rep' } })
    expect(provider.requests).toEqual(expect.arrayContaining(['GET /.well-known/openid-configuration', 'POST /token', 'GET /jwks']))
    const rows = await site.accounts.query(
      `select provider_id, account_id, access_token, refresh_token, id_token from account where user_id = $1 and provider_id = 'oidc'`,
      [accountId],
    )
    expect(rows).toEqual([{ provider_id: 'oidc', account_id: email, access_token: null, refresh_token: null, id_token: null }])
    expect(site.entries.at(-1)).toMatchObject({ event: 'SIGN_IN', operation: 'sign_in.provider' })
    // Once linked, the second time needs no address.
    expect((await dance(site, email)).browser.jar.has('chatsg_session')).toBe(true)
    expect((await site.browser().send('POST', '/api/auth/sign-in/email', { email, password: sitePassword })).status).toBe(200)
  })

  it('opens nothing for strangers, for unproven addresses, and for accounts that have not proven theirs', async () => {
    const provider = await createOpenIdProvider()
    const site = await createSite(http, settings(provider.issuer))
    const known = await site.person('owner')
    const unproven = await site.person('owner')
    await site.accounts.query('update "user" set email_verified = false where id = $1', [unproven.accountId])
    const logins = [`${newId()}@example.com`, `unproven-${known.email}`, unproven.email]
    for (const login of logins) {
      const { browser, back } = await dance(site, login)
      expect(back.status).toBe(302)
      expect(String(back.headers.location)).toMatch(/^\/sign-in\?error=\w+/)
      expect(browser.jar.has('chatsg_session')).toBe(false)
    }
    expect(await site.accounts.query('select 1 from "user" where email = $1', [logins[0]])).toEqual([])
    expect(site.events.filter(({ details }) => details.what === 'sign_in_failed')).toHaveLength(3)
  })

  it('lets somebody in who was invited at that address, without their link', async () => {
    const provider = await createOpenIdProvider()
    const site = await createSite(http, settings(provider.issuer))
    const owner = await site.signedIn((await site.person('owner')).email)
    const email = `${newId()}@example.com`
    expect((await owner.send('POST', '/api/people/invitations', { email, role: 'manager' })).status).toBe(201)
    expect(String((await dance(site, `unproven-${email}`)).back.headers.location)).toContain('error=')
    const { browser } = await dance(site, email)
    expect((await browser.send('GET', '/api/auth/session')).body).toMatchObject({
      user: { email, role: 'manager', name: 'Given by provider' },
      account: { hasPassword: false },
    })
    expect((await owner.send('GET', '/api/people/invitations')).body).toMatchObject({ items: [{ status: 'accepted' }] })
  })

  it('takes no answer that it did not ask for: another browser’s, a replayed or an altered one', async () => {
    const provider = await createOpenIdProvider()
    const site = await createSite(http, settings(provider.issuer))
    const { email } = await site.person('rep')
    const browser = site.browser()
    const callback = (await logInThere(await start(browser), email)).slice(siteUrl.length)
    const refused = async (who: Browser, path: string) => {
      const answer = await who.send('GET', path)
      expect([answer.status, String(answer.headers.location)]).toEqual([302, expect.stringMatching(/error=/)])
      expect(who.jar.has('chatsg_session')).toBe(false)
    }
    await refused(site.browser(), callback)
    await refused(site.browser(), callback.replace(/state=[^&]+/, 'state=made-up'))
    await refused(site.browser(), callback.replace(/state=[^&]+&?/, ''))
    expect((await browser.send('GET', callback)).headers.location).toBe('/')
    await refused(site.browser(), callback)
    const again = site.browser()
    const altered = (await logInThere(await start(again), email)).slice(siteUrl.length).replace(/code=[^&]+/, 'code=made-up')
    await refused(again, altered)
  })

  it('returns people to our own pages only', async () => {
    const provider = await createOpenIdProvider()
    const site = await createSite(http, settings(provider.issuer))
    for (const callbackURL of ['https://evil.example/', '//evil.example', 'javascript:alert(1)', '/\\evil.example', `${siteUrl}.evil.example/`]) {
      const answer = await site.browser().send('POST', '/api/auth/sign-in/social', { provider: 'oidc', callbackURL })
      expect([callbackURL, answer.status]).toEqual([callbackURL, 403])
    }
  })

  it('says so when the provider cannot be reached, and finds it once it is back', async () => {
    const gone = await createOpenIdProvider()
    await gone.close()
    const site = await createSite(http, settings(gone.issuer))
    const ask = () => site.browser().send('POST', '/api/auth/sign-in/social', { provider: 'oidc', callbackURL: '/' })
    const down = await ask()
    expect(down.status).toBe(503)
    expect(down.body).toMatchObject({ error: { code: 'UNAVAILABLE', message: expect.stringContaining('cannot be reached') } })
    await createOpenIdProvider(Number(new URL(gone.issuer).port))
    const later = Date.now() + 11_000
    vi.spyOn(Date, 'now').mockImplementation(() => later)
    onTestFinished(() => void vi.restoreAllMocks())
    expect((await ask()).status).toBe(200)
  })
})

describe('Microsoft', () => {
  it('is one directory, found by discovery, and vouches for sign-in names and owned domains alone', () => {
    const [microsoft] = listProviders({ azureAdClientId: 'id', azureAdClientSecret: 'secret', azureAdTenantId: '11111111-2222-3333-4444-555555555555' })
    expect(microsoft).toMatchObject({
      id: 'microsoft',
      label: 'Microsoft',
      connect: {
        discoveryUrl: 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0/.well-known/openid-configuration',
        pkce: true,
        requireIdTokenVerification: true,
      },
    })
    expect(isVerifiedByEntra({ email: 'a@example.com', preferred_username: 'A@example.com' })).toBe(true)
    expect(isVerifiedByEntra({ email: 'a@example.com', xms_edov: '1' })).toBe(true)
    expect(isVerifiedByEntra({ email: 'victim@example.com', preferred_username: 'mallory@evil.example' })).toBe(false)
    expect(isVerifiedByEntra({ email: 'victim@example.com', preferred_username: 'victim_example.com#EXT#@evil.example', xms_edov: false })).toBe(false)
    expect(isVerifiedByEntra({ preferred_username: 'a@example.com' })).toBe(false)
    expect(listProviders({})).toEqual([])
  })
})
