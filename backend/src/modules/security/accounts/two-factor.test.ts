import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { registerAuthorisation } from '#backend/http/authorisation.ts'
import { registerErrors } from '#backend/http/errors.ts'
import { registerIdentity } from '#backend/http/identity.ts'
import { createKeyRing } from '../encryption/key-ring.ts'
import { type Browser, createSite, type Site, sitePassword } from './accounts.testing.ts'
import { createSealedRotation } from './sealed-rotation.ts'

const http = { registerErrors, registerIdentity, registerAuthorisation }

/** RFC 6238 with SHA-1, 30 seconds, six digits; `steps` away from now. */
function totp(uri: string, steps = 0): string {
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  const bits = [...secret.replace(/=+$/, '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function setUp(browser: Browser): Promise<{ totpURI: string; backupCodes: string[] }> {
  const enabled = await browser.send('POST', '/api/auth/two-factor/enable', { password: sitePassword })
  expect(enabled.status).toBe(200)
  const set = enabled.body as unknown as { totpURI: string; backupCodes: string[] }
  expect((await browser.send('POST', '/api/auth/two-factor/verify-totp', { code: totp(set.totpURI) })).status).toBe(200)
  return set
}

async function halfWay(site: Site, email: string): Promise<Browser> {
  const browser = site.browser()
  const answer = await browser.send('POST', '/api/auth/sign-in/email', { email, password: sitePassword })
  expect(answer).toMatchObject({ status: 200, body: { twoFactorRedirect: true } })
  expect(browser.jar.has('chatsg_session')).toBe(false)
  return browser
}

const verify = (browser: Browser, code: string) => browser.send('POST', '/api/auth/two-factor/verify-totp', { code })

describe('a second factor', () => {
  it('is asked for once it was confirmed, and opens nothing before its code is given', async () => {
    const site = await createSite(http)
    const { email } = await site.person('owner')
    const browser = await site.signedIn(email)
    const enabled = await browser.send('POST', '/api/auth/two-factor/enable', { password: sitePassword })
    const { totpURI } = enabled.body as unknown as { totpURI: string }
    expect(totpURI).toMatch(/^otpauth:\/\/totp\/ChatSG:/)
    // Until a code was given it is not asked for: nobody locks themselves out by closing the page.
    expect((await site.browser().send('POST', '/api/auth/sign-in/email', { email, password: sitePassword })).body).toMatchObject({ user: { email } })
    expect((await verify(browser, totp(totpURI))).status).toBe(200)
    expect((await browser.send('GET', '/api/auth/session')).body).toMatchObject({ account: { twoFactorEnabled: true } })
    const half = await halfWay(site, email)
    expect((await half.send('GET', '/api/crm/probe')).status).toBe(401)
    expect((await half.send('GET', '/api/auth/session')).status).toBe(401)
    expect((await half.send('GET', '/api/auth/get-session')).body).toBeNull()
    expect((await verify(half, '000000')).status).toBe(401)
    const done = await verify(half, totp(totpURI))
    expect(done.body).toMatchObject({ user: { email, role: 'owner' }, account: { twoFactorEnabled: true } })
    expect((await half.send('GET', '/api/crm/probe')).status).toBe(200)
    expect(site.entries.map(({ operation }) => operation)).toEqual(['sign_in.password', 'sign_in.password', 'account.two_factor_enabled', 'sign_in.totp'])
  })

  it('takes each code once, and no code without the password before it', async () => {
    const site = await createSite(http)
    const { email } = await site.person('rep')
    const { totpURI, backupCodes } = await setUp(await site.signedIn(email))
    // Both are good for half a minute at least, however the clock stands.
    const [now, next] = [totp(totpURI), totp(totpURI, 1)]
    expect((await verify(await halfWay(site, email), now)).status).toBe(200)
    expect((await verify(await halfWay(site, email), now)).status).toBe(401)
    expect((await verify(site.browser(), next)).status).toBe(401)
    const used = await halfWay(site, email)
    const old = new Map(used.jar)
    expect((await verify(used, next)).status).toBe(200)
    const replay = site.browser()
    for (const [name, value] of old) replay.jar.set(name, value)
    expect((await replay.send('POST', '/api/auth/two-factor/verify-backup-code', { code: backupCodes[0] })).status).toBe(401)
  })

  it('locks after five wrong codes, whatever sign-in they belong to', async () => {
    const site = await createSite(http)
    const { email, accountId } = await site.person('rep')
    const { totpURI } = await setUp(await site.signedIn(email))
    const half = await halfWay(site, email)
    const statuses = []
    for (let n = 0; n < 6; n++) statuses.push((await verify(half, `00000${n}`)).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
    expect((await verify(half, totp(totpURI))).status).toBe(429)
    // From another address, which the lock of this one does not reach, the account itself waits 15 minutes.
    const elsewhere = site.browser('198.51.100.20')
    expect((await elsewhere.send('POST', '/api/auth/sign-in/email', { email, password: sitePassword })).body).toMatchObject({ twoFactorRedirect: true })
    const locked = await verify(elsewhere, totp(totpURI))
    expect(locked.status).toBe(429)
    expect(locked.headers['retry-after']).toBe('900')
    const [row] = await site.accounts.query<{ minutes: number }>(
      'select extract(epoch from locked_until - now())::int / 60 as minutes from two_factor where user_id = $1',
      [accountId],
    )
    expect(row?.minutes).toBeGreaterThanOrEqual(13)
  })

  it('can be replaced by a backup code, each of which works once', async () => {
    const site = await createSite(http)
    const { email } = await site.person('rep')
    const { backupCodes } = await setUp(await site.signedIn(email))
    expect(new Set(backupCodes).size).toBe(10)
    const use = async (code: string) => (await (await halfWay(site, email)).send('POST', '/api/auth/two-factor/verify-backup-code', { code })).status
    expect(await use(backupCodes[0] ?? '')).toBe(200)
    expect(await use(backupCodes[0] ?? '')).toBe(401)
    expect(await use('AAAAA-AAAAA')).toBe(401)
    expect(await use(backupCodes[1] ?? '')).toBe(200)
    const half = [await halfWay(site, email), await halfWay(site, email), await halfWay(site, email)]
    const raced = await Promise.all(half.map((browser) => browser.send('POST', '/api/auth/two-factor/verify-backup-code', { code: backupCodes[2] })))
    expect(raced.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('is changed with the password alone: new codes, and doing without', async () => {
    const site = await createSite(http)
    const { email } = await site.person('rep')
    const browser = await site.signedIn(email)
    const { backupCodes } = await setUp(browser)
    expect((await browser.send('POST', '/api/auth/two-factor/generate-backup-codes', { password: 'not-the-password-12' })).status).toBe(400)
    const fresh = await browser.send('POST', '/api/auth/two-factor/generate-backup-codes', { password: sitePassword })
    const codes = (fresh.body as unknown as { backupCodes: string[] }).backupCodes
    expect(codes.some((code) => backupCodes.includes(code))).toBe(false)
    expect((await browser.send('POST', '/api/auth/two-factor/disable', { password: 'not-the-password-12' })).status).toBe(400)
    expect((await browser.send('POST', '/api/auth/two-factor/disable', {})).status).toBe(400)
    expect((await browser.send('POST', '/api/auth/two-factor/disable', { password: sitePassword })).status).toBe(200)
    expect((await site.browser().send('POST', '/api/auth/sign-in/email', { email, password: sitePassword })).body).toMatchObject({ user: { email } })
  })

  it('is not asked for on a trusted device, until the password changes', async () => {
    const site = await createSite(http)
    const { email } = await site.person('rep')
    const { totpURI } = await setUp(await site.signedIn(email))
    const device = await halfWay(site, email)
    await device.send('POST', '/api/auth/two-factor/verify-totp', { code: totp(totpURI), trustDevice: true })
    await device.send('POST', '/api/auth/sign-out')
    expect((await device.send('POST', '/api/auth/sign-in/email', { email, password: sitePassword })).body).toMatchObject({ user: { email } })
    await halfWay(site, email)
    const newPassword = 'orange-lake-pencil-31'
    expect((await device.send('POST', '/api/auth/change-password', { currentPassword: sitePassword, newPassword })).status).toBe(200)
    await device.send('POST', '/api/auth/sign-out')
    expect((await device.send('POST', '/api/auth/sign-in/email', { email, password: newPassword })).body).toMatchObject({ twoFactorRedirect: true })
  })

  it('is ciphertext in the database, bound to its row, and moves to a new encryption key', async () => {
    const [first, second] = ['first-key-'.repeat(5), 'second-key-'.repeat(5)]
    const site = await createSite(http, { keyRing: createKeyRing({ current: first }) })
    const { email, accountId } = await site.person('rep')
    const other = await site.person('rep')
    const { totpURI } = await setUp(await site.signedIn(email))
    await setUp(await site.signedIn(other.email))
    const stored = () =>
      site.accounts.query<{ secret: string; backup_codes: string }>('select secret, backup_codes from two_factor where user_id = $1', [accountId])
    const [before] = await stored()
    expect(before?.secret).toMatch(/^v1\./)
    expect(before?.backup_codes).toMatch(/^v1\./)
    const keyRing = createKeyRing({ current: second, previous: first })
    const rotation = createSealedRotation({ accounts: site.accounts, keyRing })
    // Other tests of this run keep values of their own under other keys.
    const { rotated } = await rotation.rotate()
    expect(rotated).toBeGreaterThanOrEqual(4)
    const [after] = await stored()
    expect(after?.secret).not.toBe(before?.secret)
    expect((await rotation.rotate()).rotated).toBe(0)
    const renewed = await createSite(http, { keyRing: createKeyRing({ current: second }), workspace: site })
    expect((await verify(await halfWay(renewed, email), totp(totpURI))).status).toBe(200)
    await site.accounts.query('update two_factor set secret = (select secret from two_factor where user_id = $1) where user_id = $2', [
      accountId,
      other.accountId,
    ])
    const swapped = await renewed.browser().send('POST', '/api/auth/sign-in/email', { email: other.email, password: sitePassword })
    expect(swapped.status).toBe(500)
    expect(JSON.stringify(swapped.body)).not.toContain('v1.')
  })
})
